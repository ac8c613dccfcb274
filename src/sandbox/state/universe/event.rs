//! Events of universes.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use crate::sandbox::clock::timestamp;
use crate::sandbox::state::asset::Creator;
use crate::sandbox::state::saved::default_time;
use crate::sandbox::state::user::KEY_OWNER;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Event {
    pub(crate) host: Creator,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) start: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) end: OffsetDateTime,
    /// The other fields, as they were sent.
    pub(crate) fields: Map<String, Value>,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) updated: OffsetDateTime,
}

impl Event {
    pub(crate) fn new(title: &str, start: OffsetDateTime, end: OffsetDateTime) -> Self {
        let fields = json!({
            "title": title,
            "subtitle": "An event of the sandbox",
            "visibility": "public",
        });
        Self {
            host: Creator::User(KEY_OWNER),
            start,
            end,
            fields: fields.as_object().cloned().unwrap_or_default(),
            created: default_time(),
            updated: default_time(),
        }
    }

    /// Returns every field, with texts in the language of the caller.
    pub(crate) fn to_json(
        &self,
        id: u64,
        universe: u64,
        host_name: Option<&str>,
    ) -> Map<String, Value> {
        let mut json = self.fields.clone();
        for (name, display) in [
            ("title", "displayTitle"),
            ("subtitle", "displaySubtitle"),
            ("description", "displayDescription"),
        ] {
            if let Some(text) = self.fields.get(name) {
                json.insert(display.to_owned(), text.clone());
            }
        }
        let mut add = |name: &str, value: Value| json.insert(name.to_owned(), value);
        add("id", json!(id.to_string()));
        add("universeId", json!(universe));
        add("startTime", json!(timestamp(self.start)));
        add("endTime", json!(timestamp(self.end)));
        add("createTime", json!(timestamp(self.created)));
        add("updateTime", json!(timestamp(self.updated)));
        add("userRsvpStatus", json!("none"));
        add("host", self.host_json(host_name));
        json
    }

    fn host_json(&self, name: Option<&str>) -> Value {
        let (kind, id) = match self.host {
            Creator::User(user) => ("user", user),
            Creator::Group(group) => ("group", group),
        };
        json!({ "hostType": kind, "hostId": id, "hostName": name, "hasVerifiedBadge": false })
    }
}

impl Default for Event {
    fn default() -> Self {
        Self::new("", default_time(), default_time())
    }
}
