//! Reads values that the service writes in several forms. Each kind of value has one helper.
//!
//! | value | written by the service as | helper |
//! | --- | --- | --- |
//! | count | number, text, null, absent | [`count`], [`counts`], [`small_count`], [`Integer`] |
//! | signed integer | number, whole float, text, null | [`optional_signed`] |
//! | fraction | number, text, null | [`optional_float`] |
//! | id | number, text, `users/156`, null, empty | [`optional_id`], [`required_id`] |
//! | enum | name, number, null | [`ByNameOrNumber`], [`by_name_or_number`] |
//! | text | text, number, null | [`Text`], [`optional_text`] |
//! | text or text id | text, empty, null | [`non_empty_text`] |
//! | list or object | itself, null, absent | [`null_to_default`] |
//! | list | object by key | [`map_entries`], [`keyed_list`] |
//! | timestamp | RFC 3339, empty, null | [`timestamp`] |
//! | timestamp | RFC 3339, or milliseconds as number or text | [`timestamp::or_milliseconds`] |
//! | duration | `3.5s`, `hh:mm:ss`, `PT3.5S` | [`duration`] |
//! | bytes | base64 | [`base64`] |

pub(crate) mod base64;
pub(crate) mod duration;
mod float;
mod id;
mod integer;
mod keyed;
mod text;
pub(crate) mod timestamp;

#[cfg(feature = "analytics")]
pub(crate) use float::float;
pub(crate) use float::optional_float;
pub(crate) use id::{ResourceId, id_in_path, id_or_path, optional_id, required_id};
pub(crate) use integer::{
    ExactInteger, Integer, SignedInteger, count, counts, integer, optional_signed, parse_i64,
    parse_u64, small_count, whole,
};
pub(crate) use keyed::{Keyed, keyed_list, map_entries};
#[cfg(feature = "oauth2")]
pub(crate) use text::OwnedText;
#[cfg(any(feature = "configs", feature = "localization"))]
pub(crate) use text::non_empty_text;
pub(crate) use text::{
    ByNameOrNumber, Text, by_name_or_number, json_text, non_empty, null_to_default, optional_text,
};
pub(crate) use timestamp::Timestamp;

/// Short for `Option::is_none`: absent fields are omitted.
#[allow(clippy::ref_option, reason = "the signature of serde")]
pub(crate) fn is_none<T>(field: &Option<T>) -> bool {
    field.is_none()
}
