//! Whatever comes in, from a server, a user, a browser or a file: a value or an error, never a panic.
#![cfg(test)]
#![allow(
    clippy::unwrap_used,
    clippy::format_push_string,
    clippy::indexing_slicing,
    reason = "a failed test is a panic"
)]

#[path = "../../support/mod.rs"]
mod support;

mod money;
mod oauth2;
mod responses;
