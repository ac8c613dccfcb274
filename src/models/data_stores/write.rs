//! Entries and increments to write to data stores.

use serde::Serialize;

use super::Entry;
use super::tags::{EntryTags, InOrder, UserPaths};
use crate::error::{Error, Result};
use crate::models::{RawJson, RevisionId, UserId};

/// Adds the setters for users and attributes to a builder.
macro_rules! tags {
    () => {
        /// Sets the users that the entry is about. They show which entries to delete when a user asks for erasure.
        pub fn users(mut self, users: impl IntoIterator<Item = impl Into<UserId>>) -> Self {
            self.tags.users(users.into_iter().map(Into::into).collect());
            self
        }

        /// Sets an attribute: a short text, a number or a boolean that is stored with the value.
        pub fn attribute(mut self, name: impl Into<String>, value: impl Serialize) -> Self {
            self.tags.attribute(name.into(), &value);
            self
        }

        /// Keeps the users and attributes of an entry that was read before. Those that are set here take precedence.
        ///
        /// The attribute `_once` is not kept: it belongs to the revision that
        /// [`increment_once`](crate::resource::DataStoreEntry::increment_once) wrote.
        pub fn keep<U>(mut self, entry: &Entry<U>) -> Self {
            self.tags.keep(entry);
            self
        }
    };
}

/// The value of an entry to set, with its users and attributes.
///
/// **A write without users and attributes clears them.** [`keep`](Self::keep) takes them from an entry that was read.
///
/// ```
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let client = sandbox.client();
/// use rblx_open_cloud::models::SetEntry;
/// use serde_json::{Value, json};
///
/// let entry = client.universe(13_058).data_store("Inventory").entry("player_7");
/// let old = entry.get::<Value>()?;
/// let new = entry.set(SetEntry::new(json!({"coins": 80})).keep(&old))?;
/// assert_eq!(new.users, old.users);
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
///
/// With a condition the write is never repeated after an unknown outcome: if the first attempt succeeded, the second one would
/// look like a conflict.
#[derive(Debug, Clone)]
#[must_use]
pub struct SetEntry<T> {
    value: T,
    tags: EntryTags,
    or_create: bool,
    condition: Condition,
}

/// The condition of a write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Condition {
    #[default]
    None,
    /// The entry has this etag.
    Etag(String),
    /// The newest revision has this id.
    Revision(RevisionId),
    /// The entry does not exist.
    Absent,
    /// Several conditions were set, but only one can be sent.
    Contradictory,
}

impl<T> SetEntry<T> {
    /// Creates a write of a value: anything that can be serialized, or a reference to it. NaN and infinite numbers become
    /// `null`, since JSON has neither.
    pub fn new(value: T) -> Self {
        Self {
            value,
            tags: EntryTags::default(),
            or_create: false,
            condition: Condition::None,
        }
    }

    tags!();

    /// Creates the entry if it does not exist.
    pub fn or_create(mut self) -> Self {
        self.or_create = true;
        self
    }

    /// Writes only if the entry has this etag. The service documents the parameter but not its effect; for a condition that
    /// is fully documented, use [`if_revision`](Self::if_revision).
    pub fn if_etag(self, etag: impl Into<String>) -> Self {
        self.condition(Condition::Etag(etag.into()))
    }

    /// Writes only if this is the newest revision of the entry.
    pub fn if_revision(self, revision: impl Into<RevisionId>) -> Self {
        self.condition(Condition::Revision(revision.into()))
    }

    /// Writes only if the entry does not exist.
    pub fn if_absent(self) -> Self {
        self.condition(Condition::Absent)
    }

    fn condition(mut self, condition: Condition) -> Self {
        self.condition = match self.condition {
            Condition::None => condition,
            _ => Condition::Contradictory,
        };
        self
    }

    /// Returns the condition, or an error if it is not valid.
    pub(crate) fn validated_condition(&self) -> Result<&Condition> {
        match &self.condition {
            Condition::Contradictory => Err(Error::invalid_input(
                "a write can have only one condition: an etag, a revision, or that the entry does not exist",
            )),
            // The service would treat it as no condition.
            Condition::Etag(etag) if etag.is_empty() => {
                Err(Error::invalid_input("an etag cannot be empty"))
            }
            Condition::Revision(_) if self.or_create => Err(Error::invalid_input(
                "a write that requires a revision cannot create the entry",
            )),
            Condition::Revision(revision) => revision.validated().map(|_| &self.condition),
            condition => Ok(condition),
        }
    }

