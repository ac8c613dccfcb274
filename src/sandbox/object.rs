//! JSON objects in responses.

use serde_json::Value;

/// Sets a field of a JSON object.
pub(crate) fn set_field(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Value::Object(fields) = object {
        fields.insert(name.to_owned(), value.into());
    }
}
