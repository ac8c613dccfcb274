//! The calls of each family: what goes over the wire, and what comes of the answer.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::too_many_lines,
    reason = "a failed test is a panic, and the numbers are for people"
)]

#[path = "../support/endpoints.rs"]
mod endpoints;
#[cfg(feature = "upload")]
#[path = "../support/form.rs"]
mod form;
#[path = "../support/mod.rs"]
mod support;

#[cfg(feature = "upload")]
mod asset_fields;
mod creator_store;
mod delivery;
mod families;
mod groups;
mod inventory;
mod keys;
mod numbered_pages;
mod people;
mod permissions;
mod thumbnails;
mod users;
