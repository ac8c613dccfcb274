//! Assets as the service returns them.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use time::OffsetDateTime;

use super::social::{self, SocialLink, SocialPlatform, TRY_FIELD};
use super::{AssetPrivacy, AssetState, AssetType, ModerationState};
use crate::models::serde_helpers::{
    id_in_path, id_or_path, is_none, null_to_default, optional_id, optional_text, timestamp,
};
use crate::models::{AssetId, GroupId, PlaceId, UserId};

/// An asset. The service omits what a call did not request or change.
///
/// `Serialize` writes a flat object with the names of the fields; `Deserialize` reads it, and the nested form of the
/// service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Asset {
    /// Asset id.
    pub asset_id: AssetId,
    /// Asset type.
    #[serde(skip_serializing_if = "is_none")]
    pub asset_type: Option<AssetType>,
    /// Display name. Moderation may have replaced it with `#` characters.
    #[serde(skip_serializing_if = "is_none")]
    pub display_name: Option<String>,
    /// Description of the asset.
    #[serde(skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// Owner of the asset.
    #[serde(skip_serializing_if = "is_none")]
    pub creator: Option<Creator>,
    /// Who can use the asset.
    #[serde(skip_serializing_if = "is_none")]
    pub privacy: Option<AssetPrivacy>,
    /// Current version, which grows with every change.
    #[serde(skip_serializing_if = "is_none")]
    pub revision_id: Option<String>,
    /// Creation time of the current version.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub revision_create_time: Option<OffsetDateTime>,
    /// State of moderation.
    #[serde(skip_serializing_if = "is_none")]
    pub moderation_state: Option<ModerationState>,
    /// Whether the asset is active or archived.
    #[serde(skip_serializing_if = "is_none")]
    pub state: Option<AssetState>,
    /// Resource path of the icon, `assets/123`.
    #[serde(skip_serializing_if = "is_none")]
    pub icon: Option<String>,
    /// Preview pictures.
    pub previews: Vec<AssetPreview>,
    /// Social links, one for each platform.
    #[serde(serialize_with = "social::serialize")]
    pub social_links: Vec<(SocialPlatform, SocialLink)>,
    /// Place in which the asset can be tried.
    #[serde(skip_serializing_if = "is_none")]
    pub try_place: Option<PlaceId>,
}

impl Asset {
    /// Returns the id of the icon, if its path has one.
    #[must_use]
    pub fn icon_id(&self) -> Option<AssetId> {
        let icon = self.icon.as_deref()?;
        id_or_path(icon, "assets").map(AssetId::from)
    }

    /// Returns the link to a page on a platform.
    #[must_use]
    pub fn social_link(&self, platform: &SocialPlatform) -> Option<&SocialLink> {
        self.social_links
            .iter()
            .find(|(known, _)| known == platform)
            .map(|(_, link)| link)
    }
}

/// A preview picture of an asset.
///
/// ```
/// use rblx_open_cloud::models::AssetPreview;
///
/// let preview = AssetPreview::new(123).alt_text("The oak in autumn");
/// assert_eq!(preview.asset, "assets/123");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AssetPreview {
    /// Resource path of the picture, `assets/123`.
    #[serde(default, deserialize_with = "null_to_default")]
    pub asset: String,
    /// Description of the picture for people who cannot see it.
    #[serde(skip_serializing_if = "is_none")]
    pub alt_text: Option<String>,
}

impl AssetPreview {
    /// Creates a preview from an asset of type `Image`.
    pub fn new(asset: impl Into<AssetId>) -> Self {
        Self {
            asset: format!("assets/{}", asset.into()),
            alt_text: None,
        }
    }

    /// Sets the description of the picture.
    #[must_use]
    pub fn alt_text(mut self, text: impl Into<String>) -> Self {
        self.alt_text = Some(text.into());
        self
    }

    /// Returns the id of the picture, if its path holds one.
    #[must_use]
    pub fn asset_id(&self) -> Option<AssetId> {
        id_or_path(&self.asset, "assets").map(AssetId::from)
    }
}

