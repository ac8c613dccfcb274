//! Entries.

use serde::de::{DeserializeOwned, Error as _};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::entry_key::EntryKey;
use super::tags::{ExactAttributes, InOrder, UserPaths, to_map, users};
use crate::models::serde_helpers::{map_entries, timestamp};
use crate::models::{DataStoreScope, EntryId, RevisionId, UserId};

/// An entry of a data store, with its value as a `T`.
///
/// With [`RawJson`](crate::models::RawJson) as `T` the value keeps its text: every digit, the order of keys, escapes.
///
/// ```
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let client = sandbox.client();
/// use rblx_open_cloud::models::{Entry, RawJson};
///
/// let store = client.universe(13_058).data_store("Inventory");
/// let entry: Entry<RawJson> = store.entry("player_7").get()?;
/// assert_eq!(entry.value.as_str(), r#"{"coins":70,"items":["sword"]}"#);
/// assert_eq!(entry.users, [7.into()]);
/// assert_eq!(entry.attributes["level"], 7);
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Entry<T> {
    /// Value.
    pub value: T,
    /// Key.
    pub id: EntryId,
    /// Scope, if the service names it. It is `global` unless the entry was written with another one.
    pub scope: Option<DataStoreScope>,
    /// Revision. Each write makes a new one.
    pub revision_id: RevisionId,
    /// Checksum for [`SetEntry::if_etag`](crate::models::SetEntry::if_etag).
    pub etag: Option<String>,
    /// State.
    pub state: Option<EntryState>,
    /// Time at which the entry was created.
    pub create_time: Option<OffsetDateTime>,
    /// Time at which the revision was written.
    pub revision_create_time: Option<OffsetDateTime>,
    /// Users that the entry is about.
    pub users: Vec<UserId>,
    /// Attributes.
    pub attributes: Map<String, Value>,
    /// The attributes as they were read, with every digit.
    exact: ExactAttributes,
}

open_enum! {
    /// The state of an entry.
    EntryState,
    /// The entry has a value.
    Active = "ACTIVE",
    /// The entry was deleted. Its earlier revisions can be read for 30 days.
    Deleted = "DELETED",
}

impl<T> Entry<T> {
    /// Converts the value, and keeps everything else.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Entry<U> {
        Entry {
            value: change(self.value),
            id: self.id,
            scope: self.scope,
            revision_id: self.revision_id,
            etag: self.etag,
            state: self.state,
            create_time: self.create_time,
            revision_create_time: self.revision_create_time,
            users: self.users,
            attributes: self.attributes,
            exact: self.exact,
        }
    }

    /// Returns key and scope.
    #[must_use]
    pub fn key(&self) -> EntryKey {
        EntryKey {
            id: self.id.clone(),
            scope: self.scope.clone(),
        }
    }

    /// Creates an entry after a write, from the request and the new revision.
    pub(crate) fn written(
        value: T,
        key: EntryKey,
        revision: super::EntryVersion,
        tags: super::EntryTags,
    ) -> Self {
        let (users, exact) = tags.into_parts();
        Self {
            value,
            id: key.id,
            scope: key.scope,
            etag: Some(revision.version.as_str().to_owned()),
            revision_id: revision.version,
            state: Some(EntryState::Active),
            create_time: revision.object_created_time,
            revision_create_time: revision.created_time,
            users,
            attributes: to_map(&exact),
            exact,
        }
    }

    /// Returns the attributes as they were read, unless the caller has changed them.
    pub(super) fn exact_attributes(&self) -> ExactAttributes {
        if to_map(&self.exact) == self.attributes {
            return self.exact.clone();
        }
        let values = self.attributes.iter();
        values
            .map(|(name, value)| (name.clone(), value.clone().into()))
            .collect()
    }

    /// Replaces key and scope of the response with those of the call.
    pub(crate) fn named(mut self, key: EntryKey) -> Self {
        self.id = key.id;
        self.scope = key.scope.or(self.scope);
        self
    }
}

