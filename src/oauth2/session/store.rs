//! Where tokens are kept.

use std::any::Any;
use std::io;

use crate::error::{Error, ErrorKind};
use crate::oauth2::TokenSet;

/// Where a session keeps its tokens: a [`TokenFile`](super::TokenFile), a function that saves, or a type of yours.
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
/// }
/// ```
pub trait TokenStore: Send + Sync + 'static {
    /// Keeps these tokens in place of those before. Once it returns they have to be there, whatever happens next. It
    /// must not use the session.
    ///
    /// # Errors
    /// If they could not be kept. The session tries again before it uses them.
    fn save(&self, tokens: &TokenSet) -> io::Result<()>;

    /// The tokens kept last. The session looks before it asks for new ones: another process may have been quicker.
    ///
    /// # Errors
    /// If they cannot be read. None being there is no error.
    fn load(&self) -> io::Result<Option<TokenSet>> {
        Ok(None)
    }

    /// Keeps other processes away from these tokens until what comes back is dropped; it may wait for one that is at it.
    /// Two that renew at once would spend one refresh token twice, which ends the authorization.
    ///
    /// # Errors
    /// If it cannot be done. The session goes on without.
    fn lock(&self) -> io::Result<Option<Box<dyn Any + Send>>> {
        Ok(None)
    }
}

impl<F: Fn(&TokenSet) -> io::Result<()> + Send + Sync + 'static> TokenStore for F {
    fn save(&self, tokens: &TokenSet) -> io::Result<()> {
        self(tokens)
    }
}

pub(super) fn load_error(error: io::Error) -> Error {
    let message = format!("the saved tokens cannot be read ({})", error.kind());
    Error::invalid_input(message).with_source(error)
}

/// The text of the cause is not ours: with a token in it, it is left out.
pub(super) fn save_error(error: io::Error, tokens: &TokenSet) -> Error {
    let message = format!("the new tokens could not be saved ({})", error.kind());
    let told = format!("{error} {error:?}");
    let error_here = Error::new(ErrorKind::TokensNotSaved, message);
    if tokens.secrets().any(|secret| told.contains(secret)) {
        return error_here;
    }
    error_here.with_source(error)
}
