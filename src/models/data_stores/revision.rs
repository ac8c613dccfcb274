//! Revisions of entries.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use super::entry::{EntryState, without_revision};
use super::entry_key::EntryKey;
use crate::error::Result;
use crate::models::serde_helpers::{is_none, timestamp};
use crate::models::{DataStoreScope, EntryId, RevisionId};

/// Selects a revision of an entry.
///
/// ```
/// use rblx_open_cloud::models::Revision;
/// use time::{Duration, OffsetDateTime};
///
/// let id: Revision = "08DC3D3F43F9FCC1.0000000001.08DC3D3F43F9FCC1.01".into();
/// let before_the_bug = Revision::At(OffsetDateTime::now_utc() - Duration::HOUR);
/// # assert_ne!(id, before_the_bug);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Revision {
    /// The revision with this id.
    Id(RevisionId),
    /// The newest revision.
    Latest,
    /// The revision that was the newest at this time: from 1970 to ten minutes from now.
    At(OffsetDateTime),
}

impl Revision {
    /// Returns the text after the `@` of a path.
    pub(crate) fn to_suffix(&self) -> Result<String> {
        match self {
            Self::Id(id) => Ok(id.validated()?.to_owned()),
            Self::Latest => Ok("latest".to_owned()),
            Self::At(time) => Ok(format!("latest:{}", timestamp::utc_text(*time)?)),
        }
    }
}

impl From<RevisionId> for Revision {
    fn from(id: RevisionId) -> Self {
        Self::Id(id)
    }
}

impl From<&RevisionId> for Revision {
    fn from(id: &RevisionId) -> Self {
        Self::Id(id.clone())
    }
}

impl From<&str> for Revision {
    fn from(id: &str) -> Self {
        Self::Id(id.into())
    }
}

impl From<OffsetDateTime> for Revision {
    fn from(time: OffsetDateTime) -> Self {
        Self::At(time)
    }
}

impl From<&EntryRevision> for Revision {
    fn from(revision: &EntryRevision) -> Self {
        Self::Id(revision.revision_id.clone())
    }
}

/// A revision of an entry, without the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EntryRevision {
    /// Key of the entry.
    pub id: EntryId,
    /// Scope of the entry, if the service names it.
    #[serde(skip_serializing_if = "is_none")]
    pub scope: Option<DataStoreScope>,
    /// Id of the revision.
    pub revision_id: RevisionId,
    /// Time at which the entry was created.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time at which the revision was written.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub revision_create_time: Option<OffsetDateTime>,
    /// Checksum.
    #[serde(skip_serializing_if = "is_none")]
    pub etag: Option<String>,
    /// Whether the revision has a value, or marks the entry as deleted.
    #[serde(skip_serializing_if = "is_none")]
    pub state: Option<EntryState>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a revision of an entry")]
struct RevisionWire {
    path: Option<String>,
    id: Option<String>,
    scope: Option<DataStoreScope>,
    revision_id: Option<RevisionId>,
    #[serde(default, with = "timestamp::option")]
    create_time: Option<OffsetDateTime>,
    #[serde(default, with = "timestamp::option")]
    revision_create_time: Option<OffsetDateTime>,
    etag: Option<String>,
    state: Option<EntryState>,
}

impl<'de> Deserialize<'de> for EntryRevision {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let wire = RevisionWire::deserialize(deserializer)?;
        let names = || {
            [wire.id.as_deref(), wire.path.as_deref()]
                .into_iter()
                .flatten()
        };
        let suffix = || names().find_map(|name| name.rsplit_once('@'));
        let revision_id = wire
            .revision_id
            .or_else(|| Some(RevisionId::from(suffix()?.1)))
            .ok_or_else(|| D::Error::missing_field("revisionId"))?;
        let name = |name| without_revision(name, &revision_id);
        let path = wire.path.as_deref().map(name);
        let key = EntryKey::from_parts(path, wire.id.as_deref().map(name))
            .ok_or_else(|| D::Error::missing_field("id"))?;
        Ok(Self {
            id: key.id,
            scope: wire.scope.or(key.scope),
            revision_id,
            create_time: wire.create_time,
            revision_create_time: wire.revision_create_time,
            etag: wire.etag,
            state: wire.state,
        })
    }
}
