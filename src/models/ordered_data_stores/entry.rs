//! Entries of ordered data stores.

use std::fmt;

use serde::de::{Error as _, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::models::names::name_in_path;
use crate::models::serde_helpers::{non_empty, optional_text, parse_i64, whole};

/// 2^63, which a service writes in place of the largest integer if it uses floating-point numbers.
const ABOVE_MAX: u64 = 1 << 63;

/// An entry of an ordered data store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OrderedEntry {
    /// Id, such as `player_156`.
    pub id: String,
    /// Value, by which entries are sorted.
    pub value: i64,
}

/// An entry as the service writes it. A response about one entry may leave out its id.
#[derive(Deserialize)]
#[serde(expecting = "an entry of an ordered data store")]
pub(crate) struct OrderedEntryWire {
    #[serde(default, deserialize_with = "optional_text")]
    path: Option<String>,
    #[serde(default, deserialize_with = "optional_text")]
    id: Option<String>,
    #[serde(deserialize_with = "value")]
    value: i64,
}

impl OrderedEntryWire {
    /// Returns the entry that was requested by this id.
    pub(crate) fn with_id(self, id: &str) -> OrderedEntry {
        OrderedEntry {
            id: id.to_owned(),
            value: self.value,
        }
    }
}

impl<'de> Deserialize<'de> for OrderedEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = OrderedEntryWire::deserialize(deserializer)?;
        let in_path = || name_in_path(wire.path.as_deref()?, "entries");
        let id = non_empty(wire.id).or_else(in_path);
        Ok(Self {
            id: id.ok_or_else(|| D::Error::missing_field("id"))?,
            value: wire.value,
        })
    }
}

/// Reads a value: an integer, a float without a fraction, or a text.
fn value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    deserializer.deserialize_any(ValueVisitor)
}

struct ValueVisitor;

impl Visitor<'_> for ValueVisitor {
    type Value = i64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a whole number of 64 bits")
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<i64, E> {
        if number == ABOVE_MAX {
            return Ok(i64::MAX);
        }
        i64::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<i64, E> {
        if format!("{number:.0}") == ABOVE_MAX.to_string() {
            return Ok(i64::MAX);
        }
        whole(number).ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<i64, E> {
        parse_i64(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}
