//! Who may do what with an asset: what to grant, and what came of it.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::models::{AssetId, GroupId, RoleId, UniverseId, UserId};

open_enum! {
    /// What may be done with an asset. Which of it can be granted to whom depends on the kind of asset.
    AssetAction,
    /// Use it in an experience.
    Use = "Use",
    /// Change it.
    Edit = "Edit",
    /// Download it: of a place, whether it can be copied.
    Download = "Download",
    /// Of a place: copy it from a running server of an experience.
    CopyFromRcc = "CopyFromRcc",
    /// Of a place: change it from a running server of an experience.
    UpdateFromRcc = "UpdateFromRcc",
}

/// Who gets a permission.
///
/// ```
/// use rblx_open_cloud::models::{GroupId, PermissionSubject, UniverseId};
///
/// let arena = PermissionSubject::Universe(13_058.into());
/// assert_eq!(arena, UniverseId::from(13_058).into());
/// let builders: PermissionSubject = GroupId::from(7).into();
/// # assert_eq!(builders, PermissionSubject::Group(7.into()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PermissionSubject {
    /// An experience.
    Universe(UniverseId),
    /// A user.
    User(UserId),
    /// A group.
    Group(GroupId),
    /// Everyone with a role of a group.
    GroupRole(RoleId),
    /// Everyone.
    Everyone,
}

impl PermissionSubject {
    /// Kind and id as the service wants them.
    fn wire(self) -> (&'static str, String) {
        match self {
            Self::Universe(id) => ("Universe", id.to_string()),
            Self::User(id) => ("User", id.to_string()),
            Self::Group(id) => ("Group", id.to_string()),
            Self::GroupRole(id) => ("GroupRoleset", id.to_string()),
            Self::Everyone => ("All", String::new()),
        }
    }
}

impl From<UniverseId> for PermissionSubject {
    fn from(id: UniverseId) -> Self {
        Self::Universe(id)
    }
}

impl From<UserId> for PermissionSubject {
    fn from(id: UserId) -> Self {
        Self::User(id)
    }
}

impl From<GroupId> for PermissionSubject {
    fn from(id: GroupId) -> Self {
        Self::Group(id)
    }
}

impl From<RoleId> for PermissionSubject {
    fn from(id: RoleId) -> Self {
        Self::GroupRole(id)
    }
}

/// A permission to grant on some assets.
///
/// ```
/// use rblx_open_cloud::models::{AssetAction, AssetGrant, PermissionGrant, UniverseId};
///
/// let grant = PermissionGrant::new(AssetAction::Use, UniverseId::from(13_058))
///     .assets([5, 6])
///     .asset(AssetGrant::new(7).with_dependencies());
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct PermissionGrant {
    action: AssetAction,
    subject: PermissionSubject,
    assets: Vec<AssetGrant>,
}

impl PermissionGrant {
    /// Lets this subject do this, with no asset yet.
    pub fn new(action: AssetAction, subject: impl Into<PermissionSubject>) -> Self {
        Self {
            action,
            subject: subject.into(),
            assets: Vec::new(),
        }
    }

    /// With one more asset.
    pub fn asset(mut self, asset: impl Into<AssetGrant>) -> Self {
        self.assets.push(asset.into());
        self
    }

    /// With more assets.
    pub fn assets<I: Into<AssetGrant>>(mut self, assets: impl IntoIterator<Item = I>) -> Self {
        self.assets.extend(assets.into_iter().map(Into::into));
        self
    }

    /// The body, and the assets that an answer must tell about.
    pub(crate) fn into_parts(self) -> Result<(GrantBody, Vec<AssetId>)> {
        if self.assets.is_empty() {
            return Err(Error::invalid_input("the grant names no asset"));
        }
        let requested = self.assets.iter().map(|asset| asset.asset).collect();
        let (subject_type, subject_id) = self.subject.wire();
        let requests = self.assets.into_iter().map(|asset| GrantBodyItem {
            asset_id: asset.asset.get(),
            grant_to_dependencies: asset.to_dependencies.then_some(true),
            parent_version_number: asset.parent_version,
        });
        let body = GrantBody {
            subject_type,
            subject_id,
            action: self.action,
            requests: requests.collect(),
        };
        Ok((body, requested))
    }
}

/// An asset to grant a permission on.
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct AssetGrant {
    asset: AssetId,
    to_dependencies: bool,
    parent_version: Option<u32>,
}

impl AssetGrant {
    /// This asset alone.
    pub fn new(asset: impl Into<AssetId>) -> Self {
        Self {
            asset: asset.into(),
            to_dependencies: false,
            parent_version: None,
        }
    }

    /// And what it depends on. The service does that later, and does not tell what came of it.
    pub fn with_dependencies(mut self) -> Self {
        self.to_dependencies = true;
        self
    }

    /// The version that tells what it depends on.
    pub fn parent_version(mut self, number: u32) -> Self {
        self.parent_version = Some(number);
        self
    }
}

// The only integer, as for ids.
impl From<u64> for AssetGrant {
    fn from(asset: u64) -> Self {
        Self::new(asset)
    }
}

impl From<AssetId> for AssetGrant {
    fn from(asset: AssetId) -> Self {
        Self::new(asset)
    }
}

