//! Luau scripts that run in a place.

mod run;

mod task;

mod input;

mod download;
mod log_follower;
mod task_path;

use crate::endpoint::Endpoint;

pub use run::LuauRun;
pub use task::LuauTask;

pub(super) const ENDPOINTS: &[&[&Endpoint]] =
    &[run::ENDPOINTS, task_path::ENDPOINTS, input::ENDPOINTS];
