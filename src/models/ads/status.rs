//! The statuses of several campaigns.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::CampaignId;
use super::kinds::{CampaignState, DeliveryReason, DeliveryStatus};
use crate::error::{Error, ErrorKind, Result};
use crate::models::partial_failure::{common, some_failed};
use crate::models::serde_helpers::{is_none, null_to_default};

/// The maximum number of campaigns in a request.
const MAX_CAMPAIGNS: usize = 100;

/// The statuses of several campaigns. Each campaign is in one of the two lists.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, expecting = "the statuses of campaigns")]
#[must_use = "some campaigns may not have been found"]
#[non_exhaustive]
pub struct CampaignStatuses {
    /// Campaigns that were found.
    #[serde(deserialize_with = "null_to_default")]
    pub statuses: Vec<CampaignStatus>,
    /// Campaigns that were not found.
    #[serde(deserialize_with = "null_to_default")]
    pub failures: Vec<CampaignFailure>,
}

/// Whether a campaign runs, and whether it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the status of a campaign")]
#[non_exhaustive]
pub struct CampaignStatus {
    /// Campaign.
    pub id: CampaignId,
    /// State that its owner sets.
    #[serde(skip_serializing_if = "is_none")]
    pub status: Option<CampaignState>,
    /// Whether it is shown.
    #[serde(skip_serializing_if = "is_none")]
    pub delivery_status: Option<DeliveryStatus>,
    /// Reasons for the delivery status.
    #[serde(
        default,
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub delivery_status_reasons: Vec<DeliveryReason>,
}

/// A campaign without a status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "a campaign that was not found")]
#[non_exhaustive]
pub struct CampaignFailure {
    /// Campaign.
    pub id: CampaignId,
    /// Reason: `NOT_FOUND` if it does not exist or belongs to somebody else. `None` if the service did not mention it.
    #[serde(skip_serializing_if = "is_none")]
    pub reason: Option<String>,
}

impl CampaignStatuses {
    /// Adds the campaigns that the service did not mention to the failures.
    pub(crate) fn completed(mut self, requested: &[CampaignId]) -> Self {
        let found = self.statuses.iter().map(|status| &status.id);
        let failed = self.failures.iter().map(|failure| &failure.id);
        let mut known: BTreeSet<CampaignId> = found.chain(failed).cloned().collect();
        for id in requested {
            if known.insert(id.clone()) {
                self.failures.push(CampaignFailure {
                    id: id.clone(),
                    reason: None,
                });
            }
        }
        self
    }

    /// Returns the statuses if all campaigns were found; otherwise an error that names the others.
    ///
    /// # Errors
    /// `NotFound` if campaigns do not exist or belong to somebody else; `Unexpected` for any other reason, or
    /// without one.
    pub fn into_result(self) -> Result<Vec<CampaignStatus>> {
        if self.failures.is_empty() {
            return Ok(self.statuses);
        }
        let kind = common(&self.failures, CampaignFailure::kind).unwrap_or(ErrorKind::Unexpected);
        let code = |failure: &CampaignFailure| failure.reason.clone();
        let (what, found) = ("campaigns have no status", self.statuses.len());
        Err(some_failed(kind, what, &self.failures, found, code))
    }
}

impl CampaignFailure {
    fn kind(&self) -> ErrorKind {
        match self.reason.as_deref() {
            Some("NOT_FOUND") => ErrorKind::NotFound,
            _ => ErrorKind::Unexpected,
        }
    }
}

impl fmt::Display for CampaignFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            Some(reason) => write!(formatter, "{} ({reason})", self.id),
            None => write!(formatter, "{} (the service did not report it)", self.id),
        }
    }
}

/// Returns the request for the statuses of these campaigns.
pub(crate) fn status_request(campaigns: &[CampaignId]) -> Result<Value> {
    if campaigns.is_empty() || campaigns.len() > MAX_CAMPAIGNS {
        return Err(Error::invalid_input(format!(
            "the statuses of 1 to {MAX_CAMPAIGNS} campaigns can be requested at once, not of {}",
            campaigns.len()
        )));
    }
    let ids: Result<Vec<&str>> = campaigns.iter().map(CampaignId::validated).collect();
    Ok(json!({ "campaignIds": ids? }))
}
