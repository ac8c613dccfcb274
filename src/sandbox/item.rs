//! Items of an inventory.

use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::api::base64url;
use super::store::timestamp;
use crate::models::{AssetId, BadgeId, GamePassId, InventoryAssetType, PrivateServerId};

/// An item for the inventory of a user of the sandbox.
///
/// ```
/// use rblx_open_cloud::sandbox::SandboxItem;
///
/// let hat = SandboxItem::asset(1_028_595, "HAT");
/// let limited = SandboxItem::asset(1_029_025, "HAT").collectible("item", "instance", "HOLD", 7);
/// let badge = SandboxItem::badge(111_111);
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct SandboxItem {
    details: Details,
    add_time: Option<OffsetDateTime>,
}

/// What kind of item it is, with what only this kind has.
#[derive(Debug, Clone)]
pub(super) enum Details {
    Asset {
        id: u64,
        kind: String,
        instance: Option<u64>,
        collectible: Option<Collectible>,
    },
    Badge(u64),
    GamePass(u64),
    PrivateServer(u64),
}

#[derive(Debug, Clone)]
pub(super) struct Collectible {
    item: String,
    instance: String,
    state: String,
    serial: Option<u64>,
}

/// An item that is in an inventory.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) details: Details,
    add_time: OffsetDateTime,
    /// Makes the path of the item unlike any other.
    number: u64,
}

impl SandboxItem {
    const fn with_details(details: Details) -> Self {
        Self {
            details,
            add_time: None,
        }
    }

    /// An asset of this type, such as `HAT`.
    pub fn asset(id: impl Into<AssetId>, asset_type: impl Into<InventoryAssetType>) -> Self {
        let kind = asset_type.into().to_string();
        Self::with_details(Details::Asset {
            id: id.into().get(),
            kind,
            instance: None,
            collectible: None,
        })
    }

    /// A badge.
    pub fn badge(id: impl Into<BadgeId>) -> Self {
        Self::with_details(Details::Badge(id.into().get()))
    }

    /// A game pass. The service tells no time for these.
    pub fn game_pass(id: impl Into<GamePassId>) -> Self {
        Self::with_details(Details::GamePass(id.into().get()))
    }

    /// A private server.
    pub fn private_server(id: impl Into<PrivateServerId>) -> Self {
        Self::with_details(Details::PrivateServer(id.into().get()))
    }

    /// Makes an asset a collectible, in a state such as `AVAILABLE` or `HOLD`; no effect on other items.
    pub fn collectible(
        mut self,
        item_id: &str,
        instance_id: &str,
        state: &str,
        serial: impl Into<Option<u64>>,
    ) -> Self {
        if let Details::Asset { collectible, .. } = &mut self.details {
            let (item, instance, state) =
                (item_id.to_owned(), instance_id.to_owned(), state.to_owned());
            *collectible = Some(Collectible {
                item,
                instance,
                state,
                serial: serial.into(),
            });
        }
        self
    }

    /// Sets the id of this copy of an asset; without it one is made. No effect on other items.
    pub fn instance(mut self, id: u64) -> Self {
        if let Details::Asset { instance, .. } = &mut self.details {
            *instance = Some(id);
        }
        self
    }

    /// Sets when the user got the item; without it the moment it is added to the sandbox.
    pub fn add_time(mut self, add_time: OffsetDateTime) -> Self {
        self.add_time = Some(add_time);
        self
    }

    pub(super) fn into_item(mut self, number: u64) -> Item {
        if let Details::Asset { instance, .. } = &mut self.details {
            instance.get_or_insert(number);
        }
        Item {
            details: self.details,
            add_time: self.add_time.unwrap_or_else(OffsetDateTime::now_utc),
            number,
        }
    }
}

impl Item {
    pub(super) fn to_json(&self, user: u64) -> Value {
        let (name, details) = match &self.details {
            Details::Asset {
                id,
                kind,
                instance,
                collectible,
            } => (
                "assetDetails",
                asset_json(*id, kind, *instance, collectible.as_ref()),
            ),
            Details::Badge(id) => ("badgeDetails", json!({ "badgeId": id.to_string() })),
            Details::GamePass(id) => ("gamePassDetails", json!({ "gamePassId": id.to_string() })),
            Details::PrivateServer(id) => (
                "privateServerDetails",
                json!({ "privateServerId": id.to_string() }),
            ),
        };
        let mut item = Map::new();
        let id = base64url::encode(format!("item:{}", self.number).as_bytes());
        item.insert(
            "path".to_owned(),
            json!(format!("users/{user}/inventory-items/{id}")),
        );
        item.insert(name.to_owned(), details);
        if !matches!(self.details, Details::GamePass(_)) {
            item.insert("addTime".to_owned(), json!(timestamp(self.add_time)));
        }
        Value::Object(item)
    }
}

impl Details {
    pub(super) fn is_collectible(&self) -> bool {
        matches!(
            self,
            Self::Asset {
                collectible: Some(_),
                ..
            }
        )
    }
}

fn asset_json(
    id: u64,
    kind: &str,
    instance: Option<u64>,
    collectible: Option<&Collectible>,
) -> Value {
    let mut asset = json!({
        "assetId": id.to_string(),
        "inventoryItemAssetType": kind,
        "instanceId": instance.unwrap_or_default().to_string(),
    });
    if let (Some(collectible), Value::Object(asset)) = (collectible, &mut asset) {
        let mut details = json!({
            "itemId": collectible.item,
            "instanceId": collectible.instance,
            "instanceState": collectible.state,
        });
        if let (Some(serial), Value::Object(details)) = (collectible.serial, &mut details) {
            details.insert("serialNumber".to_owned(), json!(serial));
        }
        asset.insert("collectibleDetails".to_owned(), details);
    }
    asset
}
