//! Erasure of a player's entries.

use std::fmt;

use super::pace::{DEFAULT_RATE, Pace};
use crate::error::{ErrorKind, Result};
use crate::models::{EntryFilter, EntryKey};
use crate::resource::DataStore;

type OnEntry<'a> = Box<dyn FnMut(&EntryKey) + 'a>;

/// The erasure of all entries whose keys begin with a text. Created by [`DataStore::erase`].
///
/// If the text ends with a digit, a key that continues with another digit is not erased: `player_15` erases `player_15`
/// and `player_15/pets`, but not `player_156`, who is another player.
#[must_use = "nothing is erased until `run` is called"]
pub struct Erase<'a> {
    store: DataStore,
    prefix: String,
    is_dry: bool,
    rate: Option<u32>,
    on_entry: Option<OnEntry<'a>>,
}

/// The result of an erasure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Erased {
    /// The number of entries that were found.
    pub found: u64,
    /// The number of entries that were deleted; 0 in a dry run.
    pub deleted: u64,
    /// The number of entries that something else deleted before their turn.
    pub vanished: u64,
}

impl fmt::Display for Erased {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (deleted, found, vanished) = (self.deleted, self.found, self.vanished);
        write!(
            formatter,
            "{deleted} of {found} entries deleted, {vanished} vanished"
        )
    }
}

impl<'a> Erase<'a> {
    pub(crate) fn new(store: DataStore, prefix: String) -> Self {
        Self {
            store,
            prefix,
            is_dry: false,
            rate: Some(DEFAULT_RATE),
            on_entry: None,
        }
    }

    /// Sets whether only to report what would be deleted.
    pub fn dry_run(mut self, yes: bool) -> Self {
        self.is_dry = yes;
        self
    }

    /// Sets the number of requests per minute, at least 1; 300 by default. Each entry takes one request, and each page of 256 keys
    /// another one.
    ///
    /// It also waits when the service reports that its own limit is used up. [`ClientBuilder::on_event`] shows that wait.
    ///
    /// [`ClientBuilder::on_event`]: crate::ClientBuilder::on_event
    pub fn rate_per_minute(mut self, requests: u32) -> Self {
        self.rate = Some(requests);
        self
    }

    /// Sends the next request as soon as a response has arrived, unless the client
    /// [waits](crate::ClientBuilder::wait_on_rate_limit). Game servers of the universe may then be throttled.
    pub fn unlimited(mut self) -> Self {
        self.rate = None;
        self
    }

    /// Calls `report` with each key that is found, before it is deleted.
    pub fn on_entry(mut self, report: impl FnMut(&EntryKey) + 'a) -> Self {
        self.on_entry = Some(Box::new(report));
        self
    }

    /// Deletes the entries. All keys are listed first, then deleted one after another.
    ///
    /// A deleted entry can no longer be read by its key. The service keeps its earlier revisions for 30 days.
    ///
    /// # Errors
    /// The first error of a request, whose [path](crate::Error::path) names the entry. `InvalidInput` if the text is
    /// empty, since an erasure never deletes a whole data store, or if the rate is 0. After an error, another run deletes the rest.
    pub fn run(mut self) -> Result<Erased> {
        if self.prefix.is_empty() {
            let message = "an erasure needs the text that the keys begin with";
            return Err(crate::Error::invalid_input(message));
        }
        let (store, stop) = self.store.for_transfer(self.rate.is_some());
        let pace = Pace::new(self.rate, &stop)?;
        let keys = self.find(&store, &pace)?;
        let mut erased = Erased {
            found: keys.len() as u64,
            ..Erased::default()
        };
        for key in keys {
            if let Some(report) = &mut self.on_entry {
                report(&key);
            }
            if self.is_dry {
                continue;
            }
            pace.wait()?;
            match store.entry(&key).delete() {
                Ok(()) => erased.deleted += 1,
                Err(error) if error.kind() == ErrorKind::NotFound => erased.vanished += 1,
                Err(error) => return Err(error),
            }
        }
        Ok(erased)
    }

    /// Lists the keys, so that the list does not change while entries are deleted.
    fn find(&self, store: &DataStore, pace: &Pace) -> Result<Vec<EntryKey>> {
        // Whether the service compares a prefix with the key or with scope and key is not documented, so a list of all
        // scopes is filtered here.
        let filter = if store.has_one_scope() {
            EntryFilter::all().prefix(&*self.prefix)
        } else {
            EntryFilter::all()
        };
        let mut keys = Vec::new();
        let mut pages = store.list_entries(filter).pages();
        loop {
            pace.wait()?;
            let Some(found) = pages.next().transpose()? else {
                return Ok(keys);
            };
            if let Some(error) = found.failed.into_iter().next() {
                // A key that cannot be read may be one of the player's.
                return Err(error);
            }
            keys.extend(found.items.into_iter().filter(|key| self.matches(key)));
        }
    }

    fn matches(&self, key: &EntryKey) -> bool {
        let is_digit = |letter: Option<char>| letter.is_some_and(char::is_numeric);
        let ends_with_digit = is_digit(self.prefix.chars().next_back());
        key.id
            .as_str()
            .strip_prefix(&*self.prefix)
            .is_some_and(|rest| !(ends_with_digit && is_digit(rest.chars().next())))
    }
}

impl fmt::Debug for Erase<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Erase")
            .field("store", &self.store)
            .field("prefix", &self.prefix)
            .field("is_dry", &self.is_dry)
            .field("rate", &self.rate)
            .finish_non_exhaustive()
    }
}
