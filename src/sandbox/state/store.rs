//! The resources of a sandbox: users, groups, inventories, assets, universes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::asset::{Asset, ContentLink, Creator};
use super::data_store::DataStores;
use super::group::Group;
use super::item::{Item, SandboxItem};
use super::metrics::Metrics;
use super::universe::Universe;
use super::universe::builder::SandboxUniverse;
use super::universe::place::Place;
use super::user::SandboxUser;

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Store {
    pub(crate) users: BTreeMap<u64, SandboxUser>,
    pub(crate) groups: BTreeMap<u64, Group>,
    pub(crate) items: BTreeMap<u64, Vec<Item>>,
    pub(crate) assets: BTreeMap<u64, Asset>,
    pub(crate) content_links: BTreeMap<String, ContentLink>,
    pub(crate) universes: BTreeMap<u64, Universe>,
    /// The data stores by universe.
    pub(crate) data_stores: BTreeMap<u64, DataStores>,
    pub(crate) metrics: Metrics,
    /// The universes that each user follows, with the time of following.
    #[serde(with = "super::saved::times")]
    pub(crate) followings: BTreeMap<u64, BTreeMap<u64, OffsetDateTime>>,
    /// The number of uploads by user and asset type.
    #[serde(with = "super::saved::pairs")]
    uploads: BTreeMap<(u64, String), u64>,
    next_asset: u64,
    next_instance: u64,
    next_sale: u64,
    next_event: u64,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            users: BTreeMap::new(),
            groups: BTreeMap::new(),
            items: BTreeMap::new(),
            assets: BTreeMap::new(),
            content_links: BTreeMap::new(),
            universes: BTreeMap::new(),
            data_stores: BTreeMap::new(),
            metrics: Metrics::default(),
            followings: BTreeMap::new(),
            uploads: BTreeMap::new(),
            next_asset: 120_000_000_001,
            next_instance: 173_413_781_720,
            next_sale: 2_100_000_001,
            next_event: 8_198_352_263_620_853,
        }
    }
}

impl Store {
    /// Completes loaded resources: sets their ids to the keys of the maps that contain them.
    pub(crate) fn complete(&mut self) {
        self.users
            .iter_mut()
            .for_each(|(id, user)| user.set_id(*id));
        self.groups
            .iter_mut()
            .for_each(|(id, group)| group.set_id(*id));
        self.assets
            .iter_mut()
            .for_each(|(id, asset)| asset.id = *id);
        self.universes
            .iter_mut()
            .for_each(|(id, universe)| universe.complete(*id));
        self.data_stores.values_mut().for_each(DataStores::complete);
    }

    pub(crate) fn add_user(&mut self, user: SandboxUser, now: OffsetDateTime) {
        self.users
            .insert(user.id(), user.with_default_create_time(now));
    }

    /// Returns the name and the display name of a user, which are empty for an unknown one.
    pub(crate) fn names(&self, user: u64) -> (&str, &str) {
        self.users.get(&user).map_or(("", ""), SandboxUser::names)
    }

    /// Returns the name of a user or a group.
    pub(crate) fn creator_name(&self, creator: Creator) -> Option<&str> {
        match creator {
            Creator::User(user) => Some(self.names(user).0),
            Creator::Group(group) => self.groups.get(&group).map(|group| group.name.as_str()),
        }
    }

    pub(crate) fn add_group(&mut self, id: u64, name: &str, now: OffsetDateTime) {
        self.get_or_create_group(id, now).rename(name, now);
    }

    /// Makes the user a member, or gives a member one more role.
    pub(crate) fn add_member(&mut self, group: u64, user: u64, role: u64, now: OffsetDateTime) {
        self.create_missing_user(user, now);
        self.get_or_create_group(group, now)
            .add_member(user, role, now);
    }

    pub(crate) fn add_join_request(&mut self, group: u64, user: u64, now: OffsetDateTime) {
        self.create_missing_user(user, now);
        self.get_or_create_group(group, now).add_request(user, now);
    }

    pub(crate) fn get_or_create_group(&mut self, id: u64, now: OffsetDateTime) -> &mut Group {
        self.groups.entry(id).or_insert_with(|| Group::new(id, now))
    }

    /// Counts a new asset against the quota of its creator, if that is a user.
    pub(crate) fn count_upload(&mut self, asset: &Asset) {
        if let Creator::User(user) = asset.creator {
            let kind = (user, asset.kind.clone());
            *self.uploads.entry(kind).or_default() += 1;
        }
    }

    pub(crate) fn upload_count(&self, user: u64, asset_type: &str) -> u64 {
        let count = self.uploads.get(&(user, asset_type.to_owned()));
        count.copied().unwrap_or_default()
    }

    pub(crate) fn add_item(&mut self, user: u64, item: SandboxItem, now: OffsetDateTime) {
        self.create_missing_user(user, now);
        let instance = take_id(&mut self.next_instance);
        let items = self.items.entry(user).or_default();
        items.push(item.into_item(instance, now));
    }

    pub(crate) fn add_universe(&mut self, universe: SandboxUniverse, now: OffsetDateTime) {
        let universe = universe.into_universe(now);
        self.universes.insert(universe.id, universe);
    }

    /// Finds a place of any universe.
    pub(crate) fn place(&self, id: u64) -> Option<&Place> {
        let mut universes = self.universes.values();
        universes.find_map(|universe| universe.places.get(&id))
    }

    pub(crate) fn place_mut(&mut self, id: u64) -> Option<&mut Place> {
        let mut universes = self.universes.values_mut();
        universes.find_map(|universe| universe.places.get_mut(&id))
    }

    pub(crate) fn new_asset_id(&mut self) -> u64 {
        take_id(&mut self.next_asset)
    }

    /// Returns the id of a new product, pass or badge.
    pub(crate) fn new_sale_id(&mut self) -> u64 {
        take_id(&mut self.next_sale)
    }

    /// Returns the id of a new event.
    pub(crate) fn new_event_id(&mut self) -> u64 {
        take_id(&mut self.next_event)
    }

    fn create_missing_user(&mut self, id: u64, now: OffsetDateTime) {
        let user = || SandboxUser::new(id, &format!("user{id}")).with_default_create_time(now);
        self.users.entry(id).or_insert_with(user);
    }
}

/// Returns the next id. At `u64::MAX` it returns the same one again, which then replaces what has it.
pub(crate) fn take_id(next: &mut u64) -> u64 {
    let id = *next;
    *next = id.saturating_add(1);
    id
}
