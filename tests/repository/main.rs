//! The repository itself: its source, its documents, its dependencies and its examples.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    reason = "a failed test is a panic, and the numbers are for people"
)]

#[path = "../support/endpoints.rs"]
mod endpoints;
#[path = "../support/official.rs"]
mod official;
#[cfg(all(feature = "localization", feature = "sandbox"))]
#[path = "../support/mod.rs"]
mod support;

mod coverage;
mod dependencies;
mod documents;
#[cfg(all(feature = "sandbox", feature = "upload"))]
mod examples;
mod footers;
mod guides;
#[cfg(all(feature = "sandbox", feature = "sync", unix))]
mod interrupt;
mod method_order;
mod methods;
mod snippets;
mod structure;
#[cfg(all(feature = "localization", feature = "sandbox"))]
mod translations;
