//! Pages whose elements are chunks of items.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Reads the items of all chunks of a page, which may be null.
pub(super) struct ChunksSeed<T> {
    keys: &'static [&'static str],
    item: PhantomData<T>,
}

impl<T> ChunksSeed<T> {
    pub(super) fn new(keys: &'static [&'static str]) -> Self {
        Self {
            keys,
            item: PhantomData,
        }
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for ChunksSeed<T> {
    type Value = Option<Vec<T>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ChunksSeed<T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of chunks")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(chunk) = list.next_element_seed(ChunkSeed {
            keys: self.keys,
            item: PhantomData,
        })? {
            let chunk: Vec<T> = chunk;
            items.extend(chunk);
        }
        Ok(Some(items))
    }
}

/// Reads the items of one chunk: those in the first of its fields that is not empty.
struct ChunkSeed<T> {
    keys: &'static [&'static str],
    item: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for ChunkSeed<T> {
    type Value = Vec<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ChunkSeed<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a chunk of items")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<T>, A::Error> {
        let mut found: Option<(usize, Vec<T>)> = None;
        while let Some(name) = map.next_key::<String>()? {
            let Some(rank) = self.keys.iter().position(|key| *key == name) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let items: Vec<T> = map.next_value::<Option<_>>()?.unwrap_or_default();
            let is_better = found.as_ref().is_none_or(|(known, _)| rank < *known);
            if !items.is_empty() && is_better {
                found = Some((rank, items));
            }
        }
        Ok(found.map(|(_, items)| items).unwrap_or_default())
    }
}
