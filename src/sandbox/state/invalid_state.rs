//! The error for JSON that is not a valid state, with the place in it.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use serde_path_to_error::{Path, Segment};

/// A message with the place in the JSON that it is about, such as `users.5.name`.
#[derive(Debug)]
pub(crate) struct InvalidState {
    place: String,
    message: String,
}

impl InvalidState {
    fn within(self, name: &str) -> Self {
        let dot = match self.place.chars().next() {
            None | Some('[') => "",
            Some(_) => ".",
        };
        Self {
            place: format!("{name}{dot}{}", self.place),
            message: self.message,
        }
    }
}

impl fmt::Display for InvalidState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colon = if self.place.is_empty() { "" } else { ": " };
        write!(formatter, "{}{colon}{}", self.place, self.message)
    }
}

impl std::error::Error for InvalidState {}

impl From<serde_json::Error> for InvalidState {
    fn from(error: serde_json::Error) -> Self {
        Self {
            place: String::new(),
            message: error.to_string(),
        }
    }
}

/// Reads a value, and names the place of what cannot be read.
pub(super) fn read<T: DeserializeOwned>(value: &Value) -> Result<T, InvalidState> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let mut place = error.path().to_string();
        let invalid_id = find_invalid_id(value, error.path());
        let message = match invalid_id {
            Some(id) => {
                // The path ends with a question mark in place of the key.
                place.truncate(place.len().saturating_sub(".?".len()));
                invalid_id_message(id)
            }
            None => error.inner().to_string(),
        };
        if place == "." {
            place.clear();
        }
        InvalidState { place, message }
    })
}

/// Returns the key that is not an id, if that is what the path is about.
fn find_invalid_id<'v>(mut value: &'v Value, path: &Path) -> Option<&'v str> {
    for segment in path {
        value = match segment {
            Segment::Map { key } => value.get(key)?,
            Segment::Seq { index } => value.get(*index)?,
            Segment::Enum { variant } => value.get(variant)?,
            Segment::Unknown => {
                let mut keys = value.as_object()?.keys();
                return keys.find(|key| !is_id(key)).map(String::as_str);
            }
        };
    }
    None
}

fn is_id(key: &str) -> bool {
    key.parse::<u64>().is_ok_and(|id| id.to_string() == key)
}

fn invalid_id_message(key: &str) -> String {
    format!("`{key}` is not an id: ids are numbers in plain digits, without leading zeros")
}

/// Rejects the fields of `given` that are not in `written`, which is the result of reading it: they are typing mistakes.
pub(super) fn reject_unknown(given: &Value, written: &Value) -> Result<(), InvalidState> {
    let invalid = match (given, written) {
        (Value::Object(given), Value::Object(written)) => {
            let mut fields = given.iter().filter(|(_, value)| !value.is_null());
            fields.find_map(|(name, value)| match written.get(name) {
                Some(written) => Some(reject_unknown(value, written).err()?.within(name)),
                None => Some(unknown(name, written)),
            })
        }
        (Value::Array(given), Value::Array(written)) => {
            let mut elements = given.iter().enumerate();
            elements.find_map(|(index, value)| {
                // A list that was sorted has the same elements in other places.
                let others = written.get(index).into_iter().chain(written);
                let mut results = others.map(|other| reject_unknown(value, other));
                let invalid = results.next()?.err()?;
                let is_elsewhere = results.any(|result| result.is_ok());
                (!is_elsewhere).then(|| invalid.within(&format!("[{index}]")))
            })
        }
        _ => None,
    };
    invalid.map_or(Ok(()), Err)
}

fn unknown(name: &str, known: &Map<String, Value>) -> InvalidState {
    let known: Vec<&str> = known.keys().map(String::as_str).collect();
    // Keys of a map of ids are read as numbers, and written in plain digits.
    let message = if name.parse::<u64>().is_ok() && !is_id(name) {
        invalid_id_message(name)
    } else {
        format!("unknown field `{name}`, expected {}", known.join(", "))
    };
    InvalidState {
        place: String::new(),
        message,
    }
}
