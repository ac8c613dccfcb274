//! Users and attributes of an entry.

use std::fmt::Write as _;

use serde::ser::{Serialize, SerializeSeq, Serializer};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::Entry;
use crate::error::{Error, Result};
use crate::models::serde_helpers::required_id;
use crate::models::{RawJson, UserId};

/// Attributes in the order and the text of the service or the caller.
pub(super) type ExactAttributes = Vec<(String, RawJson)>;

/// The attribute with the marker of `increment_once`. It belongs to one revision only, so it is not copied to the next.
pub(crate) const ONCE: &str = "_once";

/// The users and attributes that are written with a value. Those that are not written are cleared.
#[derive(Debug, Clone, Default)]
pub(crate) struct EntryTags {
    users: Option<Vec<UserId>>,
    attributes: ExactAttributes,
    /// The reason why an attribute was rejected.
    rejected: Option<String>,
}

impl EntryTags {
    /// Sets the users.
    pub(crate) fn users(&mut self, users: Vec<UserId>) {
        self.users = Some(users);
    }

    /// Sets an attribute.
    pub(crate) fn attribute(&mut self, name: String, value: &impl Serialize) {
        match RawJson::new(value) {
            Ok(value) => {
                self.attributes.retain(|(known, _)| *known != name);
                self.attributes.push((name, value));
            }
            Err(error) => {
                self.rejected = Some(format!("the attribute {name:?} is rejected: {error}"));
            }
        }
    }

    /// Copies the users and attributes of an entry, except those that are set already.
    pub(crate) fn keep<T>(&mut self, entry: &Entry<T>) {
        if self.users.is_none() {
            self.users = Some(entry.users.clone());
        }
        for (name, value) in entry.exact_attributes() {
            let is_set = self.attributes.iter().any(|(known, _)| *known == name);
            if !is_set && name != ONCE {
                self.attributes.push((name, value));
            }
        }
    }

    pub(crate) fn validated(&self) -> Result<&Self> {
        match &self.rejected {
            Some(reason) => Err(Error::invalid_input(reason.clone())),
            None => Ok(self),
        }
    }

    /// Returns the users, if there are any.
    pub(crate) fn user_paths(&self) -> Option<UserPaths<'_>> {
        let users = self.users.as_deref()?;
        (!users.is_empty()).then_some(UserPaths(users))
    }

    /// Returns the attributes, if there are any.
    pub(crate) fn attributes(&self) -> Option<InOrder<'_>> {
        (!self.attributes.is_empty()).then_some(InOrder(&self.attributes))
    }

    /// Returns the headers in which v1 accepts users and attributes: JSON in one line of ASCII.
    pub(crate) fn v1_metadata(&self) -> Result<Vec<(&'static str, String)>> {
        let mut headers = Vec::new();
        if let Some(attributes) = self.attributes() {
            headers.push(("roblox-entry-attributes", ascii(&json(&attributes)?)));
        }
        if let Some(users) = self.users.as_ref().filter(|users| !users.is_empty()) {
            let users: Vec<u64> = users.iter().map(|user| user.get()).collect();
            headers.push(("roblox-entry-userids", json(&users)?));
        }
        Ok(headers)
    }

    /// Returns the users and attributes.
    pub(crate) fn into_parts(self) -> (Vec<UserId>, ExactAttributes) {
        (self.users.unwrap_or_default(), self.attributes)
    }
}

fn json(value: &impl Serialize) -> Result<String> {
    Ok(RawJson::new(value)?.as_str().to_owned())
}

/// Returns the same JSON in one line of printable ASCII.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            ' '..='~' => text.push(letter),
            // These occur between tokens only: in JSON strings they are escaped.
            '\n' | '\r' | '\t' => text.push(' '),
            _ => {
                let mut units = [0; 2];
                for unit in letter.encode_utf16(&mut units) {
                    // Writing into a `String` cannot fail.
                    let _ = write!(text, "\\u{unit:04x}");
                }
            }
        }
    }
    text
}

/// Users as the service writes them: `users/156`.
pub(crate) struct UserPaths<'a>(pub(super) &'a [UserId]);

impl Serialize for UserPaths<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for user in self.0 {
            list.serialize_element(&format_args!("users/{user}"))?;
        }
        list.end()
    }
}

/// Attributes as an object, in their order.
pub(crate) struct InOrder<'a>(pub(super) &'a [(String, RawJson)]);

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A user by path, number or digits.
#[derive(Deserialize)]
#[serde(transparent)]
struct UserWire(#[serde(deserialize_with = "required_id")] UserId);

/// Reads users that may be null or absent.
pub(super) fn users<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Vec<UserId>, D::Error> {
    let mut users = Vec::new();
    for UserWire(user) in Option::<Vec<UserWire>>::deserialize(deserializer)?.unwrap_or_default() {
        users.push(user);
    }
    Ok(users)
}

/// Returns the attributes as a map of values.
pub(super) fn to_map(attributes: &ExactAttributes) -> Map<String, Value> {
    let mut values = Map::new();
    for (name, value) in attributes {
        let value = serde_json::from_str(value.as_str());
        values.insert(name.clone(), value.unwrap_or_default());
    }
    values
}
