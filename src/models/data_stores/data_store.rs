//! Data stores themselves.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use super::entry_key::path_parts;
use crate::models::DataStoreId;
use crate::models::serde_helpers::{is_none, null_to_default, timestamp};

/// A data store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DataStore {
    /// Name.
    pub id: DataStoreId,
    /// Time of creation.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time at which a deleted data store is removed for good.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub expire_time: Option<OffsetDateTime>,
    /// State.
    #[serde(skip_serializing_if = "is_none")]
    pub state: Option<DataStoreState>,
}

open_enum! {
    /// The state of a data store.
    DataStoreState,
    /// The data store can be used.
    Active = "ACTIVE",
    /// The data store is scheduled for deletion, and can be undeleted.
    Deleted = "DELETED",
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a data store")]
struct DataStoreWire {
    path: Option<String>,
    #[serde(alias = "name")]
    id: Option<DataStoreId>,
    #[serde(default, alias = "createdTime", with = "timestamp::option")]
    create_time: Option<OffsetDateTime>,
    #[serde(default, with = "timestamp::option")]
    expire_time: Option<OffsetDateTime>,
    state: Option<DataStoreState>,
}

impl<'de> Deserialize<'de> for DataStore {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = DataStoreWire::deserialize(deserializer)?;
        let in_path = || {
            let parts = path_parts(wire.path.as_deref()?)?;
            Some(DataStoreId::from(parts.data_store))
        };
        Ok(Self {
            id: wire
                .id
                .or_else(in_path)
                .ok_or_else(|| D::Error::missing_field("id"))?,
            create_time: wire.create_time,
            expire_time: wire.expire_time,
            state: wire.state,
        })
    }
}

/// The latest snapshot of the data stores of a universe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Snapshot {
    /// Whether the call took the snapshot. Otherwise there was one on the same day, in UTC.
    #[serde(default, deserialize_with = "null_to_default")]
    pub new_snapshot_taken: bool,
    /// Time of the latest snapshot.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub latest_snapshot_time: Option<OffsetDateTime>,
}
