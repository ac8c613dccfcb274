//! The resources of a token.

use serde::Deserialize;

use crate::models::serde_helpers::OwnedText;
use crate::models::{GroupId, UniverseId, UserId};

/// The resources that one owner granted a token access to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenResources {
    /// The owner who granted access.
    pub owner: TokenOwner,
    /// The accessible universes.
    pub universe_ids: Vec<UniverseId>,
    /// The users and groups for whom the token can create and read resources such as assets.
    pub creators: Vec<TokenCreator>,
}

/// The owner who granted a token access.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenOwner {
    /// A user.
    User(UserId),
    /// A group.
    Group(GroupId),
    /// An owner of a type that this version does not know: the type and the ID.
    Unknown(String, String),
}

/// A creator that a token can create resources for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenCreator {
    /// The owner, which the service writes as `U`.
    Owner,
    /// A user, `U123`.
    User(UserId),
    /// A group, `G123`.
    Group(GroupId),
    /// A creator of a type that this version does not know, as the service writes it.
    Unknown(String),
}

/// The service's list of [`TokenResources`].
#[derive(Deserialize)]
#[serde(expecting = "the resources of a token")]
pub(super) struct TokenResourcesWire {
    resource_infos: Option<Vec<ResourceInfo>>,
}

#[derive(Deserialize)]
struct ResourceInfo {
    owner: OwnerWire,
    resources: Option<Resources>,
}

#[derive(Deserialize)]
struct OwnerWire {
    id: OwnedText,
    #[serde(rename = "type")]
    kind: Option<String>,
}

#[derive(Deserialize, Default)]
struct Resources {
    universe: Option<Ids>,
    creator: Option<Ids>,
}

#[derive(Deserialize, Default)]
struct Ids {
    ids: Option<Vec<OwnedText>>,
}

impl TokenResourcesWire {
    pub(super) fn into_resources(self) -> Vec<TokenResources> {
        let infos = self.resource_infos.unwrap_or_default();
        infos.into_iter().map(TokenResources::from).collect()
    }
}

impl From<ResourceInfo> for TokenResources {
    fn from(info: ResourceInfo) -> Self {
        let resources = info.resources.unwrap_or_default();
        let ids = |list: Option<Ids>| list.unwrap_or_default().ids.unwrap_or_default();
        Self {
            owner: TokenOwner::from_wire(info.owner),
            universe_ids: ids(resources.universe)
                .into_iter()
                .filter_map(|id| id.0.parse().ok())
                .collect(),
            creators: ids(resources.creator)
                .into_iter()
                .map(|id| TokenCreator::from_wire(id.0))
                .collect(),
        }
    }
}

impl TokenOwner {
    fn from_wire(owner: OwnerWire) -> Self {
        let (kind, text) = (owner.kind.unwrap_or_default(), owner.id.0);
        let known = match kind.to_ascii_lowercase().as_str() {
            "user" => text.parse().map(Self::User).ok(),
            "group" => text.parse().map(Self::Group).ok(),
            _ => None,
        };
        known.unwrap_or(Self::Unknown(kind, text))
    }
}

impl TokenCreator {
    fn from_wire(text: String) -> Self {
        let known = match (text.strip_prefix('U'), text.strip_prefix('G')) {
            (Some(""), _) => Some(Self::Owner),
            (Some(id), _) => id.parse().map(Self::User).ok(),
            (_, Some(id)) => id.parse().map(Self::Group).ok(),
            _ => None,
        };
        known.unwrap_or(Self::Unknown(text))
    }
}
