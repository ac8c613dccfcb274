//! Which universes a user follows.

use super::User;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::http::Request;
use crate::models::{
    FollowedSources, FollowedUniverse, FollowingStatus, UniverseFollowing, UniverseId,
};

const LIST: Endpoint = Endpoint::get("/legacy-followings/v1/users/{userId}/universes")
    .scopes(&["legacy-universe.following:read"]);
const LIST_WITH_DATES: Endpoint = Endpoint::get("/legacy-followings/v2/users/{userId}/universes")
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
        .gone_is_done();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST, &LIST_WITH_DATES, &STATUS, &FOLLOW, &UNFOLLOW];

impl User {
    /// The universes that the user follows, all at once.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # client.user(156).follow_universe(96_623_001)?;
    /// for following in client.user(156).followed_universes_v1()? {
    ///     println!("{}", following.universe_id);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `PermissionDenied` for another user than the key's owner.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/interactions#get_legacy_followings_v1_users__userId__universes) ·
    /// scope `legacy-universe.following:read` · 100 a minute · legacy
    pub fn followed_universes_v1(&self) -> Result<Vec<UniverseFollowing>> {
        let request = Request::new(&LIST).path_param(self.id);
        let followings: Option<_> = self.client.http().send(&request)?;
        Ok(followings.unwrap_or_default())
    }

    /// The universes that the user follows, and since when, all at once.
    ///
    /// # Errors
    /// `PermissionDenied` for another user than the key's owner.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/interactions#get_legacy_followings_v2_users__userId__universes) ·
    /// scope `legacy-universe.following:read` · 100 a minute · legacy
    pub fn followed_universes(&self) -> Result<Vec<FollowedUniverse>> {
        let request = Request::new(&LIST_WITH_DATES).path_param(self.id);
        let sources: FollowedSources = self.client.http().send(&request)?;
        Ok(sources.into_universes())
    }

    /// Whether the user follows a universe, and may.
    ///
    /// # Errors
    /// `PermissionDenied` for another user than the key's owner.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/interactions#get_legacy_followings_v1_users__userId__universes__universeId__status) ·
    /// scope `legacy-universe.following:read` · 100 a minute · legacy
    pub fn following_status(&self, universe: impl Into<UniverseId>) -> Result<FollowingStatus> {
        let request = Request::new(&STATUS)
            .path_param(self.id)
            .path_param(universe.into());
        self.client.http().send(&request)
    }

    /// Makes the user follow a universe.
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
    /// `PermissionDenied` for another user than the key's owner, `BadRequest` if the user follows too many.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/interactions#post_legacy_followings_v1_users__userId__universes__universeId_) ·
    /// scope `legacy-universe.following:write` · 100 a minute · legacy
    pub fn follow_universe(&self, universe: impl Into<UniverseId>) -> Result<()> {
        let request = Request::new(&FOLLOW)
            .path_param(self.id)
            .path_param(universe.into());
        self.client.http().send_no_content(&request)
    }

    /// Makes the user follow a universe no longer.
    ///
    /// # Errors
    /// `PermissionDenied` for another user than the key's owner.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/interactions#delete_legacy_followings_v1_users__userId__universes__universeId_) ·
    /// scope `legacy-universe.following:write` · 100 a minute · legacy
    pub fn unfollow_universe(&self, universe: impl Into<UniverseId>) -> Result<()> {
        let request = Request::new(&UNFOLLOW)
            .path_param(self.id)
            .path_param(universe.into());
        self.client.http().send_no_content(&request)
    }
}
