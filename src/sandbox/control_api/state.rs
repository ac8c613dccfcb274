//! Saves, loads and resets the resources.

use serde_json::Value;

use super::input::{BadInput, Input};
use crate::sandbox::state::Shared;

pub(super) fn get(shared: &Shared) -> Result<Value, BadInput> {
    Ok(shared.state().snapshot()?)
}

pub(super) fn replace(shared: &Shared, input: &Input) -> Result<Value, BadInput> {
    let snapshot = input.json()?;
    shared.state().restore(&snapshot)?;
    get(shared)
}

pub(super) fn merge(shared: &Shared, input: &Input) -> Result<Value, BadInput> {
    let patch = input.json()?;
    shared.state().merge(patch)?;
    get(shared)
}

pub(super) fn reset(shared: &Shared) -> Result<Value, BadInput> {
    shared.state().reset()?;
    get(shared)
}
