//! Earlier translations of the entries of a localization table.

use serde::{Deserialize, Serialize};

use super::table_outcome::entries_failed;
use super::{LanguageCode, SortOrder, TableEntryError, TableEntryId, TableId, TranslationRecord};
use crate::error::{Error, Result};
use crate::models::open_enum::validate_all;
use crate::models::serde_helpers::{count, is_none, non_empty_text, null_to_default};

/// A query of earlier translations of one entry.
///
/// ```
/// use rblx_open_cloud::models::{SortOrder, TableEntryId, TableHistoryQuery};
///
/// let play = TableEntryId::new("menu.play", "", "Play");
/// let query = TableHistoryQuery::new(play).count(10).order(SortOrder::Descending);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct TableHistoryQuery {
    #[serde(skip_serializing_if = "is_none")]
    cursor: Option<String>,
    identifier: TableEntryId,
    #[serde(skip_serializing_if = "is_none")]
    count: Option<u32>,
    #[serde(skip_serializing_if = "is_none")]
    sort_order: Option<SortOrder>,
}

impl TableHistoryQuery {
    /// Queries translations of this entry.
    pub fn new(identifier: TableEntryId) -> Self {
        Self {
            cursor: None,
            identifier,
            count: None,
            sort_order: None,
        }
    }

    /// Starts after an earlier page: at its [`next_cursor`](TableEntryHistory::next_cursor).
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.cursor = Some(cursor.into());
        self
    }

    /// Sets how many translations to return.
    pub fn count(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    /// Sets the order.
    pub fn order(mut self, order: SortOrder) -> Self {
        self.sort_order = Some(order);
        self
    }
}

/// The body of a request for histories.
#[derive(Serialize)]
pub(crate) struct TableHistoryBody {
    locale: LanguageCode,
    entries: Vec<TableHistoryQuery>,
}

impl TableHistoryBody {
    pub(crate) fn new(
        locale: LanguageCode,
        entries: impl IntoIterator<Item = TableHistoryQuery>,
    ) -> Result<Self> {
        let entries: Vec<_> = entries.into_iter().collect();
        if entries.is_empty() {
            return Err(Error::invalid_input("a history needs at least one entry"));
        }
        if entries.iter().any(|entry| entry.count == Some(0)) {
            return Err(Error::invalid_input(
                "a history has at least 1 translation a page, not 0",
            ));
        }
        validate_all(entries.iter().filter_map(|entry| entry.sort_order.as_ref()))?;
        locale.validated()?;
        Ok(Self { locale, entries })
    }
}

/// Earlier translations of entries. **Some entries may have failed** although the call succeeded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the histories of entries")]
#[must_use = "some entries may have failed"]
#[non_exhaustive]
pub struct TableHistory {
    /// Table.
    #[serde(skip_serializing_if = "is_none")]
    pub table_id: Option<TableId>,
    /// Language of the translations.
    #[serde(skip_serializing_if = "is_none")]
    pub locale: Option<LanguageCode>,
    /// Entries with their translations.
    #[serde(default, deserialize_with = "null_to_default")]
    pub entries: Vec<TableEntryHistory>,
    /// Entries that failed, with the reasons.
    #[serde(
        rename = "failedEntries",
        default,
        deserialize_with = "null_to_default"
    )]
    pub failed: Vec<FailedTableEntryHistory>,
}

impl TableHistory {
    /// Returns the entries if none failed; otherwise an error that names each entry that failed.
    ///
    /// # Errors
    /// `BadRequest`, with the code of the service if all entries that failed have the same one.
    pub fn into_result(self) -> Result<Vec<TableEntryHistory>> {
        if self.failed.is_empty() {
            return Ok(self.entries);
        }
        let what = ["entry has no history", "entries have no history"];
        let error = entries_failed(what, &self.failed, |failure| &failure.error);
        Err(error)
    }
}

/// Earlier translations of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the history of an entry")]
#[non_exhaustive]
pub struct TableEntryHistory {
    /// Id of the entry.
    #[serde(default, deserialize_with = "null_to_default")]
    pub identifier: TableEntryId,
    /// Translations.
    #[serde(default, deserialize_with = "null_to_default")]
    pub history: Vec<TranslationRecord>,
    /// Cursor of the next page. `None` after the last page.
    #[serde(
        default,
        deserialize_with = "non_empty_text",
        skip_serializing_if = "is_none"
    )]
    pub next_cursor: Option<String>,
}

/// An entry whose history was not returned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an entry without a history")]
#[non_exhaustive]
pub struct FailedTableEntryHistory {
    /// Id of the entry.
    #[serde(default, deserialize_with = "null_to_default")]
    pub identifier: TableEntryId,
    /// Number of translations that were requested.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub count: Option<u64>,
    /// Reason.
    #[serde(default, deserialize_with = "null_to_default")]
    pub error: TableEntryError,
}

/// Writes the entry and the reason.
impl std::fmt::Display for FailedTableEntryHistory {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.identifier, self.error)
    }
}
