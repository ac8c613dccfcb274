//! Instances of a place's data model. Each call starts an operation.

use serde_json::{Value, json};

use super::lookup::{find, ids, place};
use super::mask;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::page::{Paging, Sizes};
use crate::sandbox::api::rejection::{Rejection, invalid, not_found, v2};
use crate::sandbox::object::set_field;
use crate::sandbox::random::random_uuid;
use crate::sandbox::state::State;
use crate::sandbox::state::operation::Outcome;
use crate::sandbox::state::store::Store;
use crate::sandbox::state::universe::instance::Instance;
use crate::sandbox::state::universe::place::Lock;

const MAX_PAGE_SIZE: u64 = 200;
/// The largest result of an operation, in bytes.
const MAX_RESULT_SIZE: usize = 500_000;
const MAX_SOURCE_SIZE: usize = 200_000;
const INSTANCE_TYPE: &str = "type.googleapis.com/roblox.open_cloud.cloud.v2.Instance";
const CHILDREN_TYPE: &str =
    "type.googleapis.com/roblox.open_cloud.cloud.v2.ListInstanceChildrenResponse";

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let ids = ids(call)?;
    let id = call.param("instance_id")?;
    let mut state = call.state();
    let instances = &place(find(&state.store, ids.0)?, ids.1)?.instances;
    let instance = instances.find(&id).ok_or_else(no_instance)?;
    let result = instances.to_json(instance, ids);
    Ok(start(&mut state, ids, &id, result, INSTANCE_TYPE))
}

pub(crate) fn list_children(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let ids = ids(call)?;
    let id = call.param("instance_id")?;
    let sizes = Sizes::Clamped {
        default: MAX_PAGE_SIZE,
        max: MAX_PAGE_SIZE,
    };
    let page = call.page(&Paging::TOKENS.sizes(sizes))?;
    let mut state = call.state();
    let instances = &place(find(&state.store, ids.0)?, ids.1)?.instances;
    let instance = instances.find(&id).ok_or_else(no_instance)?;
    let children = instances.children(&instance.id);
    let children = children.map(|child| instances.to_json(child, ids));
    let result = page.respond("instances", children);
    Ok(start(&mut state, ids, &id, result, CHILDREN_TYPE))
}

pub(crate) fn get_operation(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let path = operation_path(
        ids(call)?,
        &call.param("instance_id")?,
        &call.param("operation_id")?,
    );
    let operation = call.state().poll_operation(&path);
    operation.ok_or_else(|| not_found("The operation"))
}

pub(crate) fn update(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let ids = ids(call)?;
    let id = call.param("instance_id")?;
    let changes = flattened(mask::changes(call, &["engineInstance"])?);
    let mut state = call.state();
    let place = place(find(&state.store, ids.0)?, ids.1)?;
    let instance = place.instances.find(&id).ok_or_else(no_instance)?;
    if place.lock == Some(Lock::Studio) {
        return Err(v2(409, "ABORTED", "The script is open in Studio."));
    }
    for (path, value) in &changes {
        check(instance, path, value)?;
    }
    let path = operation_path(ids, &id, &random_uuid());
    let effect = move |store: &mut Store| apply(store, ids, &id, changes);
    Ok(state.start_operation(&path, Box::new(effect)))
}

fn no_instance() -> Rejection {
    not_found("The instance")
}

/// Starts the operation that has this result.
fn start(state: &mut State, ids: (u64, u64), id: &str, mut result: Value, kind: &str) -> Value {
    let path = operation_path(ids, id, &random_uuid());
    if result.to_string().len() > MAX_RESULT_SIZE {
        let outcome = Outcome::Failed {
            code: "422".to_owned(),
            message: "The response is larger than 500000 bytes.".to_owned(),
        };
        let schedule = state.settings.schedule(state.now());
        return state.start_operation_with(&path, schedule, outcome);
    }
    set_field(&mut result, "@type", kind);
    state.start_operation(&path, Box::new(move |_| result))
}

fn operation_path((universe, place): (u64, u64), instance: &str, id: &str) -> String {
    format!("universes/{universe}/places/{place}/instances/{instance}/operations/{id}")
}

type Changes = Vec<(String, Value)>;

/// Returns the properties that a change names, also where the mask names a whole object.
fn flattened(changes: Vec<(String, Option<Value>)>) -> Changes {
    let mut found = Vec::new();
    for (path, value) in changes {
        flatten(&path, value.unwrap_or_default(), &mut found);
    }
    found.retain(|(path, _)| path != "engineInstance.Id");
    found
}

fn flatten(path: &str, value: Value, found: &mut Changes) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                flatten(&format!("{path}.{name}"), value, found);
            }
        }
        value => found.push((path.to_owned(), value)),
    }
}

fn check(instance: &Instance, path: &str, value: &Value) -> Result<(), Rejection> {
    let class = instance.class.as_deref().unwrap_or_default();
    let property = path.strip_prefix("engineInstance.Details.");
    let property = property.and_then(|rest| rest.strip_prefix(class)?.strip_prefix('.'));
    let is_right = match property {
        Some("Source") => {
            let source = value.as_str();
            source.is_some_and(|source| source.len() <= MAX_SOURCE_SIZE)
        }
        Some("Enabled") => class != "ModuleScript" && value.is_boolean(),
        Some("RunContext") => class != "ModuleScript" && value.is_string(),
        _ => path == "engineInstance.Name" && value.is_string(),
    };
    let wrong = || invalid(&format!("{path} cannot be set to this."));
    is_right.then_some(()).ok_or_else(wrong)
}

/// Changes the instance, and returns it.
fn apply(store: &mut Store, ids: (u64, u64), id: &str, changes: Changes) -> Value {
    let universe = store.universes.get_mut(&ids.0);
    let place = universe.and_then(|universe| universe.places.get_mut(&ids.1));
    let Some(place) = place else {
        return Value::Null;
    };
    if let Some(instance) = place.instances.find_mut(id) {
        for (path, value) in changes {
            let property = path.rsplit('.').next().unwrap_or_default();
            match value {
                Value::String(name) if property == "Name" => instance.name = name,
                value => {
                    instance.properties.insert(property.to_owned(), value);
                }
            }
        }
    }
    let instance = place.instances.find(id);
    let mut result = instance.map_or(json!({}), |instance| place.instances.to_json(instance, ids));
    set_field(&mut result, "@type", INSTANCE_TYPE);
    result
}
