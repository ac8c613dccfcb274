//! What the creator store tells about an asset.

use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use super::{Money, StoreAudioType, StoreLinkType, StoreModelSubType};
use crate::models::serde_helpers::{
    by_name_or_number, count, id_in_path, null_to_default, timestamp,
};
use crate::models::{AssetId, Creator, GroupId, UniverseId, UserId};

/// An asset as the creator store tells it. How much of it is there depends on the view of the search.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreatorStoreAsset {
    /// The asset itself.
    pub asset: Option<StoreAssetDetails>,
    /// Who made it.
    pub creator: Option<StoreCreator>,
    /// What it costs.
    #[serde(rename = "creatorStoreProduct")]
    pub product: Option<StoreOffer>,
    /// How it is rated.
    pub voting: Option<StoreVotes>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an asset of the creator store")]
struct AssetWire {
    asset: Option<StoreAssetDetails>,
    creator: Option<StoreCreator>,
    creator_store_product: Option<StoreOffer>,
    voting: Option<StoreVotes>,
    errors: Option<IgnoredAny>,
}

impl<'de> Deserialize<'de> for CreatorStoreAsset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = AssetWire::deserialize(deserializer)?;
        // An error with the status of a success is no asset of which nothing is known.
        if wire.errors.is_some() && wire.asset.is_none() {
            let why = "the answer tells an error in place of an asset";
            return Err(D::Error::custom(why));
        }
        Ok(Self {
            asset: wire.asset,
            creator: wire.creator,
            product: wire.creator_store_product,
            voting: wire.voting,
        })
    }
}

impl CreatorStoreAsset {
    /// The id of the asset, if the service told it.
    #[must_use]
    pub fn asset_id(&self) -> Option<AssetId> {
        self.asset.as_ref()?.id
    }
}

/// What it costs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct StoreOffer {
    /// The price; zero for what is free.
    #[serde(deserialize_with = "Money::optional")]
    pub purchase_price: Option<Money>,
    /// Whether it can be had at all.
    pub purchasable: Option<bool>,
}

/// How an asset is rated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct StoreVotes {
    /// Whether the votes are shown.
    pub show_votes: Option<bool>,
    /// Votes for it.
    #[serde(deserialize_with = "count")]
    pub up_votes: Option<u64>,
    /// Votes against it.
    #[serde(deserialize_with = "count")]
    pub down_votes: Option<u64>,
    /// All votes.
    #[serde(deserialize_with = "count")]
    pub vote_count: Option<u64>,
    /// Votes for it, of a hundred.
    #[serde(deserialize_with = "count")]
    pub up_vote_percent: Option<u64>,
    /// Whether the key's owner may vote.
    pub can_vote: Option<bool>,
    /// Whether the key's owner has voted.
    pub has_voted: Option<bool>,
    /// Whether the key's owner voted for it.
    pub user_vote: Option<bool>,
}

/// Who made an asset.
///
/// `Serialize` writes the creator as one field; `Deserialize` reads the two of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StoreCreator {
    /// The user or the group.
    pub creator: Option<Creator>,
    /// The name.
    pub name: Option<String>,
    /// Whether the creator has the verified badge.
    pub verified: Option<bool>,
    /// Of a group: who last changed the asset.
    pub latest_group_updater_user_id: Option<UserId>,
    /// Of a group: the name of who last changed the asset.
    pub latest_group_updater_user_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a creator")]
struct CreatorWire {
    /// The older form: `user/123` or `group/456`.
    creator: Option<String>,
    user_id: Option<UserId>,
    group_id: Option<GroupId>,
    name: Option<String>,
    verified: Option<bool>,
    latest_group_updater_user_id: Option<UserId>,
    latest_group_updater_user_name: Option<String>,
}

impl<'de> Deserialize<'de> for StoreCreator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = CreatorWire::deserialize(deserializer)?;
        let older = wire.creator.unwrap_or_default().to_ascii_lowercase();
        let user = wire
            .user_id
            .or_else(|| id_in_path(&older, "user").map(UserId::from));
        let group = wire
            .group_id
            .or_else(|| id_in_path(&older, "group").map(GroupId::from));
        Ok(Self {
            creator: group.map(Creator::Group).or(user.map(Creator::User)),
            name: wire.name,
            verified: wire.verified,
            latest_group_updater_user_id: wire.latest_group_updater_user_id,
            latest_group_updater_user_name: wire.latest_group_updater_user_name,
        })
    }
}