/// The owner of an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "CreatorWire")]
#[non_exhaustive]
pub enum Creator {
    /// A user.
    #[serde(rename = "userId")]
    User(UserId),
    /// A group.
    #[serde(rename = "groupId")]
    Group(GroupId),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a creator")]
pub(super) struct CreatorWire {
    #[serde(default, deserialize_with = "optional_id")]
    user_id: Option<UserId>,
    #[serde(default, deserialize_with = "optional_id")]
    group_id: Option<GroupId>,
}

impl CreatorWire {
    pub(super) fn creator(self) -> Option<Creator> {
        let user = self.user_id.map(Creator::User);
        self.group_id.map(Creator::Group).or(user)
    }
}

impl TryFrom<CreatorWire> for Creator {
    type Error = &'static str;

    fn try_from(wire: CreatorWire) -> Result<Self, Self::Error> {
        wire.creator()
            .ok_or("a creator without `userId` or `groupId`")
    }
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a creation context")]
pub(super) struct CreationContext {
    creator: Option<CreatorWire>,
    asset_privacy: Option<AssetPrivacy>,
}

impl CreationContext {
    pub(super) fn into_creator(self) -> Option<Creator> {
        self.creator.and_then(CreatorWire::creator)
    }
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a moderation result")]
pub(super) struct ModerationResult {
    pub(super) moderation_state: Option<ModerationState>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an asset")]
struct AssetWire {
    path: Option<String>,
    #[serde(default, deserialize_with = "optional_id")]
    asset_id: Option<AssetId>,
    asset_type: Option<AssetType>,
    display_name: Option<String>,
    description: Option<String>,
    creation_context: Option<CreationContext>,
    creator: Option<CreatorWire>,
    privacy: Option<AssetPrivacy>,
    #[serde(default, deserialize_with = "optional_text")]
    revision_id: Option<String>,
    #[serde(default, with = "timestamp::option")]
    revision_create_time: Option<OffsetDateTime>,
    moderation_result: Option<ModerationResult>,
    moderation_state: Option<ModerationState>,
    state: Option<AssetState>,
    icon: Option<String>,
    previews: Option<Vec<AssetPreview>>,
    social_links: Option<BTreeMap<String, Value>>,
    #[serde(default, deserialize_with = "optional_id")]
    try_place: Option<PlaceId>,
    /// The social links, one field each.
    #[serde(flatten)]
    others: BTreeMap<String, Value>,
}

impl AssetWire {
    /// Returns the id of the asset, or of its path if the id is empty or zero.
    fn asset_id(&self) -> Option<AssetId> {
        let path = self.path.as_deref();
        let in_path = || path.and_then(|path| id_in_path(path, "assets"));
        let id = self.asset_id.filter(|id| id.get() != 0);
        id.or_else(|| in_path().map(AssetId::from))
    }

    fn try_place(&self) -> Option<PlaceId> {
        let place = || social::place(&social::link(self.others.get(TRY_FIELD)?)?);
        self.try_place.or_else(place)
    }
}

impl<'de> Deserialize<'de> for Asset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut wire = AssetWire::deserialize(deserializer)?;
        let context = wire.creation_context.take().unwrap_or_default();
        let moderation = wire.moderation_result.take().unwrap_or_default();
        let asset_id = wire.asset_id();
        Ok(Self {
            asset_id: asset_id.ok_or_else(|| D::Error::missing_field("assetId"))?,
            social_links: social::links(wire.social_links.as_ref(), &wire.others),
            try_place: wire.try_place(),
            asset_type: wire.asset_type,
            display_name: wire.display_name,
            description: wire.description,
            privacy: wire.privacy.or(context.asset_privacy),
            creator: (wire.creator.or(context.creator)).and_then(CreatorWire::creator),
            revision_id: wire.revision_id,
            revision_create_time: wire.revision_create_time,
            moderation_state: wire.moderation_state.or(moderation.moderation_state),
            state: wire.state,
            icon: wire.icon,
            previews: wire.previews.unwrap_or_default(),
        })
    }
}
