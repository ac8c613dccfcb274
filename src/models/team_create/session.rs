//! Members of Team Create sessions.

use serde::{Deserialize, Serialize};

use crate::models::UserId;
use crate::models::serde_helpers::is_none;

/// A user who edits a place at this time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a member of a session")]
#[non_exhaustive]
pub struct TeamCreateMember {
    /// User.
    #[serde(rename = "id")]
    pub user_id: UserId,
    /// Name.
    #[serde(skip_serializing_if = "is_none")]
    pub name: Option<String>,
    /// Display name.
    #[serde(skip_serializing_if = "is_none")]
    pub display_name: Option<String>,
}
