//! What a test controls in a running sandbox: its resources, faults, settings and clock, and the recorded requests.

mod faults;
mod luau;
#[cfg(feature = "oauth2")]
mod oauth2;
mod recorded;
mod resources;
mod settings;
mod universes;
