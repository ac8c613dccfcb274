use std::fmt;

/// What went wrong, in one word to match on.
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
    /// 401: the key is invalid, disabled, expired, not allowed from this address, or lacks access.
    InvalidKey,
    /// 403: the key is good, but may not do or see this (a private inventory, say).
    PermissionDenied,
    /// 404: the user, group, asset or operation does not exist.
    NotFound,
    /// 429: too many requests; [`Error::retry_after`](crate::Error::retry_after) may tell how long to wait.
    RateLimited,
    /// 5xx, or a gateway's page: the service failed or is down.
    ServiceUnavailable,
    /// The file is unsupported, of the wrong kind for the asset type, or corrupted.
    InvalidAsset,
    /// The name or the description was moderated.
    ModeratedText,
    /// 409: the request conflicts with the state of the resource.
    Conflict,
    /// Any other 4xx: the service did not accept the request.
    BadRequest,
    /// The service did something that nothing else here describes.
    Unexpected,
    /// Refused on this side: an argument that cannot be sent, or a file that cannot be read or changes meanwhile.
    InvalidInput,
    /// No connection, or one that broke.
    Transport,
    /// The answer did not arrive in time.
    Timeout,
    /// The answer arrived, but is not what this call expects.
    Decode,
    /// A long-running operation ended with an error.
    OperationFailed,
    /// A long-running operation was not finished within the time given to wait.
    StillRunning,
    /// The client was shut down, or the batch that made the call was dropped.
    Shutdown,
    /// OAuth2: the code, the refresh token or the whole authorization is expired, used or revoked.
    SignInRequired,
    /// OAuth2: the user did not grant what was asked for.
    ConsentDenied,
    /// OAuth2: the service does not know the app, or its secret is wrong.
    InvalidApp,
    /// OAuth2: an ID token is not from the service, not for this app, not for this sign-in, or expired.
    InvalidIdToken,
    /// OAuth2: new tokens came, but could not be saved; the session keeps them and tries again.
    TokensNotSaved,
}

impl ErrorKind {
    /// The words that an error's text begins with.
    pub(crate) const fn phrase(self) -> &'static str {
        match self {
            Self::InvalidKey => "key refused",
            Self::PermissionDenied => "permission denied",
            Self::NotFound => "not found",
            Self::RateLimited => "rate limited",
            Self::ServiceUnavailable => "service unavailable",
            Self::InvalidAsset => "asset refused",
            Self::ModeratedText => "text moderated",
            Self::Conflict => "conflict",
            Self::BadRequest => "invalid request",
            Self::Unexpected => "unexpected answer",
            Self::InvalidInput => "invalid input",
            Self::Transport => "connection failed",
            Self::Timeout => "timed out",
            Self::Decode => "answer not understood",
            Self::OperationFailed => "operation failed",
            Self::StillRunning => "still running",
            Self::Shutdown => "shut down",
            Self::SignInRequired => "sign-in required",
            Self::ConsentDenied => "sign-in declined",
            Self::InvalidApp => "app refused",
            Self::InvalidIdToken => "ID token refused",
            Self::TokensNotSaved => "tokens not saved",
        }
    }

    /// What the reader can do about it; empty where the message itself says it.
    pub(crate) const fn advice(self) -> &'static str {
        match self {
            Self::InvalidKey => {
                "The key may be wrong, disabled, expired, not allowed from this IP address, or without access \
                 to this call; check it on the Creator Dashboard (credentials)"
            }
            Self::PermissionDenied => {
                "The key's owner has no right to this; a private inventory needs a key of its owner, \
                 or the owner's consent over OAuth2"
            }
            Self::NotFound => "Check the id",
            Self::RateLimited => "Wait before the next request",
            Self::ServiceUnavailable => "The fault is on the side of the service; try again later",
            Self::InvalidAsset => {
                "Check that the file is intact and of a format that the asset type takes"
            }
            Self::ModeratedText => "Choose another name or description",
            Self::Conflict => {
                "Something else changed the resource; read it again, then repeat the change"
            }
            Self::Transport => "Check the network, the base URL and the proxy settings",
            Self::Timeout => "Try again, or allow more time in the settings of the client",
            Self::StillRunning => "Wait longer, or continue later with `client.operation(path)`",
            Self::Decode => "Is the base URL right? `Error::body` shows the answer",
            Self::OperationFailed => {
                "Begin it again, or look for the reason on the Creator Dashboard"
            }
            Self::SignInRequired => "The user has to sign in again",
            Self::ConsentDenied => "Nothing was granted; the user may be asked again",
            Self::InvalidApp => {
                "Check client id, secret and redirect URL on the Creator Dashboard (credentials, OAuth 2.0 apps)"
            }
            Self::InvalidIdToken => "Do not trust what it says; the user has to sign in again",
            Self::TokensNotSaved => {
                "Make room or rights where they are saved; the next call saves them first, and nothing is lost until then"
            }
            Self::Shutdown => "Later calls need a new client",
            Self::BadRequest | Self::Unexpected | Self::InvalidInput => "",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.phrase())
    }
}
