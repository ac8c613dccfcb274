//! The end of a batch before a file is sent.

use crate::error::{Error, ErrorKind};

/// Returns the error of a file that is not sent because the batch ended.
pub(super) fn ended_before_sending() -> Error {
    let message = "the batch ended before the file was sent";
    Error::new(ErrorKind::Shutdown, message)
        .with_advice("Start another batch to send it; after `Client::shutdown`, with a new client")
}
