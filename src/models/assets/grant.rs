//! Permissions on assets to grant.

use serde_json::{Map, Value, json};

use crate::error::{Error, Result};
use crate::models::open_enum::OpenEnum as _;
use crate::models::{AssetId, GroupId, RoleId, UniverseId, UserId};

open_enum! {
    /// An action on an asset that can be permitted. Which actions can be granted to whom depends on the asset type.
    AssetAction,
    /// Use the asset in an experience.
    Use = "Use",
    /// Edit the asset.
    Edit = "Edit",
    /// Download the asset, or copy it if it is a place.
    Download = "Download",
    /// Copy a place from a running server of an experience.
    CopyFromRcc = "CopyFromRcc",
    /// Update a place from a running server of an experience.
    UpdateFromRcc = "UpdateFromRcc",
}

/// The subject that receives a permission.
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
    /// All members with a role of a group.
    GroupRole(RoleId),
    /// Everyone.
    Everyone,
}

impl PermissionSubject {
    /// Returns `subjectType` and `subjectId`.
    fn to_wire(self) -> (&'static str, String) {
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

/// A permission to grant on one or more assets.
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
    /// Creates a grant of an action to a subject. It has no assets yet.
    pub fn new(action: AssetAction, subject: impl Into<PermissionSubject>) -> Self {
        Self {
            action,
            subject: subject.into(),
            assets: Vec::new(),
        }
    }

    /// Adds an asset.
    pub fn asset(mut self, asset: impl Into<AssetGrant>) -> Self {
        self.assets.push(asset.into());
        self
    }

    /// Adds several assets.
    pub fn assets<I: Into<AssetGrant>>(mut self, assets: impl IntoIterator<Item = I>) -> Self {
        self.assets.extend(assets.into_iter().map(Into::into));
        self
    }

    /// Returns the body, and the assets that the response must mention.
    pub(crate) fn into_parts(self) -> Result<(Value, Vec<AssetId>)> {
        if self.assets.is_empty() {
            return Err(Error::invalid_input("the grant has no assets"));
        }
        let mut requested = Vec::new();
        let mut requests = Vec::new();
        for asset in self.assets {
            let mut request = Map::new();
            // A number here, not a text.
            request.insert("assetId".to_owned(), asset.asset.get().into());
            if asset.to_dependencies {
                request.insert("grantToDependencies".to_owned(), true.into());
            }
            if let Some(version) = asset.parent_version {
                request.insert("parentVersionNumber".to_owned(), version.into());
            }
            requested.push(asset.asset);
            requests.push(Value::Object(request));
        }
        let (subject_type, subject_id) = self.subject.to_wire();
        let body = json!({
            "subjectType": subject_type,
            "subjectId": subject_id,
            "action": self.action.validated()?,
            "requests": requests,
        });
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
    /// Creates a grant on an asset alone.
    pub fn new(asset: impl Into<AssetId>) -> Self {
        Self {
            asset: asset.into(),
            to_dependencies: false,
            parent_version: None,
        }
    }

    /// Adds the assets that it depends on. The service grants on them later, and does not report the outcome.
    pub fn with_dependencies(mut self) -> Self {
        self.to_dependencies = true;
        self
    }

    /// Sets the version of the asset whose dependencies count.
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
