//! Binary inputs and outputs of scripts, behind signed URLs.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::sandbox::api::call::Call;
use crate::sandbox::api::form::MAX_KEPT_SIZE;
use crate::sandbox::api::rejection::{Rejection, invalid};
use crate::sandbox::api::storage;
use crate::sandbox::api::universes::lookup::find;
use crate::sandbox::api::values::json_number;
use crate::sandbox::random::{random_text, random_uuid};
use crate::sandbox::server::Response;
use crate::sandbox::state::luau::content::Input;
use crate::sandbox::state::luau::task::input_path;

const MAX_SIZE: u64 = 100 << 20;

pub(crate) fn create_input(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let universe = call.id("universe_id")?;
    let body = call.json()?;
    let size = body.get("size").and_then(json_number);
    let size = size.filter(|size| *size <= MAX_SIZE);
    let size = size.ok_or_else(|| invalid("size is not a number of up to 104857600."))?;
    let mut state = call.state();
    find(&state.store, universe)?;
    let (id, signature) = (random_uuid(), random_text());
    let address = call.shared.address;
    let created = json!({
        "path": input_path(universe, &id),
        "size": size,
        "uploadUri": format!("http://{address}/luau-inputs/{id}?signature={signature}"),
    });
    let input = Input {
        universe,
        size,
        signature,
        created: state.now(),
        is_uploaded: false,
        content: Arc::default(),
    };
    state.luau.inputs.insert(id, input);
    Ok(created)
}

/// Takes the content of an input from whoever knows its URL.
pub(crate) fn put_input(call: &mut Call<'_>) -> Result<Response, Rejection> {
    storage::reject_credential(call)?;
    let id = call.param("id")?;
    let size = {
        let state = call.state();
        let input = state.luau.inputs.get(&id);
        let input = input.filter(|input| input.is_valid(state.now()));
        let input = input.filter(|input| call.query("signature") == Some(input.signature.as_str()));
        input.ok_or_else(access_denied)?.size
    };
    let (mut content, mut length) = (Vec::new(), 0);
    call.read_body(|chunk| {
        length += chunk.len() as u64;
        if size <= MAX_KEPT_SIZE {
            content.extend_from_slice(chunk);
        }
    })?;
    if length != size {
        let message = "The content does not have the declared length.";
        return Err(storage::error(400, "EntityTooSmall", message));
    }
    if let Some(input) = call.state().luau.inputs.get_mut(&id) {
        input.is_uploaded = true;
        input.content = Arc::new(content);
    }
    Ok(storage::from_storage(Response::empty(200)))
}

/// Returns the output of a script to whoever knows its URL.
pub(crate) fn get_output(call: &mut Call<'_>) -> Result<Response, Rejection> {
    storage::reject_credential(call)?;
    let state = call.state();
    let output = state.luau.outputs.get(&call.param("name")?);
    let output = output.filter(|output| output.is_valid(state.now()));
    let output = output.filter(|output| call.query("signature") == Some(output.signature.as_str()));
    let content = output.ok_or_else(access_denied)?.content.to_vec();
    Ok(storage::content(content))
}

fn access_denied() -> Rejection {
    storage::error(403, "AccessDenied", "Request has expired")
}
