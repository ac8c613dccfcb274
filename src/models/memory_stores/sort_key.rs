//! Sort keys of sorted maps.

use std::fmt;

use crate::error::{Error, Result};
use crate::models::limits::finite;
use crate::models::serde_helpers::non_empty;

/// A key by which a sorted map is sorted, before the ids of its items: a number or a text.
///
/// ```
/// use rblx_open_cloud::models::SortKey;
///
/// assert_eq!(SortKey::from(5), SortKey::Number(5.0));
/// assert_eq!(SortKey::from("eu"), SortKey::Text("eu".to_owned()));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[allow(
    clippy::exhaustive_enums,
    reason = "a filter must say which one it means"
)]
pub enum SortKey {
    /// A number. Integers are exact up to 2^53.
    Number(f64),
    /// A text.
    Text(String),
}

impl SortKey {
    pub(super) fn validated(&self) -> Result<&Self> {
        match self {
            Self::Number(number) => finite("a sort key", *number).map(|_| self),
            Self::Text(text) if text.is_empty() => {
                Err(Error::invalid_input("a sort key cannot be an empty text"))
            }
            Self::Text(_) => Ok(self),
        }
    }

    /// Creates the key from the two fields that the service has for it.
    pub(super) fn from_fields(text: Option<String>, number: Option<f64>) -> Option<Self> {
        let text = non_empty(text).map(Self::Text);
        text.or(number.map(Self::Number))
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(_) => None,
        }
    }

    pub(super) fn as_number(&self) -> Option<f64> {
        match self {
            Self::Text(_) => None,
            Self::Number(number) => Some(*number),
        }
    }
}

impl From<f64> for SortKey {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<i64> for SortKey {
    #[allow(
        clippy::cast_precision_loss,
        reason = "the service has floating-point numbers"
    )]
    fn from(number: i64) -> Self {
        Self::Number(number as f64)
    }
}

impl From<&str> for SortKey {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for SortKey {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl fmt::Display for SortKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => fmt::Display::fmt(number, formatter),
            Self::Text(text) => formatter.pad(text),
        }
    }
}
