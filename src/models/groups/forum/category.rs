//! Categories of a forum.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{is_none, optional_id, timestamp};
use crate::models::{ForumCategoryId, UserId};

/// A category of a group's forum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupForumCategory {
    /// Resource path, `groups/7/forum-categories/…`.
    #[serde(skip_serializing_if = "is_none")]
    pub path: Option<String>,
    /// Category id.
    #[serde(alias = "groupForumCategoryId")]
    pub id: ForumCategoryId,
    /// Name of the category.
    #[serde(skip_serializing_if = "is_none")]
    pub display_name: Option<String>,
    /// User who created it.
    #[serde(
        default,
        alias = "creator",
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub creator_id: Option<UserId>,
    /// Creation time.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
    /// Time at which it was archived.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub archive_time: Option<OffsetDateTime>,
    /// User who archived it.
    #[serde(
        default,
        alias = "archiver",
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub archiver_id: Option<UserId>,
}
