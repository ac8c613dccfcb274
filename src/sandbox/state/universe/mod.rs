//! Universes of the sandbox, with their places.

pub(crate) mod badge;
pub(crate) mod builder;
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

use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::asset::Creator;
use crate::sandbox::clock::timestamp;
use badge::Badge;
use memory_store::MemoryStore;
use ordered_store::OrderedStores;
use place::Place;
use restart::Restart;
use restriction::Restrictions;
use sale_item::SaleItem;
use secret::Secrets;
use subscription::Subscription;

#[derive(Debug)]
pub(crate) struct Universe {
    pub(crate) id: u64,
    pub(crate) owner: Creator,
    pub(crate) root: u64,
    pub(crate) places: BTreeMap<u64, Place>,
    /// The fields that an update can set, as they were sent.
    pub(crate) settings: Map<String, Value>,
    pub(crate) restrictions: Restrictions,
    pub(crate) restarts: Vec<Restart>,
    pub(crate) ordered_stores: OrderedStores,
    pub(crate) memory_store: MemoryStore,
    /// The developer products.
    pub(crate) products: BTreeMap<u64, SaleItem>,
    /// The game passes.
    pub(crate) passes: BTreeMap<u64, SaleItem>,
    pub(crate) badges: BTreeMap<u64, Badge>,
    /// By product and user.
    pub(crate) subscriptions: BTreeMap<(String, u64), Subscription>,
    pub(crate) secrets: Secrets,
    created: OffsetDateTime,
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
        add("visibility", json!("PUBLIC"));
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

    /// Closes the servers of restarts that are due.
    pub(crate) fn finish_restarts(&mut self, now: OffsetDateTime) {
        for restart in &mut self.restarts {
            if restart.is_due(now) {
                restart.finish(&mut self.places, now);
            }
        }
    }
}
