//! Controls a running sandbox from tests: its resources, faults, settings and clock, and the recorded requests.

mod analytics;
pub(super) mod data_stores;
mod faults;
mod luau;
#[cfg(feature = "oauth2")]
mod oauth2;
mod recorded;
mod resources;
mod secrets;
mod selling;
mod settings;
mod state;
mod universes;
