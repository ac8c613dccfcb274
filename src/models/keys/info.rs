//! The state and the scopes of an API key.

use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::OffsetDateTime;

use super::Scope;
use super::scope::{RequiredScopes, Target};
use crate::models::serde_helpers::{
    Text, is_none, null_to_default, optional_id, parse_u64, timestamp,
};
use crate::models::{GroupId, UniverseId, UserId};

/// The state of an API key, returned by [`Client::key_info`](crate::Client::key_info).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct KeyInfo {
    /// Name of the key.
    #[serde(skip_serializing_if = "is_none")]
    pub name: Option<String>,
    /// User for whom the key acts.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub authorized_user_id: Option<UserId>,
    /// Whether the key is enabled.
    #[serde(skip_serializing_if = "is_none")]
    pub enabled: Option<bool>,
    /// Whether the key has expired.
    #[serde(skip_serializing_if = "is_none")]
    pub expired: Option<bool>,
    /// Expiration time. `None` if the key never expires.
    #[serde(
        rename = "expirationTimeUtc",
        alias = "expirationUtcTime",
        default,
        with = "timestamp::option",
        skip_serializing_if = "is_none"
    )]
    pub expiration_time: Option<OffsetDateTime>,
    /// Scopes that the key is allowed to use.
    #[serde(default, deserialize_with = "null_to_default")]
    pub scopes: Vec<KeyScope>,
}

/// A scope of an API key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct KeyScope {
    /// API system, such as `asset`.
    pub name: String,
    /// Operations, such as `write`.
    #[serde(default, deserialize_with = "null_to_default")]
    pub operations: Vec<String>,
    /// Users that the scope covers. `None` if it is not limited to users.
    #[serde(skip_serializing_if = "is_none")]
    pub user_ids: Option<Vec<KeyTarget<UserId>>>,
    /// Groups that the scope covers.
    #[serde(skip_serializing_if = "is_none")]
    pub group_ids: Option<Vec<KeyTarget<GroupId>>>,
    /// Universes that the scope covers.
    #[serde(skip_serializing_if = "is_none")]
    pub universe_ids: Option<Vec<KeyTarget<UniverseId>>>,
    /// Data stores that the scope covers.
    #[serde(skip_serializing_if = "is_none")]
    pub universe_datastores: Option<Vec<KeyDataStore>>,
}

/// A resource that a scope covers, or all of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyTarget<T> {
    /// All resources of the key's owner; `*` on the wire.
    All,
    /// One resource.
    One(T),
}

/// A data store that a scope covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct KeyDataStore {
    /// Universe of the data store.
    pub universe_id: KeyTarget<UniverseId>,
    /// Name of the data store. `None` or `*` for all.
    #[serde(skip_serializing_if = "is_none")]
    pub datastore_name: Option<String>,
}

impl KeyInfo {
    /// Returns whether the scopes of the key cover these. Does not check that the key is enabled and has not expired.
    pub fn allows(&self, need: impl Into<RequiredScopes>) -> bool {
        let mut scopes = need.into().each_scope();
        scopes.all(|(scope, target)| self.has(&scope, &target))
    }

    pub(super) fn has(&self, scope: &Scope, target: &Target) -> bool {
        self.scopes_granting(scope)
            .any(|granted| granted.covers(target))
    }

    /// Returns the scopes of the key that grant a scope, for any resources.
    pub(super) fn scopes_granting<'a>(
        &'a self,
        scope: &'a Scope,
    ) -> impl Iterator<Item = &'a KeyScope> {
        self.scopes.iter().filter(|granted| granted.grants(scope))
    }
}

impl KeyScope {
    fn grants(&self, scope: &Scope) -> bool {
        let (name, operation) = split_scope(scope);
        let has = |known: &str| self.operations.iter().any(|operation| operation == known);
        self.name == scope.as_str() || (self.name == name && (has(operation) || has("*")))
    }

    fn covers(&self, target: &Target) -> bool {
        // A scope that is limited to resources of one kind does not cover resources of another kind.
        let is_unlimited = self.user_ids.is_none()
            && self.group_ids.is_none()
            && self.universe_ids.is_none()
            && self.universe_datastores.is_none();
        is_unlimited
            || match target {
                Target::Anything => true,
                Target::User(id) => contains(self.user_ids.as_deref(), id),
                Target::Group(id) => contains(self.group_ids.as_deref(), id),
                Target::Universe(id) => {
                    contains(self.universe_ids.as_deref(), id)
                        || self.stores().iter().any(|store| store.is_in(*id))
                }
                Target::DataStore(id, name) => {
                    contains(self.universe_ids.as_deref(), id)
                        || self
                            .stores()
                            .iter()
                            .any(|store| store.is_in(*id) && store.has(name))
                }
            }
    }

    pub(super) fn stores(&self) -> &[KeyDataStore] {
        self.universe_datastores.as_deref().unwrap_or_default()
    }
}

impl KeyDataStore {
    fn is_in(&self, universe: UniverseId) -> bool {
        contains(Some(&[self.universe_id]), &universe)
    }

    fn has(&self, name: &str) -> bool {
        let known = self.datastore_name.as_deref();
        known.is_none_or(|known| known == "*" || known == name)
    }
}

/// Splits `asset:write` into API system and operation.
pub(super) fn split_scope(scope: &Scope) -> (&str, &str) {
    let text = scope.as_str();
    text.rsplit_once(':').unwrap_or((text, ""))
}

fn contains<T: PartialEq>(targets: Option<&[KeyTarget<T>]>, wanted: &T) -> bool {
    let mut targets = targets.unwrap_or_default().iter();
    targets.any(|target| match target {
        KeyTarget::All => true,
        KeyTarget::One(one) => one == wanted,
    })
}

impl<T: std::fmt::Display> Serialize for KeyTarget<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All => serializer.serialize_str("*"),
            Self::One(id) => serializer.collect_str(id),
        }
    }
}

impl<'de, T: From<u64>> Deserialize<'de> for KeyTarget<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Text(text) = Text::deserialize(deserializer)?;
        if text == "*" {
            return Ok(Self::All);
        }
        let id = parse_u64(&text).map(|id| Self::One(id.into()));
        id.ok_or_else(|| D::Error::invalid_value(Unexpected::Str(&text), &"an id or *"))
    }
}
