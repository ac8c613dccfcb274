//! Profiles of users.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::UserId;
use crate::models::serde_helpers::{is_none, null_to_default, timestamp};

/// A user's profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct User {
    /// Resource path, `users/156`.
    #[serde(skip_serializing_if = "is_none")]
    pub path: Option<String>,
    /// Creation time of the account. The start of 1970 if the service does not report it.
    #[serde(default = "timestamp::unknown", with = "timestamp::or_unknown")]
    pub create_time: OffsetDateTime,
    /// User id.
    pub id: UserId,
    /// Unique username. Empty if the service does not report it.
    #[serde(default, deserialize_with = "null_to_default")]
    pub name: String,
    /// Display name, which is not unique. Empty if the service does not report it.
    #[serde(default, deserialize_with = "null_to_default")]
    pub display_name: String,
    /// Description that the user wrote.
    #[serde(skip_serializing_if = "is_none")]
    pub about: Option<String>,
    /// Language as an IETF code such as `en-US`.
    #[serde(skip_serializing_if = "is_none")]
    pub locale: Option<String>,
    /// Whether the user has Premium.
    #[serde(skip_serializing_if = "is_none")]
    pub premium: Option<bool>,
    /// Whether the user's identity is verified. Requires the scope `user.advanced:read`.
    #[serde(skip_serializing_if = "is_none")]
    pub id_verified: Option<bool>,
    /// Profiles on other networks. Requires the scope `user.social:read`.
    #[serde(skip_serializing_if = "is_none")]
    pub social_network_profiles: Option<SocialNetworkProfiles>,
}

/// A user's profiles on other networks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SocialNetworkProfiles {
    /// Facebook profile.
    #[serde(skip_serializing_if = "is_none")]
    pub facebook: Option<String>,
    /// Twitter profile.
    #[serde(skip_serializing_if = "is_none")]
    pub twitter: Option<String>,
    /// YouTube profile.
    #[serde(skip_serializing_if = "is_none")]
    pub youtube: Option<String>,
    /// Twitch profile.
    #[serde(skip_serializing_if = "is_none")]
    pub twitch: Option<String>,
    /// Guilded profile.
    #[serde(skip_serializing_if = "is_none")]
    pub guilded: Option<String>,
    /// Who can see these profiles.
    #[serde(skip_serializing_if = "is_none")]
    pub visibility: Option<SocialNetworkVisibility>,
}

open_enum! {
    /// Who can see a user's profiles on other networks.
    SocialNetworkVisibility,
    /// Not specified by the service.
    Unspecified = "SOCIAL_NETWORK_VISIBILITY_UNSPECIFIED",
    /// Nobody.
    NoOne = "NO_ONE",
    /// Friends.
    Friends = "FRIENDS",
    /// Friends and users that the user follows.
    FriendsAndFollowing = "FRIENDS_AND_FOLLOWING",
    /// Friends, users that the user follows, and the user's followers.
    FriendsFollowingAndFollowers = "FRIENDS_FOLLOWING_AND_FOLLOWERS",
    /// Everyone.
    Everyone = "EVERYONE",
}
