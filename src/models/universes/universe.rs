//! Universes as the service returns them.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use time::OffsetDateTime;

use crate::models::assets::social::{self, SocialLink, SocialPlatform};
use crate::models::serde_helpers::{
    count, id_in_path, is_none, null_to_default, optional_id, timestamp,
};
use crate::models::{Creator, GroupId, PlaceId, UniverseId, UserId};

/// A universe, which players know as an experience or a game.
///
/// The service writes resource paths such as `users/156` where the fields hold ids, and each social link in a separate
/// field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Universe {
    /// Universe id.
    pub id: UniverseId,
    /// Display name, which is that of the root place.
    #[serde(skip_serializing_if = "is_none")]
    pub display_name: Option<String>,
    /// Description, which is that of the root place.
    #[serde(skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// Owner of the universe.
    #[serde(skip_serializing_if = "is_none")]
    pub owner: Option<Creator>,
    /// Whether everyone can join.
    #[serde(skip_serializing_if = "is_none")]
    pub visibility: Option<UniverseVisibility>,
    /// Age rating.
    #[serde(skip_serializing_if = "is_none")]
    pub age_rating: Option<AgeRating>,
    /// Whether voice chat is enabled.
    #[serde(skip_serializing_if = "is_none")]
    pub voice_chat_enabled: Option<bool>,
    /// Whether players can join on a desktop computer.
    #[serde(skip_serializing_if = "is_none")]
    pub desktop_enabled: Option<bool>,
    /// Whether players can join on a phone.
    #[serde(skip_serializing_if = "is_none")]
    pub mobile_enabled: Option<bool>,
    /// Whether players can join on a tablet.
    #[serde(skip_serializing_if = "is_none")]
    pub tablet_enabled: Option<bool>,
    /// Whether players can join on a console.
    #[serde(skip_serializing_if = "is_none")]
    pub console_enabled: Option<bool>,
    /// Whether players can join in VR.
    #[serde(skip_serializing_if = "is_none")]
    pub vr_enabled: Option<bool>,
    /// Price of a private server in Robux. Zero is free; `None` if there are no private servers.
    #[serde(skip_serializing_if = "is_none")]
    pub private_server_price_robux: Option<u64>,
    /// Social links, one for each platform.
    #[serde(serialize_with = "social::serialize")]
    pub social_links: Vec<(SocialPlatform, SocialLink)>,
    /// Place that players join first.
    #[serde(skip_serializing_if = "is_none")]
    pub root_place_id: Option<PlaceId>,
    /// Creation time.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
}

impl Universe {
    /// Returns the link to a page on a platform.
    #[must_use]
    pub fn social_link(&self, platform: &SocialPlatform) -> Option<&SocialLink> {
        let mut links = self.social_links.iter();
        let (_, link) = links.find(|(known, _)| known == platform)?;
        Some(link)
    }
}

open_enum! {
    /// Whether everyone can join a universe.
    UniverseVisibility,
    /// Not specified by the service.
    Unspecified = "VISIBILITY_UNSPECIFIED",
    /// Everyone can join.
    Public = "PUBLIC",
    /// Only people who can edit the universe can join.
    Private = "PRIVATE",
}

open_enum! {
    /// The age rating of a universe.
    AgeRating,
    /// Not rated.
    Unspecified = "AGE_RATING_UNSPECIFIED",
    /// For all users.
    All = "AGE_RATING_ALL",
    /// For users aged 9 and up.
    NinePlus = "AGE_RATING_9_PLUS",
    /// For users aged 13 and up.
    ThirteenPlus = "AGE_RATING_13_PLUS",
    /// For users aged 17 and up.
    SeventeenPlus = "AGE_RATING_17_PLUS",
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a universe")]
struct UniverseWire {
    path: Option<String>,
    #[serde(default, deserialize_with = "optional_id")]
    id: Option<UniverseId>,
    display_name: Option<String>,
    description: Option<String>,
    #[serde(default, deserialize_with = "optional_id")]
    user: Option<UserId>,
    #[serde(default, deserialize_with = "optional_id")]
    group: Option<GroupId>,
    owner: Option<Creator>,
    visibility: Option<UniverseVisibility>,
    age_rating: Option<AgeRating>,
    voice_chat_enabled: Option<bool>,
    desktop_enabled: Option<bool>,
    mobile_enabled: Option<bool>,
    tablet_enabled: Option<bool>,
    console_enabled: Option<bool>,
    vr_enabled: Option<bool>,
    #[serde(default, deserialize_with = "count")]
    private_server_price_robux: Option<u64>,
    #[serde(default, deserialize_with = "null_to_default")]
    social_links: BTreeMap<String, Value>,
    #[serde(default, alias = "rootPlaceId", deserialize_with = "optional_id")]
    root_place: Option<PlaceId>,
    #[serde(default, with = "timestamp::option")]
    create_time: Option<OffsetDateTime>,
    #[serde(default, with = "timestamp::option")]
    update_time: Option<OffsetDateTime>,
    /// The social links, each in a separate field.
    #[serde(flatten)]
    others: BTreeMap<String, Value>,
}

impl UniverseWire {
    fn id(&self) -> Option<UniverseId> {
        let in_path = || id_in_path(self.path.as_deref()?, "universes").map(UniverseId::from);
        self.id.or_else(in_path)
    }

    fn owner(&self) -> Option<Creator> {
        let user = self.user.map(Creator::User);
        self.owner.or(self.group.map(Creator::Group)).or(user)
    }
}

impl<'de> Deserialize<'de> for Universe {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = UniverseWire::deserialize(deserializer)?;
        Ok(Self {
            id: wire.id().ok_or_else(|| D::Error::missing_field("path"))?,
            owner: wire.owner(),
            social_links: social::links(Some(&wire.social_links), &wire.others),
            display_name: wire.display_name,
            description: wire.description,
            visibility: wire.visibility,
            age_rating: wire.age_rating,
            voice_chat_enabled: wire.voice_chat_enabled,
            desktop_enabled: wire.desktop_enabled,
            mobile_enabled: wire.mobile_enabled,
            tablet_enabled: wire.tablet_enabled,
            console_enabled: wire.console_enabled,
            vr_enabled: wire.vr_enabled,
            private_server_price_robux: wire.private_server_price_robux,
            root_place_id: wire.root_place,
            create_time: wire.create_time,
            update_time: wire.update_time,
        })
    }
}
