//! The JSON that a request to the interface sends.

use std::io::{self, Read as _};
use std::time::Duration;

use serde_json::Value;

use crate::sandbox::server::{Head, RequestBody};
use crate::sandbox::state::invalid_state::InvalidState;

/// Maximum size of a state, in bytes.
const MAX_SIZE: u64 = 64 << 20;

/// An error in a request.
#[derive(Debug)]
pub(super) struct BadInput(pub(super) String);

impl BadInput {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl From<InvalidState> for BadInput {
    fn from(error: InvalidState) -> Self {
        Self(format!(
            "The state does not have the form of a snapshot: {error}."
        ))
    }
}

impl From<serde_json::Error> for BadInput {
    fn from(error: serde_json::Error) -> Self {
        InvalidState::from(error).into()
    }
}

/// The body of a request.
pub(super) struct Input(Vec<u8>);

impl Input {
    pub(super) fn read(head: &Head, body: &mut dyn RequestBody) -> io::Result<Self> {
        let mut bytes = Vec::new();
        if head.method != "GET" {
            body.take(MAX_SIZE + 1).read_to_end(&mut bytes)?;
        }
        if bytes.len() as u64 > MAX_SIZE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(Self(bytes))
    }

    pub(super) fn json(&self) -> Result<Value, BadInput> {
        serde_json::from_slice(&self.0)
            .map_err(|error| BadInput(format!("The body is not JSON: {error}")))
    }

    /// The fields of an object, of which each must be one of these.
    pub(super) fn fields(&self, known: &[&str]) -> Result<Fields, BadInput> {
        let Value::Object(fields) = self.json()? else {
            return Err(BadInput::new("The body must be a JSON object."));
        };
        if let Some(name) = fields.keys().find(|name| !known.contains(&name.as_str())) {
            let known = known.join(", ");
            return Err(BadInput(format!(
                "Unknown field `{name}`, expected {known}."
            )));
        }
        Ok(Fields(fields))
    }
}

/// The fields of an object.
pub(super) struct Fields(serde_json::Map<String, Value>);

impl Fields {
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    fn typed<'a, T>(
        &'a self,
        name: &str,
        what: &str,
        read: impl Fn(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, BadInput> {
        let Some(value) = self.0.get(name) else {
            return Ok(None);
        };
        let value = read(value).map(Some);
        value.ok_or_else(|| BadInput(format!("`{name}` must be {what}.")))
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, BadInput> {
        self.typed(name, "a text", Value::as_str)
    }

    pub(super) fn list(&self, name: &str) -> Result<Option<&Vec<Value>>, BadInput> {
        self.typed(name, "a list", Value::as_array)
    }

    /// A list of texts, which is empty without the field.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<&str>, BadInput> {
        let texts = self.typed(name, "a list of texts", |value| {
            value.as_array()?.iter().map(Value::as_str).collect()
        });
        texts.map(Option::unwrap_or_default)
    }

    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, BadInput> {
        self.typed(name, "true or false", Value::as_bool)
    }

    pub(super) fn number(&self, name: &str) -> Result<Option<u64>, BadInput> {
        self.typed(name, "a whole number that is not negative", Value::as_u64)
    }

    /// Reads a number of seconds, whole or not.
    pub(super) fn seconds(&self, name: &str) -> Result<Option<Duration>, BadInput> {
        let what = "a number of seconds that is not negative";
        self.typed(name, what, |value| {
            Duration::try_from_secs_f64(value.as_f64()?).ok()
        })
    }

    pub(super) fn speed(&self, name: &str) -> Result<Option<f64>, BadInput> {
        let what = "a number that is not negative";
        self.typed(name, what, |value| {
            value.as_f64().filter(|speed| *speed >= 0.0)
        })
    }
}
