//! Items of sorted maps.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::OffsetDateTime;

use super::SortKey;
use crate::models::names::name_in_path;
use crate::models::serde_helpers::{is_none, non_empty, optional_float, optional_text, timestamp};

/// An item of a sorted map.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct MapItem<T> {
    /// Id within the map.
    pub id: String,
    /// Value.
    pub value: T,
    /// Key by which the item is sorted, before its id.
    pub sort_key: Option<SortKey>,
    /// Tag of this state of the item; see [`NewMapItem::if_etag`](super::NewMapItem::if_etag).
    pub etag: Option<String>,
    /// Time at which the item expires.
    pub expire_time: Option<OffsetDateTime>,
}

/// An item as the service writes it. A response about one item may leave out its id.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an item of a sorted map")]
pub(crate) struct MapItemWire<T> {
    #[serde(default, deserialize_with = "optional_text")]
    path: Option<String>,
    #[serde(default, deserialize_with = "optional_text")]
    id: Option<String>,
    value: T,
    #[serde(default, deserialize_with = "optional_text")]
    etag: Option<String>,
    #[serde(default, with = "timestamp::option")]
    expire_time: Option<OffsetDateTime>,
    string_sort_key: Option<String>,
    #[serde(default, deserialize_with = "optional_float")]
    numeric_sort_key: Option<f64>,
}

impl<T> MapItemWire<T> {
    /// Returns the item that was requested by this id.
    pub(crate) fn with_id(self, id: impl Into<String>) -> MapItem<T> {
        MapItem {
            id: id.into(),
            value: self.value,
            sort_key: SortKey::from_fields(self.string_sort_key, self.numeric_sort_key),
            etag: non_empty(self.etag),
            expire_time: self.expire_time,
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for MapItem<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut wire = MapItemWire::deserialize(deserializer)?;
        let in_path = || name_in_path(wire.path.as_deref()?, "items");
        let id = non_empty(wire.id.take()).or_else(in_path);
        let id = id.ok_or_else(|| D::Error::missing_field("id"))?;
        Ok(wire.with_id(id))
    }
}

impl<T: Serialize> Serialize for MapItem<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Written<'a, T> {
            id: &'a str,
            value: &'a T,
            #[serde(skip_serializing_if = "is_none")]
            etag: Option<&'a str>,
            #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
            expire_time: Option<OffsetDateTime>,
            #[serde(skip_serializing_if = "is_none")]
            string_sort_key: Option<&'a str>,
            #[serde(skip_serializing_if = "is_none")]
            numeric_sort_key: Option<f64>,
        }

        let key = self.sort_key.as_ref();
        Written {
            id: &self.id,
            value: &self.value,
            etag: self.etag.as_deref(),
            expire_time: self.expire_time,
            string_sort_key: key.and_then(SortKey::as_text),
            numeric_sort_key: key.and_then(SortKey::as_number),
        }
        .serialize(serializer)
    }
}
