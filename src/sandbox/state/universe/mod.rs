//! Universes of the sandbox, with their places.

pub(crate) mod badge;
pub(crate) mod builder;
pub(crate) mod config;
pub(crate) mod event;
pub(crate) mod instance;
pub(crate) mod memory_store;
pub(crate) mod message;
pub(crate) mod ordered_store;
pub(crate) mod place;
pub(crate) mod restart;
pub(crate) mod restriction;
pub(crate) mod sale_item;
pub(crate) mod secret;
pub(crate) mod subscription;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::asset::Creator;
use super::saved::default_time;
use super::user::KEY_OWNER;
use crate::sandbox::clock::timestamp;
use badge::Badge;
use event::Event;
use memory_store::MemoryStore;
use memory_store::queue::Queue;
use memory_store::sorted_map::SortedMap;
use ordered_store::{OrderedStore, OrderedStores};
use place::Place;
use restart::Restart;
use restriction::Restrictions;
use sale_item::SaleItem;
use secret::Secrets;
use subscription::Subscription;

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Universe {
    pub(crate) id: u64,
    pub(crate) owner: Creator,
    pub(crate) root: u64,
    pub(crate) places: BTreeMap<u64, Place>,
    /// The fields that an update can set, as they were sent.
    pub(crate) settings: Map<String, Value>,
    pub(crate) restrictions: Restrictions,
    pub(crate) restarts: Vec<Restart>,
    #[serde(with = "super::saved::pairs")]
    pub(crate) ordered_stores: OrderedStores,
    pub(crate) memory_store: MemoryStore,
    /// The developer products.
    pub(crate) products: BTreeMap<u64, SaleItem>,
    /// The game passes.
    pub(crate) passes: BTreeMap<u64, SaleItem>,
    pub(crate) badges: BTreeMap<u64, Badge>,
    /// By product and user.
    #[serde(with = "super::saved::pairs")]
    pub(crate) subscriptions: BTreeMap<(String, u64), Subscription>,
    pub(crate) secrets: Secrets,
    pub(crate) events: BTreeMap<u64, Event>,
    pub(crate) is_active: bool,
    pub(crate) is_team_create_enabled: bool,
    /// By repository.
    pub(crate) configs: BTreeMap<String, config::Repository>,
    #[serde(with = "time::serde::rfc3339")]
    created: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) updated: OffsetDateTime,
}

impl Universe {
    pub(crate) fn new(id: u64, owner: Creator, root: Place, now: OffsetDateTime) -> Self {
        let devices = ["desktopEnabled", "mobileEnabled", "tabletEnabled"];
        let others = ["consoleEnabled", "vrEnabled", "voiceChatEnabled"];
        let on = devices.iter().map(|name| (*name, true));
        let settings = on.chain(others.iter().map(|name| (*name, false)));
        Self {
            id,
            owner,
            root: root.id,
            places: BTreeMap::from([(root.id, root)]),
            settings: settings
                .map(|(name, on)| (name.to_owned(), json!(on)))
                .collect(),
            restrictions: Restrictions::default(),
            restarts: Vec::new(),
            ordered_stores: OrderedStores::default(),
            memory_store: MemoryStore::default(),
            products: BTreeMap::new(),
            passes: BTreeMap::new(),
            badges: BTreeMap::new(),
            subscriptions: BTreeMap::new(),
            secrets: Secrets::default(),
            events: BTreeMap::new(),
            is_active: true,
            is_team_create_enabled: false,
            configs: BTreeMap::new(),
            created: now,
            updated: now,
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut fields = self.settings.clone();
        let mut add = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        add("path", json!(format!("universes/{}", self.id)));
        add("createTime", json!(timestamp(self.created)));
        add("updateTime", json!(timestamp(self.updated)));
        let visibility = if self.is_active { "PUBLIC" } else { "PRIVATE" };
        add("visibility", json!(visibility));
        add("ageRating", json!("AGE_RATING_ALL"));
        add(
            "rootPlace",
            json!(format!("universes/{}/places/{}", self.id, self.root)),
        );
        match self.owner {
            Creator::User(user) => add("user", json!(format!("users/{user}"))),
            Creator::Group(group) => add("group", json!(format!("groups/{group}"))),
        };
        if let Some(root) = self.places.get(&self.root) {
            add("displayName", json!(root.display_name));
            add("description", json!(root.description));
        }
        Value::Object(fields)
    }

    /// Completes a loaded universe with this id.
    pub(crate) fn complete(&mut self, id: u64) {
        self.id = id;
        self.places
            .iter_mut()
            .for_each(|(id, place)| place.id = *id);
        self.ordered_stores
            .values_mut()
            .for_each(OrderedStore::rebuild);
        self.memory_store
            .queues
            .values_mut()
            .for_each(Queue::rebuild);
        self.memory_store
            .maps
            .values_mut()
            .for_each(SortedMap::rebuild);
    }

    /// Closes the servers of restarts that are due.
    pub(crate) fn finish_restarts(&mut self, now: OffsetDateTime) {
        for restart in &mut self.restarts {
            if restart.is_due(now) {
                restart.finish(&mut self.places, now);
            }
        }
    }
}

impl Default for Universe {
    fn default() -> Self {
        Self::new(
            0,
            Creator::User(KEY_OWNER),
            Place::default(),
            default_time(),
        )
    }
}
