//! API keys: what the service tells about one, and what it may do.

use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::OffsetDateTime;

use super::Scope;
use super::problem::{KeyProblem, state_problems};
use super::scope::{RequiredScopes, Target};
use crate::models::serde_helpers::{null_to_default, parse_u64, timestamp};
use crate::models::{GroupId, UniverseId, UserId};

/// What the service tells about an API key. Asked with [`Client::key_info`](crate::Client::key_info).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct KeyInfo {
    /// The name that its owner gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The user for whom it acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorized_user_id: Option<UserId>,
    /// Whether it is switched on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Whether its time is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expired: Option<bool>,
    /// When its time is over; `None` if never.
    #[serde(
        rename = "expirationTimeUtc",
        alias = "expirationUtcTime",
        default,
        with = "timestamp::option",
        skip_serializing_if = "Option::is_none"
    )]
    pub expiration_time: Option<OffsetDateTime>,
    /// What it may do.
    #[serde(default, deserialize_with = "null_to_default")]
    pub scopes: Vec<KeyScope>,
}

/// One of the things that a key may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct KeyScope {
    /// What it is about, such as `asset`.
    pub name: String,
    /// What may be done with it, such as `write`.
    #[serde(default, deserialize_with = "null_to_default")]
    pub operations: Vec<String>,
    /// For which users; `None` if the scope is not limited to users.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_ids: Option<Vec<KeyTarget<UserId>>>,
    /// For which groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_ids: Option<Vec<KeyTarget<GroupId>>>,
    /// For which universes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub universe_ids: Option<Vec<KeyTarget<UniverseId>>>,
    /// For which data stores.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub universe_datastores: Option<Vec<KeyDataStore>>,
}

/// One thing, or all of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyTarget<T> {
    /// All that the owner has; `*` on the wire.
    All,
    /// This one.
    One(T),
}

/// A data store that a key reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct KeyDataStore {
    /// Of which universe.
    pub universe_id: KeyTarget<UniverseId>,
    /// Its name; `None` or `*` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub datastore_name: Option<String>,
}

impl KeyInfo {
    /// What stands in the way of the scopes that a program needs, as sentences for a person; empty if nothing does.
    ///
    /// ```
    /// use rblx_open_cloud::models::{KeyInfo, Scope};
    ///
    /// # let answer = r#"{"enabled": true, "scopes": [{"name": "asset", "operations": ["read"], "userIds": ["*"]}]}"#;
    /// let info: KeyInfo = serde_json::from_str(answer)?;   // or client.key_info()?
    /// let problems = info.problems([Scope::AssetRead.for_user(156), Scope::AssetWrite.for_user(156)]);
    /// for problem in &problems {
    ///     println!("{problem}");
    /// }
    /// assert_eq!(problems.len(), 1);
    /// assert!(problems[0].to_string().contains("asset:write for user 156"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// A key that is disabled or expired, and one that expires within a week, is a problem too;
    /// [`KeyProblem::is_fatal`] tells what must be mended now.
    pub fn problems<N: Into<RequiredScopes>>(
        &self,
        needs: impl IntoIterator<Item = N>,
    ) -> Vec<KeyProblem> {
        let state = state_problems(self, OffsetDateTime::now_utc());
        let needs = needs.into_iter().map(Into::into);
        let missing = needs
            .flat_map(RequiredScopes::single)
            .filter(|(scope, target)| !self.has(scope, target))
            .map(|(scope, target)| KeyProblem::missing_scope(self, scope, &target));
        state.into_iter().chain(missing).collect()
    }

    /// Whether its scopes reach this far. That it is enabled and not expired is another question.
    pub fn allows(&self, need: impl Into<RequiredScopes>) -> bool {
        let mut single = need.into().single();
        single.all(|(scope, target)| self.has(&scope, &target))
    }

    fn has(&self, scope: &Scope, target: &Target) -> bool {
        self.grants_of(scope).any(|granted| granted.reaches(target))
    }

    /// What the key has of a scope, whatever it is for.
    pub(super) fn grants_of<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a KeyScope> {
        self.scopes.iter().filter(|granted| granted.grants(scope))
    }
}

impl KeyScope {
    fn grants(&self, scope: &Scope) -> bool {
        let (name, operation) = split(scope);
        let has = |known: &str| self.operations.iter().any(|operation| operation == known);
        self.name == scope.as_str() || (self.name == name && (has(operation) || has("*")))
    }

    fn reaches(&self, target: &Target) -> bool {
        // A kind that is not named is not reached, if another one is.
        let is_free = self.user_ids.is_none()
            && self.group_ids.is_none()
            && self.universe_ids.is_none()
            && self.universe_datastores.is_none();
        is_free
            || match target {
                Target::Anything => true,
                Target::User(id) => holds(self.user_ids.as_ref(), id),
                Target::Group(id) => holds(self.group_ids.as_ref(), id),
                Target::Universe(id) => {
                    holds(self.universe_ids.as_ref(), id)
                        || self.stores().any(|store| store.is_of(*id))
                }
                Target::DataStore(id, name) => {
                    holds(self.universe_ids.as_ref(), id)
                        || self
                            .stores()
                            .any(|store| store.is_of(*id) && store.has(name))
                }
            }
    }

    pub(super) fn stores(&self) -> impl Iterator<Item = &KeyDataStore> {
        self.universe_datastores.iter().flatten()
    }
}

impl KeyDataStore {
    fn is_of(&self, universe: UniverseId) -> bool {
        holds(Some(&vec![self.universe_id]), &universe)
    }

    fn has(&self, name: &str) -> bool {
        let known = self.datastore_name.as_deref();
        known.is_none_or(|known| known == "*" || known == name)
    }
}

/// `asset:write` as what it is about and what may be done.
pub(super) fn split(scope: &Scope) -> (&str, &str) {
    let text = scope.as_str();
    text.rsplit_once(':').unwrap_or((text, ""))
}

fn holds<T: PartialEq>(targets: Option<&Vec<KeyTarget<T>>>, wanted: &T) -> bool {
    targets.is_some_and(|targets| {
        targets.iter().any(|target| match target {
            KeyTarget::All => true,
            KeyTarget::One(one) => one == wanted,
        })
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
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "an id or *")]
        enum KeyTargetWire {
            Text(String),
            Number(u64),
        }
        match KeyTargetWire::deserialize(deserializer)? {
            KeyTargetWire::Number(id) => Ok(Self::One(id.into())),
            KeyTargetWire::Text(text) if text == "*" => Ok(Self::All),
            KeyTargetWire::Text(text) => match parse_u64(&text) {
                Some(id) => Ok(Self::One(id.into())),
                None => Err(D::Error::invalid_value(
                    Unexpected::Str(&text),
                    &"an id or *",
                )),
            },
        }
    }
}
