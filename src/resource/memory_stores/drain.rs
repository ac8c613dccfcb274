//! Handles the items of a queue until it is empty.

use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;

use super::MemoryQueue;
use crate::error::{Error, ErrorKind, Result};
use crate::models::{QueueBatch, QueueRead};

impl MemoryQueue {
    /// Handles the items of the queue until it is empty, and discards those that `handle` accepted. Returns how many were
    /// handled and discarded.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::QueueRead;
    ///
    /// let queue = client.universe(13_058).memory_queue("Jobs");
    /// let count = queue.drain(QueueRead::up_to(1), |job: serde_json::Value| {
    ///     println!("{job}");
    ///     Ok(())
    /// })?;
    /// assert_eq!(count, 3);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Every item is handled **at least once**. The items of a read can only be discarded together: if `handle` fails,
    /// nothing of that read is discarded, and all of it is handled again after the time of the read. With
    /// `QueueRead::up_to(1)` an item that was accepted is discarded before the next one is handled; with more, there are
    /// fewer requests.
    ///
    /// The time of the read counts for the handling of all its items; if it is over, the rest of them is not handled, since
    /// another reader may have them.
    ///
    /// # Errors
    /// The error of `handle`, of a value that is not a `T`, of a read or a discard, and `Timeout` if handling the items
    /// takes longer than they are invisible. Nothing that was not accepted is discarded. If the response to a read is
    /// lost, [`Error::outcome_unknown`](crate::Error::outcome_unknown) is true; what it read is back in the queue after
    /// the time of the read, and only then does an empty queue mean that everything was handled.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_ReadMemoryStoreQueueItems) ·
    /// scope `memory-store.queue:dequeue` · API key only · 1,000,000 requests per minute · stable\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_DiscardMemoryStoreQueueItems) ·
    /// scope `memory-store.queue:discard` · API key only · 1,000,000 requests per minute · stable
    pub fn drain<T: DeserializeOwned>(
        &self,
        read: QueueRead,
        mut handle: impl FnMut(T) -> Result<()>,
    ) -> Result<u64> {
        let mut count = 0_u64;
        loop {
            let visible_at = Deadline::after(read.window());
            let batch = match self.read(read) {
                Ok(batch) => batch,
                Err(error) if is_too_few(&error, read) => return Ok(count),
                Err(error) => return Err(after_read(error, read.window(), count)),
            };
            if batch.is_empty() {
                return Ok(count);
            }
            let handled = self.handle_batch(batch, &visible_at, &mut handle)?;
            count = count.saturating_add(handled);
        }
    }

    /// Handles the items of a read, and discards them if all were accepted.
    fn handle_batch<T>(
        &self,
        batch: QueueBatch<T>,
        visible_at: &Deadline,
        handle: &mut impl FnMut(T) -> Result<()>,
    ) -> Result<u64> {
        // Before anything is handled: an item that cannot be decoded keeps the whole read from being discarded.
        if let Some(error) = batch.failed.into_iter().next() {
            return Err(error);
        }
        let count = batch.items.len() as u64;
        for item in batch.items {
            visible_at.check()?;
            handle(item.data)?;
        }
        visible_at.check()?;
        if let Some(read_id) = &batch.read_id {
            self.discard(read_id)?;
        }
        Ok(count)
    }
}

/// The time at which the items of a read become visible to others.
struct Deadline {
    started: Instant,
    window: Duration,
}

impl Deadline {
    fn after(window: Duration) -> Self {
        Self {
            started: Instant::now(),
            window,
        }
    }

    fn check(&self) -> Result<()> {
        if self.started.elapsed() < self.window {
            return Ok(());
        }
        let message = format!(
            "handling the items of a read took longer than the {:?} for which they are invisible, so they are read again",
            self.window
        );
        let error = Error::new(ErrorKind::Timeout, message);
        Err(error.with_advice("Read fewer items at once, or make them invisible for longer"))
    }
}

/// Whether an error means that the queue has too few items for an all-or-nothing read.
fn is_too_few(error: &Error, read: QueueRead) -> bool {
    read.is_all_or_nothing() && error.kind() == ErrorKind::NotFound
}

/// Adds to the error of a read what happens to the items.
fn after_read(error: Error, window: Duration, count: u64) -> Error {
    if !error.outcome_unknown() {
        return error;
    }
    error.map(|inner| {
        inner.message = format!(
            "{}; {count} items were handled and discarded, and the items of this read are back in the queue after {window:?}",
            inner.message
        );
    })
}

#[cfg(test)]
mod tests {
    use super::{Deadline, Duration, Instant};
    use crate::error::{ErrorKind, Result};
    use crate::models::{QueueBatch, QueueReadResponse};

    const READ: &str = r#"{"items":[{"data":1},{"data":2}],"readId":"r"}"#;

    fn batch() -> Result<QueueBatch<u8>> {
        let response: QueueReadResponse = serde_json::from_str(READ).unwrap_or_default();
        response.into_batch()
    }

    #[test]
    fn slow_handling_ends_before_items_are_handled_twice() -> Result<()> {
        // The connection is refused, so a discard would be another error.
        let client = crate::Client::builder("key").base_url("http://127.0.0.1:1");
        let queue = client.build()?.universe(5).memory_queue("Jobs");
        let window = Duration::from_millis(2);
        let deadline = Deadline {
            started: Instant::now(),
            window,
        };
        let mut seen = Vec::new();
        let error = queue.handle_batch(batch()?, &deadline, &mut |number| {
            seen.push(number);
            std::thread::sleep(window);
            Ok(())
        });
        assert!(seen.len() < 2, "the rest may be with somebody else");
        assert!(error.is_err_and(|error| {
            error.kind() == ErrorKind::Timeout
                && error.to_string().contains("Read fewer items at once")
        }));
        Ok(())
    }
}
