//! Descriptions of universes to add.

use time::OffsetDateTime;

use super::Universe;
use super::place::{Place, Version};
use crate::models::{GroupId, PlaceId, UniverseId, UserId};
use crate::sandbox::state::asset::Creator;
use crate::sandbox::state::user::KEY_OWNER;

/// Describes a universe of the sandbox. Each of its places has one published version and no servers.
///
/// ```
/// use rblx_open_cloud::sandbox::SandboxUniverse;
///
/// let universe = SandboxUniverse::new(5, "Arena", 6).place(7, "Lobby").owner_group(8);
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct SandboxUniverse {
    id: u64,
    owner: Creator,
    root: (u64, String),
    places: Vec<(u64, String)>,
}

impl SandboxUniverse {
    /// Describes a universe with this id, and with a root place of this name and id. It belongs to user 156.
    pub fn new(id: impl Into<UniverseId>, name: &str, root_place: impl Into<PlaceId>) -> Self {
        Self {
            id: id.into().get(),
            owner: Creator::User(KEY_OWNER),
            root: (root_place.into().get(), name.to_owned()),
            places: Vec::new(),
        }
    }

    /// Adds a place.
    pub fn place(mut self, id: impl Into<PlaceId>, name: &str) -> Self {
        self.places.push((id.into().get(), name.to_owned()));
        self
    }

    /// Sets a user as the owner.
    pub fn owner_user(mut self, user: impl Into<UserId>) -> Self {
        self.owner = Creator::User(user.into().get());
        self
    }

    /// Sets a group as the owner.
    pub fn owner_group(mut self, group: impl Into<GroupId>) -> Self {
        self.owner = Creator::Group(group.into().get());
        self
    }

    pub(crate) fn into_universe(self, now: OffsetDateTime) -> Universe {
        let place = |(id, name): (u64, String)| {
            let mut place = Place::new(id, &name, now);
            place.add_version(Version {
                hash: 0,
                user: KEY_OWNER,
                time: now,
                is_published: true,
                title: None,
                description: None,
            });
            place
        };
        let mut universe = Universe::new(self.id, self.owner, place(self.root), now);
        let places = self.places.into_iter().map(place);
        universe
            .places
            .extend(places.map(|place| (place.id, place)));
        universe
    }
}
