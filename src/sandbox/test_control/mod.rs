//! Controls a running sandbox from tests: its resources, faults, settings and clock, and the recorded requests.

pub(super) mod data_stores;
mod faults;
#[cfg(feature = "oauth2")]
mod oauth2;
mod recorded;
mod resources;
mod secrets;
mod selling;
mod settings;
mod universes;
