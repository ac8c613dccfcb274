//! The kinds of errors.

use std::fmt;

/// The kind of an error, to match on.
///
/// ```
/// use rblx_open_cloud::{Client, ErrorKind, Result};
/// use rblx_open_cloud::models::User;
///
/// fn find(client: &Client, id: u64) -> Result<Option<User>> {
///     match client.user(id).get() {
///         Ok(user) => Ok(Some(user)),
///         Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
///         Err(error) => Err(error),
///     }
/// }
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # assert!(find(&sandbox.client(), 156)?.is_some());
/// # assert!(find(&sandbox.client(), 1)?.is_none());
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// 401: the key is invalid, disabled, expired, not allowed from this IP address, or lacks access.
    InvalidKey,
    /// 403: the key is valid, but its owner may not do or see this, such as a private inventory.
    PermissionDenied,
    /// 404: the user, group, asset or operation does not exist.
    NotFound,
    /// 429: too many requests; [`Error::retry_after`](crate::Error::retry_after) may say how long to wait.
    RateLimited,
    /// 5xx, 499, or a 400 with a gateway's page: the service failed, or is down.
    ServiceUnavailable,
    /// The file is unsupported, of the wrong kind for the asset type, or corrupted.
    InvalidAsset,
    /// The name or the description was moderated.
    ModeratedText,
    /// 409, 412, or a 429 about unfinished work: the request conflicts with the state of the resource. Also a file that
    /// an earlier run sent with an unknown outcome, which is not sent again by itself:
    /// [`Error::outcome_unknown`](crate::Error::outcome_unknown) is true then.
    Conflict,
    /// Any other 4xx: the service did not accept the request.
    BadRequest,
    /// Anything else: a redirect, or a response above a limit.
    Unexpected,
    /// Rejected before it was sent: an argument or a setting that is not valid, or a file that cannot be read or changes
    /// during the upload.
    InvalidInput,
    /// The connection could not be established, or was lost: network, proxy, TLS.
    Transport,
    /// The response did not arrive in time.
    Timeout,
    /// The response arrived, but could not be decoded.
    Decode,
    /// A long-running operation ended with an error.
    OperationFailed,
    /// A long-running operation was not finished within the time given to wait.
    StillRunning,
    /// The client was shut down, or the batch that made the call was dropped.
    Shutdown,
    /// A notification of a webhook is not signed with its secret, is too old, or has a malformed header.
    InvalidSignature,
    /// OAuth2: the code, the refresh token or the whole authorization is expired, used or revoked.
    SignInRequired,
    /// OAuth2: the user did not grant what was requested.
    ConsentDenied,
    /// OAuth2: the service does not know the app, or its secret is wrong.
    InvalidApp,
    /// OAuth2: an ID token is not from the service, not for this app, not for this sign-in, or expired.
    InvalidIdToken,
    /// OAuth2: new tokens arrived, but could not be saved; the session keeps them and tries again.
    TokensNotSaved,
}

impl ErrorKind {
    /// Returns the first words of an error's text.
    pub(crate) const fn phrase(self) -> &'static str {
        match self {
            Self::InvalidKey => "key rejected",
            Self::PermissionDenied => "permission denied",
            Self::NotFound => "not found",
            Self::RateLimited => "rate limited",
            Self::ServiceUnavailable => "service unavailable",
            Self::InvalidAsset => "asset rejected",
            Self::ModeratedText => "text moderated",
            Self::Conflict => "conflict",
            Self::BadRequest => "bad request",
            Self::Unexpected => "unexpected response",
            Self::InvalidInput => "invalid input",
            Self::Transport => "connection failed",
            Self::Timeout => "timed out",
            Self::Decode => "response not understood",
            Self::OperationFailed => "operation failed",
            Self::StillRunning => "still running",
            Self::Shutdown => "shut down",
            Self::InvalidSignature => "signature rejected",
            Self::SignInRequired => "sign-in required",
            Self::ConsentDenied => "consent denied",
            Self::InvalidApp => "app rejected",
            Self::InvalidIdToken => "ID token rejected",
            Self::TokensNotSaved => "tokens not saved",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.phrase())
    }
}
