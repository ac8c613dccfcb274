//! Universes and places: requests and responses.

mod publishing;
mod repetition;
mod requests;
mod responses;
mod restarts;
mod restrictions;
mod servers;

use crate::support::{MockServer, ok, utc};
use rblx_open_cloud::Client;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Calls a peer that returns this body to every request.
fn with_response<T>(body: impl AsRef<[u8]>, call: impl FnOnce(Client) -> T) -> T {
    call(MockServer::replying([ok(body)]).client())
}

/// Reads a model, and checks that it reads back what it writes.
fn read<T>(json: &Value) -> T
where
    T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug,
{
    let model: T = serde_json::from_value(json.clone()).unwrap();
    let text = serde_json::to_string(&model).unwrap();
    assert_eq!(serde_json::from_str::<T>(&text).unwrap(), model, "{text}");
    let value = serde_json::to_value(&model).unwrap();
    assert_eq!(serde_json::from_value::<T>(value).unwrap(), model, "{text}");
    model
}
