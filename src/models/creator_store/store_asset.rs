//! Assets as the creator store shows them.

use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Money, StoreAssetDetails};
use crate::models::serde_helpers::{count, id_in_path, is_none, optional_id};
use crate::models::{AssetId, Creator, GroupId, UserId};

/// An asset in the creator store. The view of the search decides which fields are returned.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreatorStoreAsset {
    /// Details of the asset.
    #[serde(skip_serializing_if = "is_none")]
    pub asset: Option<StoreAssetDetails>,
    /// Creator of the asset.
    #[serde(skip_serializing_if = "is_none")]
    pub creator: Option<StoreCreator>,
    /// Price, and whether the asset can be purchased.
    #[serde(rename = "creatorStoreProduct", skip_serializing_if = "is_none")]
    pub product: Option<StoreOffer>,
    /// Votes on the asset.
    #[serde(skip_serializing_if = "is_none")]
    pub voting: Option<StoreVotes>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an asset of the creator store")]
struct CreatorStoreAssetWire {
    asset: Option<StoreAssetDetails>,
    creator: Option<StoreCreator>,
    creator_store_product: Option<StoreOffer>,
    voting: Option<StoreVotes>,
    errors: Option<IgnoredAny>,
}

impl<'de> Deserialize<'de> for CreatorStoreAsset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = CreatorStoreAssetWire::deserialize(deserializer)?;
        // An error with a success status is not an asset without fields.
        if wire.errors.is_some() && wire.asset.is_none() {
            let why = "the response is an error instead of an asset";
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
    /// Returns the id of the asset, if the service returned it.
    #[must_use]
    pub fn asset_id(&self) -> Option<AssetId> {
        self.asset.as_ref()?.id
    }
}

/// The price of an asset in the creator store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct StoreOffer {
    /// Price. Zero for free assets.
    #[serde(deserialize_with = "Money::optional", skip_serializing_if = "is_none")]
    pub purchase_price: Option<Money>,
    /// Whether the asset can be purchased.
    #[serde(skip_serializing_if = "is_none")]
    pub purchasable: Option<bool>,
}

/// The votes on an asset in the creator store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct StoreVotes {
    /// Whether the votes are shown.
    #[serde(skip_serializing_if = "is_none")]
    pub show_votes: Option<bool>,
    /// Number of upvotes.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub up_votes: Option<u64>,
    /// Number of downvotes.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub down_votes: Option<u64>,
    /// Number of votes.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub vote_count: Option<u64>,
    /// Percentage of upvotes.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub up_vote_percent: Option<u64>,
    /// Whether the key's owner can vote.
    #[serde(skip_serializing_if = "is_none")]
    pub can_vote: Option<bool>,
    /// Whether the key's owner has voted.
    #[serde(skip_serializing_if = "is_none")]
    pub has_voted: Option<bool>,
    /// Whether the vote of the key's owner is an upvote.
    #[serde(skip_serializing_if = "is_none")]
    pub user_vote: Option<bool>,
}

/// The creator of an asset in the creator store.
///
/// `Serialize` writes the creator as one field; `Deserialize` reads it, and the two fields of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", from = "StoreCreatorWire")]
#[non_exhaustive]
pub struct StoreCreator {
    /// User or group.
    #[serde(skip_serializing_if = "is_none")]
    pub creator: Option<Creator>,
    /// Name of the user or group.
    #[serde(skip_serializing_if = "is_none")]
    pub name: Option<String>,
    /// Whether the creator has the verified badge.
    #[serde(skip_serializing_if = "is_none")]
    pub verified: Option<bool>,
    /// User who last changed the asset of a group.
    #[serde(skip_serializing_if = "is_none")]
    pub latest_group_updater_user_id: Option<UserId>,
    /// Name of the user who last changed the asset of a group.
    #[serde(skip_serializing_if = "is_none")]
    pub latest_group_updater_user_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a creator")]
struct StoreCreatorWire {
    creator: Option<CreatorForm>,
    #[serde(default, deserialize_with = "optional_id")]
    user_id: Option<UserId>,
    #[serde(default, deserialize_with = "optional_id")]
    group_id: Option<GroupId>,
    name: Option<String>,
    verified: Option<bool>,
    #[serde(default, deserialize_with = "optional_id")]
    latest_group_updater_user_id: Option<UserId>,
    latest_group_updater_user_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a creator, or a path such as user/123")]
enum CreatorForm {
    /// The older form of the service: `user/123` or `group/456`.
    Path(String),
    Object(Creator),
}

impl CreatorForm {
    fn into_creator(self) -> Option<Creator> {
        let path = match self {
            Self::Path(path) => path.to_ascii_lowercase(),
            Self::Object(creator) => return Some(creator),
        };
        let group = id_in_path(&path, "group").map(|id| Creator::Group(id.into()));
        group.or_else(|| id_in_path(&path, "user").map(|id| Creator::User(id.into())))
    }
}

impl From<StoreCreatorWire> for StoreCreator {
    fn from(wire: StoreCreatorWire) -> Self {
        let user = wire.user_id.map(Creator::User);
        let creator = wire.group_id.map(Creator::Group).or(user);
        let older = || wire.creator?.into_creator();
        Self {
            creator: creator.or_else(older),
            name: wire.name,
            verified: wire.verified,
            latest_group_updater_user_id: wire.latest_group_updater_user_id,
            latest_group_updater_user_name: wire.latest_group_updater_user_name,
        }
    }
}