impl<T: DeserializeOwned> Entry<T> {
    /// Reads an entry of v1: the value, and the rest from the headers.
    pub(crate) fn from_v1(
        text: &str,
        header: impl Fn(&str) -> Option<String>,
    ) -> serde_json::Result<Self> {
        let time = |name| OffsetDateTime::parse(&header(name)?, &Rfc3339).ok();
        let revision = header("roblox-entry-version").unwrap_or_default();
        let exact = match header("roblox-entry-attributes").filter(|text| !text.is_empty()) {
            Some(attributes) => map_entries(&mut serde_json::Deserializer::from_str(&attributes))?,
            None => ExactAttributes::new(),
        };
        Ok(Self {
            value: serde_json::from_str(text)?,
            id: EntryId::from(""),
            scope: None,
            revision_id: RevisionId::from(revision),
            etag: None,
            state: Some(EntryState::Active),
            create_time: time("roblox-entry-created-time"),
            revision_create_time: time("roblox-entry-version-created-time"),
            users: v1_users(&header("roblox-entry-userids").unwrap_or_default())?,
            attributes: to_map(&exact),
            exact,
        })
    }
}

/// Parses the users of v1: `[1,2]`, `1,2`, `null` or an empty text.
fn v1_users(text: &str) -> serde_json::Result<Vec<UserId>> {
    let text = text.trim();
    let mut list = Vec::new();
    if text.is_empty() {
        return Ok(list);
    }
    if text.starts_with('[') || text == "null" {
        return users(&mut serde_json::Deserializer::from_str(text));
    }
    for user in text.split(',') {
        list.push(user.trim().parse().map_err(serde_json::Error::custom)?);
    }
    Ok(list)
}

impl<T: Serialize> Serialize for Entry<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let timestamp =
            |time: &Option<OffsetDateTime>| time.and_then(|time| time.format(&Rfc3339).ok());
        let mut entry = serializer.serialize_struct("Entry", 10)?;
        entry.serialize_field("id", &self.id)?;
        if let Some(scope) = &self.scope {
            entry.serialize_field("scope", scope)?;
        }
        entry.serialize_field("revisionId", &self.revision_id)?;
        if let Some(etag) = &self.etag {
            entry.serialize_field("etag", etag)?;
        }
        if let Some(state) = &self.state {
            entry.serialize_field("state", state)?;
        }
        if let Some(time) = timestamp(&self.create_time) {
            entry.serialize_field("createTime", &time)?;
        }
        if let Some(time) = timestamp(&self.revision_create_time) {
            entry.serialize_field("revisionCreateTime", &time)?;
        }
        entry.serialize_field("value", &self.value)?;
        entry.serialize_field("users", &UserPaths(&self.users))?;
        entry.serialize_field("attributes", &InOrder(&self.exact_attributes()))?;
        entry.end()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an entry of a data store")]
struct EntryWire<T> {
    path: Option<String>,
    id: Option<String>,
    scope: Option<DataStoreScope>,
    revision_id: Option<RevisionId>,
    etag: Option<String>,
    state: Option<EntryState>,
    #[serde(default, with = "timestamp::option")]
    create_time: Option<OffsetDateTime>,
    #[serde(default, with = "timestamp::option")]
    revision_create_time: Option<OffsetDateTime>,
    // `null` is a value; `Option` would lose its text.
    value: Option<T>,
    #[serde(default, deserialize_with = "users")]
    users: Vec<UserId>,
    #[serde(default, deserialize_with = "map_entries")]
    attributes: ExactAttributes,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entry<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = EntryWire::<T>::deserialize(deserializer)?;
        let revision_id = wire.revision_id.unwrap_or_else(|| RevisionId::from(""));
        let path = wire
            .path
            .as_deref()
            .map(|path| without_revision(path, &revision_id));
        let id = wire
            .id
            .as_deref()
            .map(|id| without_revision(id, &revision_id));
        let key = EntryKey::from_parts(path, id).ok_or_else(|| D::Error::missing_field("id"))?;
        let value = match wire.value {
            Some(value) => value,
            // A `null`, or the value of a deleted entry.
            None => serde_json::from_str("null").map_err(D::Error::custom)?,
        };
        Ok(Self {
            value,
            id: key.id,
            scope: wire.scope.or(key.scope),
            revision_id,
            etag: wire.etag,
            state: wire.state,
            create_time: wire.create_time,
            revision_create_time: wire.revision_create_time,
            users: wire.users,
            attributes: to_map(&wire.attributes),
            exact: wire.attributes,
        })
    }
}

/// Returns the name without the revision that the service may append.
pub(super) fn without_revision<'a>(name: &'a str, revision: &RevisionId) -> &'a str {
    match revision.as_str() {
        "" => name,
        revision => {
            let rest = name.strip_suffix(revision);
            rest.and_then(|rest| rest.strip_suffix('@')).unwrap_or(name)
        }
    }
}