impl From<&AssetId> for AssetGrant {
    fn from(asset: &AssetId) -> Self {
        Self::new(asset)
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GrantBody {
    subject_type: &'static str,
    subject_id: String,
    action: AssetAction,
    requests: Vec<GrantBodyItem>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct GrantBodyItem {
    /// A number here, and not a text.
    asset_id: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    grant_to_dependencies: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_version_number: Option<u32>,
}

/// What came of a grant: each asset is in one of the two lists.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "some assets may have been refused"]
#[non_exhaustive]
pub struct GrantOutcome {
    /// The assets on which the permission was granted.
    pub granted: Vec<AssetId>,
    /// The assets on which it was not, and why.
    pub refused: Vec<GrantFailure>,
}

/// An asset on which a permission was not granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GrantFailure {
    /// The asset.
    pub asset_id: AssetId,
    /// Why; nothing if the service said nothing about the asset.
    pub code: Option<GrantErrorCode>,
}

/// How an outcome comes over the wire.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the outcome of a grant")]
pub(crate) struct GrantResponse {
    success_asset_ids: Option<Vec<AssetId>>,
    errors: Option<Vec<GrantErrorWire>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "why an asset was refused")]
struct GrantErrorWire {
    asset_id: AssetId,
    code: Option<GrantErrorCode>,
}

impl GrantOutcome {
    /// What an answer says about these assets. What it does not say is no success.
    pub(crate) fn new(response: GrantResponse, requested: Vec<AssetId>) -> Self {
        let errors = response.errors.unwrap_or_default().into_iter();
        let refusals = errors.map(GrantErrorWire::refusal);
        // Access that exists already counts as granted, also when the call was repeated.
        let (already_granted, mut refused): (Vec<GrantFailure>, Vec<_>) =
            refusals.partition(|refusal| refusal.code == Some(GrantErrorCode::AlreadyHasAccess));
        let mut reported: BTreeSet<AssetId> =
            refused.iter().map(|refusal| refusal.asset_id).collect();
        let mut granted = response.success_asset_ids.unwrap_or_default();
        granted.extend(already_granted.iter().map(|refusal| refusal.asset_id));
        granted.retain(|asset| !reported.contains(asset));
        reported.extend(&granted);
        let unreported = requested
            .into_iter()
            .filter(|asset| reported.insert(*asset));
        refused.extend(unreported.map(|asset_id| GrantFailure {
            asset_id,
            code: None,
        }));
        Self { granted, refused }
    }

    /// The assets if all of them were granted; otherwise an error that names each refused one and says why.
    ///
    /// # Errors
    /// The kind is what the refusals have in common: `NotFound`, `PermissionDenied`, `RateLimited` or `BadRequest`;
    /// `BadRequest` as well if they have nothing in common, `Unexpected` if the service gave no reason.
    pub fn into_result(self) -> Result<Vec<AssetId>> {
        match self.refused.first() {
            Some(first) => Err(self.error(first)),
            None => Ok(self.granted),
        }
    }

    fn error(&self, first: &GrantFailure) -> Error {
        let is_alike = |same: &dyn Fn(&GrantFailure) -> bool| self.refused.iter().all(same);
        let kind = match first.kind() {
            kind if is_alike(&|refusal| refusal.kind() == kind) => kind,
            _ => ErrorKind::BadRequest,
        };
        let has_one_code = is_alike(&|refusal| refusal.code == first.code);
        let reasons: Vec<String> = self.refused.iter().map(ToString::to_string).collect();
        let (refused, reasons) = (reasons.len(), reasons.join(", "));
        let all = refused.saturating_add(self.granted.len());
        let message = format!("{refused} of {all} assets were refused: {reasons}");
        Error::new(kind, message).map(|inner| {
            inner.code = first
                .code
                .as_ref()
                .filter(|_| has_one_code)
                .map(ToString::to_string);
            inner.details = serde_json::to_value(&self.refused).ok();
        })
    }
}

impl GrantErrorWire {
    fn refusal(self) -> GrantFailure {
        GrantFailure {
            asset_id: self.asset_id,
            code: Some(self.code.unwrap_or(GrantErrorCode::UnknownError)),
        }
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
                "{} (the service said nothing about it)",
                self.asset_id
            ),
        }
    }
}

open_enum! {
    /// Why a permission was not granted.
    GrantErrorCode,
    /// The service does not tell.
    UnknownError = "UnknownError",
    /// The request makes no sense for the asset.
    InvalidRequest = "InvalidRequest",
    /// There is no such asset.
    AssetNotFound = "AssetNotFound",
    /// The key's owner may not grant anything on the asset.
    CannotManageAsset = "CannotManageAsset",
    /// The asset is everyone's already.
    PublicAssetCannotBeGrantedTo = "PublicAssetCannotBeGrantedTo",
    /// The key's owner may not grant anything to the subject.
    CannotManageSubject = "CannotManageSubject",
    /// There is no such subject.
    SubjectNotFound = "SubjectNotFound",
    /// Nothing can be granted on assets of this kind.
    AssetTypeNotEnabled = "AssetTypeNotEnabled",
    /// The asset has as many permissions as it can.
    PermissionLimitReached = "PermissionLimitReached",
    /// The asset depends on too much.
    DependenciesLimitReached = "DependenciesLimitReached",
    /// Nobody can ask for a permission on it.
    NotRequestable = "NotRequestable",
    /// Who asks is no connection of the owner.
    RequesterNotAConnection = "RequesterNotAConnection",
    /// It is requested already.
    AlreadyPending = "AlreadyPending",
    /// The subject has it already.
    AlreadyHasAccess = "AlreadyHasAccess",
    /// Nobody requested it.
    RequestNotFound = "RequestNotFound",
    /// The request was answered before.
    InvalidRequestStatus = "InvalidRequestStatus",
    /// Too many at once.
    RateLimited = "RateLimited",
    /// The key's owner does not own the asset.
    CallerNotOwner = "CallerNotOwner",
    /// Too many assets in one grant.
    BatchSizeLimitExceeded = "BatchSizeLimitExceeded",
}

impl GrantErrorCode {
    /// The same as the kind of an error.
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
