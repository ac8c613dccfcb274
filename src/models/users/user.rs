//! Users.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::UserId;
use crate::models::serde_helpers::timestamp;

/// A user, in the shape of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct User {
    /// The resource path, `users/156`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// When the account was made.
    #[serde(with = "timestamp")]
    pub create_time: OffsetDateTime,
    /// The id.
    pub id: UserId,
    /// The unique name.
    pub name: String,
    /// The name that others see.
    pub display_name: String,
    /// What the user wrote about themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The language, as an IETF code such as `en-US`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Whether the user has Premium.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub premium: Option<bool>,
    /// Whether the user's identity is verified; needs the scope `user.advanced:read`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_verified: Option<bool>,
    /// Links to profiles elsewhere; needs the scope `user.social:read`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub social_network_profiles: Option<SocialNetworkProfiles>,
}

/// Where else a user can be found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SocialNetworkProfiles {
    /// The Facebook profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facebook: Option<String>,
    /// The Twitter profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twitter: Option<String>,
    /// The YouTube profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub youtube: Option<String>,
    /// The Twitch profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twitch: Option<String>,
    /// The Guilded profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guilded: Option<String>,
    /// Who may see these links.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<SocialNetworkVisibility>,
}

open_enum! {
    /// Who may see a user's links to other networks.
    SocialNetworkVisibility,
    /// Nothing is said.
    Unspecified = "SOCIAL_NETWORK_VISIBILITY_UNSPECIFIED",
    /// No one.
    NoOne = "NO_ONE",
    /// Friends.
    Friends = "FRIENDS",
    /// Friends, and users whom the user follows.
    FriendsAndFollowing = "FRIENDS_AND_FOLLOWING",
    /// Friends, users whom the user follows, and users who follow the user.
    FriendsFollowingAndFollowers = "FRIENDS_FOLLOWING_AND_FOLLOWERS",
    /// Everyone.
    Everyone = "EVERYONE",
}
