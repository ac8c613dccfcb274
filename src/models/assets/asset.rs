//! Assets as the service describes them.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use time::OffsetDateTime;

use super::social::{SocialLink, SocialPlatform, TRY_FIELD};
use super::{AssetPrivacy, AssetState, AssetType, ModerationState};
use crate::models::serde_helpers::{
    id_in_path, id_or_path, null_to_default, optional_id, optional_text, timestamp,
};
use crate::models::{AssetId, GroupId, PlaceId, UserId};

/// An asset. The service leaves out what a call did not ask for or change.
///
/// `Serialize` writes it flat, as it stands here; `Deserialize` reads the nested shape of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Asset {
    /// The id.
    pub asset_id: AssetId,
    /// What kind of asset it is.
    pub asset_type: Option<AssetType>,
    /// Its name; the service may have replaced a moderated one by `#` characters.
    pub display_name: Option<String>,
    /// Its description.
    pub description: Option<String>,
    /// Who owns it.
    pub creator: Option<Creator>,
    /// Who may use it.
    pub privacy: Option<AssetPrivacy>,
    /// The current version, which grows with every change.
    pub revision_id: Option<String>,
    /// When the current version was made.
    #[serde(with = "timestamp::option")]
    pub revision_create_time: Option<OffsetDateTime>,
    /// How far moderation is.
    pub moderation_state: Option<ModerationState>,
    /// Whether it is in use.
    pub state: Option<AssetState>,
    /// The resource path of its icon, `assets/123`.
    pub icon: Option<String>,
    /// The pictures that show it.
    pub previews: Vec<AssetPreview>,
    /// Links to pages elsewhere, one for each platform.
    #[serde(serialize_with = "as_map")]
    pub social_links: Vec<(SocialPlatform, SocialLink)>,
    /// The place in which it can be tried.
    pub try_place: Option<PlaceId>,
}

impl Asset {
    /// The id of the icon, if its path holds one.
    #[must_use]
    pub fn icon_id(&self) -> Option<AssetId> {
        let icon = self.icon.as_deref()?;
        id_or_path(icon, "assets").map(AssetId::from)
    }

    /// The link to a page on this platform.
    #[must_use]
    pub fn social_link(&self, platform: &SocialPlatform) -> Option<&SocialLink> {
        self.social_links
            .iter()
            .find(|(known, _)| known == platform)
            .map(|(_, link)| link)
    }
}

/// A picture that shows an asset.
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
    /// The resource path of the picture, `assets/123`.
    #[serde(default, deserialize_with = "null_to_default")]
    pub asset: String,
    /// What it shows, in words.
    #[serde(default)]
    pub alt_text: Option<String>,
}

impl AssetPreview {
    /// This asset, of type `Image`, as a preview.
    pub fn new(asset: impl Into<AssetId>) -> Self {
        Self {
            asset: format!("assets/{}", asset.into()),
            alt_text: None,
        }
    }

    /// Says in words what it shows.
    #[must_use]
    pub fn alt_text(mut self, text: impl Into<String>) -> Self {
        self.alt_text = Some(text.into());
        self
    }

    /// The id of the picture, if its path holds one.
    #[must_use]
    pub fn asset_id(&self) -> Option<AssetId> {
        id_or_path(&self.asset, "assets").map(AssetId::from)
    }
}

/// A version of an asset.
///
/// `Serialize` writes it flat, as it stands here; `Deserialize` reads the nested shape of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AssetVersion {
    /// The resource path, `assets/123/versions/2`.
    pub path: String,
    /// The number of the version, if the path tells it.
    pub number: Option<u64>,
    /// Who made it.
    pub creator: Option<Creator>,
    /// How far moderation is.
    pub moderation_state: Option<ModerationState>,
    /// Whether it is published.
    pub published: Option<bool>,
}

