//! JSON in requests, and in responses that keep its text.

use serde::Serialize;
use serde_json::{Map, Value};

use super::rejection::{Rejection, invalid};
use crate::sandbox::server::Response;

/// A JSON object. `null` counts as absent.
#[derive(Debug, Default)]
pub(crate) struct JsonObject {
    pub(crate) fields: Map<String, Value>,
    /// Whether `snakeCase` also finds `snake_case`, as in all protobuf JSON, and `SnakeCase`, as the service does.
    both_spellings: bool,
}

impl JsonObject {
    pub(crate) fn new(fields: Map<String, Value>, both_spellings: bool) -> Self {
        Self {
            fields,
            both_spellings,
        }
    }

    /// Returns a field by its name in camel case.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        let other = || self.fields.get(&snake_case(name));
        let other = || other().or_else(|| self.fields.get(&pascal_case(name)));
        let other = || self.both_spellings.then(other).flatten();
        let value = self.fields.get(name).or_else(other);
        value.filter(|value| !value.is_null())
    }

    /// Returns the object in a field, or an empty one.
    pub(crate) fn object(&self, name: &str) -> Result<Self, Rejection> {
        let fields = match self.get(name) {
            None => Map::new(),
            Some(Value::Object(fields)) => fields.clone(),
            Some(_) => return Err(invalid(&format!("{name} is not an object."))),
        };
        Ok(Self::new(fields, self.both_spellings))
    }

    /// Returns the text in a field. An empty text counts as absent.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>, Rejection> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
            Some(_) => Err(invalid(&format!("{name} is not a text."))),
        }
    }
}

/// Returns a body whose values are JSON texts that must not change.
pub(crate) fn exact_json(body: &impl Serialize) -> Result<Response, Rejection> {
    let text = serde_json::to_vec(body).map_err(std::io::Error::other)?;
    Ok(Response::new(200, "application/json", text))
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

fn pascal_case(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
