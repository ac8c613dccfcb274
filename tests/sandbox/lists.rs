//! Users, memberships, inventories: filters, pages, tokens.

use crate::common::{Raw, Reply, assert_error, encode};
use rblx_open_cloud::sandbox::{Sandbox, SandboxItem, SandboxUser};
use serde_json::{Value, json};
use time::OffsetDateTime;

const ITEMS: &str = "/cloud/v2/users/156/inventory-items";

fn items(raw: &mut Raw, filter: &str) -> Reply {
    raw.get(&format!(
        "{ITEMS}?maxPageSize=100&filter={}",
        encode(filter)
    ))
}

/// Every item of a list, page by page, and how many pages there were.
fn all(raw: &mut Raw, target: &str, name: &str) -> (Vec<Value>, usize) {
    let (mut found, mut token) = (Vec::new(), String::new());
    for pages in 1.. {
        let page = raw.get(&format!("{target}&pageToken={token}")).json();
        found.extend(page[name].as_array().unwrap().iter().cloned());
        token = page["nextPageToken"].as_str().unwrap().into();
        if token.is_empty() {
            return (found, pages);
        }
    }
    unreachable!()
}

fn assert_rejected(reply: &Reply) {
    assert_error(reply, 400, "INVALID_ARGUMENT");
}

#[test]
fn a_user_in_the_documented_shape() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let user = raw.get("/cloud/v2/users/156").json();
    assert_eq!(
        user,
        json!({
            "path": "users/156", "createTime": "2006-03-08T00:00:00Z", "id": "156", "name": "builderman",
            "displayName": "builderman", "about": "Builds things.", "locale": "en_us", "premium": true, "idVerified": true,
            "socialNetworkProfiles": {"facebook": "", "twitter": "https://twitter.com/Roblox", "youtube": "", "twitch": "", "guilded": "", "visibility": "EVERYONE"}
        })
    );
    let added = SandboxUser::new(5, "five")
        .display_name("Fünf")
        .about("\"x\"\n")
        .premium(true)
        .locale("de_de");
    sandbox.add_user(
        added
            .create_time(OffsetDateTime::UNIX_EPOCH)
            .id_verified(true)
            .social_profile("visibility", "NO_ONE"),
    );
    let user = raw.get("/cloud/v2/users/5").json();
    assert_eq!(
        (user["displayName"].as_str(), user["about"].as_str()),
        (Some("Fünf"), Some("\"x\"\n"))
    );
    assert_eq!(user["createTime"], "1970-01-01T00:00:00Z");
    assert_eq!(user["socialNetworkProfiles"]["visibility"], "NO_ONE");
}

#[test]
fn inventory_filters() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    for (filter, count) in [
        ("", 100),
        (" ", 100),
        ("inventoryItemAssetTypes=*", 100),
        ("inventoryItemAssetTypes=DYNAMIC_HEAD", 30),
        ("inventoryItemAssetTypes=HAT", 80),
        (
            "inventoryItemAssetTypes=CLASSIC_PANTS,DYNAMIC_HEAD;gamePasses=true;badges=false",
            42,
        ),
        ("onlyCollectibles=true;inventoryItemAssetTypes=*", 20),
        (
            "onlyCollectibles=true;inventoryItemAssetTypes=DYNAMIC_HEAD",
            0,
        ),
        (
            "onlyCollectibles=false;inventoryItemAssetTypes=DYNAMIC_HEAD",
            30,
        ),
        ("badges=true", 20),
        ("badges=true;privateServers=true", 28),
        ("badges=false", 0),
        ("assetIds=1028595", 1),
        ("assetIds=1300001", 5),
        (
            "assetIds=1028595,1100001, 4;badgeIds=111111;gamePassIds=777777;privateServerIds=999999",
            5,
        ),
        ("badgeIds=5", 0),
    ] {
        let page = items(&mut raw, filter);
        assert_eq!(page.status, 200, "{filter}: {}", page.text());
        assert_eq!(
            page.json()["inventoryItems"].as_array().unwrap().len(),
            count,
            "{filter}"
        );
    }
    for filter in [
        "badges",
        "badges=",
        "badges=yes",
        "badges=1",
        "badges=true;",
        ";badges=true",
        "badges=true;badges=true",
        "badges=true;badgeIds=1",
        "assetIds=1;inventoryItemAssetTypes=*",
        "onlyCollectibles=true",
        "onlyCollectibles=true;badges=true",
        "inventoryItemAssetTypes=",
        "inventoryItemAssetTypes=HAT,",
        "inventoryItemAssetTypes=Hat",
        "inventoryItemAssetTypes=*,HAT",
        "assetIds=",
        "assetIds=1,",
        "assetIds=x",
        "assetIds=-1",
        "assetIds=99999999999999999999",
        "assetIds=1;unknown=2",
        "unknown=true",
        "user == 'users/1'",
        "badges=true&&gamePasses=true",
    ] {
        assert_rejected(&items(&mut raw, filter));
    }
}

