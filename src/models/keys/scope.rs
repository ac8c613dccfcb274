//! Scopes of keys and tokens, and those that calls require.

use std::fmt;

use super::info::KeyInfo;
use crate::models::{GroupId, UniverseId, UserId};

open_enum! {
    /// A permission of an API key, or one that a user grants over OAuth2. The documentation of each call names its scopes.
    ///
    /// ```
    /// use rblx_open_cloud::models::Scope;
    ///
    /// assert_eq!(Scope::AssetWrite.as_str(), "asset:write");
    /// assert_eq!(Scope::from("asset:write"), Scope::AssetWrite);
    /// assert_eq!(Scope::AssetWrite.for_user(156).to_string(), "asset:write for user 156");
    /// ```
    Scope,
    /// User id, with an ID token that proves it. OAuth2 only.
    OpenId = "openid",
    /// Names, profile and picture of a user. OAuth2 only, together with `openid`.
    Profile = "profile",
    /// `ad.billing:read`
    AdBillingRead = "ad.billing:read",
    /// `ad.campaign:read`
    AdCampaignRead = "ad.campaign:read",
    /// `ad.campaign:write`
    AdCampaignWrite = "ad.campaign:write",
    /// `asset-permissions:write`
    AssetPermissionsWrite = "asset-permissions:write",
    /// `asset:read`
    AssetRead = "asset:read",
    /// `asset:write`
    AssetWrite = "asset:write",
    /// `creator-store-product:read`
    CreatorStoreProductRead = "creator-store-product:read",
    /// `creator-store-product:write`
    CreatorStoreProductWrite = "creator-store-product:write",
    /// `creator-store-save:read`
    CreatorStoreSaveRead = "creator-store-save:read",
    /// `creator-store-save:write`
    CreatorStoreSaveWrite = "creator-store-save:write",
    /// `developer-product:read`
    DeveloperProductRead = "developer-product:read",
    /// `developer-product:write`
    DeveloperProductWrite = "developer-product:write",
    /// `game-pass:read`
    GamePassRead = "game-pass:read",
    /// `game-pass:write`
    GamePassWrite = "game-pass:write",
    /// `group-forum:read`
    GroupForumRead = "group-forum:read",
    /// `group:read`
    GroupRead = "group:read",
    /// `group:write`
    GroupWrite = "group:write",
    /// `legacy-asset:manage`
    LegacyAssetManage = "legacy-asset:manage",
    /// `legacy-badge:manage`
    LegacyBadgeManage = "legacy-badge:manage",
    /// `legacy-developer-product:manage`
    LegacyDeveloperProductManage = "legacy-developer-product:manage",
    /// `legacy-game-pass:manage`
    LegacyGamePassManage = "legacy-game-pass:manage",
    /// `legacy-group:manage`
    LegacyGroupManage = "legacy-group:manage",
    /// `legacy-team-collaboration:manage`
    LegacyTeamCollaborationManage = "legacy-team-collaboration:manage",
    /// `legacy-universe.badge:manage-and-spend-robux`
    LegacyUniverseBadgeManageAndSpendRobux = "legacy-universe.badge:manage-and-spend-robux",
    /// `legacy-universe.badge:write`
    LegacyUniverseBadgeWrite = "legacy-universe.badge:write",
    /// `legacy-universe.following:read`
    LegacyUniverseFollowingRead = "legacy-universe.following:read",
    /// `legacy-universe.following:write`
    LegacyUniverseFollowingWrite = "legacy-universe.following:write",
    /// `legacy-universe:manage`
    LegacyUniverseManage = "legacy-universe:manage",
    /// `legacy-user:manage`
    LegacyUserManage = "legacy-user:manage",
    /// `memory-store.queue:add`
    MemoryStoreQueueAdd = "memory-store.queue:add",
    /// `memory-store.queue:dequeue`
    MemoryStoreQueueDequeue = "memory-store.queue:dequeue",
    /// `memory-store.queue:discard`
    MemoryStoreQueueDiscard = "memory-store.queue:discard",
    /// `memory-store.sorted-map:read`
    MemoryStoreSortedMapRead = "memory-store.sorted-map:read",
    /// `memory-store.sorted-map:write`
    MemoryStoreSortedMapWrite = "memory-store.sorted-map:write",
    /// `memory-store:flush`
    MemoryStoreFlush = "memory-store:flush",
    /// `thumbnail:read`
    ThumbnailRead = "thumbnail:read",
    /// `universe-datastores.control:create`
    UniverseDatastoresControlCreate = "universe-datastores.control:create",
    /// `universe-datastores.control:delete`
    UniverseDatastoresControlDelete = "universe-datastores.control:delete",
    /// `universe-datastores.control:list`
    UniverseDatastoresControlList = "universe-datastores.control:list",
    /// `universe-datastores.control:snapshot`
    UniverseDatastoresControlSnapshot = "universe-datastores.control:snapshot",
    /// `universe-datastores.objects:create`
    UniverseDatastoresObjectsCreate = "universe-datastores.objects:create",
    /// `universe-datastores.objects:delete`
    UniverseDatastoresObjectsDelete = "universe-datastores.objects:delete",
    /// `universe-datastores.objects:list`
    UniverseDatastoresObjectsList = "universe-datastores.objects:list",
    /// `universe-datastores.objects:read`
    UniverseDatastoresObjectsRead = "universe-datastores.objects:read",
    /// `universe-datastores.objects:update`
    UniverseDatastoresObjectsUpdate = "universe-datastores.objects:update",
    /// `universe-datastores.versions:list`
    UniverseDatastoresVersionsList = "universe-datastores.versions:list",
    /// `universe-datastores.versions:read`
    UniverseDatastoresVersionsRead = "universe-datastores.versions:read",
    /// `universe-messaging-service:publish`
    UniverseMessagingServicePublish = "universe-messaging-service:publish",
    /// `universe-places:write`
    UniversePlacesWrite = "universe-places:write",
    /// `universe.analytics.alert:read`
    UniverseAnalyticsAlertRead = "universe.analytics.alert:read",
    /// `universe.analytics.alert:write`
    UniverseAnalyticsAlertWrite = "universe.analytics.alert:write",
    /// `universe.analytics:read`
    UniverseAnalyticsRead = "universe.analytics:read",
    /// `universe.event:read`
    UniverseEventRead = "universe.event:read",
    /// `universe.event:write`
    UniverseEventWrite = "universe.event:write",
    /// `universe.ordered-data-store.scope.entry:read`
    UniverseOrderedDataStoreScopeEntryRead = "universe.ordered-data-store.scope.entry:read",
    /// `universe.ordered-data-store.scope.entry:write`
    UniverseOrderedDataStoreScopeEntryWrite = "universe.ordered-data-store.scope.entry:write",
    /// `universe.place.instance:read`
    UniversePlaceInstanceRead = "universe.place.instance:read",
    /// `universe.place.instance:write`
    UniversePlaceInstanceWrite = "universe.place.instance:write",
    /// `universe.place.luau-execution-session:read`
    UniversePlaceLuauExecutionSessionRead = "universe.place.luau-execution-session:read",
    /// `universe.place.luau-execution-session:write`
    UniversePlaceLuauExecutionSessionWrite = "universe.place.luau-execution-session:write",
    /// `universe.place:read`
    UniversePlaceRead = "universe.place:read",
    /// `universe.place:write`
    UniversePlaceWrite = "universe.place:write",
    /// `universe.secret:read`
    UniverseSecretRead = "universe.secret:read",
    /// `universe.secret:write`
    UniverseSecretWrite = "universe.secret:write",
    /// `universe.subscription-product.subscription:read`
    UniverseSubscriptionProductSubscriptionRead = "universe.subscription-product.subscription:read",
    /// `universe.thumbnail:read`
    UniverseThumbnailRead = "universe.thumbnail:read",
    /// `universe.thumbnail:write`
    UniverseThumbnailWrite = "universe.thumbnail:write",
    /// `universe.user-restriction:read`
    UniverseUserRestrictionRead = "universe.user-restriction:read",
    /// `universe.user-restriction:write`
    UniverseUserRestrictionWrite = "universe.user-restriction:write",
    /// `universe:read`
    UniverseRead = "universe:read",
    /// `universe:write`
    UniverseWrite = "universe:write",
    /// `user.advanced:read`
    UserAdvancedRead = "user.advanced:read",
    /// `user.inventory-item:read`
    UserInventoryItemRead = "user.inventory-item:read",
    /// `user.social:read`
    UserSocialRead = "user.social:read",
    /// `user.user-notification:write`
    UserUserNotificationWrite = "user.user-notification:write",
}

