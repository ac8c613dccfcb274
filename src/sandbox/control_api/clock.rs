//! Reads and moves the clock.

use serde_json::{Value, json};

use super::input::{BadInput, Input};
use crate::sandbox::clock::timestamp;
use crate::sandbox::state::Shared;

pub(super) fn get(shared: &Shared) -> Value {
    let state = shared.state();
    json!({ "now": timestamp(state.now()), "speed": state.clock.speed() })
}

pub(super) fn change(shared: &Shared, input: &Input) -> Result<Value, BadInput> {
    let fields = input.fields(&["advanceSeconds", "speed"])?;
    let (by, speed) = (fields.seconds("advanceSeconds")?, fields.speed("speed")?);
    {
        let mut state = shared.state();
        if let Some(by) = by {
            state.clock.advance(by);
        }
        if let Some(speed) = speed {
            state.clock.set_speed(speed);
        }
    }
    Ok(get(shared))
}
