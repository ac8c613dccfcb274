//! Keys of entries, and the paths that the service writes.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::http::percent_decode;
use crate::models::serde_helpers::is_none;
use crate::models::{DataStoreScope, EntryId};

/// The name by which a list selects all scopes.
pub(crate) const ALL_SCOPES: &str = "-";
/// The scope that is used unless another one is named.
pub(crate) const GLOBAL_SCOPE: &str = "global";

/// The key of an entry, and the scope that it is in.
///
/// ```
/// use rblx_open_cloud::models::EntryKey;
///
/// let key = EntryKey::from("player_156");
/// assert_eq!(key.id.as_str(), "player_156");
/// assert!(key.scope.is_none());
/// ```
///
/// Lists return keys, and [`DataStore::entry`](crate::resource::DataStore::entry) takes them. A key without a scope is in
/// that of the data store's handle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct EntryKey {
    /// Key.
    pub id: EntryId,
    /// Scope, if the service names it.
    #[serde(skip_serializing_if = "is_none")]
    pub scope: Option<DataStoreScope>,
}

impl EntryKey {
    /// Creates a key in a scope.
    pub fn in_scope(scope: impl Into<DataStoreScope>, id: impl Into<EntryId>) -> Self {
        Self {
            id: id.into(),
            scope: Some(scope.into()),
        }
    }

    /// Creates a key from a path and an id. The id takes precedence, since it is not documented whether paths are encoded.
    pub(super) fn from_parts(path: Option<&str>, id: Option<&str>) -> Option<Self> {
        let parts = path.and_then(path_parts);
        let in_path = parts.as_ref().and_then(|parts| parts.entry);
        let id = id.or(in_path)?;
        let is_encoded = in_path.is_some_and(|in_path| in_path != id);
        Some(match parts.and_then(|parts| parts.scope) {
            None => Self::from(id),
            // The key of a list of all scopes may be `scope/key`.
            Some(ALL_SCOPES) => match id.split_once('/') {
                Some((scope, id)) => Self::in_scope(scope, id),
                None => Self::from(id),
            },
            Some(scope) if is_encoded => {
                let scope = percent_decode(scope);
                let decoded = in_path.map(percent_decode);
                let rest = id.strip_prefix(&*scope);
                let rest = rest.and_then(|rest| rest.strip_prefix('/'));
                let key = rest.filter(|rest| [in_path, decoded.as_deref()].contains(&Some(*rest)));
                Self::in_scope(scope, key.unwrap_or(id))
            }
            Some(scope) => Self::in_scope(scope, id),
        })
    }
}

/// The parts of a path such as `universes/1/data-stores/Inventory/scopes/pets/entries/player_1`.
pub(super) struct PathParts<'a> {
    pub(super) data_store: &'a str,
    pub(super) scope: Option<&'a str>,
    pub(super) entry: Option<&'a str>,
}

/// Splits a path. A key may hold slashes; it is the rest of the path.
pub(super) fn path_parts(path: &str) -> Option<PathParts<'_>> {
    let (_, rest) = path.split_once("data-stores/")?;
    let (names, entry) = match rest.split_once("/entries/") {
        Some((names, entry)) => (names, Some(entry)),
        None => (rest, None),
    };
    let (data_store, scope) = match names.split_once("/scopes/") {
        Some((data_store, scope)) => (data_store, Some(scope)),
        None => (names, None),
    };
    Some(PathParts {
        data_store,
        scope,
        entry,
    })
}

macro_rules! from_id {
    ($($id:ty),*) => { $(
        impl From<$id> for EntryKey {
            fn from(id: $id) -> Self {
                Self {
                    id: EntryId::from(id),
                    scope: None,
                }
            }
        }
    )* };
}

from_id!(&str, String, &String, EntryId, &EntryId);

impl From<&EntryKey> for EntryKey {
    fn from(key: &EntryKey) -> Self {
        key.clone()
    }
}

/// A key of v2, of v1, or a bare text of v1.
#[derive(Deserialize)]
#[serde(untagged, expecting = "the key of an entry")]
enum KeyWire {
    Text(String),
    Object {
        path: Option<String>,
        #[serde(alias = "key")]
        id: Option<String>,
        scope: Option<DataStoreScope>,
    },
}

impl<'de> Deserialize<'de> for EntryKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match KeyWire::deserialize(deserializer)? {
            KeyWire::Text(id) => Ok(Self::from(id)),
            KeyWire::Object { path, id, scope } => {
                let key = Self::from_parts(path.as_deref(), id.as_deref())
                    .ok_or_else(|| D::Error::missing_field("id"))?;
                Ok(Self {
                    scope: scope.or(key.scope),
                    id: key.id,
                })
            }
        }
    }
}
