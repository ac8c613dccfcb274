//! Entries in requests and responses of `cloud/v2`. Values are kept as JSON text.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};

use crate::models::RawJson;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::{Rejection, invalid};
use crate::sandbox::api::values::{integer, number};
use crate::sandbox::clock::timestamp;
use crate::sandbox::state::data_store::Problem;
use crate::sandbox::state::data_store::entry::{Content, Revision};

/// Maximum length of a value, in characters.
pub(super) const MAX_VALUE_LENGTH: usize = 4_194_304;
/// A character needs up to four bytes.
pub(super) const MAX_BODY_SIZE: usize = 4 * MAX_VALUE_LENGTH + (64 << 10);
/// Maximum length of all attributes together, with their names, in characters.
const MAX_ATTRIBUTES_LENGTH: usize = 300;
const MAX_ATTRIBUTE_NAME_LENGTH: usize = 50;
const MAX_ATTRIBUTE_LENGTH: usize = 250;

/// The fields of an entry, or of an increment, that a request can set.
#[derive(Debug, Deserialize)]
pub(super) struct EntryBody {
    value: Option<RawJson>,
    users: Option<Vec<String>>,
    attributes: Option<RawJson>,
    pub(super) etag: Option<String>,
    amount: Option<Number>,
}

impl EntryBody {
    pub(super) fn read(call: &mut Call<'_>) -> Result<Self, Rejection> {
        let bytes = call.json_bytes(MAX_BODY_SIZE)?;
        let body = serde_json::from_slice(&bytes);
        body.map_err(|_| invalid("The body is not an entry."))
    }

    /// Returns the content of a write. Users and attributes that are not sent are cleared.
    pub(super) fn content(&self) -> Result<Content, Problem> {
        let value = self.value.clone().filter(|value| !value.is_null());
        let missing = || Problem::Invalid("The entry has no value.".to_owned());
        content(
            value.ok_or_else(missing)?,
            self.users()?,
            self.attributes.clone(),
        )
    }

    /// Returns the amount of an increment, and its users and attributes.
    pub(super) fn increment(&self) -> Result<(i64, Content), Problem> {
        let amount = self.amount.as_ref().and_then(integer);
        let wrong = || Problem::Invalid("The amount is not a whole number of 64 bits.".to_owned());
        let content = content(RawJson::default(), self.users()?, self.attributes.clone())?;
        Ok((amount.ok_or_else(wrong)?, content))
    }

    fn users(&self) -> Result<Vec<u64>, Problem> {
        let id = |path: &String| path.strip_prefix("users/").and_then(number);
        let users = self.users.iter().flatten().map(id);
        let users: Option<Vec<u64>> = users.collect();
        let message = "Each of the users must have the form users/123.";
        users.ok_or_else(|| Problem::Invalid(message.to_owned()))
    }
}

/// Returns the value as a whole number of 64 bits.
pub(super) fn stored_integer(value: &RawJson) -> Result<i64, Problem> {
    let number = serde_json::from_str::<Number>(value.as_str()).ok();
    let message = "The value of the entry is not a whole number of 64 bits.";
    let number = number.as_ref().and_then(integer);
    number.ok_or_else(|| Problem::Invalid(message.to_owned()))
}

/// Returns the content of an entry, with its limits checked.
pub(super) fn content(
    value: RawJson,
    users: Vec<u64>,
    attributes: Option<RawJson>,
) -> Result<Content, Problem> {
    if value.as_str().chars().count() > MAX_VALUE_LENGTH {
        let message = format!("The value has more than {MAX_VALUE_LENGTH} characters.");
        return Err(Problem::Invalid(message));
    }
    let attributes = attributes.filter(|attributes| !attributes.is_null());
    attributes.as_ref().map_or(Ok(()), check_attributes)?;
    Ok(Content {
        value,
        users,
        attributes,
    })
}

fn check_attributes(attributes: &RawJson) -> Result<(), Problem> {
    let invalid = |message: String| Err(Problem::Invalid(message));
    let Ok(fields) = attributes.parse_as::<Map<String, Value>>() else {
        return invalid("The attributes are not an object.".to_owned());
    };
    let mut total = 0;
    for (name, value) in &fields {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let (name_length, length) = (name.chars().count(), text.chars().count());
        if name_length > MAX_ATTRIBUTE_NAME_LENGTH || length > MAX_ATTRIBUTE_LENGTH {
            return invalid(format!(
                "An attribute has at most {MAX_ATTRIBUTE_NAME_LENGTH} characters in its name and {MAX_ATTRIBUTE_LENGTH} in its value."
            ));
        }
        total += name_length + length;
    }
    if total > MAX_ATTRIBUTES_LENGTH {
        return invalid(format!(
            "The attributes have more than {MAX_ATTRIBUTES_LENGTH} characters."
        ));
    }
    Ok(())
}

/// An entry in a response.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EntryJson<'r> {
    path: String,
    id: String,
    create_time: String,
    revision_id: &'r str,
    revision_create_time: String,
    etag: &'r str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'r RawJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<&'r serde_json::value::RawValue>,
}

impl<'r> EntryJson<'r> {
    /// Returns an entry without its content.
    pub(super) fn partial(path: String, id: String, revision: &'r Revision) -> Self {
        let is_deleted = revision.content.is_none();
        Self {
            path,
            id,
            create_time: timestamp(revision.created),
            revision_id: &revision.id,
            revision_create_time: timestamp(revision.time),
            etag: &revision.id,
            state: if is_deleted { "DELETED" } else { "ACTIVE" },
            value: None,
            users: None,
            attributes: None,
        }
    }

    /// Returns a whole entry.
    pub(super) fn full(path: String, id: String, revision: &'r Revision) -> Self {
        let mut json = Self::partial(path, id, revision);
        if let Some(content) = &revision.content {
            let users = content.users.iter().map(|user| format!("users/{user}"));
            json.value = Some(&content.value);
            json.users = Some(users.collect());
            json.attributes = serde_json::from_str(content.attributes()).ok();
        }
        json
    }
}
