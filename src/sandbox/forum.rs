//! The forum of a group in the sandbox.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::store::timestamp;

#[derive(Debug, Clone)]
pub(super) struct Category {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) creator: u64,
    pub(super) created: OffsetDateTime,
    pub(super) archived: bool,
    pub(super) posts: Vec<Post>,
}

#[derive(Debug, Clone)]
pub(super) struct Post {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) pinned: bool,
    /// The first one is the content.
    pub(super) comments: Vec<Comment>,
}

#[derive(Debug, Clone)]
pub(super) struct Comment {
    pub(super) id: String,
    pub(super) author: u64,
    pub(super) text: String,
    pub(super) created: OffsetDateTime,
    /// The comment that it responses, if not the post itself.
    pub(super) replies_to: Option<String>,
}

impl Category {
    pub(super) fn path(&self, group: u64) -> String {
        format!("groups/{group}/forum-categories/{}", self.id)
    }

    pub(super) fn to_json(&self, group: u64) -> Value {
        let (created, creator) = (timestamp(self.created), format!("users/{}", self.creator));
        let mut category = json!({
            "path": self.path(group),
            "createTime": created,
            "updateTime": created,
            "groupForumCategoryId": self.id,
            "displayName": self.name,
            "creator": creator,
        });
        if let (true, Value::Object(category)) = (self.archived, &mut category) {
            category.insert("archiveTime".to_owned(), json!(created));
            category.insert("archiver".to_owned(), json!(creator));
        }
        category
    }
}

impl Post {
    pub(super) fn path(&self, category: &str) -> String {
        format!("{category}/posts/{}", self.id)
    }

    /// With all of the first comment, or with its path alone.
    pub(super) fn to_json(&self, category: &str, with_comment: bool) -> Value {
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

    pub(super) fn to_json(&self, post: &str) -> Value {
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
