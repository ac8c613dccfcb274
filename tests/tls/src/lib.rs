//! Calls, uploads, downloads and token exchanges over TLS, with a certificate authority of the tests; and errors of TLS.
#![cfg(test)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failed test is a panic"
)]

#[path = "../../support/mod.rs"]
mod support;

mod authority;
mod calls;
mod failures;
mod server;
