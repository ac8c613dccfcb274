//! Restrictions of users in a universe or a place: bans and their log.

use std::iter::FusedIterator;

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{Place, Universe};
use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::http::idempotency_key;
use crate::models::serde_helpers::timestamp::utc_text;
use crate::models::{Ban, RestrictionLog, RestrictionLogFilter, UserId, UserRestriction};
use crate::paging::{Items, PageToken};

const GET: Endpoint =
    Endpoint::get("/cloud/v2/universes/{universe_id}/user-restrictions/{user_restriction_id}")
        .scopes(&["universe.user-restriction:read"]);
const LIST: Endpoint = Endpoint::get("/cloud/v2/universes/{universe_id}/user-restrictions")
    .scopes(&["universe.user-restriction:read"])
    .paginated("userRestrictions", 100);
const UPDATE: Endpoint =
    Endpoint::patch("/cloud/v2/universes/{universe_id}/user-restrictions/{user_restriction_id}")
        .scopes(&["universe.user-restriction:write"]);
const LIST_LOGS: Endpoint =
    Endpoint::get("/cloud/v2/universes/{universe_id}/user-restrictions:listLogs")
        .scopes(&["universe.user-restriction:read"])
        .paginated("logs", 100);
const GET_IN_PLACE: Endpoint = Endpoint::get(
    "/cloud/v2/universes/{universe_id}/places/{place_id}/user-restrictions/{user_restriction_id}",
)
.scopes(&["universe.user-restriction:read"]);
const LIST_IN_PLACE: Endpoint =
    Endpoint::get("/cloud/v2/universes/{universe_id}/places/{place_id}/user-restrictions")
        .scopes(&["universe.user-restriction:read"])
        .paginated("userRestrictions", 100);
