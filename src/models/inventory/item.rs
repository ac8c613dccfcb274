//! What a user owns.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::{InventoryAssetType, InventoryItemState};
use crate::models::serde_helpers::{Text, Timestamp, count, timestamp};
use crate::models::{AssetId, AssetInstanceId, BadgeId, GamePassId, PrivateServerId};

/// Something that a user owns.
///
/// `Serialize` writes a flat object with a `kind`; `Deserialize` reads the nested shape of the service.
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
    /// A kind that this version does not know.
    Unknown(UnknownInventoryItem),
}

impl InventoryItem {
    /// When the user got it; the service does not tell for game passes.
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

/// An asset that a user owns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InventoryAsset {
    /// The asset.
    pub asset_id: AssetId,
    /// What kind of asset it is; `Unspecified` if the service does not tell.
    pub asset_type: InventoryAssetType,
    /// The user's copy of it.
    pub instance_id: Option<AssetInstanceId>,
    /// For collectibles: which copy, and whether it can be sold.
    pub collectible: Option<Collectible>,
    /// When the user got it.
    #[serde(with = "timestamp::option")]
    pub add_time: Option<OffsetDateTime>,
}

/// What is special about a collectible.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Collectible {
    /// The collectible item, as a UUID.
    pub item_id: Option<String>,
    /// This copy of it, as a UUID.
    pub instance_id: Option<String>,
    /// Whether it can be sold or traded now.
    pub state: Option<InventoryItemState>,
    /// The number of this copy, for limited items.
    pub serial_number: Option<u64>,
}

/// A badge that a user has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InventoryBadge {
    /// The badge.
    pub badge_id: BadgeId,
    /// When the user was given it.
    #[serde(with = "timestamp::option")]
    pub add_time: Option<OffsetDateTime>,
}

/// A game pass that a user has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InventoryGamePass {
    /// The game pass.
    pub game_pass_id: GamePassId,
    /// When the user got it; the service does not tell at present.
    #[serde(with = "timestamp::option")]
    pub add_time: Option<OffsetDateTime>,
}

/// A private server that a user has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InventoryPrivateServer {
    /// The private server.
    pub private_server_id: PrivateServerId,
    /// When the user got it.
    #[serde(with = "timestamp::option")]
    pub add_time: Option<OffsetDateTime>,
}

/// An item of a kind that came after this version of the crate.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UnknownInventoryItem {
    /// Everything that the service said about it, but for the time.
    pub json: Map<String, Value>,
    /// When the user got it.
    #[serde(with = "timestamp::option")]
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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "details of an asset")]
struct AssetDetails {
    asset_id: AssetId,
    inventory_item_asset_type: Option<InventoryAssetType>,
    instance_id: Option<AssetInstanceId>,
    collectible_details: Option<CollectibleDetails>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "details of a collectible")]
struct CollectibleDetails {
    item_id: Option<String>,
    instance_id: Option<String>,
    instance_state: Option<InventoryItemState>,
    #[serde(default, deserialize_with = "count")]
    serial_number: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "details of a badge")]
struct BadgeDetails {
    badge_id: BadgeId,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "details of a game pass")]
struct GamePassDetails {
    game_pass_id: GamePassId,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "details of a private server")]
struct PrivateServerDetails {
    private_server_id: PrivateServerId,
}

impl<'de> Deserialize<'de> for InventoryItem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ItemVisitor)
    }
}

// By hand: serde's `flatten` would buffer every field of every item to keep the few of unknown kinds.
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

#[derive(Default)]
struct Parts<'a> {
    path: Option<Text<'a>>,
    add_time: Option<OffsetDateTime>,
    asset: Option<AssetDetails>,
    badge: Option<BadgeDetails>,
    game_pass: Option<GamePassDetails>,
    private_server: Option<PrivateServerDetails>,
    other: Map<String, Value>,
}

impl Parts<'_> {
    fn into_item(self) -> InventoryItem {
        let add_time = self.add_time;
        if let Some(details) = self.asset {
            return InventoryItem::Asset(details.into_asset(add_time));
        }
        if let Some(BadgeDetails { badge_id }) = self.badge {
            return InventoryItem::Badge(InventoryBadge { badge_id, add_time });
        }
        if let Some(GamePassDetails { game_pass_id }) = self.game_pass {
            return InventoryItem::GamePass(InventoryGamePass {
                game_pass_id,
                add_time,
            });
        }
        if let Some(PrivateServerDetails { private_server_id }) = self.private_server {
            return InventoryItem::PrivateServer(InventoryPrivateServer {
                private_server_id,
                add_time,
            });
        }
        let mut json = self.other;
        if let Some(path) = self.path {
            json.insert("path".to_owned(), Value::String(path.0.into_owned()));
        }
        InventoryItem::Unknown(UnknownInventoryItem { json, add_time })
    }
}

impl AssetDetails {
    fn into_asset(self, add_time: Option<OffsetDateTime>) -> InventoryAsset {
        InventoryAsset {
            asset_id: self.asset_id,
            asset_type: self.inventory_item_asset_type.unwrap_or_default(),
            instance_id: self.instance_id,
            collectible: self.collectible_details.map(|details| Collectible {
                item_id: details.item_id,
                instance_id: details.instance_id,
                state: details.instance_state,
                serial_number: details.serial_number,
            }),
            add_time,
        }
    }
}
