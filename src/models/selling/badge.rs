//! Badges as the service returns them, and updates of them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::censorship::is_censored;
#[cfg(feature = "upload")]
use crate::models::serde_helpers::integer;
use crate::models::serde_helpers::{is_none, null_to_default, optional_id, required_id, timestamp};
use crate::models::{AssetId, BadgeId, PlaceId};

/// A badge: something that players earn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", from = "BadgeWire")]
#[non_exhaustive]
pub struct Badge {
    /// Badge id.
    pub id: BadgeId,
    /// Name. The service may have [changed](Self::is_name_censored) it.
    pub name: String,
    /// Description.
    pub description: String,
    /// Name in the language of the caller.
    #[serde(skip_serializing_if = "is_none")]
    pub display_name: Option<String>,
    /// Description in the language of the caller.
    #[serde(skip_serializing_if = "is_none")]
    pub display_description: Option<String>,
    /// Whether players can earn it.
    #[serde(skip_serializing_if = "is_none")]
    pub enabled: Option<bool>,
    /// Image asset of the icon.
    #[serde(skip_serializing_if = "is_none")]
    pub icon_image_id: Option<AssetId>,
    /// Image asset of the icon in the language of the caller.
    #[serde(skip_serializing_if = "is_none")]
    pub display_icon_image_id: Option<AssetId>,
    /// Place that awards the badge: the root place of its universe.
    #[serde(skip_serializing_if = "is_none")]
    pub place_id: Option<PlaceId>,
    /// Name of that place.
    #[serde(skip_serializing_if = "is_none")]
    pub place_name: Option<String>,
    /// Creation time.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub created: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub updated: Option<OffsetDateTime>,
}

impl Badge {
    /// Returns whether the service wrote `#` in place of letters of the requested name. It does so without an
    /// error when it moderates a name.
    #[must_use]
    pub fn is_name_censored(&self, requested: &str) -> bool {
        is_censored(requested, &self.name)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a badge")]
struct BadgeWire {
    #[serde(deserialize_with = "required_id")]
    id: BadgeId,
    #[serde(default, deserialize_with = "null_to_default")]
    name: String,
    #[serde(default, deserialize_with = "null_to_default")]
    description: String,
    display_name: Option<String>,
    display_description: Option<String>,
    enabled: Option<bool>,
    #[serde(default, deserialize_with = "optional_id")]
    icon_image_id: Option<AssetId>,
    #[serde(default, deserialize_with = "optional_id")]
    display_icon_image_id: Option<AssetId>,
    #[serde(default, deserialize_with = "null_to_default")]
    awarder: AwarderWire,
    #[serde(default, deserialize_with = "optional_id")]
    place_id: Option<PlaceId>,
    place_name: Option<String>,
    #[serde(default, with = "timestamp::option")]
    created: Option<OffsetDateTime>,
    #[serde(default, with = "timestamp::option")]
    updated: Option<OffsetDateTime>,
}

/// Places are the only kind of awarder.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "what awards a badge")]
struct AwarderWire {
    #[serde(deserialize_with = "optional_id")]
    id: Option<PlaceId>,
    name: Option<String>,
}

impl From<BadgeWire> for Badge {
    fn from(wire: BadgeWire) -> Self {
        // The service writes 0 in place of an absent icon.
        let is_icon = |id: &AssetId| id.get() != 0;
        Self {
            id: wire.id,
            name: wire.name,
            description: wire.description,
            display_name: wire.display_name,
            display_description: wire.display_description,
            enabled: wire.enabled,
            icon_image_id: wire.icon_image_id.filter(is_icon),
            display_icon_image_id: wire.display_icon_image_id.filter(is_icon),
            place_id: wire.place_id.or(wire.awarder.id),
            place_name: wire.place_name.or(wire.awarder.name),
            created: wire.created,
            updated: wire.updated,
        }
    }
}

change! {
    /// An update of a badge. Only what is set is changed.
    ///
    /// ```
    /// use rblx_open_cloud::models::BadgeUpdate;
    ///
    /// let update = BadgeUpdate::new().description("Join us on a weekend").enabled(false);
    /// ```
    #[derive(Debug, Clone, PartialEq, Eq)]
    BadgeUpdate: "the update of a badge",
    /// Sets the name.
    name = "name": into String,
    /// Sets the description.
    description = "description": into String,
    /// Sets whether players can earn it.
    enabled = "enabled": bool,
}

/// The response to a new icon.
#[cfg(feature = "upload")]
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an uploaded icon")]
pub(crate) struct UploadedIcon {
    #[serde(deserialize_with = "integer")]
    pub(crate) target_id: u64,
}
