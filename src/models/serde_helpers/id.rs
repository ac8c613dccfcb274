//! Ids: as numbers, as texts, and in the paths of resources.

use std::fmt;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

use super::parse_u64;

/// An id that the service also writes as the path of a resource, such as `users/156`.
pub(crate) trait ResourceId: From<u64> {
    /// The segment of the path before the id.
    const COLLECTION: &'static str;
}

/// Returns the number after `collection/` in a resource path such as `groups/7/roles/9`.
pub(crate) fn id_in_path(path: &str, collection: &str) -> Option<u64> {
    let mut segments = path.trim_start_matches('/').split('/');
    let mut last = segments.next()?;
    for segment in segments {
        if last == collection {
            return parse_u64(segment);
        }
        last = segment;
    }
    None
}

/// Returns the id of a resource in `collection`, from its path or its bare id.
pub(crate) fn id_or_path(text: &str, collection: &str) -> Option<u64> {
    id_in_path(text, collection).or_else(|| parse_u64(text))
}

/// Reads an id that may be null, absent or empty.
pub(crate) fn optional_id<'de, T: ResourceId, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let id = deserializer.deserialize_any(IdVisitor(T::COLLECTION))?;
    Ok(id.map(T::from))
}

/// Reads an id that is required.
pub(crate) fn required_id<'de, T: ResourceId, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let visitor = IdVisitor(T::COLLECTION);
    let id = deserializer.deserialize_any(visitor)?;
    id.map(T::from)
        .ok_or_else(|| D::Error::invalid_value(Unexpected::Option, &visitor))
}

/// Reads ids of this collection. One type for all kinds of ids, so that it is compiled once.
#[derive(Clone, Copy)]
struct IdVisitor(&'static str);

impl Visitor<'_> for IdVisitor {
    type Value = Option<u64>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an id, or a path such as {}/156", self.0)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<u64>, E> {
        Ok(None)
    }

    fn visit_u64<E: Error>(self, id: u64) -> Result<Option<u64>, E> {
        Ok(Some(id))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<u64>, E> {
        if text.is_empty() {
            return Ok(None);
        }
        let id = id_or_path(text, self.0);
        id.map(Some)
            .ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}
