//! What can be done: handles for users, groups and assets, each method one call of the service.
//!
//! A handle costs nothing and asks nothing until a method is called. It knows paths and parameters; how a request is
//! sent is the business of the layer below.

#[cfg(feature = "upload")]
#[macro_use]
mod creator;
mod asset;
mod delivery;
mod group;
mod user;

pub use asset::Asset;
pub use group::Group;
pub use user::User;
