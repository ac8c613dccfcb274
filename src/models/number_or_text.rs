//! Values that the service documents as numbers without a meaning.

use serde::{Deserialize, Serialize};

/// A number or a name.
///
/// The service documents some values as numbers without their meaning, and sometimes returns names instead. Both are kept
/// as they are.
///
/// ```
/// use rblx_open_cloud::models::NumberOrText;
///
/// assert_eq!(NumberOrText::from(2), NumberOrText::Number(2));
/// assert_eq!(NumberOrText::from("Medium").to_string(), "Medium");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged, expecting = "a whole number or a text")]
#[allow(clippy::exhaustive_enums, reason = "JSON has no third form")]
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
