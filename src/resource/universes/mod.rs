//! Universes and places: settings, publishing, messages, restrictions of users, and game servers.

mod universe;

mod place;

mod publishing;

mod history;

mod messages;

mod language;

mod restrictions;

mod servers;

mod restart_servers;

mod restarts;

mod restart;

use crate::endpoint::Endpoint;

pub use place::Place;
pub use restart::Restart;
pub use restrictions::ActiveRestrictions;
pub use universe::Universe;

pub(super) const ENDPOINTS: &[&[&Endpoint]] = &[
    universe::ENDPOINTS,
    place::ENDPOINTS,
    publishing::ENDPOINTS,
    history::ENDPOINTS,
    messages::ENDPOINTS,
    language::ENDPOINTS,
    restrictions::ENDPOINTS,
    servers::ENDPOINTS,
    restart_servers::ENDPOINTS,
    restart::ENDPOINTS,
    restarts::ENDPOINTS,
];
