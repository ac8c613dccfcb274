//! Revisions: publications and their changes.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use super::ConfigRevisionId;
use crate::error::Result;
use crate::models::params::Params;
use crate::models::serde_helpers::{
    count, is_none, null_to_default, optional_id, optional_signed, timestamp,
};
use crate::models::{RawJson, UserId};

/// A publication of a config repository, with its changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a revision of a config")]
#[non_exhaustive]
pub struct ConfigRevision {
    /// Id, with which the revision can be restored.
    #[serde(default, skip_serializing_if = "is_none")]
    pub revision_id: Option<ConfigRevisionId>,
    /// Number of the version.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub version: Option<u64>,
    /// Time of the publication.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub time: Option<OffsetDateTime>,
    /// User who published it.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub published_by: Option<UserId>,
    /// Message of the publication.
    #[serde(default, skip_serializing_if = "is_none")]
    pub message: Option<String>,
    /// Outcome of the deployment, in the words of the service.
    #[serde(default, skip_serializing_if = "is_none")]
    pub deployment_result: Option<String>,
    /// Version that the service will restore automatically. `None` if it will not.
    #[serde(
        default,
        deserialize_with = "version_or_minus_one",
        skip_serializing_if = "is_none"
    )]
    pub auto_restore_to_version: Option<u64>,
    /// Changes by key.
    #[serde(default, deserialize_with = "null_to_default")]
    pub changes: BTreeMap<String, ConfigValueChange>,
    /// Changes of conditional rules, if there are any.
    #[serde(default, skip_serializing_if = "is_none")]
    pub conditional_rules_changes: Option<RulesChange>,
}

/// The change of one key in a revision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a change of a value")]
#[non_exhaustive]
pub struct ConfigValueChange {
    /// Value before. `None` if the key was added.
    #[serde(default, skip_serializing_if = "is_none")]
    pub before: Option<RawJson>,
    /// Value after. `None` if the key was removed.
    #[serde(default, skip_serializing_if = "is_none")]
    pub after: Option<RawJson>,
}

/// The changes of conditional rules in a revision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "changes of conditional rules")]
#[non_exhaustive]
pub struct RulesChange {
    /// Change of the order of evaluation.
    #[serde(default, skip_serializing_if = "is_none")]
    pub rules_order: Option<RulesOrderChange>,
    /// Changes by the id of the rule.
    #[serde(default, deserialize_with = "null_to_default")]
    pub rules: BTreeMap<String, RuleChange>,
}

/// The change of the order of conditional rules in a revision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a change of an order")]
#[non_exhaustive]
pub struct RulesOrderChange {
    /// Ids before.
    #[serde(default, skip_serializing_if = "is_none")]
    pub before: Option<Vec<String>>,
    /// Ids after.
    #[serde(default, skip_serializing_if = "is_none")]
    pub after: Option<Vec<String>>,
}

/// The change of one conditional rule in a revision, as the service writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a change of a rule")]
#[non_exhaustive]
pub struct RuleChange {
    /// Rule before. `None` if it was added.
    #[serde(default, skip_serializing_if = "is_none")]
    pub before: Option<RawJson>,
    /// Rule after. `None` if it was removed.
    #[serde(default, skip_serializing_if = "is_none")]
    pub after: Option<RawJson>,
}

/// Reads a version. -1 means `None`.
fn version_or_minus_one<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<u64>, D::Error> {
    let version = optional_signed(deserializer)?;
    Ok(version.and_then(|version| u64::try_from(version).ok()))
}

/// Selects the revisions of a config to list, and their order.
///
/// ```
/// use rblx_open_cloud::models::RevisionRange;
/// use time::{Duration, OffsetDateTime};
///
/// let all = RevisionRange::all();
/// let today = RevisionRange::all().since(OffsetDateTime::now_utc() - Duration::DAY).oldest_first();
/// let about_bosses = RevisionRange::all().search("boss");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use]
pub struct RevisionRange {
    since: Option<OffsetDateTime>,
    until: Option<OffsetDateTime>,
    search: Option<String>,
    order: Option<&'static str>,
}

impl RevisionRange {
    /// Selects all revisions.
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects revisions that were published at this time or later.
    pub fn since(mut self, time: OffsetDateTime) -> Self {
        self.since = Some(time);
        self
    }

    /// Selects revisions that were published at this time or earlier.
    pub fn until(mut self, time: OffsetDateTime) -> Self {
        self.until = Some(time);
        self
    }

    /// Selects revisions by a search key, such as a part of the name of a key.
    pub fn search(mut self, key: impl Into<String>) -> Self {
        self.search = Some(key.into());
        self
    }

    /// Lists the newest revision first.
    pub fn newest_first(mut self) -> Self {
        self.order = Some("SORT_ORDER_DESCENDING");
        self
    }

    /// Lists the oldest revision first.
    pub fn oldest_first(mut self) -> Self {
        self.order = Some("SORT_ORDER_ASCENDING");
        self
    }

    /// Returns the query parameters, in the case in which the service reads them.
    pub(crate) fn params(self) -> Result<Params> {
        let by_time = self.order.map(|_| "SORT_KEY_LAST_MODIFIED_TIME");
        Ok(Params::default()
            .with_time("startTime", self.since)?
            .with_time("endTime", self.until)?
            .with("SearchKey", self.search)
            .with("SortOrder", self.order)
            .with("SortKey", by_time))
    }
}
