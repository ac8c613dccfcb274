//! Assets and their content.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::saved::default_time;
use super::user::KEY_OWNER;
use crate::sandbox::clock::timestamp;
use crate::sandbox::object::set_field;

/// The owner of an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Creator {
    User(u64),
    Group(u64),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Asset {
    pub(crate) id: u64,
    pub(crate) kind: String,
    pub(crate) creator: Creator,
    pub(crate) display_name: String,
    pub(crate) description: String,
    pub(crate) revision: u64,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) revision_time: OffsetDateTime,
    pub(crate) archived: bool,
    /// Who may use the asset, if the upload said so.
    pub(crate) privacy: Option<String>,
    /// Icon, previews and social links, as they were sent.
    pub(crate) extras: Map<String, Value>,
    /// The uploaded content by revision, without files that are too large to keep.
    #[serde(with = "super::saved::contents")]
    pub(crate) contents: BTreeMap<u64, Arc<Vec<u8>>>,
}

/// Content that anyone who knows its URL can fetch without a key.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ContentLink {
    pub(crate) signature: String,
    #[serde(with = "super::saved::content")]
    pub(crate) content: Arc<Vec<u8>>,
}

impl Asset {
    /// Adds what has changed in the current asset since this version of it was made.
    pub(crate) fn merge_current(&mut self, current: &Self) {
        self.archived = current.archived;
        self.revision = self.revision.max(current.revision);
        for (revision, content) in &current.contents {
            let kept = self.contents.entry(*revision);
            kept.or_insert_with(|| content.clone());
        }
    }

    pub(crate) fn to_json(&self) -> Map<String, Value> {
        let creator = match self.creator {
            Creator::User(id) => json!({ "userId": id.to_string() }),
            Creator::Group(id) => json!({ "groupId": id.to_string() }),
        };
        let mut fields = self.extras.clone();
        let mut add = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        add("path", json!(format!("assets/{}", self.id)));
        add("revisionId", json!(self.revision.to_string()));
        add("revisionCreateTime", json!(timestamp(self.revision_time)));
        add("assetId", json!(self.id.to_string()));
        add("displayName", json!(self.display_name));
        add("description", json!(self.description));
        add("assetType", json!(self.kind));
        let mut context = json!({ "creator": creator });
        if let Some(privacy) = &self.privacy {
            set_field(&mut context, "assetPrivacy", privacy.as_str());
        }
        add("creationContext", context);
        add("moderationResult", json!({ "moderationState": "Approved" }));
        let state = if self.archived { "Archived" } else { "Active" };
        add("state", json!(state));
        fields
    }
}

impl Default for Asset {
    fn default() -> Self {
        Self {
            id: 0,
            kind: "Model".to_owned(),
            creator: Creator::User(KEY_OWNER),
            display_name: String::new(),
            description: String::new(),
            revision: 1,
            revision_time: default_time(),
            archived: false,
            privacy: None,
            extras: Map::new(),
            contents: BTreeMap::new(),
        }
    }
}