#[test]
fn inventory_items_in_the_documented_shape() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let first =
        |raw: &mut Raw, filter: &str| items(raw, filter).json()["inventoryItems"][0].clone();
    let mut hat = first(&mut raw, "assetIds=1028595");
    let path = hat["path"].take();
    assert!(
        path.as_str()
            .unwrap()
            .starts_with("users/156/inventory-items/")
    );
    assert_eq!(
        hat,
        json!({"path": null, "addTime": "2020-01-01T01:00:00Z", "assetDetails":
            {"assetId": "1028595", "inventoryItemAssetType": "HAT", "instanceId": "173413781720"}})
    );
    let limited = &first(&mut raw, "assetIds=1300002")["assetDetails"]["collectibleDetails"];
    assert_eq!(
        (&limited["serialNumber"], &limited["instanceState"]),
        (&json!(2), &json!("HOLD"))
    );
    assert!(limited["itemId"].is_string() && limited["instanceId"].is_string());
    assert_eq!(
        first(&mut raw, "badgeIds=111111")["badgeDetails"],
        json!({"badgeId": "111111"})
    );
    let pass = first(&mut raw, "gamePassIds=777777");
    assert_eq!(
        (&pass["gamePassDetails"], pass.get("addTime")),
        (&json!({"gamePassId": "777777"}), None)
    );
    assert_eq!(
        first(&mut raw, "privateServerIds=999999")["privateServerDetails"],
        json!({"privateServerId": "999999"})
    );
    sandbox.add_item(
        5,
        SandboxItem::asset(9, "GEAR")
            .collectible("i", "n", "AVAILABLE", None)
            .instance(3),
    );
    let gear =
        &raw.get("/cloud/v2/users/5/inventory-items").json()["inventoryItems"][0]["assetDetails"];
    assert_eq!(gear["instanceId"], "3");
    assert_eq!(
        gear["collectibleDetails"],
        json!({"itemId": "i", "instanceId": "n", "instanceState": "AVAILABLE"})
    );
}

#[test]
fn private_and_missing_inventories() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let private = raw.get("/cloud/v2/users/2/inventory-items");
    assert_eq!(
        (private.status, private.json()["code"].as_str()),
        (403, Some("PERMISSION_DENIED"))
    );
    assert_eq!(raw.get("/cloud/v2/users/1/inventory-items").status, 404);
    assert_rejected(&raw.get("/cloud/v2/users/x/inventory-items"));
    let empty = raw.get("/cloud/v2/users/1001/inventory-items");
    assert_eq!(
        empty.json(),
        json!({"inventoryItems": [], "nextPageToken": ""})
    );
}

#[test]
fn pages_cover_the_list_once() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    for (size, pages) in [
        ("", 15),
        ("0", 15),
        ("1", 150),
        ("7", 22),
        ("100", 2),
        ("5000", 2),
        ("75", 2),
        ("50", 3),
    ] {
        let (found, count) = all(
            &mut raw,
            &format!("{ITEMS}?maxPageSize={size}"),
            "inventoryItems",
        );
        assert_eq!((found.len(), count), (150, pages), "{size}");
        let mut paths: Vec<_> = found
            .iter()
            .map(|item| item["path"].as_str().unwrap())
            .collect();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), 150);
    }
    for size in ["-1", "x", "1.5", "%20", "99999999999999999999"] {
        assert_rejected(&raw.get(&format!("{ITEMS}?maxPageSize={size}")));
    }
}

