//! Lines of exports: an entry as JSON in one line.

use serde::{Deserialize, Serialize};

use super::tags::{ExactAttributes, InOrder, users};
use super::{Entry, EntryKey, GLOBAL_SCOPE, NewEntry, SetEntry};
use crate::models::serde_helpers::map_entries;
use crate::models::{DataStoreScope, EntryId, RawJson, UserId};

#[derive(Serialize)]
struct LineOut<'a> {
    key: &'a str,
    scope: &'a str,
    value: &'a RawJson,
    users: Vec<u64>,
    attributes: InOrder<'a>,
    revision: &'a str,
}

/// An entry as a line of an export has it.
#[derive(Debug, Deserialize)]
#[serde(expecting = "an entry")]
pub(crate) struct EntryLine {
    key: EntryId,
    scope: Option<DataStoreScope>,
    value: RawJson,
    #[serde(default, deserialize_with = "users")]
    users: Vec<UserId>,
    #[serde(default, deserialize_with = "map_entries")]
    attributes: ExactAttributes,
}

impl Entry<RawJson> {
    /// Returns the entry as one line, with the line break at its end.
    ///
    /// Line breaks between the tokens of a value become spaces; within its texts they are escaped anyway.
    pub(crate) fn to_line(&self) -> serde_json::Result<String> {
        let line = LineOut {
            key: self.id.as_str(),
            scope: self
                .scope
                .as_ref()
                .map_or(GLOBAL_SCOPE, DataStoreScope::as_str),
            value: &self.value,
            users: self.users.iter().map(|user| user.get()).collect(),
            attributes: InOrder(&self.exact_attributes()),
            revision: self.revision_id.as_str(),
        };
        let mut line = serde_json::to_string(&line)?;
        if line.contains(['\n', '\r']) {
            line = line.replace(['\n', '\r'], " ");
        }
        line.push('\n');
        Ok(line)
    }
}

impl EntryLine {
    /// Returns the key in its scope.
    pub(crate) fn key(&self) -> EntryKey {
        EntryKey {
            id: self.key.clone(),
            scope: self.scope.clone(),
        }
    }

    /// Returns the entry to create.
    pub(crate) fn to_new(&self) -> NewEntry<&RawJson> {
        let new = NewEntry::new(&self.value).users(&self.users);
        let attributes = self.attributes.iter();
        attributes.fold(new, |new, (name, value)| new.attribute(name, value))
    }

    /// Returns the write that creates or replaces the entry.
    pub(crate) fn to_set(&self) -> SetEntry<&RawJson> {
        let set = SetEntry::new(&self.value).users(&self.users).or_create();
        let attributes = self.attributes.iter();
        attributes.fold(set, |set, (name, value)| set.attribute(name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, EntryLine, RawJson};

    #[test]
    fn a_line_keeps_every_digit_and_has_no_line_break() -> serde_json::Result<()> {
        let text = "{\"id\":\"k\",\"revisionId\":\"r\",\"users\":[\"users/5\"],\
            \"attributes\":{\"b\":1.10,\"a\":\"\\u00e9\"},\"value\":{\"z\":1.10,\n\t\"a\":[12345678901234567890123,\r\n1]}}";
        let entry: Entry<RawJson> = serde_json::from_str(text)?;
        let line = entry.to_line()?;
        let expected = "{\"key\":\"k\",\"scope\":\"global\",\"value\":{\"z\":1.10, \t\"a\":[12345678901234567890123,  1]},\
            \"users\":[5],\"attributes\":{\"b\":1.10,\"a\":\"\\u00e9\"},\"revision\":\"r\"}\n";
        assert_eq!(line, expected);
        let read: EntryLine = serde_json::from_str(&line)?;
        assert_eq!(
            read.key().scope.map(|scope| scope.to_string()),
            Some("global".to_owned())
        );
        let body = read.to_set().body().and_then(|body| RawJson::new(&body));
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        assert!(body.starts_with("{\"value\":{\"z\":1.10, \t\"a\":[12345678901234567890123,"));
        assert!(body.contains("{\"b\":1.10,\"a\":\"\\u00e9\"}"));
        Ok(())
    }
}
