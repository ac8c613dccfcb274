//! The limiter on Redis or Valkey, against a real server that the tests start, kill, suspend and restart.
//!
//! `.ci/redis` sets the program in `TEST_REDIS_SERVER`. By default the one in PATH is used. If there is none, the tests are
//! skipped.
#![cfg(test)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::print_stdout,
    reason = "a failed test is a panic, and the numbers are for people"
)]

#[path = "../../support/call_processes.rs"]
mod call_processes;
#[path = "../../support/mod.rs"]
mod support;

mod failures;
mod processes;
mod server;
