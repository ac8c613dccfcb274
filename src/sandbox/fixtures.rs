//! The small store that every sandbox starts with. The table in the module's documentation tells what is in it.

use serde_json::json;
use time::{Duration, OffsetDateTime};

use super::fixtures_forum;
use super::item::SandboxItem;
use super::store::{KEY_OWNER, SandboxUser, Store};

/// 2006-03-08, in seconds since 1970.
const BUILDERMAN_CREATED: i64 = 1_141_776_000;
/// 2020-01-01, in seconds since 1970: everything else happens from then on.
const START: i64 = 1_577_836_800;

const BUILDERMAN: u64 = KEY_OWNER;

/// Names and ranks of the roles that each group has.
const RANKS: [(&str, u8); 4] = [("Guest", 0), ("Member", 1), ("Admin", 254), ("Owner", 255)];
/// The ids of these roles, by group.
const ROLES: [(u64, [u64; 4]); 3] = [
    (7, [70, 9, 98, 99]),
    (8, [83, 82, 81, 80]),
    (9, [90, 91, 92, 93]),
];

pub(super) fn store() -> Store {
    let mut store = Store::default();
    add_users(&mut store);
    add_groups(&mut store);
    add_items(&mut store);
    store
}

fn moment(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

fn add_users(store: &mut Store) {
    let builderman = SandboxUser::new(BUILDERMAN, "builderman")
        .create_time(moment(BUILDERMAN_CREATED))
        .about("Builds things.")
        .premium(true)
        .id_verified(true)
        .social_profile("twitter", "https://twitter.com/Roblox");
    store.add_user(builderman);
    store.add_user(
        SandboxUser::new(2, "private")
            .create_time(moment(START))
            .private_inventory(true),
    );
    for id in 1001..=1024 {
        store.add_user(SandboxUser::new(id, &format!("member{id}")).create_time(moment(START)));
    }
}

fn add_groups(store: &mut Store) {
    for (id, name) in [(7, "Roblox"), (8, "Builders"), (9, "Testers")] {
        store.add_group(id, name, moment(START));
    }
    for (group, roles) in ROLES {
        let group = store.get_or_create_group(group, moment(START));
        for (role, (name, rank)) in roles.into_iter().zip(RANKS) {
            group.set_role(role, name, rank, moment(START));
        }
    }
    let roles = [
        (7, BUILDERMAN, 99),
        (7, BUILDERMAN, 9),
        (8, BUILDERMAN, 80),
        (9, BUILDERMAN, 91),
        (9, 2, 91),
    ];
    for (group, user, role) in roles {
        store.add_member(group, user, role, moment(START));
    }
    for user in 1001..=1024 {
        store.add_member(7, user, 9, moment(START));
    }
    store.add_join_request(7, 2, moment(START));
    add_log(store);
    store.get_or_create_group(7, moment(START)).forum = fixtures_forum::categories(moment(START));
}

/// Each member of group 7 had asked, and was let in.
fn add_log(store: &mut Store) {
    for (user, hour) in (1001..=1024).zip(0..) {
        let what = json!({ "TargetId": user, "TargetName": store.names(user).0 });
        let group = store.get_or_create_group(7, moment(START));
        let time = moment(START) + Duration::hours(hour);
        group.legacy.record("Accept Join Request", what, time);
    }
}

fn add_items(store: &mut Store) {
    let mut time = moment(START);
    let mut add = |item: SandboxItem| {
        time += Duration::HOUR;
        store.add_item(BUILDERMAN, item.add_time(time));
    };
    add(SandboxItem::asset(1_028_595, "HAT"));
    for number in 1..60 {
        add(SandboxItem::asset(1_100_000 + number, "HAT"));
    }
    for number in 0..30 {
        add(SandboxItem::asset(10_200_000 + number, "DYNAMIC_HEAD"));
    }
    for number in 1..=20 {
        let state = if number % 2 == 0 { "HOLD" } else { "AVAILABLE" };
        let (item, instance) = (
            format!("{:08x}-0000-4000-8000-000000000000", number % 4),
            format!("{number:08x}-0000-4000-9000-000000000000"),
        );
        add(SandboxItem::asset(1_300_000 + number % 4, "HAT")
            .collectible(&item, &instance, state, number));
    }
    for number in 0..20 {
        add(SandboxItem::badge(111_111 + number));
    }
    for number in 0..12 {
        add(SandboxItem::game_pass(777_777 + number));
    }
    for number in 0..8 {
        add(SandboxItem::private_server(999_999 + number));
    }
}
