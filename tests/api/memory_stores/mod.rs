//! Memory stores: requests, responses, retries, and the loop that empties a queue.

#[cfg(feature = "sandbox")]
mod drain;
mod flush;
mod repetition;
mod requests;
mod responses;
