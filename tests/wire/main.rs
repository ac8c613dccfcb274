//! Behavior that all calls share: requests, errors, retries, pages, operations, secrets, and values.
#![allow(
    unused_mut,
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

#[cfg(feature = "upload")]
#[path = "../support/form.rs"]
mod form;
#[path = "../support/mod.rs"]
mod support;

#[cfg(feature = "upload")]
mod advice;
mod client;
mod errors;
mod faults;
mod golden;
mod items;
mod limiter;
mod money;
mod operations;
mod outage;
mod pace;
mod paging;
mod raw;
mod rejections;
mod repetition;
mod secrets;
mod shutdown;
mod stopping;
#[cfg(feature = "upload")]
mod uploads;
mod values;