/// The resource for which a scope is required.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    /// Any resource.
    Anything,
    User(UserId),
    Group(GroupId),
    Universe(UniverseId),
    DataStore(UniverseId, String),
}

/// Scopes that a program requires, and the resource for which it requires them. Checked with
/// [`KeyInfo::problems`](super::KeyInfo::problems).
///
/// Converts from a scope, or comes from a call ([`RequiredScopes::of_call`]).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[must_use]
pub struct RequiredScopes {
    scopes: Vec<Scope>,
    /// Whether the program requires only one of the scopes.
    one_is_enough: bool,
    target: Target,
}

impl RequiredScopes {
    pub(crate) fn new(scopes: Vec<Scope>, one_is_enough: bool) -> Self {
        Self {
            scopes,
            one_is_enough,
            target: Target::Anything,
        }
    }

    /// Returns the scopes.
    #[must_use]
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// Requires the scopes for resources of a user.
    pub fn for_user(self, user: impl Into<UserId>) -> Self {
        self.with(Target::User(user.into()))
    }

    /// Requires the scopes for resources of a group.
    pub fn for_group(self, group: impl Into<GroupId>) -> Self {
        self.with(Target::Group(group.into()))
    }

    /// Requires the scopes for a universe.
    pub fn for_universe(self, universe: impl Into<UniverseId>) -> Self {
        self.with(Target::Universe(universe.into()))
    }

