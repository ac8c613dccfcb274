//! The forum of a group: categories, posts in them, and comments on those.

use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{count, null_to_default, optional_id, timestamp};
use crate::models::{ForumCategoryId, ForumCommentId, ForumPostId, UserId};

/// A category of a group's forum. `Serialize` writes ids where the service writes paths such as `users/156`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupForumCategory {
    /// The resource path, `groups/7/forum-categories/…`.
    #[serde(default)]
    pub path: Option<String>,
    /// The id.
    #[serde(rename(deserialize = "groupForumCategoryId"))]
    pub id: ForumCategoryId,
    /// The name.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Who made it.
    #[serde(
        default,
        rename(deserialize = "creator"),
        deserialize_with = "optional_id"
    )]
    pub creator_id: Option<UserId>,
    /// When it was made.
    #[serde(default, with = "timestamp::option")]
    pub create_time: Option<OffsetDateTime>,
    /// When it last changed.
    #[serde(default, with = "timestamp::option")]
    pub update_time: Option<OffsetDateTime>,
    /// When it was archived, if it was.
    #[serde(default, with = "timestamp::option")]
    pub archive_time: Option<OffsetDateTime>,
    /// Who archived it.
    #[serde(
        default,
        rename(deserialize = "archiver"),
        deserialize_with = "optional_id"
    )]
    pub archiver_id: Option<UserId>,
}

/// A post of a group's forum. `Serialize` writes ids where the service writes paths such as `users/156`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GroupForumPost {
    /// The resource path, `groups/7/forum-categories/…/posts/…`.
    #[serde(default)]
    pub path: Option<String>,
    /// The id.
    #[serde(rename(deserialize = "groupForumPostId"))]
    pub id: ForumPostId,
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
    /// Who wrote it.
    #[serde(
        default,
        rename(deserialize = "author"),
        deserialize_with = "optional_id"
    )]
    pub author_id: Option<UserId>,
    /// The content; without its message unless [`with_first_comment`](super::ForumPostFilter::with_first_comment) asked for it.
    #[serde(default, deserialize_with = "first_comment")]
    pub first_comment: Option<GroupForumComment>,
    /// Whether it stays at the top.
    #[serde(default)]
    pub pinned: Option<bool>,
    /// Whether nobody can comment any more.
    #[serde(default)]
    pub locked: Option<bool>,
    /// How many comments there are, with the content as one of them.
    #[serde(default, deserialize_with = "count")]
    pub comment_count: Option<u64>,
    /// When it was made.
    #[serde(default, with = "timestamp::option")]
    pub create_time: Option<OffsetDateTime>,
    /// When it last changed.
    #[serde(default, with = "timestamp::option")]
    pub update_time: Option<OffsetDateTime>,
    /// When it was archived, if it was.
    #[serde(default, with = "timestamp::option")]
    pub archive_time: Option<OffsetDateTime>,
    /// Who archived it.
    #[serde(
        default,
        rename(deserialize = "archiver"),
        deserialize_with = "optional_id"
    )]
    pub archiver_id: Option<UserId>,
}

/// A comment on a post, or on another comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "CommentWire")]
#[non_exhaustive]
pub struct GroupForumComment {
    /// The resource path, `groups/7/forum-categories/…/posts/…/comments/…`.
    pub path: Option<String>,
    /// The id.
    pub id: ForumCommentId,
    /// What it says.
    pub message: Option<ForumMessage>,
}

/// What somebody wrote. `Serialize` writes ids where the service writes paths such as `users/156`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ForumMessage {
    /// The text.
    #[serde(default)]
    pub plain_text: Option<String>,
    /// Who wrote it.
    #[serde(
        default,
        rename(deserialize = "author"),
        deserialize_with = "optional_id"
    )]
    pub author_id: Option<UserId>,
    /// How others reacted.
    #[serde(
        default,
        rename(deserialize = "messageReaction"),
        deserialize_with = "null_to_default"
    )]
    pub reactions: Vec<ForumReaction>,
    /// When it was written.
    #[serde(default, with = "timestamp::option")]
    pub create_time: Option<OffsetDateTime>,
    /// When it last changed.
    #[serde(default, with = "timestamp::option")]
    pub update_time: Option<OffsetDateTime>,
}

/// How many people reacted with the same emote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ForumReaction {
    /// The id of the emote.
    #[serde(default)]
    pub emote_id: Option<String>,
    /// How many.
    #[serde(default, deserialize_with = "count")]
    pub count: Option<u64>,
}

/// A comment as it comes over the wire: in a post it may be nothing but a path.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CommentWire {
    #[serde(default)]
    path: Option<String>,
    #[serde(default)]
    group_forum_comment_id: Option<ForumCommentId>,
    #[serde(default)]
    message: Option<ForumMessage>,
}

impl CommentWire {
    fn into_comment(self) -> Option<GroupForumComment> {
        let in_path = || Some(self.path.as_deref()?.rsplit_once("/comments/")?.1.into());
        Some(GroupForumComment {
            id: self.group_forum_comment_id.or_else(in_path)?,
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

fn first_comment<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<GroupForumComment>, D::Error> {
    let wire = Option::<CommentWire>::deserialize(deserializer)?;
    Ok(wire.and_then(CommentWire::into_comment))
}
