//! Operations as the service reports them. Results are kept as text, so that no digit of a number is lost.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::endpoint::WrappedOperation;
use crate::json;
use crate::models::serde_helpers::map_entries;

/// A response about an operation: an object, as text and by field.
pub(super) struct Reported {
    pub(super) text: Box<RawValue>,
    pub(super) fields: Map<String, Value>,
}

impl<'de> Deserialize<'de> for Reported {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Box::<RawValue>::deserialize(deserializer)?;
        let fields = json::from_str(text.get()).map_err(D::Error::custom)?;
        Ok(Self { text, fields })
    }
}

/// The service's form of an operation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an operation")]
pub(super) struct OperationWire {
    pub(super) path: Option<String>,
    pub(super) operation_id: Option<String>,
    pub(super) done: Option<bool>,
    pub(super) error: Option<Value>,
    pub(super) response: Option<Box<RawValue>>,
}

impl OperationWire {
    /// Decodes an operation, which may be wrapped.
    pub(super) fn decode(
        text: &str,
        wrapper: Option<WrappedOperation>,
    ) -> serde_json::Result<Self> {
        let Some(wrapper) = wrapper else {
            return json::from_str(text);
        };
        let missing = || serde_json::Error::missing_field(wrapper.key);
        let operation = field(text, wrapper.key)?.ok_or_else(missing)?;
        let mut wire: Self = json::from_str(operation.get())?;
        wire.response = field(operation.get(), wrapper.result)?;
        Ok(wire)
    }
}

#[derive(Deserialize)]
#[serde(transparent)]
struct Fields(#[serde(deserialize_with = "map_entries")] Vec<(String, Box<RawValue>)>);

/// Returns a field of an object as text. Null counts as absent.
fn field(object: &str, name: &str) -> serde_json::Result<Option<Box<RawValue>>> {
    let Fields(fields) = json::from_str(object)?;
    let field = fields.into_iter().rfind(|(known, _)| known == name);
    let value = field.map(|(_, value)| value);
    Ok(value.filter(|value| value.get() != "null"))
}