/// Whom an asset belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
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
#[serde(rename_all = "camelCase", expecting = "an asset")]
struct AssetWire {
    path: Option<String>,
    #[serde(default, deserialize_with = "optional_id")]
    asset_id: Option<AssetId>,
    asset_type: Option<AssetType>,
    display_name: Option<String>,
    description: Option<String>,
    creation_context: Option<CreationContext>,
    #[serde(default, deserialize_with = "optional_text")]
    revision_id: Option<String>,
    #[serde(default, with = "timestamp::option")]
    revision_create_time: Option<OffsetDateTime>,
    moderation_result: Option<ModerationResult>,
    state: Option<AssetState>,
    icon: Option<String>,
    previews: Option<Vec<AssetPreview>>,
    /// The social links, each under a name of its own.
    #[serde(flatten)]
    others: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a creation context")]
struct CreationContext {
    creator: Option<CreatorWire>,
    asset_privacy: Option<AssetPrivacy>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a creator")]
struct CreatorWire {
    user_id: Option<UserId>,
    group_id: Option<GroupId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a moderation result")]
struct ModerationResult {
    moderation_state: Option<ModerationState>,
}

impl<'de> Deserialize<'de> for Asset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = AssetWire::deserialize(deserializer)?;
        let named = || {
            wire.path
                .as_deref()
                .and_then(|path| id_in_path(path, "assets"))
                .map(AssetId::from)
        };
        let (creator, privacy) = wire
            .creation_context
            .map(|context| (context.creator, context.asset_privacy))
            .unwrap_or_default();
        Ok(Self {
            asset_id: wire
                .asset_id
                .or_else(named)
                .ok_or_else(|| D::Error::missing_field("assetId"))?,
            asset_type: wire.asset_type,
            display_name: wire.display_name,
            description: wire.description,
            creator: creator.and_then(CreatorWire::creator),
            privacy,
            revision_id: wire.revision_id,
            revision_create_time: wire.revision_create_time,
            moderation_state: wire
                .moderation_result
                .and_then(|result| result.moderation_state),
            state: wire.state,
            icon: wire.icon,
            previews: wire.previews.unwrap_or_default(),
            social_links: wire
                .others
                .iter()
                .filter_map(|(field, value)| {
                    Some((SocialPlatform::from_field(field)?, link(value)?))
                })
                .collect(),
            try_place: wire
                .others
                .get(TRY_FIELD)
                .and_then(link)
                .as_ref()
                .and_then(place),
        })
    }
}

/// A link that says something; a platform without one may come as null or empty.
fn link(value: &Value) -> Option<SocialLink> {
    let text = |name: &str| match value.get(name)? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let (title, uri) = (text("title"), text("uri"));
    (title.is_some() || uri.is_some()).then(|| SocialLink {
        title,
        uri: uri.unwrap_or_default(),
    })
}

/// The service takes the bare id of a place for an address, and may answer the address of its page.
fn place(link: &SocialLink) -> Option<PlaceId> {
    id_or_path(&link.uri, "places")
        .or_else(|| id_in_path(&link.uri, "games"))
        .map(PlaceId::from)
}

fn as_map<S: Serializer>(
    links: &[(SocialPlatform, SocialLink)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(links.iter().map(|(platform, link)| (platform, link)))
}

impl CreatorWire {
    fn creator(self) -> Option<Creator> {
        self.group_id
            .map(Creator::Group)
            .or(self.user_id.map(Creator::User))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a version of an asset")]
struct AssetVersionWire {
    path: String,
    creation_context: Option<CreationContext>,
    moderation_result: Option<ModerationResult>,
    published: Option<bool>,
}

impl<'de> Deserialize<'de> for AssetVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = AssetVersionWire::deserialize(deserializer)?;
        Ok(Self {
            number: id_in_path(&wire.path, "versions"),
            path: wire.path,
            creator: wire
                .creation_context
                .and_then(|context| context.creator)
                .and_then(CreatorWire::creator),
            moderation_state: wire
                .moderation_result
                .and_then(|result| result.moderation_state),
            published: wire.published,
        })
    }
}
