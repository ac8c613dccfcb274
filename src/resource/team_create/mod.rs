//! Team Create and permissions: the users who may edit a universe, and those who are editing it.

mod activation;
mod permissions;

mod session;

mod settings;

use crate::error::Result;
use crate::models::UniverseId;
use crate::models::ids::at_least_one;
use crate::models::params::Params;

pub use settings::TeamCreate;

pub(super) const ENDPOINTS: super::Endpoints = &[
    activation::ENDPOINTS,
    permissions::ENDPOINTS,
    session::ENDPOINTS,
    settings::ENDPOINTS,
];

/// Returns the parameters that name several universes.
fn ids<U: Into<UniverseId>>(universes: impl IntoIterator<Item = U>) -> Result<Params> {
    let ids: Vec<UniverseId> = at_least_one("universe", universes)?;
    Params::default().with_each("ids", ids.into_iter().map(Ok))
}
