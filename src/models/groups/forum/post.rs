//! Posts of a forum.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::GroupForumComment;
use crate::models::serde_helpers::{count, is_none, optional_id, timestamp};
use crate::models::{ForumPostId, UserId};

/// A post of a group's forum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupForumPost {
    /// Resource path, `groups/7/forum-categories/…/posts/…`.
    #[serde(skip_serializing_if = "is_none")]
    pub path: Option<String>,
    /// Post id.
    #[serde(alias = "groupForumPostId")]
    pub id: ForumPostId,
    /// Title of the post.
    #[serde(skip_serializing_if = "is_none")]
    pub title: Option<String>,
    /// User who wrote it.
    #[serde(
        default,
        alias = "author",
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub author_id: Option<UserId>,
    /// Content of the post. It has no message unless
    /// [`with_first_comment`](super::ForumPostFilter::with_first_comment) requests it.
    #[serde(
        default,
        deserialize_with = "GroupForumComment::optional",
        skip_serializing_if = "is_none"
    )]
    pub first_comment: Option<GroupForumComment>,
    /// Whether the post is pinned to the top.
    #[serde(skip_serializing_if = "is_none")]
    pub pinned: Option<bool>,
    /// Whether new comments are disabled.
    #[serde(skip_serializing_if = "is_none")]
    pub locked: Option<bool>,
    /// Number of comments, including the content.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub comment_count: Option<u64>,
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