const UPDATE_IN_PLACE: Endpoint = Endpoint::patch(
    "/cloud/v2/universes/{universe_id}/places/{place_id}/user-restrictions/{user_restriction_id}",
)
.scopes(&["universe.user-restriction:write"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &GET,
    &LIST,
    &UPDATE,
    &LIST_LOGS,
    &GET_IN_PLACE,
    &LIST_IN_PLACE,
    &UPDATE_IN_PLACE,
];

/// Adds the methods for restrictions to a handle. Each row has the endpoint of a method, with its footer.
macro_rules! restriction_methods {
    (
        impl $handle:ident {
            $(#[$ban:meta])* pub fn ban: $update:expr;
            $(#[$unban:meta])* pub fn unban: $unban_update:expr;
            $(#[$get_doc:meta])* pub fn restriction: $get:expr;
            $(#[$list_doc:meta])* pub fn list_restrictions: $list:expr;
            $(#[$active_doc:meta])* pub fn list_active_restrictions: $list_active:expr;
        }
    ) => {
        impl $handle {
            /// Bans a user: the user cannot join any more, and is kicked. An active ban is replaced.
            ///
            /// ```
            /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
            /// # let client = sandbox.client();
            /// use rblx_open_cloud::models::Ban;
            ///
            /// let universe = client.universe(13_058);
            /// let ban = Ban::for_days(2).display_reason("Spamming in the chat");
            /// assert!(universe.ban(1001, ban.clone())?.is_active());
            ///
            /// // In one place only:
            /// universe.place(91).ban(1002, ban)?;
            /// # Ok::<(), rblx_open_cloud::Error>(())
            /// ```
            ///
            /// Unless the ban [excludes them](Ban::exclude_alt_accounts), other accounts of the same person are banned,
            /// too. The request carries an idempotency key, so it can safely be repeated.
            ///
            /// # Errors
            /// `InvalidInput` if the duration is not whole seconds within the service's range, or a reason is too long
            /// (before anything is sent); `NotFound` if the user does not exist.
            ///
            $(#[$ban])*
            pub fn ban(&self, user: impl Into<UserId>, ban: Ban) -> Result<UserRestriction> {
                set_restriction(self.call($update), user.into(), &ban.body()?)
            }

            /// Lifts the ban of a user, if there is one.
            ///
            /// ```
            /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
            /// # let client = sandbox.client();
            /// let universe = client.universe(13_058);
            /// assert!(!universe.unban(1001)?.is_active());
            /// # Ok::<(), rblx_open_cloud::Error>(())
            /// ```
            ///
            /// A ban from the whole universe stays when that of a place is lifted.
            ///
            /// # Errors
            /// `NotFound` if the user does not exist.
            ///
            $(#[$unban])*
            pub fn unban(&self, user: impl Into<UserId>) -> Result<UserRestriction> {
                let inactive = json!({ "active": false });
                set_restriction(self.call($unban_update), user.into(), &inactive)
            }

            /// Returns the restriction of a user.
            ///
            /// ```
            /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
            /// # let client = sandbox.client();
            /// # client.universe(13_058).ban(1001, rblx_open_cloud::models::Ban::for_days(2))?;
            /// let restriction = client.universe(13_058).restriction(1001)?;
            /// if let Some(ban) = restriction.game_join_restriction.filter(|ban| ban.active) {
            ///     println!("banned until {:?}: {:?}", ban.end_time(), ban.private_reason);
            /// }
            /// # Ok::<(), rblx_open_cloud::Error>(())
            /// ```
            ///
            /// # Errors
            /// `NotFound` if the user does not exist. The service may also return it for a user who was never banned.
            ///
            $(#[$get_doc])*
            pub fn restriction(&self, user: impl Into<UserId>) -> Result<UserRestriction> {
                let user = user.into();
                let call = self.call($get).path_param(user);
                call.send_with_known_field("user", format_args!("users/{user}"))
            }

            /// Lists the restrictions of all users who are or were banned.
            ///
            /// ```
            /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
            /// # let client = sandbox.client();
            /// for restriction in client.universe(13_058).list_restrictions() {
            ///     let restriction = restriction?;
            ///     println!("{}: {}", restriction.user_id, restriction.is_active());
            /// }
            /// # Ok::<(), rblx_open_cloud::Error>(())
            /// ```
            ///
            /// # Errors
            /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any other ends the
            /// list.
            ///
            $(#[$list_doc])*
            pub fn list_restrictions(&self) -> Items<UserRestriction> {
                self.call($list).list()
            }

            /// Lists the restrictions of users who are banned now. The service lists former bans, too; they are fetched
            /// and left out.
            ///
            /// ```
            /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
            /// # let client = sandbox.client();
            /// let banned = client.universe(13_058).list_active_restrictions().count();
            /// println!("{banned} users are banned");
            /// # assert_eq!(banned, 1);
            /// # Ok::<(), rblx_open_cloud::Error>(())
            /// ```
            ///
            /// # Errors
            /// Those of [`list_restrictions`](Self::list_restrictions).
            ///
            $(#[$active_doc])*
            pub fn list_active_restrictions(&self) -> ActiveRestrictions {
                ActiveRestrictions(self.call($list_active).list())
            }
        }
    };
}

restriction_methods! {
    impl Universe {
        /// [Reference](https://create.roblox.com/docs/cloud/reference/features/bans-and-blocks#Cloud_UpdateUserRestriction__Using_Universes) ·
        /// scope `universe.user-restriction:write` · 150 requests per second with an API key, 30 with OAuth2 · beta
        pub fn ban: &UPDATE;
        /// [Reference](https://create.roblox.com/docs/cloud/reference/features/bans-and-blocks#Cloud_UpdateUserRestriction__Using_Universes) ·
        /// scope `universe.user-restriction:write` · 150 requests per second with an API key, 30 with OAuth2 · beta
        pub fn unban: &UPDATE;
        /// [Reference](https://create.roblox.com/docs/cloud/reference/features/bans-and-blocks#Cloud_GetUserRestriction__Using_Universes) ·
        /// scope `universe.user-restriction:read` · 150 requests per second with an API key, 30 with OAuth2 · beta
        pub fn restriction: &GET;
        /// [Reference](https://create.roblox.com/docs/cloud/reference/features/bans-and-blocks#Cloud_ListUserRestrictions) ·
        /// scope `universe.user-restriction:read` · 150 requests per second with an API key, 30 with OAuth2 · up to 100 items per page · beta
        pub fn list_restrictions: &LIST;
        /// [Reference](https://create.roblox.com/docs/cloud/reference/features/bans-and-blocks#Cloud_ListUserRestrictions) ·
        /// scope `universe.user-restriction:read` · 150 requests per second with an API key, 30 with OAuth2 · beta
        pub fn list_active_restrictions: &LIST;
    }
}

restriction_methods! {
    impl Place {
        /// [Reference](https://create.roblox.com/docs/cloud/reference/features/bans-and-blocks#Cloud_UpdateUserRestriction__Using_Universes_Places) ·
        /// scope `universe.user-restriction:write` · 150 requests per second with an API key, 30 with OAuth2 · beta
        pub fn ban: &UPDATE_IN_PLACE;
        /// [Reference](https://create.roblox.com/docs/cloud/reference/features/bans-and-blocks#Cloud_UpdateUserRestriction__Using_Universes_Places) ·
        /// scope `universe.user-restriction:write` · 150 requests per second with an API key, 30 with OAuth2 · beta
        pub fn unban: &UPDATE_IN_PLACE;
        /// [Reference](https://create.roblox.com/docs/cloud/reference/features/bans-and-blocks#Cloud_GetUserRestriction__Using_Universes_Places) ·
        /// scope `universe.user-restriction:read` · 150 requests per second with an API key, 30 with OAuth2 · beta
        pub fn restriction: &GET_IN_PLACE;
        /// [Reference](https://create.roblox.com/docs/cloud/reference/features/bans-and-blocks#Cloud_ListUserRestrictions__Using_Universes) ·
        /// scope `universe.user-restriction:read` · 150 requests per second with an API key, 30 with OAuth2 · up to 100 items per page · beta
        pub fn list_restrictions: &LIST_IN_PLACE;
        /// [Reference](https://create.roblox.com/docs/cloud/reference/features/bans-and-blocks#Cloud_ListUserRestrictions__Using_Universes) ·
        /// scope `universe.user-restriction:read` · 150 requests per second with an API key, 30 with OAuth2 · beta
        pub fn list_active_restrictions: &LIST_IN_PLACE;
    }
}

impl Universe {
    /// Lists the bans and unbans in the universe and its places.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # client.universe(13_058).ban(1001, rblx_open_cloud::models::Ban::permanent())?;
    /// use rblx_open_cloud::models::RestrictionLogFilter;
    ///
    /// for log in client.universe(13_058).list_restriction_logs(RestrictionLogFilter::all().user(1001)) {
    ///     let log = log?;
    ///     println!("{:?}: active = {} by {:?}", log.create_time, log.active, log.moderator);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/bans-and-blocks#Cloud_ListUserRestrictionLogs) ·
    /// scope `universe.user-restriction:read` · 150 requests per second with an API key, 30 with OAuth2 · up to 100 items per page · beta
    pub fn list_restriction_logs(&self, filter: RestrictionLogFilter) -> Items<RestrictionLog> {
        let call = self.call(&LIST_LOGS);
        call.query_opt("filter", filter.to_filter_string()).list()
    }
}

impl Place {
    /// Lists the bans and unbans in this place alone.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::RestrictionLogFilter;
    ///
    /// let place = client.universe(13_058).place(91);
    /// println!("{} bans and unbans", place.list_restriction_logs(RestrictionLogFilter::all()).count());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Universe::list_restriction_logs`].
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/bans-and-blocks#Cloud_ListUserRestrictionLogs) ·
    /// scope `universe.user-restriction:read` · 150 requests per second with an API key, 30 with OAuth2 · up to 100 items per page · beta
    pub fn list_restriction_logs(&self, filter: RestrictionLogFilter) -> Items<RestrictionLog> {
        let call = self.universe.call(&LIST_LOGS);
        let filter = filter.place(self.id).to_filter_string();
        call.query_opt("filter", filter).list()
    }
}

/// Replaces the ban of a user: the service accepts no mask of single fields. Each attempt has the same idempotency key.
fn set_restriction(call: Call, user: UserId, restriction: &Value) -> Result<UserRestriction> {
    let now = OffsetDateTime::now_utc().replace_nanosecond(0);
    let now = now.ok().and_then(|now| utc_text(now).ok());
    call.path_param(user)
        .query("updateMask", "gameJoinRestriction")
        .query("idempotencyKey.key", idempotency_key())
        .query_opt("idempotencyKey.firstSent", now)
        .json(&json!({ "gameJoinRestriction": restriction }))
        .send_with_known_field("user", format_args!("users/{user}"))
}

/// The restrictions of users who are banned now. Created by [`Universe::list_active_restrictions`] and
/// [`Place::list_active_restrictions`].
#[derive(Debug)]
#[must_use = "items are fetched as they are iterated over"]
pub struct ActiveRestrictions(Items<UserRestriction>);

impl ActiveRestrictions {
    /// Starts at the page of a [`resume_token`](Self::resume_token); an empty token means the first page.
    pub fn starting_at(self, token: impl Into<PageToken>) -> Self {
        Self(self.0.starting_at(token))
    }

    /// Returns the token to resume with, as [`Items::resume_token`] does.
    #[must_use]
    pub fn resume_token(&self) -> Option<&PageToken> {
        self.0.resume_token()
    }
}

impl Iterator for ActiveRestrictions {
    type Item = Result<UserRestriction>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.find(|item| match item {
            Ok(restriction) => restriction.is_active(),
            Err(_) => true,
        })
    }
}

impl FusedIterator for ActiveRestrictions {}
