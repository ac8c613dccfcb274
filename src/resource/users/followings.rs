//! The universes that a user follows.

use super::User;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{
    FollowedSources, FollowedUniverse, FollowingStatus, UniverseFollowing, UniverseId,
};

const LIST_V1: Endpoint = Endpoint::get("/legacy-followings/v1/users/{userId}/universes")
    .scopes(&["legacy-universe.following:read"]);
const LIST: Endpoint = Endpoint::get("/legacy-followings/v2/users/{userId}/universes")
    .scopes(&["legacy-universe.following:read"]);
const STATUS: Endpoint =
    Endpoint::get("/legacy-followings/v1/users/{userId}/universes/{universeId}/status")
        .scopes(&["legacy-universe.following:read"]);
const FOLLOW: Endpoint =
    Endpoint::post("/legacy-followings/v1/users/{userId}/universes/{universeId}")
        .scopes(&["legacy-universe.following:write"]);
const UNFOLLOW: Endpoint =
    Endpoint::delete("/legacy-followings/v1/users/{userId}/universes/{universeId}")
        .scopes(&["legacy-universe.following:write"])
        .retried_404_is_success();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST_V1, &LIST, &STATUS, &FOLLOW, &UNFOLLOW];

impl User {
    /// Returns the universes that the user follows, with the time since when.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # client.user(156).follow_universe(96_623_001)?;
    /// for following in client.user(156).followed_universes()? {
    ///     println!("{following:?}");
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `PermissionDenied` if the user is not the owner of the API key. The list comes in one response and fails as a
    /// whole.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/interactions#get_legacy_followings_v2_users__userId__universes) ·
    /// scope `legacy-universe.following:read` · 100 requests per minute · legacy · no longer in the official document (autumn 2026)
    pub fn followed_universes(&self) -> Result<Vec<FollowedUniverse>> {
        let sources: FollowedSources = self.call(&LIST).send()?;
        Ok(sources.into_universes())
    }

    /// Returns the universes that the user follows, without the time: the first version of
    /// [`followed_universes`](Self::followed_universes).
    ///
    /// # Errors
    /// Those of [`followed_universes`](Self::followed_universes). The list comes in one response and fails as a whole.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/interactions#get_legacy_followings_v1_users__userId__universes) ·
    /// scope `legacy-universe.following:read` · 100 requests per minute · legacy · no longer in the official document (autumn 2026)
    pub fn followed_universes_v1(&self) -> Result<Vec<UniverseFollowing>> {
        let followings: Option<_> = self.call(&LIST_V1).send()?;
        Ok(followings.unwrap_or_default())
    }

    /// Returns whether the user follows a universe, and whether the user can follow it.
    ///
    /// # Errors
    /// `PermissionDenied` if the user is not the owner of the API key.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/interactions#get_legacy_followings_v1_users__userId__universes__universeId__status) ·
    /// scope `legacy-universe.following:read` · 100 requests per minute · legacy · no longer in the official document (autumn 2026)
    pub fn following_status(&self, universe: impl Into<UniverseId>) -> Result<FollowingStatus> {
        self.call(&STATUS).path_param(universe.into()).send()
    }

    /// Follows a universe.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let user = client.user(156);
    /// user.follow_universe(96_623_001)?;
    /// assert!(user.following_status(96_623_001)?.is_following);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `PermissionDenied` if the user is not the owner of the API key, `BadRequest` if the user follows too many
    /// universes.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/interactions#post_legacy_followings_v1_users__userId__universes__universeId_) ·
    /// scope `legacy-universe.following:write` · 100 requests per minute · legacy · no longer in the official document (autumn 2026)
    pub fn follow_universe(&self, universe: impl Into<UniverseId>) -> Result<()> {
        let call = self.call(&FOLLOW).path_param(universe.into());
        call.send_no_content()
    }

    /// Unfollows a universe.
    ///
    /// # Errors
    /// `PermissionDenied` if the user is not the owner of the API key.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/interactions#delete_legacy_followings_v1_users__userId__universes__universeId_) ·
    /// scope `legacy-universe.following:write` · 100 requests per minute · legacy · no longer in the official document (autumn 2026)
    pub fn unfollow_universe(&self, universe: impl Into<UniverseId>) -> Result<()> {
        let call = self.call(&UNFOLLOW).path_param(universe.into());
        call.send_no_content()
    }
}
