//! Signed URLs: whoever has one can use it.

use std::fmt;

/// A temporary URL that gives access to content without a key. **Treat it as a secret:** its `Debug` shows nothing of it,
/// and it is never serialized.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedUrl(Box<str>);

impl SignedUrl {
    /// Returns the URL itself, to hand it to another program.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for SignedUrl {
    fn from(url: String) -> Self {
        Self(url.into())
    }
}

impl From<&str> for SignedUrl {
    fn from(url: &str) -> Self {
        Self(url.into())
    }
}

impl fmt::Debug for SignedUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SignedUrl([redacted])")
    }
}
