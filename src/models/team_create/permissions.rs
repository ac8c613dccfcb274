//! Permissions of the owner of the API key.

use serde::{Deserialize, Serialize};

use crate::models::serde_helpers::is_none;
use crate::models::{GroupId, UniverseId};

/// The permissions of the owner of the API key on a universe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "permissions on a universe")]
#[non_exhaustive]
pub struct UniversePermissions {
    /// Whether settings can be changed.
    #[serde(skip_serializing_if = "is_none")]
    pub can_manage: Option<bool>,
    /// Whether places can be edited in Team Create.
    #[serde(skip_serializing_if = "is_none")]
    pub can_cloud_edit: Option<bool>,
}

/// Permissions with the universe that they are about.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "permissions on a universe")]
pub(crate) struct UniversePermissionsEntry {
    universe_id: UniverseId,
    can_manage: Option<bool>,
    can_cloud_edit: Option<bool>,
}

impl From<UniversePermissionsEntry> for (UniverseId, UniversePermissions) {
    fn from(entry: UniversePermissionsEntry) -> Self {
        let permissions = UniversePermissions {
            can_manage: entry.can_manage,
            can_cloud_edit: entry.can_cloud_edit,
        };
        (entry.universe_id, permissions)
    }
}

/// A group that the owner of the API key can manage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "a group")]
#[non_exhaustive]
pub struct ManageableGroup {
    /// Id.
    pub id: GroupId,
    /// Name.
    #[serde(skip_serializing_if = "is_none")]
    pub name: Option<String>,
}
