//! Fields that the service leaves out, sets to `null`, or writes as numbers where it documents names.

use serde::{Deserialize, Deserializer, Serialize};

use super::wire::Integer;

/// A value of a closed set that the service documents as a number without a meaning. It has been seen to write a
/// name as well, so both are kept as they come.
///
/// ```
/// use rblx_open_cloud::models::NumberOrText;
///
/// assert_eq!(NumberOrText::from(2), NumberOrText::Number(2));
/// assert_eq!(NumberOrText::from("Medium").to_string(), "Medium");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged, expecting = "a whole number or a text")]
#[allow(clippy::exhaustive_enums, reason = "JSON has no third way")]
pub enum NumberOrText {
    /// A number.
    Number(i64),
    /// A name.
    Text(String),
}

impl From<i64> for NumberOrText {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for NumberOrText {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl std::fmt::Display for NumberOrText {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => std::fmt::Display::fmt(number, formatter),
            Self::Text(text) => formatter.pad(text),
        }
    }
}

/// A value of an open enum, by its number or its name.
pub(crate) struct ByNameOrNumber<T>(pub(crate) T);

impl<'de, T: for<'a> From<&'a str>> Deserialize<'de> for ByNameOrNumber<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match NumberOrText::deserialize(deserializer)? {
            NumberOrText::Number(number) => T::from(&number.to_string()),
            NumberOrText::Text(text) => T::from(&text),
        }))
    }
}

/// The same for a field that may be absent.
pub(crate) fn by_name_or_number<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: for<'a> From<&'a str>,
{
    Ok(Option::<ByNameOrNumber<T>>::deserialize(deserializer)?.map(|named| named.0))
}

/// A count that may be absent, as a number or a text.
pub(crate) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(Option::<Integer>::deserialize(deserializer)?.map(|number| number.0))
}

/// `null` counts as what is there without the field.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
