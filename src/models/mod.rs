//! Plain data: what the service returns, and what it can be asked to change. Nothing here does I/O.
//!
//! Each family of the API has a module; every type can also be named without it, as in `models::User`.
//!
//! Responses are `#[non_exhaustive]`, because the service adds fields and values at any time. Fields are `Option` where
//! the service may omit them. Enums keep a value that they do not know ([`UnknownValue`]), and ids are types of their
//! own. Every response can be serialized, and deserializes from what it wrote as well as from what the service writes.

#[macro_use]
mod change;
#[macro_use]
pub(crate) mod open_enum;
#[macro_use]
pub mod ids;

pub mod users;

pub mod groups;

pub mod inventory;

pub mod assets;

pub mod creator_store;

pub mod universes;

pub mod restrictions;

pub mod servers;

pub mod selling;

pub mod secrets;

pub mod notifications;

pub mod thumbnails;

pub mod keys;

pub(crate) mod censorship;
mod number_or_text;
mod raw_json;
pub(crate) mod serde_helpers;

pub use assets::*;
pub use creator_store::*;
pub use groups::*;
pub use ids::*;
pub use inventory::*;
pub use keys::*;
pub use notifications::*;
pub use number_or_text::NumberOrText;
pub use open_enum::UnknownValue;
pub use raw_json::RawJson;
pub use restrictions::*;
pub use secrets::*;
pub use selling::*;
pub use servers::*;
pub use thumbnails::*;
pub use universes::*;
pub use users::*;
