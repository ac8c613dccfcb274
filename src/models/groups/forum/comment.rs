//! Comments of a forum, and the messages in them.

use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use crate::models::names::name_in_path;
use crate::models::serde_helpers::{count, is_none, null_to_default, optional_id, timestamp};
use crate::models::{ForumCommentId, UserId};

/// A comment on a forum post, or a reply to another comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "CommentWire")]
#[non_exhaustive]
pub struct GroupForumComment {
    /// Resource path, `groups/7/forum-categories/…/posts/…/comments/…`.
    #[serde(skip_serializing_if = "is_none")]
    pub path: Option<String>,
    /// Comment id.
    pub id: ForumCommentId,
    /// Message of the comment.
    #[serde(skip_serializing_if = "is_none")]
    pub message: Option<ForumMessage>,
}

/// A message that a user wrote in a forum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ForumMessage {
    /// Text of the message.
    #[serde(skip_serializing_if = "is_none")]
    pub plain_text: Option<String>,
    /// User who wrote it.
    #[serde(
        default,
        alias = "author",
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub author_id: Option<UserId>,
    /// Reactions to the message.
    #[serde(
        default,
        alias = "messageReaction",
        deserialize_with = "null_to_default"
    )]
    pub reactions: Vec<ForumReaction>,
    /// Creation time.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
}

/// The number of users who reacted to a message with one emote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ForumReaction {
    /// Emote id.
    #[serde(skip_serializing_if = "is_none")]
    pub emote_id: Option<String>,
    /// Number of users.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub count: Option<u64>,
}

/// The form of the service, which in a post may contain only a path.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CommentWire {
    path: Option<String>,
    #[serde(alias = "id")]
    group_forum_comment_id: Option<ForumCommentId>,
    message: Option<ForumMessage>,
}

impl CommentWire {
    fn into_comment(self) -> Option<GroupForumComment> {
        let id = self.group_forum_comment_id;
        let in_path = || name_in_path(self.path.as_deref()?, "comments").map(Into::into);
        Some(GroupForumComment {
            id: id.filter(|id| id.validated().is_ok()).or_else(in_path)?,
            path: self.path,
            message: self.message,
        })
    }
}

impl TryFrom<CommentWire> for GroupForumComment {
    type Error = &'static str;

    fn try_from(wire: CommentWire) -> Result<Self, Self::Error> {
        wire.into_comment()
            .ok_or("a comment without `groupForumCommentId` or `path`")
    }
}

impl GroupForumComment {
    /// Reads a comment. Returns `None` for one without an id.
    pub(super) fn optional<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        let wire = Option::<CommentWire>::deserialize(deserializer)?;
        Ok(wire.and_then(CommentWire::into_comment))
    }
}
