//! An error of this crate as an error of the standard library's I/O.

use std::error::Error as _;
use std::io;

use super::{Error, ErrorKind};

impl From<Error> for io::Error {
    /// Wraps the error, so that `?` works in functions that return [`io::Result`].
    ///
    /// The text stays the same, and [`get_ref`](io::Error::get_ref) returns the error itself.
    ///
    /// ```
    /// use std::io;
    /// use rblx_open_cloud::{Client, Error, ErrorKind};
    ///
    /// fn connect() -> io::Result<Client> {
    ///     Ok(Client::new("")?)
    /// }
    ///
    /// let error = connect().err().unwrap();
    /// assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
    /// let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
    /// assert_eq!(inner.map(Error::kind), Some(ErrorKind::InvalidInput));
    /// ```
    fn from(error: Error) -> Self {
        let kind = match error.kind() {
            ErrorKind::InvalidKey | ErrorKind::PermissionDenied => io::ErrorKind::PermissionDenied,
            ErrorKind::NotFound => io::ErrorKind::NotFound,
            ErrorKind::InvalidInput | ErrorKind::InvalidAsset => {
                cause(&error).unwrap_or(io::ErrorKind::InvalidInput)
            }
            ErrorKind::Decode => io::ErrorKind::InvalidData,
            ErrorKind::Timeout | ErrorKind::StillRunning => io::ErrorKind::TimedOut,
            _ => cause(&error).unwrap_or(io::ErrorKind::Other),
        };
        Self::new(kind, error)
    }
}

/// Returns the kind of the I/O error that caused it.
fn cause(error: &Error) -> Option<io::ErrorKind> {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(cause) = cause.downcast_ref::<io::Error>() {
            return Some(cause.kind());
        }
        source = cause.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io;

    use crate::{AssetFile, Client, Error, ErrorKind, RetryPolicy};

    fn kind(error: Option<Error>) -> Option<io::ErrorKind> {
        error.map(|error| {
            let text = error.to_string();
            let error = io::Error::from(error);
            assert_eq!(error.to_string(), text);
            error.kind()
        })
    }

    #[test]
    fn the_kind_is_that_of_the_cause_where_there_is_one() {
        let missing = AssetFile::open("no such file.png").err();
        assert_eq!(kind(missing), Some(io::ErrorKind::NotFound));
        let invalid = Client::new("").err();
        assert_eq!(kind(invalid), Some(io::ErrorKind::InvalidInput));
        let other = Error::new(ErrorKind::RateLimited, "too many");
        assert_eq!(kind(Some(other)), Some(io::ErrorKind::Other));
    }

    #[test]
    fn a_refused_connection_keeps_its_kind() {
        let client = Client::builder("key")
            .base_url("http://127.0.0.1:1")
            .retry(RetryPolicy::none())
            .build();
        let error = client.and_then(|client| client.user(156).get()).err();
        assert_eq!(kind(error), Some(io::ErrorKind::ConnectionRefused));
    }
}
