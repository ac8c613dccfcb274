//! Groups, as owners of assets.

use crate::client::Client;
use crate::models::GroupId;

impl Client {
    /// A group, by id. Asks nothing yet.
    pub fn group(&self, id: impl Into<GroupId>) -> Group {
        Group {
            client: self.clone(),
            id: id.into(),
        }
    }
}

/// A group of the service. Made by [`Client::group`].
#[derive(Debug, Clone)]
#[must_use = "a handle asks nothing until a method is called"]
pub struct Group {
    #[cfg_attr(
        not(feature = "upload"),
        expect(dead_code, reason = "uploads are all that a group is asked for yet")
    )]
    client: Client,
    id: GroupId,
}

impl Group {
    /// The id that the handle was made with.
    #[must_use]
    pub fn id(&self) -> GroupId {
        self.id
    }
}

#[cfg(feature = "upload")]
asset_methods!(Group, crate::models::Creator::Group);
