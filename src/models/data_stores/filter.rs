//! Filters of data stores, entries and revisions.

use time::OffsetDateTime;

use crate::error::Result;
use crate::models::params::Params;
use crate::models::serde_helpers::timestamp::utc_text;

/// Returns the condition that an id begins with a text.
fn starts_with(prefix: &str) -> String {
    let escaped = prefix.replace('\\', r"\\").replace('"', "\\\"");
    format!("id.startsWith(\"{escaped}\")")
}

/// Defines a filter by prefix, with or without deleted items.
macro_rules! prefix_filter {
    ($($(#[$meta:meta])* $name:ident { $(#[$prefix:meta])* prefix, $(#[$deleted:meta])* show_deleted })*) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        #[must_use]
        pub struct $name {
            prefix: Option<String>,
            show_deleted: bool,
        }

        impl $name {
            /// Selects all that are not deleted.
            pub fn all() -> Self {
                Self::default()
            }

            $(#[$prefix])*
            pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
                self.prefix = Some(prefix.into());
                self
            }

            $(#[$deleted])*
            pub fn show_deleted(mut self, yes: bool) -> Self {
                self.show_deleted = yes;
                self
            }

            /// Returns the parameters `filter` and `showDeleted`.
            pub(crate) fn params(&self) -> (Option<String>, Option<bool>) {
                let prefix = self.prefix.as_deref().filter(|prefix| !prefix.is_empty());
                (prefix.map(starts_with), self.show_deleted.then_some(true))
            }
        }
    )* };
}

prefix_filter! {
    /// Selects the data stores to list.
    ///
    /// ```
    /// use rblx_open_cloud::models::DataStoreFilter;
    ///
    /// let all = DataStoreFilter::all();
    /// let seasons = DataStoreFilter::all().prefix("Season").show_deleted(true);
    /// ```
    DataStoreFilter {
        /// Selects data stores whose name begins with this.
        prefix,
        /// Also selects data stores that are scheduled for deletion, or not.
        show_deleted
    }

    /// Selects the entries to list.
    ///
    /// ```
    /// use rblx_open_cloud::models::EntryFilter;
    ///
    /// let all = EntryFilter::all();
    /// let players = EntryFilter::all().prefix("player_");
    /// ```
    EntryFilter {
        /// Selects entries whose key begins with this.
        prefix,
        /// Also selects entries that were deleted within the last 30 days, or not.
        show_deleted
    }
}

/// Selects the revisions of an entry to list.
///
/// ```
/// use rblx_open_cloud::models::RevisionFilter;
/// use time::{Duration, OffsetDateTime};
///
/// let an_hour_ago = OffsetDateTime::now_utc() - Duration::HOUR;
/// let all = RevisionFilter::all();
/// let recent = RevisionFilter::all().since(an_hour_ago);
/// let older = RevisionFilter::all().until(an_hour_ago);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[must_use]
pub struct RevisionFilter {
    since: Option<OffsetDateTime>,
    until: Option<OffsetDateTime>,
}

impl RevisionFilter {
    /// Selects all revisions.
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects revisions that were written at this time or later.
    pub fn since(mut self, time: OffsetDateTime) -> Self {
        self.since = Some(time);
        self
    }

    /// Selects revisions that were written at this time or earlier.
    pub fn until(mut self, time: OffsetDateTime) -> Self {
        self.until = Some(time);
        self
    }

    /// Returns the parameter `filter`.
    pub(crate) fn to_filter_string(self) -> Result<Option<String>> {
        let mut conditions = Vec::new();
        for (operator, time) in [(">=", self.since), ("<=", self.until)] {
            if let Some(time) = time {
                conditions.push(format!(
                    "revision_create_time {operator} {}",
                    utc_text(time)?
                ));
            }
        }
        Ok((!conditions.is_empty()).then(|| conditions.join(" && ")))
    }
}

/// Selects the versions of an entry to list with v1, and their order.
///
/// ```
/// use rblx_open_cloud::models::VersionFilter;
/// use time::{Duration, OffsetDateTime};
///
/// let an_hour_ago = OffsetDateTime::now_utc() - Duration::HOUR;
/// let oldest_first = VersionFilter::all();
/// let newest_first = VersionFilter::all().until(an_hour_ago).descending();
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[must_use]
pub struct VersionFilter {
    since: Option<OffsetDateTime>,
    until: Option<OffsetDateTime>,
    descending: bool,
}

impl VersionFilter {
    /// Selects all versions, the oldest first.
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects versions that were written at this time or later.
    pub fn since(mut self, time: OffsetDateTime) -> Self {
        self.since = Some(time);
        self
    }

    /// Selects versions that were written at this time or earlier.
    pub fn until(mut self, time: OffsetDateTime) -> Self {
        self.until = Some(time);
        self
    }

    /// Lists the newest version first.
    pub fn descending(mut self) -> Self {
        self.descending = true;
        self
    }

    /// Returns the parameters `startTime`, `endTime` and `sortOrder`.
    pub(crate) fn params(self) -> Result<Params> {
        let params = Params::default()
            .with_time("startTime", self.since)?
            .with_time("endTime", self.until)?;
        Ok(params.with("sortOrder", self.descending.then_some("Descending")))
    }
}
