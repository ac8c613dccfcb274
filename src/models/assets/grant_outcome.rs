//! Outcomes of permission grants.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{ErrorKind, Result};
use crate::models::AssetId;
use crate::models::partial_failure::{common, some_failed};
use crate::models::serde_helpers::is_none;

/// The outcome of a grant. Each asset is in one of the two lists.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "some assets may have been refused"]
#[non_exhaustive]
pub struct GrantOutcome {
    /// Assets on which the permission was granted.
    pub granted: Vec<AssetId>,
    /// Assets on which it was not granted, with the reasons.
    pub refused: Vec<GrantFailure>,
}

/// An asset on which a permission was not granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GrantFailure {
    /// Asset.
    pub asset_id: AssetId,
    /// Reason. `None` if the service did not mention the asset.
    #[serde(skip_serializing_if = "is_none")]
    pub code: Option<GrantErrorCode>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the outcome of a grant")]
pub(crate) struct GrantResponse {
    success_asset_ids: Option<Vec<AssetId>>,
    errors: Option<Vec<GrantErrorWire>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "why an asset was rejected")]
struct GrantErrorWire {
    asset_id: AssetId,
    code: Option<GrantErrorCode>,
}

impl GrantErrorWire {
    fn into_failure(self) -> GrantFailure {
        GrantFailure {
            asset_id: self.asset_id,
            code: Some(self.code.unwrap_or(GrantErrorCode::UnknownError)),
        }
    }
}

impl GrantOutcome {
    /// Creates the outcome for these assets, each once and in their order. One that the response does not mention was
    /// not granted. A failure of an asset that was not requested is kept, since it may refer to one that was.
    pub(crate) fn new(response: GrantResponse, requested: Vec<AssetId>) -> Self {
        let mut granted = response.success_asset_ids.unwrap_or_default();
        let mut failures = Vec::new();
        for failure in response.errors.unwrap_or_default() {
            let failure = failure.into_failure();
            // Access that already exists counts as granted, as after a retry.
            if failure.code == Some(GrantErrorCode::AlreadyHasAccess) {
                granted.push(failure.asset_id);
            } else {
                failures.push(failure);
            }
        }
        let mut outcome = Self {
            granted: Vec::new(),
            refused: Vec::new(),
        };
        let mut seen = Vec::new();
        for asset_id in requested {
            if seen.contains(&asset_id) {
                continue;
            }
            seen.push(asset_id);
            let failure = failures
                .iter()
                .position(|failure| failure.asset_id == asset_id);
            match failure {
                Some(index) => outcome.refused.push(failures.remove(index)),
                None if granted.contains(&asset_id) => outcome.granted.push(asset_id),
                None => outcome.refused.push(GrantFailure {
                    asset_id,
                    code: None,
                }),
            }
        }
        failures.retain(|failure| !seen.contains(&failure.asset_id));
        outcome.refused.extend(failures);
        outcome
    }

    /// Returns the assets if all of them were granted; otherwise an error that names each refused asset and the reason.
    ///
    /// # Errors
    /// The kind that the failures have in common: `NotFound`, `PermissionDenied`, `RateLimited` or `BadRequest`. Also
    /// `BadRequest` if their kinds differ, and `Unexpected` if the service gave no reason.
    pub fn into_result(self) -> Result<Vec<AssetId>> {
        if self.refused.is_empty() {
            return Ok(self.granted);
        }
        let kind = common(&self.refused, GrantFailure::kind).unwrap_or(ErrorKind::BadRequest);
        let code = |failure: &GrantFailure| failure.code.as_ref().map(ToString::to_string);
        let (what, granted) = ("assets were refused", self.granted.len());
        Err(some_failed(kind, what, &self.refused, granted, code))
    }
}

impl GrantFailure {
    fn kind(&self) -> ErrorKind {
        self.code
            .as_ref()
            .map_or(ErrorKind::Unexpected, GrantErrorCode::kind)
    }
}

impl fmt::Display for GrantFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(formatter, "{} ({code})", self.asset_id),
            None => write!(
                formatter,
                "{} (the service did not report it)",
                self.asset_id
            ),
        }
    }
}

open_enum! {
    /// The reason for which a permission was not granted.
    GrantErrorCode,
    /// Unknown to the service.
    UnknownError = "UnknownError",
    /// The request is not valid for the asset.
    InvalidRequest = "InvalidRequest",
    /// The asset does not exist.
    AssetNotFound = "AssetNotFound",
    /// The key's owner cannot grant permissions on the asset.
    CannotManageAsset = "CannotManageAsset",
    /// The asset is public already.
    PublicAssetCannotBeGrantedTo = "PublicAssetCannotBeGrantedTo",
    /// The key's owner cannot grant permissions to the subject.
    CannotManageSubject = "CannotManageSubject",
    /// The subject does not exist.
    SubjectNotFound = "SubjectNotFound",
    /// The asset type has no permissions.
    AssetTypeNotEnabled = "AssetTypeNotEnabled",
    /// The asset has the maximum number of permissions.
    PermissionLimitReached = "PermissionLimitReached",
    /// The asset has too many dependencies.
    DependenciesLimitReached = "DependenciesLimitReached",
    /// The permission cannot be requested.
    NotRequestable = "NotRequestable",
    /// The requester is not a connection of the owner.
    RequesterNotAConnection = "RequesterNotAConnection",
    /// The permission is requested already.
    AlreadyPending = "AlreadyPending",
    /// The subject has the permission already.
    AlreadyHasAccess = "AlreadyHasAccess",
    /// There is no such request.
    RequestNotFound = "RequestNotFound",
    /// The request was decided before.
    InvalidRequestStatus = "InvalidRequestStatus",
    /// Too many grants at once.
    RateLimited = "RateLimited",
    /// The key's owner does not own the asset.
    CallerNotOwner = "CallerNotOwner",
    /// Too many assets in one grant.
    BatchSizeLimitExceeded = "BatchSizeLimitExceeded",
}

impl GrantErrorCode {
    /// Returns the kind of error for this reason.
    fn kind(&self) -> ErrorKind {
        match self {
            Self::AssetNotFound | Self::SubjectNotFound | Self::RequestNotFound => {
                ErrorKind::NotFound
            }
            Self::CannotManageAsset
            | Self::CannotManageSubject
            | Self::CallerNotOwner
            | Self::NotRequestable
            | Self::RequesterNotAConnection => ErrorKind::PermissionDenied,
            Self::RateLimited => ErrorKind::RateLimited,
            Self::UnknownError | Self::Unknown(_) => ErrorKind::Unexpected,
            _ => ErrorKind::BadRequest,
        }
    }
}
