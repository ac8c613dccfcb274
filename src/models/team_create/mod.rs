//! Team Create, and permissions on universes.

mod permissions;
mod session;
mod settings;

pub(crate) use permissions::UniversePermissionsEntry;
pub use permissions::{ManageableGroup, UniversePermissions};
pub use session::TeamCreateMember;
pub use settings::TeamCreateSettings;
pub(crate) use settings::TeamCreateState;
