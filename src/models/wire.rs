//! How the service writes numbers and references, and how they are read.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// A text of decimal digits and nothing else.
pub(crate) fn digits(text: &str) -> Option<u64> {
    // `parse` takes a plus sign as well.
    if text.starts_with('+') {
        None
    } else {
        text.parse().ok()
    }
}

/// A whole number, or a text of digits: the service writes 64-bit numbers both ways.
pub(crate) fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    deserializer.deserialize_any(IntegerVisitor)
}

/// The same as a type, for fields that may be absent.
pub(crate) struct Integer(pub(crate) u64);

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        integer(deserializer).map(Self)
    }
}

struct IntegerVisitor;

impl Visitor<'_> for IntegerVisitor {
    type Value = u64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a whole number or a text of digits")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<u64, E> {
        Ok(number)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<u64, E> {
        u64::try_from(number).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<u64, E> {
        digits(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// The number behind `collection/` in a resource path such as `groups/7/roles/9`; a bare `9` counts as the last one.
pub(crate) fn segment(path: &str, collection: &str) -> Option<u64> {
    let mut segments = path.trim_start_matches('/').split('/');
    let mut last = segments.next()?;
    for segment in segments {
        if last == collection {
            return digits(segment).filter(|_| !segment.is_empty());
        }
        last = segment;
    }
    None
}

/// A reference to something in `collection`: its path, or its bare id.
pub(crate) fn reference(text: &str, collection: &str) -> Option<u64> {
    segment(text, collection).or_else(|| digits(text))
}

/// Base64 with padding, as JSON carries bytes.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3).saturating_mul(4));
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0_usize, |bits, at| {
            bits << 8 | usize::from(group.get(at).copied().unwrap_or_default())
        });
        for at in 0..4 {
            let letter = ALPHABET.get(bits >> (18 - 6 * at) & 63).copied();
            let letter = letter.filter(|_| at <= group.len()).unwrap_or(b'=');
            text.push(char::from(letter));
        }
    }
    text
}

/// A user behind a path such as `users/156`, or a bare id.
pub(crate) mod user_reference {
    use std::borrow::Cow;

    use serde::Deserialize;
    use serde::de::{Deserializer, Error};

    use super::reference;
    use crate::models::UserId;

    pub(crate) fn required<'de, D: Deserializer<'de>>(deserializer: D) -> Result<UserId, D::Error> {
        user(&Cow::deserialize(deserializer)?)
    }

    pub(crate) fn optional<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<UserId>, D::Error> {
        let text = Option::<Cow<'_, str>>::deserialize(deserializer)?;
        text.filter(|text| !text.is_empty())
            .map(|text| user(&text))
            .transpose()
    }

    fn user<E: Error>(text: &str) -> Result<UserId, E> {
        reference(text, "users")
            .map(UserId::from)
            .ok_or_else(|| E::custom(format!("{text:?} names no user")))
    }
}
