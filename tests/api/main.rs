//! The calls of each family: their requests on the wire, and their results.
#![allow(
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

#[cfg(feature = "sandbox")]
#[path = "../support/endpoints.rs"]
mod endpoints;
#[cfg(any(feature = "localization", all(feature = "sandbox", feature = "upload")))]
#[path = "../support/form.rs"]
mod form;
#[path = "../support/mod.rs"]
mod support;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Sends each call to a separate peer, and compares method, decoded target and body.
macro_rules! assert_sends {
    ($($line:expr => |$client:ident| $call:expr;)+) => { $(
        let peer = crate::support::MockServer::replying([crate::support::ok("{}")]);
        let $client = peer.client();
        let _ = $call;
        let request = peer.only_request();
        assert_eq!(request.line(), $line);
        assert_eq!(request.header("x-api-key"), Some(crate::support::KEY), "{}", $line);
        assert_eq!(request.header("transfer-encoding"), None, "{}", $line);
    )+ };
}

#[cfg(feature = "ads")]
mod ads;
#[cfg(feature = "analytics")]
mod alerts;
#[cfg(feature = "analytics")]
mod analytics;
#[cfg(all(feature = "sandbox", feature = "upload"))]
mod asset_fields;
#[cfg(feature = "configs")]
mod configs;
mod creator_store;
mod data_stores;
#[cfg(all(feature = "sandbox", feature = "upload"))]
mod decoding;
mod delivery;
#[cfg(feature = "events")]
mod events;
#[cfg(feature = "configs")]
mod experiments;
mod groups;
#[cfg(all(feature = "sandbox", feature = "localization"))]
mod home_thumbnails;
mod inventory;
#[cfg(feature = "sandbox")]
mod keys;
#[cfg(feature = "localization")]
mod localization;
mod luau;
#[cfg(feature = "memory-stores")]
mod memory_stores;
mod misspelled_values;
mod numbered_pages;
mod ordered_data_stores;
#[cfg(feature = "sandbox")]
mod people;
#[cfg(feature = "sandbox")]
mod permissions;
#[cfg(feature = "sandbox")]
mod read_back;
mod repetition;
#[cfg(feature = "sandbox")]
mod requests;
mod secrets;
#[cfg(all(feature = "sandbox", feature = "upload"))]
mod selling;
#[cfg(all(
    feature = "ads",
    feature = "analytics",
    feature = "configs",
    feature = "localization"
))]
mod sent_values;
mod team_create;
mod thumbnails;
mod universes;
mod users;
#[cfg(feature = "webhooks")]
mod webhooks;

/// Reads a model, and checks that it reads back what it writes.
fn read<T>(json: &Value) -> T
where
    T: DeserializeOwned + Serialize + PartialEq + Debug,
{
    let model: T = serde_json::from_value(json.clone()).unwrap();
    let text = serde_json::to_string(&model).unwrap();
    assert_eq!(serde_json::from_str::<T>(&text).unwrap(), model, "{text}");
    let value = serde_json::to_value(&model).unwrap();
    assert_eq!(serde_json::from_value::<T>(value).unwrap(), model, "{text}");
    model
}
