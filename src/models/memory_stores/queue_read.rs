//! Reads of queues.

use std::time::Duration;

use super::lifetime::window;
use crate::error::{Error, Result};
use crate::models::params::Params;

/// Maximum number of items in a read.
const MAX_COUNT: u32 = 200;
/// The time for which the items of a read are invisible, unless another one is set.
const DEFAULT_WINDOW: Duration = Duration::from_secs(30);

/// A read of a queue: the number of items, and the time for which other readers do not see them.
///
/// ```
/// use std::time::Duration;
/// use rblx_open_cloud::models::QueueRead;
///
/// let read = QueueRead::up_to(20).invisible_for(Duration::from_secs(60));
/// let pair = QueueRead::up_to(2).all_or_nothing();
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct QueueRead {
    count: u32,
    all_or_nothing: bool,
    window: Option<Duration>,
}

impl QueueRead {
    /// Reads at most this many items: 1 to 200.
    pub fn up_to(count: u32) -> Self {
        Self {
            count,
            all_or_nothing: false,
            window: None,
        }
    }

    /// Reads nothing if the queue has fewer items.
    pub fn all_or_nothing(mut self) -> Self {
        self.all_or_nothing = true;
        self
    }

    /// Sets for how long the items that are read are invisible to other reads, in whole seconds. The default is 30
    /// seconds. Items that are not discarded by then are read again.
    pub fn invisible_for(mut self, window: Duration) -> Self {
        self.window = Some(window);
        self
    }

    /// Whether nothing is read if there are fewer items.
    pub(crate) fn is_all_or_nothing(self) -> bool {
        self.all_or_nothing
    }

    /// Returns the time for which the items are invisible.
    pub(crate) fn window(self) -> Duration {
        self.window.unwrap_or(DEFAULT_WINDOW)
    }

    /// Returns the parameters of the query.
    pub(crate) fn params(self) -> Result<Params> {
        if !(1..=MAX_COUNT).contains(&self.count) {
            return Err(Error::invalid_input(format!(
                "a read takes 1 to {MAX_COUNT} items, not {}",
                self.count
            )));
        }
        let params = Params::default()
            .with("count", Some(self.count))
            .with("allOrNothing", self.all_or_nothing.then_some(true));
        Ok(params.with("invisibilityWindow", window(self.window)?))
    }
}

/// Reads one item.
impl Default for QueueRead {
    fn default() -> Self {
        Self::up_to(1)
    }
}
