//! Data stores: requests and responses.

mod changes;
mod increment_once;
#[cfg(feature = "sandbox")]
mod lossless;
mod repetition;
mod requests;
mod responses;
mod v1;
mod values;

use std::time::Duration;

use crate::support::{MockServer, Received, ok};
use rblx_open_cloud::resource::{DataStore, DataStoreEntry};
use rblx_open_cloud::{Client, RetryPolicy};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Calls a peer that returns this body to every request.
fn with_response<T>(body: impl AsRef<[u8]>, call: impl FnOnce(DataStore) -> T) -> T {
    call(store(&MockServer::replying([ok(body)]).client()))
}

fn store(client: &Client) -> DataStore {
    client.universe(5).data_store("Inventory")
}

fn entry(client: &Client) -> DataStoreEntry {
    store(client).entry("k")
}

/// Parses a time such as `2026-01-02T03:04:05Z`.
fn utc(text: &str) -> OffsetDateTime {
    OffsetDateTime::parse(text, &Rfc3339).unwrap()
}

/// A client that repeats without delays.
fn quick(peer: &MockServer) -> Client {
    let millisecond = Duration::from_millis(1);
    let retry = RetryPolicy::default()
        .initial_backoff(millisecond)
        .max_backoff(millisecond);
    peer.builder().retry(retry).build().unwrap()
}

/// Method, decoded target and body of a request.
fn line(request: &Received) -> String {
    let target = percent_encoding::percent_decode_str(&request.target);
    let body = String::from_utf8_lossy(&request.body);
    let line = format!(
        "{} {} {body}",
        request.method,
        target.decode_utf8().unwrap()
    );
    line.trim_end().to_owned()
}
