//! Team Create and permissions: who may edit a universe, and who does.

mod activation;
mod permissions;

mod session;

mod settings;

use crate::error::{Error, Result};
use crate::models::UniverseId;
use crate::models::serde_helpers::null_to_default;

pub use settings::TeamCreate;

pub(super) const ENDPOINTS: super::Endpoints = &[
    activation::ENDPOINTS,
    permissions::ENDPOINTS,
    session::ENDPOINTS,
    settings::ENDPOINTS,
];

/// A response that is a list without pages.
#[derive(serde::Deserialize)]
#[serde(
    expecting = "a list in the field `data`",
    bound(deserialize = "T: serde::Deserialize<'de>")
)]
struct List<T> {
    #[serde(default = "Vec::new", deserialize_with = "null_to_default")]
    data: Vec<T>,
}

/// Returns the parameters that name several universes.
fn ids<U: Into<UniverseId>>(
    universes: impl IntoIterator<Item = U>,
) -> Result<Vec<(&'static str, String)>> {
    let universes = universes.into_iter();
    let ids: Vec<_> = universes
        .map(|universe| ("ids", universe.into().to_string()))
        .collect();
    if ids.is_empty() {
        return Err(Error::invalid_input("name at least one universe"));
    }
    Ok(ids)
}
