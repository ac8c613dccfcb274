//! What can be done: handles for users, groups and assets, each method one call of the service.
//!
//! A handle costs nothing and asks nothing until a method is called. It knows paths and parameters; how a request is
//! sent is the business of the layer below.

#[cfg(feature = "upload")]
#[macro_use]
mod creator;
mod asset;
mod delivery;
mod following;
mod forum;
mod group;
mod legacy_group;
mod notification;
mod permission;
mod store;
mod store_product;
mod thumbnail;
mod universes;
mod user;

use crate::endpoint::Endpoint;

pub use asset::Asset;
#[cfg(feature = "upload")]
pub(crate) use creator::{asset_form, begin_upload};
pub use group::Group;
pub use store::CreatorStore;
pub use store_product::StoreProduct;
pub use universes::{ActiveRestrictions, Place, Restart, Universe};
pub use user::User;

/// Every call that a method makes, but for the questions of operations.
pub(crate) fn endpoints() -> impl Iterator<Item = &'static Endpoint> {
    let all = [
        asset::ENDPOINTS,
        #[cfg(feature = "upload")]
        creator::ENDPOINTS,
        delivery::ENDPOINTS,
        following::ENDPOINTS,
        forum::ENDPOINTS,
        group::ENDPOINTS,
        legacy_group::ENDPOINTS,
        notification::ENDPOINTS,
        permission::ENDPOINTS,
        store::ENDPOINTS,
        store_product::ENDPOINTS,
        thumbnail::ENDPOINTS,
        user::ENDPOINTS,
    ];
    let all = all.into_iter().chain(universes::ENDPOINTS.iter().copied());
    all.flatten().copied()
}
