//! Universes and places: requests and responses.

mod publishing;
mod repetition;
mod requests;
mod responses;
mod restarts;
mod restrictions;
mod servers;

use crate::read;
use crate::support::{MockServer, ok, utc};
use rblx_open_cloud::Client;

/// Calls a peer that returns this body to every request.
fn with_response<T>(body: impl AsRef<[u8]>, call: impl FnOnce(Client) -> T) -> T {
    call(MockServer::replying([ok(body)]).client())
}
