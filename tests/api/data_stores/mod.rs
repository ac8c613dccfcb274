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

use crate::support::{MockServer, ok, utc};
use rblx_open_cloud::Client;
use rblx_open_cloud::resource::{DataStore, DataStoreEntry};

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
