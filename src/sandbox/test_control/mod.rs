//! What a test controls in a running sandbox: its resources, faults, settings and clock, and the recorded requests.

mod faults;
#[cfg(feature = "oauth2")]
mod oauth2;
mod recorded;
mod resources;
mod secrets;
mod selling;
mod settings;
mod universes;