/// The asset itself. Much of it is told for some kinds only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct StoreAssetDetails {
    /// The id.
    pub id: Option<AssetId>,
    /// The name.
    pub name: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The kind as a number of the platform: 3 is a sound, 10 a model, 38 a plugin …
    #[serde(deserialize_with = "count")]
    pub asset_type_id: Option<u64>,
    /// Where it stands among the categories, such as `3d__characters`.
    pub category_path: Option<String>,
    /// The experience in which it was made.
    pub creating_universe_id: Option<UniverseId>,
    /// Links that its creator added.
    #[serde(deserialize_with = "null_to_default")]
    pub social_links: Vec<StoreSocialLink>,
    /// The assets that show it.
    pub preview_assets: Option<StorePreviews>,
    /// When it was made.
    #[serde(with = "timestamp::option")]
    pub create_time: Option<OffsetDateTime>,
    /// When it last changed.
    #[serde(with = "timestamp::option")]
    pub update_time: Option<OffsetDateTime>,
    /// Of a sound: how long it is, in seconds.
    #[serde(deserialize_with = "count")]
    pub duration_seconds: Option<u64>,
    /// Of a sound: of which kind.
    pub audio_type: Option<StoreAudioType>,
    /// Of a sound: who plays.
    pub artist: Option<String>,
    /// Of a sound: the title.
    pub title: Option<String>,
    /// Of music: the album.
    pub album: Option<String>,
    /// Of music: the genre.
    pub genre: Option<String>,
    /// Of a sound effect: the category.
    pub category: Option<String>,
    /// Of a sound effect: the category within the category.
    pub subcategory: Option<String>,
    /// Of a picture or a mesh part: the texture.
    pub texture_id: Option<AssetId>,
    /// Of a mesh part: the mesh.
    pub mesh_id: Option<AssetId>,
    /// Of a model: what it is besides.
    #[serde(deserialize_with = "null_to_default")]
    pub sub_types: Vec<StoreModelSubType>,
    /// Of a model or a plugin: whether there are scripts in it.
    pub has_scripts: Option<bool>,
    /// Of a model or a plugin: how many scripts are in it.
    #[serde(deserialize_with = "count")]
    pub script_count: Option<u64>,
    /// Of a model: how large its meshes are.
    pub object_mesh_summary: Option<StoreMeshSummary>,
    /// Of a model: what is in it.
    pub instance_counts: Option<StoreInstanceCounts>,
    /// Of a model: what its scripts may do.
    pub capabilities: Option<StoreCapabilities>,
}

/// A link that the creator of an asset added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StoreSocialLink {
    /// Where it leads.
    #[serde(default, deserialize_with = "by_name_or_number")]
    pub link_type: Option<StoreLinkType>,
    /// The address.
    #[serde(default)]
    pub url: Option<String>,
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
}

/// The assets that show an asset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct StorePreviews {
    /// Pictures, in order.
    #[serde(rename = "imagePreviewAssets", deserialize_with = "null_to_default")]
    pub images: Vec<AssetId>,
    /// Videos, in order.
    #[serde(rename = "videoPreviewAssets", deserialize_with = "null_to_default")]
    pub videos: Vec<AssetId>,
}

/// How large the meshes of a model are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct StoreMeshSummary {
    /// All triangles.
    #[serde(deserialize_with = "count")]
    pub triangles: Option<u64>,
    /// All vertices.
    #[serde(deserialize_with = "count")]
    pub vertices: Option<u64>,
}

/// How many things of some kinds are in a model.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct StoreInstanceCounts {
    /// Scripts.
    #[serde(deserialize_with = "count")]
    pub script: Option<u64>,
    /// Mesh parts.
    #[serde(deserialize_with = "count")]
    pub mesh_part: Option<u64>,
    /// Animations.
    #[serde(deserialize_with = "count")]
    pub animation: Option<u64>,
    /// Decals.
    #[serde(deserialize_with = "count")]
    pub decal: Option<u64>,
    /// Sounds.
    #[serde(deserialize_with = "count")]
    pub audio: Option<u64>,
    /// Tools.
    #[serde(deserialize_with = "count")]
    pub tool: Option<u64>,
}

/// What the scripts of a model may do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct StoreCapabilities {
    /// Whether it is put in a sandbox when it is inserted.
    pub should_sandbox: Option<bool>,
}