    /// Whether the entry is created if it does not exist.
    pub(crate) fn creates(&self) -> bool {
        self.or_create
    }

    pub(crate) fn into_tags(self) -> EntryTags {
        self.tags
    }
}

impl SetEntry<RawJson> {
    /// Creates a write of a JSON text, which is sent unchanged.
    pub fn raw(value: RawJson) -> Self {
        Self::new(value)
    }
}

impl<T: Serialize> SetEntry<T> {
    /// Returns the value as JSON.
    pub(crate) fn value(&self) -> Result<RawJson> {
        RawJson::new(&self.value)
    }

    /// Returns the body for v2.
    pub(crate) fn body(&self) -> Result<EntryBody<'_, T>> {
        let etag = match self.validated_condition()? {
            Condition::Etag(etag) => Some(etag.as_str()),
            _ => None,
        };
        let body = EntryBody::new(&self.value, self.tags.validated()?);
        Ok(EntryBody { etag, ..body })
    }
}

/// An entry to create, with its users and attributes.
///
/// ```
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let client = sandbox.client();
/// use rblx_open_cloud::models::NewEntry;
/// use serde_json::json;
///
/// let store = client.universe(13_058).data_store("Inventory");
/// let new = NewEntry::new(json!({"coins": 0})).users([1001]).attribute("level", 1);
/// assert_eq!(store.create("player_1001", new)?.id.as_str(), "player_1001");
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct NewEntry<T> {
    value: T,
    tags: EntryTags,
}

impl<T> NewEntry<T> {
    /// Creates an entry with a value: anything that can be serialized, or a reference to it. NaN and infinite numbers become
    /// `null`, since JSON has neither.
    pub fn new(value: T) -> Self {
        Self {
            value,
            tags: EntryTags::default(),
        }
    }

    tags!();
}

impl<T: Serialize> NewEntry<T> {
    pub(crate) fn body(&self) -> Result<EntryBody<'_, T>> {
        Ok(EntryBody::new(&self.value, self.tags.validated()?))
    }
}

/// The body of an entry for v2.
#[derive(Serialize)]
pub(crate) struct EntryBody<'a, T> {
    value: &'a T,
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<UserPaths<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<InOrder<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    etag: Option<&'a str>,
}

impl<'a, T> EntryBody<'a, T> {
    fn new(value: &'a T, tags: &'a EntryTags) -> Self {
        Self {
            value,
            users: tags.user_paths(),
            attributes: tags.attributes(),
            etag: None,
        }
    }
}

/// An increment of a whole number, with users and attributes.
///
/// **An increment without users and attributes clears them**, as any write does.
///
/// ```
/// use rblx_open_cloud::models::Increment;
///
/// let add = Increment::by(10).users([156]).attribute("level", 3);
/// let subtract = Increment::by(-10);
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Increment {
    amount: i64,
    tags: EntryTags,
}

impl Increment {
    /// Creates an increment by an amount, which may be negative.
    pub fn by(amount: i64) -> Self {
        Self {
            amount,
            tags: EntryTags::default(),
        }
    }

    tags!();

    pub(crate) fn amount(&self) -> i64 {
        self.amount
    }

    pub(crate) fn body(&self) -> Result<IncrementBody<'_>> {
        let tags = self.tags.validated()?;
        Ok(IncrementBody {
            amount: self.amount,
            users: tags.user_paths(),
            attributes: tags.attributes(),
        })
    }

    /// Returns users and attributes as metadata of a v1 request.
    pub(crate) fn v1_tags(&self) -> Result<Vec<(&'static str, String)>> {
        self.tags.validated()?.v1_metadata()
    }
}

/// The body of an increment for v2.
#[derive(Serialize)]
pub(crate) struct IncrementBody<'a> {
    amount: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<UserPaths<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<InOrder<'a>>,
}
