//! The interface of token stores.

use std::any::Any;
use std::io;

use crate::error::{Error, ErrorKind};
use crate::oauth2::TokenSet;

/// Stores the tokens of a session: a [`TokenFile`](super::TokenFile), a function that saves, or your own type.
///
/// When a request needs a new token, the store is called from a thread of the session. So the request can be stopped
/// without losing the tokens for which the refresh token was spent.
///
/// ```
/// use std::sync::Mutex;
/// use rblx_open_cloud::oauth2::{TokenSet, TokenStore};
///
/// struct Memory(Mutex<Option<TokenSet>>);
///
/// impl TokenStore for Memory {
///     fn save(&self, tokens: &TokenSet) -> std::io::Result<()> {
///         *self.0.lock().unwrap() = Some(tokens.clone());
///         Ok(())
///     }
///
///     fn load(&self) -> std::io::Result<Option<TokenSet>> {
///         Ok(self.0.lock().unwrap().clone())
///     }
/// }
/// ```
pub trait TokenStore: Send + Sync + 'static {
    /// Replaces the stored tokens. When it returns, they must survive a crash. It must not use the session.
    ///
    /// # Errors
    /// If the tokens could not be stored. The session does not use them until a later attempt succeeds.
    fn save(&self, tokens: &TokenSet) -> io::Result<()>;

    /// Loads the stored tokens. The session does this before each refresh: if another process has saved a different
    /// set since the last `load` or `save`, the session uses that set instead of refreshing.
    ///
    /// # Errors
    /// If the tokens cannot be read; the session then does not refresh. No tokens are `Ok(None)`.
    fn load(&self) -> io::Result<Option<TokenSet>> {
        Ok(None)
    }

    /// Locks the store against other processes until the returned value is dropped. It may wait for another holder, but
    /// not without a limit. Two processes that refresh at once spend one refresh token twice, which ends the
    /// authorization.
    ///
    /// # Errors
    /// If the store cannot be locked, with the kind `TimedOut` if another process holds the lock for too long; the
    /// session then does not refresh. A store that has no locks returns `Ok(None)`.
    fn lock(&self) -> io::Result<Option<Box<dyn Any + Send>>> {
        Ok(None)
    }
}

impl<F: Fn(&TokenSet) -> io::Result<()> + Send + Sync + 'static> TokenStore for F {
    fn save(&self, tokens: &TokenSet) -> io::Result<()> {
        self(tokens)
    }
}

/// Returns the error of a failed load.
pub(super) fn load_error(error: &io::Error, tokens: Option<&TokenSet>) -> Error {
    let reason = reason(error, tokens);
    Error::invalid_input(format!("the saved tokens cannot be read: {reason}"))
}

/// Returns the error of a failed lock.
pub(super) fn lock_error(error: &io::Error, tokens: Option<&TokenSet>) -> Error {
    let kind = match error.kind() {
        io::ErrorKind::TimedOut => ErrorKind::Timeout,
        _ => ErrorKind::InvalidInput,
    };
    let reason = reason(error, tokens);
    Error::new(kind, format!("the token store cannot be locked: {reason}"))
}

/// Returns the error of a failed save.
pub(super) fn save_error(error: &io::Error, tokens: &TokenSet) -> Error {
    let reason = reason(error, Some(tokens));
    let message = format!("the new tokens could not be saved: {reason}");
    Error::new(ErrorKind::TokensNotSaved, message)
}

/// Returns the text of a store's error. If it repeats a token, only its kind is shown.
fn reason(error: &io::Error, tokens: Option<&TokenSet>) -> String {
    let text = error.to_string();
    let mut secrets = tokens.into_iter().flat_map(TokenSet::secrets);
    let all = format!("{text} {error:?}");
    if secrets.any(|secret| all.contains(secret)) {
        return error.kind().to_string();
    }
    text.replace(char::is_control, " ")
}