    /// Requires the scopes for a data store of a universe.
    pub fn for_data_store(self, universe: impl Into<UniverseId>, name: impl Into<String>) -> Self {
        self.with(Target::DataStore(universe.into(), name.into()))
    }

    fn with(self, target: Target) -> Self {
        Self { target, ..self }
    }

    pub(super) fn target(&self) -> &Target {
        &self.target
    }

    /// Returns the scopes that have to be added to the key.
    pub(super) fn missing_from(&self, key: &KeyInfo) -> Vec<Scope> {
        let is_missing = |scope: &&Scope| !key.has(scope, &self.target);
        let mut missing: Vec<Scope> = self.scopes.iter().filter(is_missing).cloned().collect();
        if self.one_is_enough {
            // A scope that the key has for other resources comes first: extending it is the smaller change.
            missing.sort_by_key(|scope| key.scopes_granting(scope).next().is_none());
            let has_none = missing.len() == self.scopes.len();
            missing.truncate(usize::from(has_none));
        }
        missing
    }
}

impl Scope {
    /// Requires the scope for resources of a user.
    pub fn for_user(self, user: impl Into<UserId>) -> RequiredScopes {
        RequiredScopes::from(self).for_user(user)
    }

    /// Requires the scope for resources of a group.
    pub fn for_group(self, group: impl Into<GroupId>) -> RequiredScopes {
        RequiredScopes::from(self).for_group(group)
    }

    /// Requires the scope for a universe.
    pub fn for_universe(self, universe: impl Into<UniverseId>) -> RequiredScopes {
        RequiredScopes::from(self).for_universe(universe)
    }

    /// Requires the scope for a data store of a universe.
    pub fn for_data_store(
        self,
        universe: impl Into<UniverseId>,
        name: impl Into<String>,
    ) -> RequiredScopes {
        RequiredScopes::from(self).for_data_store(universe, name)
    }
}

/// Requires the scope for any resource.
impl From<Scope> for RequiredScopes {
    fn from(scope: Scope) -> Self {
        Self::new(vec![scope], false)
    }
}

impl From<&Scope> for RequiredScopes {
    fn from(scope: &Scope) -> Self {
        scope.clone().into()
    }
}

impl From<&RequiredScopes> for RequiredScopes {
    fn from(need: &RequiredScopes) -> Self {
        need.clone()
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anything => Ok(()),
            Self::User(id) => write!(formatter, "user {id}"),
            Self::Group(id) => write!(formatter, "group {id}"),
            Self::Universe(id) => write!(formatter, "universe {id}"),
            Self::DataStore(id, name) => write!(formatter, "data store {name:?} of universe {id}"),
        }
    }
}

impl fmt::Display for RequiredScopes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scopes: Vec<&str> = self.scopes.iter().map(Scope::as_str).collect();
        let separator = if self.one_is_enough { " or " } else { " and " };
        formatter.write_str(&scopes.join(separator))?;
        match &self.target {
            Target::Anything => Ok(()),
            target => write!(formatter, " for {target}"),
        }
    }
}
