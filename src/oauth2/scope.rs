//! What an app may ask for.

use std::borrow::Cow;
use std::fmt;

use crate::error::{Error, Result};

/// A permission that a user grants: one of the constants, or any text.
///
/// The documentation of each call names its scopes. An app may ask for those that were registered for it.
///
/// ```
/// use rblx_open_cloud::oauth2::Scope;
///
/// assert_eq!(Scope::ASSET_READ, Scope::from("asset:read"));
/// assert_eq!(Scope::ASSET_READ.as_str(), "asset:read");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope(Cow<'static, str>);

macro_rules! scopes {
    ($($(#[$doc:meta])* $name:ident = $text:literal)*) => {
        impl Scope {
            $(
                $(#[$doc])*
                #[doc = concat!("`", $text, "`")]
                pub const $name: Self = Self(Cow::Borrowed($text));
            )*
        }
    };
}

scopes! {
    /// Who the user is, and an ID token that proves it:
    OPENID = "openid"
    /// The user's names, profile and picture; only together with `openid`:
    PROFILE = "profile"
    AD_BILLING_READ = "ad.billing:read"
    AD_CAMPAIGN_READ = "ad.campaign:read"
    AD_CAMPAIGN_WRITE = "ad.campaign:write"
    ASSET_PERMISSIONS_WRITE = "asset-permissions:write"
    ASSET_READ = "asset:read"
    ASSET_WRITE = "asset:write"
    CREATOR_STORE_PRODUCT_READ = "creator-store-product:read"
    CREATOR_STORE_PRODUCT_WRITE = "creator-store-product:write"
    CREATOR_STORE_SAVE_READ = "creator-store-save:read"
    CREATOR_STORE_SAVE_WRITE = "creator-store-save:write"
    DEVELOPER_PRODUCT_READ = "developer-product:read"
    DEVELOPER_PRODUCT_WRITE = "developer-product:write"
    GAME_PASS_READ = "game-pass:read"
    GAME_PASS_WRITE = "game-pass:write"
    GROUP_FORUM_READ = "group-forum:read"
    GROUP_READ = "group:read"
    GROUP_WRITE = "group:write"
    LEGACY_ASSET_MANAGE = "legacy-asset:manage"
    LEGACY_BADGE_MANAGE = "legacy-badge:manage"
    LEGACY_DEVELOPER_PRODUCT_MANAGE = "legacy-developer-product:manage"
    LEGACY_GAME_PASS_MANAGE = "legacy-game-pass:manage"
    LEGACY_GROUP_MANAGE = "legacy-group:manage"
    LEGACY_TEAM_COLLABORATION_MANAGE = "legacy-team-collaboration:manage"
    LEGACY_UNIVERSE_BADGE_MANAGE_AND_SPEND_ROBUX = "legacy-universe.badge:manage-and-spend-robux"
    LEGACY_UNIVERSE_BADGE_WRITE = "legacy-universe.badge:write"
    LEGACY_UNIVERSE_FOLLOWING_READ = "legacy-universe.following:read"
    LEGACY_UNIVERSE_FOLLOWING_WRITE = "legacy-universe.following:write"
    LEGACY_UNIVERSE_MANAGE = "legacy-universe:manage"
    LEGACY_USER_MANAGE = "legacy-user:manage"
    MEMORY_STORE_QUEUE_ADD = "memory-store.queue:add"
    MEMORY_STORE_QUEUE_DEQUEUE = "memory-store.queue:dequeue"
    MEMORY_STORE_QUEUE_DISCARD = "memory-store.queue:discard"
    MEMORY_STORE_SORTED_MAP_READ = "memory-store.sorted-map:read"
    MEMORY_STORE_SORTED_MAP_WRITE = "memory-store.sorted-map:write"
    MEMORY_STORE_FLUSH = "memory-store:flush"
    THUMBNAIL_READ = "thumbnail:read"
    UNIVERSE_DATASTORES_CONTROL_CREATE = "universe-datastores.control:create"
    UNIVERSE_DATASTORES_CONTROL_DELETE = "universe-datastores.control:delete"
    UNIVERSE_DATASTORES_CONTROL_LIST = "universe-datastores.control:list"
    UNIVERSE_DATASTORES_CONTROL_SNAPSHOT = "universe-datastores.control:snapshot"
    UNIVERSE_DATASTORES_OBJECTS_CREATE = "universe-datastores.objects:create"
    UNIVERSE_DATASTORES_OBJECTS_DELETE = "universe-datastores.objects:delete"
    UNIVERSE_DATASTORES_OBJECTS_LIST = "universe-datastores.objects:list"
    UNIVERSE_DATASTORES_OBJECTS_READ = "universe-datastores.objects:read"
    UNIVERSE_DATASTORES_OBJECTS_UPDATE = "universe-datastores.objects:update"
    UNIVERSE_DATASTORES_VERSIONS_LIST = "universe-datastores.versions:list"
    UNIVERSE_DATASTORES_VERSIONS_READ = "universe-datastores.versions:read"
    UNIVERSE_MESSAGING_SERVICE_PUBLISH = "universe-messaging-service:publish"
    UNIVERSE_PLACES_WRITE = "universe-places:write"
    UNIVERSE_ANALYTICS_READ = "universe.analytics:read"
    UNIVERSE_EVENT_READ = "universe.event:read"
    UNIVERSE_EVENT_WRITE = "universe.event:write"
    UNIVERSE_ORDERED_DATA_STORE_SCOPE_ENTRY_READ = "universe.ordered-data-store.scope.entry:read"
    UNIVERSE_ORDERED_DATA_STORE_SCOPE_ENTRY_WRITE = "universe.ordered-data-store.scope.entry:write"
    UNIVERSE_PLACE_INSTANCE_READ = "universe.place.instance:read"
    UNIVERSE_PLACE_INSTANCE_WRITE = "universe.place.instance:write"
    UNIVERSE_PLACE_LUAU_EXECUTION_SESSION_READ = "universe.place.luau-execution-session:read"
    UNIVERSE_PLACE_LUAU_EXECUTION_SESSION_WRITE = "universe.place.luau-execution-session:write"
    UNIVERSE_PLACE_READ = "universe.place:read"
    UNIVERSE_PLACE_WRITE = "universe.place:write"
    UNIVERSE_SECRET_READ = "universe.secret:read"
    UNIVERSE_SECRET_WRITE = "universe.secret:write"
    UNIVERSE_SUBSCRIPTION_PRODUCT_SUBSCRIPTION_READ = "universe.subscription-product.subscription:read"
    UNIVERSE_THUMBNAIL_READ = "universe.thumbnail:read"
    UNIVERSE_THUMBNAIL_WRITE = "universe.thumbnail:write"
    UNIVERSE_USER_RESTRICTION_READ = "universe.user-restriction:read"
    UNIVERSE_USER_RESTRICTION_WRITE = "universe.user-restriction:write"
    UNIVERSE_READ = "universe:read"
    UNIVERSE_WRITE = "universe:write"
    USER_ADVANCED_READ = "user.advanced:read"
    USER_INVENTORY_ITEM_READ = "user.inventory-item:read"
    USER_SOCIAL_READ = "user.social:read"
    USER_USER_NOTIFICATION_WRITE = "user.user-notification:write"
}

impl Scope {
    /// The scope as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The characters that RFC 6749 allows.
    pub(super) fn check(&self) -> Result<()> {
        let is_allowed = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\');
        if self.0.is_empty() || !self.0.bytes().all(is_allowed) {
            return Err(Error::invalid_input(format!(
                "{:?} is no scope such as asset:read",
                self.0
            )));
        }
        Ok(())
    }

    /// Those in a text with spaces between them.
    pub(super) fn list(text: &str) -> Vec<Self> {
        text.split_whitespace().map(Self::from).collect()
    }
}

impl From<&str> for Scope {
    fn from(text: &str) -> Self {
        Self(Cow::Owned(text.to_owned()))
    }
}

impl From<String> for Scope {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl From<&Scope> for Scope {
    fn from(scope: &Scope) -> Self {
        scope.clone()
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl serde::Serialize for Scope {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Scope {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}
