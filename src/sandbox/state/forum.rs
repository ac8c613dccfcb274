//! Forums of groups.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::sandbox::clock::timestamp;
use crate::sandbox::object::set_field;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Category {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) creator: u64,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created: OffsetDateTime,
    pub(crate) archived: bool,
    pub(crate) posts: Vec<Post>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Post {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) pinned: bool,
    /// The first comment is the content of the post.
    pub(crate) comments: Vec<Comment>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Comment {
    pub(crate) id: String,
    pub(crate) author: u64,
    pub(crate) text: String,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created: OffsetDateTime,
    /// The comment that this one replies to; `None` for a comment on the post.
    pub(crate) replies_to: Option<String>,
}

impl Category {
    pub(crate) fn path(&self, group: u64) -> String {
        format!("groups/{group}/forum-categories/{}", self.id)
    }

    pub(crate) fn to_json(&self, group: u64) -> Value {
        let (created, creator) = (timestamp(self.created), format!("users/{}", self.creator));
        let mut category = json!({
            "path": self.path(group),
            "createTime": created,
            "updateTime": created,
            "groupForumCategoryId": self.id,
            "displayName": self.name,
            "creator": creator,
        });
        if self.archived {
            set_field(&mut category, "archiveTime", created);
            set_field(&mut category, "archiver", creator);
        }
        category
    }
}

impl Post {
    pub(crate) fn path(&self, category: &str) -> String {
        format!("{category}/posts/{}", self.id)
    }

    /// Contains the first comment as a whole, or only its path.
    pub(crate) fn to_json(&self, category: &str, with_comment: bool) -> Value {
        let path = self.path(category);
        let first = self.comments.first();
        let created = first.map(|comment| timestamp(comment.created));
        let comment = first.map(|comment| {
            if with_comment {
                comment.to_json(&path)
            } else {
                json!({ "path": comment.path(&path) })
            }
        });
        json!({
            "path": path,
            "createTime": created,
            "updateTime": created,
            "pinned": self.pinned,
            "locked": false,
            "groupForumPostId": self.id,
            "title": self.title,
            "firstComment": comment,
            "author": first.map(|comment| format!("users/{}", comment.author)),
            "commentCount": self.comments.len(),
        })
    }
}

impl Comment {
    fn path(&self, post: &str) -> String {
        format!("{post}/comments/{}", self.id)
    }

    pub(crate) fn to_json(&self, post: &str) -> Value {
        let created = timestamp(self.created);
        json!({
            "path": self.path(post),
            "groupForumCommentId": self.id,
            "message": {
                "createTime": created,
                "updateTime": created,
                "plainText": self.text,
                "author": format!("users/{}", self.author),
                "messageReaction": [],
            },
        })
    }
}
