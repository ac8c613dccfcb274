//! JSON text that is kept as it is.

use std::fmt;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::error::{Error, Result};

/// A JSON value whose text is kept as it is: every digit of a number, the order of keys, spaces and escapes.
///
/// Values of data stores, results of Luau scripts and payloads of webhooks have this type if they must not be re-encoded.
/// Two values are equal if their texts are.
///
/// ```
/// use rblx_open_cloud::models::RawJson;
///
/// let price: RawJson = "1.10".parse()?;
/// assert_eq!(price.as_str(), "1.10");
/// assert_eq!(price.parse_as::<f64>()?, 1.1);
///
/// let inventory = RawJson::new(&[("gold", 10), ("wood", 3)])?;
/// assert_eq!(inventory.as_str(), r#"[["gold",10],["wood",3]]"#);
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Clone)]
pub struct RawJson(Box<RawValue>);

impl RawJson {
    /// Encodes a value as JSON.
    ///
    /// # Errors
    /// `InvalidInput` if the value cannot be written as JSON, such as a map whose keys are not texts.
    pub fn new(value: &(impl Serialize + ?Sized)) -> Result<Self> {
        let raw = serde_json::value::to_raw_value(value);
        raw.map(Self).map_err(|error| {
            Error::invalid_input("the value cannot be written as JSON").with_source(error)
        })
    }

    /// Uses a JSON text as it is. Removes spaces around it.
    ///
    /// # Errors
    /// `InvalidInput` if the text is not one JSON value.
    pub fn from_text(text: impl Into<String>) -> Result<Self> {
        let text = text.into();
        let text = match text.trim_ascii() {
            trimmed if trimmed.len() == text.len() => text,
            trimmed => trimmed.to_owned(),
        };
        RawValue::from_string(text).map(Self).map_err(|error| {
            Error::invalid_input("the text is not one JSON value").with_source(error)
        })
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Decodes the value.
    ///
    /// # Errors
    /// `Decode` if the value is not a `T`.
    pub fn parse_as<T: DeserializeOwned>(&self) -> Result<T> {
        self.parse_named("the JSON value")
    }

    /// Decodes the value, which an error calls `what`.
    pub(crate) fn parse_named<T: DeserializeOwned>(&self, what: impl fmt::Display) -> Result<T> {
        serde_json::from_str(self.as_str()).map_err(|error| {
            let message = format!("{what} is not a {}: {error}", std::any::type_name::<T>());
            Error::new(crate::error::ErrorKind::Decode, message).with_advice(WRONG_TYPE_ADVICE)
        })
    }

    /// Whether the value is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.as_str() == "null"
    }
}

/// The advice if a value does not have the type that the caller requests.
const WRONG_TYPE_ADVICE: &str = "Check the value, and the type that it is decoded to";

impl fmt::Debug for RawJson {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Display for RawJson {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl PartialEq for RawJson {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for RawJson {}

impl Default for RawJson {
    fn default() -> Self {
        Self(RawValue::NULL.to_owned())
    }
}

impl FromStr for RawJson {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::from_text(text)
    }
}

impl From<serde_json::Value> for RawJson {
    fn from(value: serde_json::Value) -> Self {
        serde_json::value::to_raw_value(&value)
            .map(Self)
            .unwrap_or_default()
    }
}

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::RawJson;
    use crate::error::{ErrorKind, Result};

    #[test]
    fn texts_are_kept_as_they_are() -> Result<()> {
        for text in [
            "1.10",
            "12345678901234567890123",
            "{\"b\":1,  \"a\":2}",
            "\"\\u00e9\"",
            "-0.0",
            "1e400",
        ] {
            let raw = RawJson::from_text(format!(" {text}\n"))?;
            assert_eq!(raw.as_str(), text);
            let written = serde_json::to_string(&[&raw]).unwrap_or_default();
            assert_eq!(written, format!("[{text}]"));
            let read: Vec<RawJson> = serde_json::from_str(&written).unwrap_or_default();
            assert_eq!(read, [raw]);
        }
        Ok(())
    }

    #[test]
    fn invalid_json_is_an_error_and_not_sent() {
        for text in ["", "{", "1 2", "nil", "\"a"] {
            let error = RawJson::from_text(text).err();
            assert_eq!(
                error.map(|error| error.kind()),
                Some(ErrorKind::InvalidInput)
            );
        }
    }

    #[test]
    fn a_value_of_another_type_names_the_requested_one() {
        let error = RawJson::default().parse_as::<u32>().err();
        assert!(error.is_some_and(|error| {
            error.kind() == ErrorKind::Decode && error.to_string().contains("u32")
        }));
    }
}
