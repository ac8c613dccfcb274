//! Inventory items.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::{InventoryAssetType, InventoryItemState};
use crate::json;
use crate::models::serde_helpers::{Text, Timestamp, count, is_none, null_to_default, timestamp};
use crate::models::{AssetId, AssetInstanceId, BadgeId, GamePassId, PrivateServerId};

/// An item in a user's inventory.
///
/// `Serialize` writes a flat object with a `kind`; `Deserialize` reads it, and the nested form of the service.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[non_exhaustive]
pub enum InventoryItem {
    /// An asset: a hat, a decal, a place …
    Asset(InventoryAsset),
    /// A badge of an experience.
    Badge(InventoryBadge),
    /// A game pass.
    GamePass(InventoryGamePass),
    /// A private server.
    PrivateServer(InventoryPrivateServer),
    /// An item of a kind that this version does not know.
    Unknown(UnknownInventoryItem),
}

impl InventoryItem {
    /// Returns the time at which the user got the item. The service does not return it for game passes.
    #[must_use]
    pub fn add_time(&self) -> Option<OffsetDateTime> {
        match self {
            Self::Asset(item) => item.add_time,
            Self::Badge(item) => item.add_time,
            Self::GamePass(item) => item.add_time,
            Self::PrivateServer(item) => item.add_time,
            Self::Unknown(item) => item.add_time,
        }
    }
}

/// An asset in a user's inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an asset")]
#[non_exhaustive]
pub struct InventoryAsset {
    /// Asset id.
    pub asset_id: AssetId,
    /// Asset type. `Unspecified` if the service does not return it.
    #[serde(
        default,
        alias = "inventoryItemAssetType",
        deserialize_with = "null_to_default"
    )]
    pub asset_type: InventoryAssetType,
    /// Id of the user's copy of the asset.
    #[serde(skip_serializing_if = "is_none")]
    pub instance_id: Option<AssetInstanceId>,
    /// Details of a collectible.
    #[serde(alias = "collectibleDetails", skip_serializing_if = "is_none")]
    pub collectible: Option<Collectible>,
    /// Time at which the user got it.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub add_time: Option<OffsetDateTime>,
}

/// Details of a collectible.
#[doc(alias("limited", "limiteds"))]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "details of a collectible")]
#[non_exhaustive]
pub struct Collectible {
    /// Id of the collectible item, a UUID.
    #[serde(skip_serializing_if = "is_none")]
    pub item_id: Option<String>,
    /// Id of the user's copy of it, a UUID.
    #[serde(skip_serializing_if = "is_none")]
    pub instance_id: Option<String>,
    /// Whether the copy can be sold or traded at the moment.
    #[serde(alias = "instanceState", skip_serializing_if = "is_none")]
    pub state: Option<InventoryItemState>,
    /// Serial number of the copy, for limited items.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub serial_number: Option<u64>,
}

/// A badge in a user's inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a badge")]
#[non_exhaustive]
pub struct InventoryBadge {
    /// Badge id.
    pub badge_id: BadgeId,
    /// Time at which the user was awarded it.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub add_time: Option<OffsetDateTime>,
}

/// A game pass in a user's inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a game pass")]
#[non_exhaustive]
pub struct InventoryGamePass {
    /// Game pass id.
    pub game_pass_id: GamePassId,
    /// Time at which the user got it. The service does not return it at present.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub add_time: Option<OffsetDateTime>,
}

/// A private server in a user's inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a private server")]
#[non_exhaustive]
pub struct InventoryPrivateServer {
    /// Private server id.
    pub private_server_id: PrivateServerId,
    /// Time at which the user got it.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub add_time: Option<OffsetDateTime>,
}

/// An inventory item of a kind that this version of the crate does not know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UnknownInventoryItem {
    /// Everything that the service returned about the item, except for the time.
    pub json: Map<String, Value>,
    /// Time at which the user got it.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub add_time: Option<OffsetDateTime>,
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "camelCase")]
enum Field {
    Path,
    AddTime,
    AssetDetails,
    BadgeDetails,
    GamePassDetails,
    PrivateServerDetails,
    #[serde(untagged)]
    Other(String),
}

impl<'de> Deserialize<'de> for InventoryItem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ItemVisitor)
    }
}

// By hand: serde's `flatten` would buffer every field of every item for the few of unknown kinds.
struct ItemVisitor;

impl<'de> Visitor<'de> for ItemVisitor {
    type Value = InventoryItem;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an inventory item")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<InventoryItem, A::Error> {
        let mut item = Parts::default();
        while let Some(field) = map.next_key()? {
            match field {
                Field::Path => item.path = map.next_value()?,
                Field::AddTime => item.add_time = map.next_value::<Timestamp>()?.0,
                Field::AssetDetails => item.asset = map.next_value()?,
                Field::BadgeDetails => item.badge = map.next_value()?,
                Field::GamePassDetails => item.game_pass = map.next_value()?,
                Field::PrivateServerDetails => item.private_server = map.next_value()?,
                Field::Other(name) => {
                    item.other.insert(name, map.next_value()?);
                }
            }
        }
        Ok(item.into_item())
    }
}

/// The nested form of the service. The flat form that `Serialize` writes ends up in `other`.
#[derive(Default)]
struct Parts<'a> {
    path: Option<Text<'a>>,
    add_time: Option<OffsetDateTime>,
    asset: Option<InventoryAsset>,
    badge: Option<InventoryBadge>,
    game_pass: Option<InventoryGamePass>,
    private_server: Option<InventoryPrivateServer>,
    other: Map<String, Value>,
}

impl Parts<'_> {
    fn into_item(self) -> InventoryItem {
        let add_time = self.add_time;
        if let Some(asset) = self.asset {
            return InventoryItem::Asset(InventoryAsset { add_time, ..asset });
        }
        if let Some(badge) = self.badge {
            return InventoryItem::Badge(InventoryBadge { add_time, ..badge });
        }
        if let Some(pass) = self.game_pass {
            return InventoryItem::GamePass(InventoryGamePass { add_time, ..pass });
        }
        if let Some(server) = self.private_server {
            return InventoryItem::PrivateServer(InventoryPrivateServer { add_time, ..server });
        }
        let mut json = self.other;
        if let Some(flat) = from_flat(&json, add_time) {
            return flat;
        }
        if let Some(Text(path)) = self.path {
            json.insert("path".to_owned(), Value::String(path.into_owned()));
        }
        InventoryItem::Unknown(UnknownInventoryItem { json, add_time })
    }
}

/// Reads what `Serialize` writes; `None` for anything else.
fn from_flat(
    fields: &Map<String, Value>,
    add_time: Option<OffsetDateTime>,
) -> Option<InventoryItem> {
    let kind = fields.get("kind")?.as_str()?;
    let fields = Value::Object(fields.clone()).to_string();
    let item = match kind {
        "asset" => InventoryItem::Asset(InventoryAsset {
            add_time,
            ..json::from_str(&fields).ok()?
        }),
        "badge" => InventoryItem::Badge(InventoryBadge {
            add_time,
            ..json::from_str(&fields).ok()?
        }),
        "gamePass" => InventoryItem::GamePass(InventoryGamePass {
            add_time,
            ..json::from_str(&fields).ok()?
        }),
        "privateServer" => InventoryItem::PrivateServer(InventoryPrivateServer {
            add_time,
            ..json::from_str(&fields).ok()?
        }),
        "unknown" => InventoryItem::Unknown(UnknownInventoryItem {
            add_time,
            ..json::from_str(&fields).ok()?
        }),
        _ => return None,
    };
    Some(item)
}
