//! Sign in with Roblox, over real sockets.
#![cfg(all(feature = "oauth2", feature = "sandbox"))]
#![allow(
    clippy::items_after_statements,
    clippy::similar_names,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a failed test is a panic"
)]

#[path = "../support/mod.rs"]
mod support;

mod browser;
mod exchange;
mod file;
mod flow;
mod id_token;
mod loopback;
mod secrets;
mod session;
mod shared_store;
mod stopping;
