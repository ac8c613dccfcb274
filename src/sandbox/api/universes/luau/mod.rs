//! Luau scripts.

pub(crate) mod content;
pub(crate) mod create;
pub(crate) mod tasks;
