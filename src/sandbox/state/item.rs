//! Items of inventories.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::models::{AssetId, BadgeId, GamePassId, InventoryAssetType, PrivateServerId};
use crate::sandbox::base64url;
use crate::sandbox::clock::timestamp;
use crate::sandbox::object::set_field;

/// Describes an item for the inventory of a user of the sandbox.
///
/// ```
/// use rblx_open_cloud::sandbox::SandboxItem;
///
/// let hat = SandboxItem::asset(1_028_595, "HAT");
/// let limited = SandboxItem::asset(1_029_025, "HAT").collectible("item", "instance", "HOLD", 7);
/// let badge = SandboxItem::badge(111_111);
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct SandboxItem {
    details: Details,
    #[serde(with = "time::serde::rfc3339::option")]
    add_time: Option<OffsetDateTime>,
}

/// The kind of an item, with the details of this kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Details {
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

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Collectible {
    item: String,
    instance: String,
    state: String,
    serial: Option<u64>,
}

/// An item in an inventory.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Item {
    pub(crate) details: Details,
    #[serde(with = "time::serde::rfc3339")]
    add_time: OffsetDateTime,
    /// Makes the path of the item unique.
    number: u64,
}

impl SandboxItem {
    const fn with_details(details: Details) -> Self {
        Self {
            details,
            add_time: None,
        }
    }

    /// Describes an asset of this type, such as `HAT`.
    pub fn asset(id: impl Into<AssetId>, asset_type: impl Into<InventoryAssetType>) -> Self {
        let kind = asset_type.into().to_string();
        Self::with_details(Details::Asset {
            id: id.into().get(),
            kind,
            instance: None,
            collectible: None,
        })
    }

    /// Describes a badge.
    pub fn badge(id: impl Into<BadgeId>) -> Self {
        Self::with_details(Details::Badge(id.into().get()))
    }

    /// Describes a game pass. The service returns no `addTime` for game passes.
    pub fn game_pass(id: impl Into<GamePassId>) -> Self {
        Self::with_details(Details::GamePass(id.into().get()))
    }

    /// Describes a private server.
    pub fn private_server(id: impl Into<PrivateServerId>) -> Self {
        Self::with_details(Details::PrivateServer(id.into().get()))
    }

    /// Makes an asset a collectible in a state such as `AVAILABLE` or `HOLD`. Has no effect on other items.
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

    /// Sets the id of this copy of an asset. The default is a new id. Has no effect on other items.
    pub fn instance(mut self, id: u64) -> Self {
        if let Details::Asset { instance, .. } = &mut self.details {
            *instance = Some(id);
        }
        self
    }

    /// Sets the time at which the user got the item. The default is the time at which the item is added to the sandbox.
    pub fn add_time(mut self, add_time: OffsetDateTime) -> Self {
        self.add_time = Some(add_time);
        self
    }

    pub(crate) fn into_item(mut self, number: u64, now: OffsetDateTime) -> Item {
        if let Details::Asset { instance, .. } = &mut self.details {
            instance.get_or_insert(number);
        }
        Item {
            details: self.details,
            add_time: self.add_time.unwrap_or(now),
            number,
        }
    }
}

impl Item {
    pub(crate) fn to_json(&self, user: u64) -> Value {
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
        let id = base64url::encode(format!("item:{}", self.number).as_bytes());
        let mut item = json!({ "path": format!("users/{user}/inventory-items/{id}") });
        set_field(&mut item, name, details);
        if !matches!(self.details, Details::GamePass(_)) {
            set_field(&mut item, "addTime", timestamp(self.add_time));
        }
        item
    }
}

impl Details {
    pub(crate) fn is_collectible(&self) -> bool {
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
    if let Some(collectible) = collectible {
        let mut details = json!({
            "itemId": collectible.item,
            "instanceId": collectible.instance,
            "instanceState": collectible.state,
        });
        if let Some(serial) = collectible.serial {
            set_field(&mut details, "serialNumber", serial);
        }
        set_field(&mut asset, "collectibleDetails", details);
    }
    asset
}
