//! The user who granted a token.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::http::Request;
use crate::models::UserId;
use crate::models::serde_helpers::Integer;

const USER_INFO: Endpoint = Endpoint::get("/oauth/v1/userinfo").scopes(&["openid", "profile"]);

/// The user of a token: the ID with the scope `openid`, the other fields with `profile`.
///
/// Names change; only the ID stays the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "UserInfoWire")]
#[non_exhaustive]
pub struct UserInfo {
    /// The user ID.
    #[serde(rename = "sub")]
    pub user_id: UserId,
    /// The display name.
    #[serde(rename = "name", skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The unique user name.
    #[serde(rename = "preferred_username", skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// The URL of the profile page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// The URL of the avatar headshot; `None` if it is not ready yet or was moderated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// The creation time of the account.
    #[serde(
        serialize_with = "time::serde::timestamp::option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub created_at: Option<OffsetDateTime>,
}

/// The service's form of [`UserInfo`].
#[derive(Deserialize)]
#[serde(expecting = "a user")]
struct UserInfoWire {
    sub: UserId,
    name: Option<String>,
    nickname: Option<String>,
    preferred_username: Option<String>,
    profile: Option<String>,
    picture: Option<String>,
    created_at: Option<Integer>,
}

impl From<UserInfoWire> for UserInfo {
    fn from(wire: UserInfoWire) -> Self {
        Self {
            user_id: wire.sub,
            display_name: wire.name.or(wire.nickname),
            user_name: wire.preferred_username,
            profile: wire.profile,
            picture: wire.picture,
            created_at: wire
                .created_at
                .and_then(|Integer(seconds)| from_unix(seconds)),
        }
    }
}

/// Converts seconds since 1970.
pub(super) fn from_unix(seconds: u64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(i64::try_from(seconds).ok()?).ok()
}

impl Client {
    /// Returns the user who granted this client's access token.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// use rblx_open_cloud::Client;
    /// use rblx_open_cloud::oauth2::Scope;
    ///
    /// let token = sandbox.access_token(156, [Scope::OpenId, Scope::Profile]);
    /// let client = Client::builder(token)
    /// #   .base_url(sandbox.url())
    ///     .build()?;
    /// let user = client.user_info()?;
    /// assert_eq!(user.user_name.as_deref(), Some("builderman"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidKey` with an API key, or with a token without `openid`.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/auth/oauth2-reference#get-v1userinfo) · scope `openid`,
    /// `profile` for all fields but the ID · beta
    pub fn user_info(&self) -> Result<UserInfo> {
        self.http().send(&Request::new(&USER_INFO))
    }
}
