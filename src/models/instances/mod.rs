//! Instances of a place's data model: folders and scripts.

mod instance;
mod kind;

mod update;

pub use instance::Instance;
pub use kind::{InstanceKind, RunContext};
pub use update::InstanceUpdate;
