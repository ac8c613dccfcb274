//! Outcomes of updates of localization tables.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{TableEntryId, TableEntryMetadata, TableTranslation};
use crate::error::{Error, ErrorKind, Result};
use crate::models::partial_failure::partial_failure;
use crate::models::serde_helpers::{is_none, null_to_default, optional_signed, timestamp};

/// The outcome of an update of a localization table. **Some entries may have failed** although the call succeeded.
///
/// ```
/// use rblx_open_cloud::models::TableOutcome;
///
/// let outcome: TableOutcome = serde_json::from_str(
///     r#"{"failedEntriesAndTranslations": [{
///         "identifier": {"key": "menu.play", "source": "Play"},
///         "error": {"errorCode": 43, "errorMessage": "Invalid translation"}
///     }]}"#,
/// )?;
/// let error = outcome.into_result().unwrap_err();
/// assert!(error.to_string().contains("\"menu.play\" (source \"Play\"): Invalid translation (code 43)"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "the outcome of an update of a table")]
#[must_use = "some entries may have failed"]
#[non_exhaustive]
pub struct TableOutcome {
    /// Entries that were changed, as the service reports them.
    #[serde(
        rename = "modifiedEntriesAndTranslations",
        default,
        deserialize_with = "null_to_default"
    )]
    pub modified: Vec<ModifiedTableEntry>,
    /// Entries that failed, with the reasons.
    #[serde(
        rename = "failedEntriesAndTranslations",
        default,
        deserialize_with = "null_to_default"
    )]
    pub failed: Vec<FailedTableEntry>,
    /// The other entries of requests in which some failed. The service may not have saved them, even if it reports them as
    /// modified: send them again, or list the table to see.
    #[serde(rename = "unconfirmed", default, deserialize_with = "null_to_default")]
    pub unconfirmed: Vec<TableEntryId>,
}

impl TableOutcome {
    /// Adds the entries of the request that are unconfirmed because others failed.
    pub(crate) fn with_unconfirmed<'a>(
        mut self,
        sent: impl IntoIterator<Item = &'a TableEntryId>,
    ) -> Self {
        if self.failed.is_empty() {
            return self;
        }
        let is_failed = |id: &TableEntryId| {
            let mut failed = self.failed.iter().map(|failure| &failure.identifier);
            failed.any(|failed| failed.texts() == id.texts())
        };
        let others = sent.into_iter().filter(|id| !is_failed(id));
        let others: Vec<_> = others.cloned().collect();
        self.unconfirmed.extend(others);
        self
    }

    /// Adds the outcome of a further request.
    pub(crate) fn merge(&mut self, next: Self) {
        self.modified.extend(next.modified);
        self.failed.extend(next.failed);
        self.unconfirmed.extend(next.unconfirmed);
    }

    /// Returns the changed entries if none failed; otherwise an error that names each entry that failed.
    ///
    /// # Errors
    /// `BadRequest`, with the code of the service if all entries that failed have the same one.
    pub fn into_result(self) -> Result<Vec<ModifiedTableEntry>> {
        if self.failed.is_empty() {
            return Ok(self.modified);
        }
        let what = ["entry was not saved", "entries were not saved"];
        let error = entries_failed(what, &self.failed, |failure| &failure.error);
        Err(match self.unconfirmed.len() {
            0 => error,
            1 => error.with_advice(
                "Another entry of the same request may not have been saved either; send both again once the cause is fixed",
            ),
            count => error.with_advice(format!(
                "{count} other entries of the same requests may not have been saved either; send all of them again once \
                 the cause is fixed"
            )),
        })
    }
}

/// Returns the error about entries that failed: what happened to one or to many, and why.
pub(super) fn entries_failed<F: fmt::Display + Serialize>(
    [one, many]: [&str; 2],
    failed: &[F],
    error: impl Fn(&F) -> &TableEntryError,
) -> Error {
    let reasons: Vec<String> = failed.iter().map(ToString::to_string).collect();
    let what = if reasons.len() == 1 { one } else { many };
    let message = format!("{} {what}: {}", reasons.len(), reasons.join("; "));
    partial_failure(ErrorKind::BadRequest, message, failed, |failure| {
        error(failure).error_code.map(|code| code.to_string())
    })
}

/// An entry that was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "a changed entry")]
#[non_exhaustive]
pub struct ModifiedTableEntry {
    /// Id of the entry.
    #[serde(default, deserialize_with = "null_to_default")]
    pub identifier: TableEntryId,
    /// Translations that were changed.
    #[serde(default, deserialize_with = "null_to_default")]
    pub translations: Vec<TableTranslation>,
}

/// An entry that was not changed as requested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an entry that was not changed")]
#[non_exhaustive]
pub struct FailedTableEntry {
    /// Id of the entry.
    #[serde(default, deserialize_with = "null_to_default")]
    pub identifier: TableEntryId,
    /// Reason.
    #[serde(default, deserialize_with = "null_to_default")]
    pub error: TableEntryError,
    /// Example and places of use.
    #[serde(skip_serializing_if = "is_none")]
    pub metadata: Option<TableEntryMetadata>,
    /// Translations that failed.
    #[serde(default, deserialize_with = "null_to_default")]
    pub translations: Vec<TableTranslation>,
    /// Creation time of the entry.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub created_time: Option<OffsetDateTime>,
}

/// Writes the entry and the reason.
impl fmt::Display for FailedTableEntry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.identifier, self.error)
    }
}

/// The reason why an entry failed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an error of an entry")]
#[non_exhaustive]
pub struct TableEntryError {
    /// Code of the service.
    #[serde(
        default,
        deserialize_with = "optional_signed",
        skip_serializing_if = "is_none"
    )]
    pub error_code: Option<i64>,
    /// Message of the service.
    #[serde(skip_serializing_if = "is_none")]
    pub error_message: Option<String>,
}

/// Writes message and code.
impl fmt::Display for TableEntryError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = self
            .error_message
            .as_deref()
            .unwrap_or("the service gave no reason");
        formatter.write_str(message.trim_end_matches('.'))?;
        match self.error_code {
            Some(code) => write!(formatter, " (code {code})"),
            None => Ok(()),
        }
    }
}
