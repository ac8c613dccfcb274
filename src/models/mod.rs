//! Plain data: the responses of the service, and the contents of requests. Nothing here does I/O.
//!
//! Each family of the API has a module; every type is also exported here, as in `models::User`.
//!
//! Responses are `#[non_exhaustive]`, because the service adds fields and values at any time. Fields that the service may
//! omit are `Option`. Enums keep unknown values ([`UnknownValue`]), and each kind of id has its own type. Every response can
//! be serialized; it deserializes from its own form and from that of the service.

#[macro_use]
pub(crate) mod change;
pub(crate) mod params;
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

pub mod data_stores;

pub mod ordered_data_stores;

#[cfg(feature = "memory-stores")]
pub mod memory_stores;

pub mod luau;

pub mod instances;

pub mod selling;

#[cfg(feature = "localization")]
pub mod localization;

pub mod secrets;

pub mod team_create;

#[cfg(feature = "events")]
pub mod events;

#[cfg(feature = "analytics")]
pub mod analytics;

#[cfg(feature = "ads")]
pub mod ads;
#[cfg(feature = "configs")]
pub mod configs;

#[cfg(feature = "configs")]
pub mod experiments;

#[cfg(feature = "analytics")]
pub mod alerts;
#[cfg(feature = "localization")]
pub mod home_thumbnails;

pub mod notifications;

pub mod thumbnails;

pub mod keys;

pub(crate) mod censorship;
mod finished;
pub(crate) mod limits;
pub(crate) mod names;
mod number_or_text;
pub(crate) mod partial_failure;
mod raw_json;
pub(crate) mod serde_helpers;
mod signed_url;
mod whole_list;

#[cfg(feature = "ads")]
pub use ads::*;
#[cfg(feature = "analytics")]
pub use alerts::*;
#[cfg(feature = "analytics")]
pub use analytics::*;
pub use assets::*;
#[cfg(feature = "configs")]
pub use configs::*;
pub use creator_store::*;
pub use data_stores::*;
#[cfg(feature = "events")]
pub use events::*;
#[cfg(feature = "configs")]
pub use experiments::*;
pub use finished::Finished;
pub(crate) use finished::NoResult;
pub use groups::*;
#[cfg(feature = "localization")]
pub use home_thumbnails::*;
pub use ids::*;
pub use instances::*;
pub use inventory::*;
pub use keys::*;
#[cfg(feature = "localization")]
pub use localization::*;
pub use luau::*;
#[cfg(feature = "memory-stores")]
pub use memory_stores::*;
pub use notifications::*;
pub use number_or_text::NumberOrText;
pub use open_enum::UnknownValue;
pub use ordered_data_stores::*;
pub use raw_json::RawJson;
pub use restrictions::*;
pub use secrets::*;
pub use selling::*;
pub use servers::*;
pub use signed_url::SignedUrl;
pub use team_create::*;
pub use thumbnails::*;
pub use universes::*;
pub use users::*;
pub(crate) use whole_list::WholeList;