#[test]
fn tokens_fit_their_list_only() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let target = format!("{ITEMS}?maxPageSize=20&filter=badges=true;gamePasses=true");
    let page = raw.get(&target).json();
    let token = page["nextPageToken"].as_str().unwrap();
    assert_eq!(
        raw.get(&format!("{target}&pageToken={token}")).json()["inventoryItems"]
            .as_array()
            .unwrap()
            .len(),
        12
    );
    let with = |rest: &str| format!("{rest}&pageToken={token}");
    assert_rejected(&raw.get(&with(&format!(
        "{ITEMS}?maxPageSize=21&filter=badges=true;gamePasses=true"
    ))));
    assert_rejected(&raw.get(&with(&format!("{ITEMS}?maxPageSize=20&filter=badges=true"))));
    assert_rejected(&raw.get(&with(&format!("{ITEMS}?maxPageSize=20"))));
    assert_rejected(&raw.get(&with(
        "/cloud/v2/users/1001/inventory-items?maxPageSize=20&filter=badges=true;gamePasses=true",
    )));
    let other = Sandbox::start().unwrap();
    assert_rejected(&Raw::connect(&other).get(&with(&target)));
    for made_up in [
        "x",
        "MTAuMC4w",
        "%00",
        "=",
        "MjAuMC4wMDAwMDAwMA",
        &format!("{token}="),
        &token[..token.len() - 1],
        &format!("{token}A"),
    ] {
        assert_rejected(&raw.get(&format!("{target}&pageToken={made_up}")));
    }
}

#[test]
fn memberships() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let list = |raw: &mut Raw, group: &str, filter: &str| {
        raw.get(&format!(
            "/cloud/v2/groups/{group}/memberships?maxPageSize=100&filter={}",
            encode(filter)
        ))
    };
    let page = list(&mut raw, "-", "user == 'users/156'").json();
    assert_eq!(page["nextPageToken"], "");
    assert_eq!(
        page["groupMemberships"][0],
        json!({"path": "groups/7/memberships/MTU2", "createTime": "2020-01-01T00:00:00Z", "updateTime": "2020-01-01T00:00:00Z",
            "user": "users/156", "role": "groups/7/roles/99", "roles": ["groups/7/roles/99", "groups/7/roles/9"]})
    );
    let fifty = format!(
        "user in [{}]",
        (1001..=1050)
            .map(|id| format!("'users/{id}'"))
            .collect::<Vec<_>>()
            .join(", ")
    );
    for (group, filter, count) in [
        ("-", "user == 'users/156'", 3),
        ("-", "user==\"users/156\"", 3),
        ("-", "user == 'users/1'", 0),
        ("-", "user in ['users/156', \"users/2\"]", 4),
        ("-", "user in['users/2']", 1),
        ("-", fifty.as_str(), 24),
        ("9", "", 2),
        ("7", "", 25),
        ("9", "user == 'users/2'", 1),
        ("7", "role == 'groups/7/roles/9'", 25),
        ("7", "role == 'groups/7/roles/99'", 1),
        ("7", "role == 'groups/8/roles/80'", 0),
    ] {
        let page = list(&mut raw, group, filter);
        assert_eq!(page.status, 200, "{filter}: {}", page.text());
        assert_eq!(
            page.json()["groupMemberships"].as_array().unwrap().len(),
            count,
            "{group} {filter}"
        );
    }
    let too_many = fifty.replace("user in [", "user in ['users/1', ");
    for (group, filter) in [
        ("-", ""),
        ("-", "role == 'groups/7/roles/9'"),
        ("-", &too_many),
        ("-", "user == users/156"),
        ("-", "user == 'users/156\""),
        ("-", "user == '156'"),
        ("-", "user == 'users/156' && role == 'groups/7/roles/9'"),
        ("-", "user != 'users/156'"),
        ("-", "user == 'users/156' || true"),
        ("-", "user in []"),
        ("-", "user in ['users/1'"),
        ("-", "user"),
        ("-", "'"),
        ("7", "role == 'roles/9'"),
        ("7", "name == 'x'"),
        ("x", ""),
    ] {
        assert_rejected(&list(&mut raw, group, filter));
    }
    assert_eq!(list(&mut raw, "12345", "").status, 404);
    let (found, pages) = all(
        &mut raw,
        "/cloud/v2/groups/7/memberships?",
        "groupMemberships",
    );
    assert_eq!((found.len(), pages), (25, 3));
    sandbox.add_group(50, "new");
    sandbox.add_member(50, 5, 1);
    sandbox.add_member(50, 5, 2);
    sandbox.add_member(50, 5, 1);
    let added = list(&mut raw, "50", "").json();
    assert_eq!(
        added["groupMemberships"][0]["roles"],
        json!(["groups/50/roles/1", "groups/50/roles/2"])
    );
    assert_eq!(raw.get("/cloud/v2/users/5").status, 200);
}

#[test]
fn plus_and_percent_in_the_query() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let target =
        "/cloud/v2/groups/-/memberships?filter=user+==+%27users%2F156%27&unknown=1&unknown=2";
    assert_eq!(
        raw.get(target).json()["groupMemberships"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}
