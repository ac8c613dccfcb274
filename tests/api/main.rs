//! The calls of each family: their requests on the wire, and their results.
#![allow(
    clippy::items_after_statements,
    clippy::similar_names,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::too_many_lines,
    reason = "a failed test is a panic, and the numbers are for people"
)]

#[cfg(feature = "sandbox")]
#[path = "../support/endpoints.rs"]
mod endpoints;
#[cfg(any(feature = "localization", all(feature = "sandbox", feature = "upload")))]
#[path = "../support/form.rs"]
mod form;
#[path = "../support/mod.rs"]
mod support;

#[cfg(feature = "ads")]
mod ads;
#[cfg(feature = "analytics")]
mod alerts;
#[cfg(feature = "analytics")]
mod analytics;
#[cfg(all(feature = "sandbox", feature = "upload"))]
mod asset_fields;
#[cfg(feature = "configs")]
mod configs;
mod creator_store;
mod data_stores;
#[cfg(all(feature = "sandbox", feature = "upload"))]
mod decoding;
mod delivery;
#[cfg(feature = "events")]
mod events;
#[cfg(feature = "configs")]
mod experiments;
mod groups;
#[cfg(all(feature = "sandbox", feature = "localization"))]
mod home_thumbnails;
mod inventory;
#[cfg(feature = "sandbox")]
mod keys;
#[cfg(feature = "localization")]
mod localization;
mod luau;
#[cfg(feature = "memory-stores")]
mod memory_stores;
mod misspelled_values;
mod numbered_pages;
mod ordered_data_stores;
#[cfg(feature = "sandbox")]
mod people;
#[cfg(feature = "sandbox")]
mod permissions;
#[cfg(feature = "sandbox")]
mod read_back;
mod repetition;
#[cfg(feature = "sandbox")]
mod requests;
mod secrets;
#[cfg(all(feature = "sandbox", feature = "upload"))]
mod selling;
#[cfg(all(
    feature = "ads",
    feature = "analytics",
    feature = "configs",
    feature = "localization"
))]
mod sent_values;
mod team_create;
mod thumbnails;
mod universes;
mod users;
#[cfg(feature = "webhooks")]
mod webhooks;
