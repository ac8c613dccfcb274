//! Sign in with Roblox, over real sockets.
#![allow(
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
mod file;
mod flow;
mod id_token;
mod loopback;
mod odd;
mod secrets;
mod session;
