//! Sets the results of Luau scripts, since the sandbox does not run them.

use serde_json::{Value, json};

use super::input::{BadInput, Fields, Input};
use crate::sandbox::state::Shared;
use crate::sandbox::state::luau::script::SandboxScript;

const FIELDS: [&str; 5] = ["contains", "returns", "error", "log", "takesSeconds"];

pub(super) fn add(shared: &Shared, input: &Input) -> Result<Value, BadInput> {
    let fields = input.fields(&FIELDS)?;
    let text = fields.text("contains")?.unwrap_or_default();
    let script = script(&fields)?;
    let mut state = shared.state();
    state.luau.add_rule(text, script);
    Ok(json!({ "scripts": state.luau.rule_count() }))
}

pub(super) fn clear(shared: &Shared) -> Value {
    shared.state().luau.clear_rules();
    json!({ "scripts": 0 })
}

fn script(fields: &Fields) -> Result<SandboxScript, BadInput> {
    let script = match (fields.list("returns")?, fields.text("error")?) {
        (Some(_), Some(_)) => {
            let message = "A script has either `returns` or `error`, not both.";
            return Err(BadInput::new(message));
        }
        (None, Some(error)) => SandboxScript::fails(error),
        (values, None) => SandboxScript::returns(values.into_iter().flatten().cloned()),
    };
    let script = match fields.seconds("takesSeconds")? {
        Some(time) => script.takes(time),
        None => script,
    };
    let lines = fields.texts("log")?;
    Ok(lines.into_iter().fold(script, SandboxScript::log))
}
