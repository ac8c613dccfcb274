//! Uploads that are one line of code: of one file, and of many with a ledger.
#![cfg(all(feature = "sandbox", feature = "upload"))]
#![allow(
    clippy::items_after_statements,
    clippy::similar_names,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::too_many_lines,
    reason = "a failed test is a panic"
)]

#[cfg(feature = "sync")]
#[path = "../support/mod.rs"]
mod support;

#[cfg(feature = "sync")]
mod batch;
#[cfg(feature = "sync")]
mod folder;
#[cfg(feature = "sync")]
mod ledger;
#[cfg(feature = "sync")]
mod misbehaving;
mod one_line_upload;
#[cfg(feature = "sync")]
mod scan;
#[cfg(feature = "sync")]
mod upload_all;
