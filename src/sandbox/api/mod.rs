//! The API: one function per endpoint, and the types that these functions share.

pub(crate) mod call;
pub(crate) mod form;
pub(crate) mod json;
mod moderation;
mod multipart;
pub(crate) mod official;
pub(crate) mod page;
pub(crate) mod rejection;
pub(crate) mod route;
pub(crate) mod secrets;
pub(crate) mod selling;
mod storage;
pub(crate) mod values;

pub(crate) mod analytics;
pub(crate) mod asset_permissions;
pub(crate) mod assets;
pub(crate) mod data_stores;
pub(crate) mod delivery;
pub(crate) mod develop;
pub(crate) mod events;
pub(crate) mod followings;
pub(crate) mod groups;
pub(crate) mod inventory;
mod inventory_filter;
pub(crate) mod key;
pub(crate) mod legacy_groups;
pub(crate) mod notifications;
pub(crate) mod quotas;
pub(crate) mod thumbnails;
pub(crate) mod universes;
pub(crate) mod users;
