//! Reads response bodies into a buffer that is reused, up to a deadline.

use std::io::{self, Read};
use std::str::{self, Utf8Error};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// The maximum size of a buffer that is kept for the next response.
const MAX_SPARE_SIZE: usize = 1024 * 1024;
/// The number of bytes by which the buffer grows if the length is unknown.
const READ_STEP: usize = 16 * 1024;

/// A body, at the beginning of a buffer that may be larger.
#[derive(Debug, Default)]
pub(super) struct Body {
    buffer: Vec<u8>,
    filled: usize,
}

impl Body {
    /// Returns the bytes that were read.
    pub(super) fn bytes(&self) -> &[u8] {
        self.buffer.get(..self.filled).unwrap_or_default()
    }

    /// Returns the text that was read, without a byte order mark.
    pub(super) fn to_str(&self) -> Result<&str, Utf8Error> {
        let text = str::from_utf8(self.bytes())?;
        Ok(text.trim_start_matches('\u{feff}'))
    }
}

impl From<Vec<u8>> for Body {
    fn from(buffer: Vec<u8>) -> Self {
        Self {
            filled: buffer.len(),
            buffer,
        }
    }
}

/// A body that could not be read to its end, and the part that arrived.
pub(super) struct ReadError {
    pub(super) error: io::Error,
    pub(super) body: Body,
}

/// Keeps the buffer of the last response, so that it is zeroed once and not for every page of a list.
#[derive(Debug, Default)]
pub(super) struct BufferPool {
    spare: Mutex<Body>,
}

impl BufferPool {
    /// Reads to the end. At most 1 MiB is reserved, whatever `content_length` claims.
    pub(super) fn read(
        &self,
        reader: &mut impl Read,
        content_length: u64,
        deadline: Option<Instant>,
    ) -> Result<Body, ReadError> {
        let mut body =
            std::mem::take(&mut *self.spare.lock().unwrap_or_else(PoisonError::into_inner));
        body.filled = 0;
        // With one more byte, the end is detected without growing the buffer.
        let room = usize::try_from(content_length)
            .unwrap_or(usize::MAX)
            .min(MAX_SPARE_SIZE)
            .saturating_add(1);
        // Space that an earlier response used is not zeroed again.
        if body.buffer.len() < room {
            // A page that is a byte longer than the last must not double the buffer.
            body.buffer
                .reserve_exact(room.saturating_sub(body.buffer.len()));
            body.buffer.resize(room, 0);
        }
        loop {
            if body.buffer.len() == body.filled {
                body.buffer
                    .resize(body.filled.saturating_add(body.filled.max(READ_STEP)), 0);
            }
            match reader.read(body.buffer.get_mut(body.filled..).unwrap_or_default()) {
                Ok(0) => return Ok(body),
                Ok(read) => body.filled = body.filled.saturating_add(read),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(ReadError { error, body }),
            }
            if deadline.is_some_and(|deadline| Instant::now() > deadline) {
                return Err(ReadError {
                    error: io::ErrorKind::TimedOut.into(),
                    body,
                });
            }
        }
    }

    /// Takes back the buffer of a decoded response.
    pub(super) fn recycle(&self, body: Body) {
        if body.buffer.len() <= MAX_SPARE_SIZE.saturating_add(1) {
            *self.spare.lock().unwrap_or_else(PoisonError::into_inner) = body;
        }
    }
}
