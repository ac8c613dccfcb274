//! The sandbox, from the outside: over raw sockets, without the crate's own client; and through the client.
#![cfg(feature = "sandbox")]
#![allow(
    clippy::items_after_statements,
    clippy::similar_names,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::too_many_lines,
    reason = "a failed test is a panic"
)]

#[path = "../support/official.rs"]
mod official;

#[cfg(feature = "upload")]
mod client_delivery;
#[cfg(feature = "upload")]
mod client_families;
mod clock;
mod common;
#[cfg(feature = "configs")]
mod configs;
mod control_api;
mod data_stores;
mod delivery;
mod experience;
mod faults;
mod groups;
mod lists;
mod multipart;
mod operations;
mod people;
mod program;
mod rate_limits;
mod recordings;
mod routes;
mod secrets;
#[cfg(feature = "upload")]
mod selling;
mod universes;
mod uploads;
mod users;
mod versions;
mod windows;
mod wire;
