//! Reading answers: into a buffer that is used again, up to a deadline.

use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// A buffer that grew beyond this is not kept for the next answer.
const SPARE_LIMIT: usize = 1024 * 1024;
/// The room that is added for an answer that does not tell its length.
const READ_STEP: usize = 16 * 1024;

/// A body that could not be read to its end, and what had arrived of it.
pub(super) struct Broken {
    pub(super) error: io::Error,
    pub(super) body: Vec<u8>,
}

/// Keeps the buffer of the last answer: its room is zeroed once, not for every page of a list.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    spare: Mutex<Vec<u8>>,
}

impl Bodies {
    /// Reads to the end. Of `announced`, the length that the answer claims, no more than 1 MiB is believed.
    pub(super) fn read(
        &self,
        reader: &mut impl Read,
        announced: u64,
        deadline: Option<Instant>,
    ) -> Result<Vec<u8>, Broken> {
        let mut body =
            std::mem::take(&mut *self.spare.lock().unwrap_or_else(PoisonError::into_inner));
        // With room for one byte more, the end is seen without growing.
        let room = usize::try_from(announced)
            .unwrap_or(usize::MAX)
            .min(SPARE_LIMIT)
            .saturating_add(1);
        body.resize(room.max(body.capacity()), 0);
        let mut filled = 0;
        let error = loop {
            if body.len() == filled {
                body.resize(filled.saturating_add(filled.max(READ_STEP)), 0);
            }
            match reader.read(body.get_mut(filled..).unwrap_or_default()) {
                Ok(0) => break None,
                Ok(read) => filled = filled.saturating_add(read),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Some(error),
            }
            if deadline.is_some_and(|deadline| Instant::now() > deadline) {
                break Some(io::ErrorKind::TimedOut.into());
            }
        };
        body.truncate(filled);
        match error {
            None => Ok(body),
            Some(error) => Err(Broken { error, body }),
        }
    }

    /// Takes back the buffer of an answer that was decoded.
    pub(super) fn recycle(&self, body: Vec<u8>) {
        if body.capacity() <= SPARE_LIMIT.saturating_add(1) {
            *self.spare.lock().unwrap_or_else(PoisonError::into_inner) = body;
        }
    }
}
