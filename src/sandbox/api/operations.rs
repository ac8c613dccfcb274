//! Operations: uploads and updates that are not finished at once.

use serde_json::{Value, json};

use super::super::item::SandboxItem;
use super::super::server::Response;
use super::super::state::{State, random_text};
use super::super::store::{Asset, Creator, Operation, Outcome, Store};
use super::{assets, kinds, not_found};
use crate::models::InventoryAssetType;

const ASSET_TYPE_URL: &str = "type.googleapis.com/roblox.open_cloud.assets.v1.Asset";

/// Starts the operation that makes this asset, or its new revision, part of the store.
pub(super) fn start(state: &mut State, asset: Asset) -> Value {
    let outcome = match state.operation_errors.pop_front() {
        Some((code, message)) => Outcome::Fails { code, message },
        None => Outcome::Pending(Box::new(asset)),
    };
    let id = new_id();
    let operation = Operation {
        polls_left: state.settings.polls_until_done,
        outcome,
    };
    state.store.operations.insert(id.clone(), operation);
    look(&mut state.store, &id).unwrap_or_default()
}

/// Returns a poll: one of those that the operation still needs, or the result.
pub(super) fn poll(state: &mut State, id: &str) -> Result<Value, Response> {
    let missing = || not_found("The operation");
    let operation = state.store.operations.get_mut(id).ok_or_else(missing)?;
    if operation.polls_left > 0 {
        operation.polls_left -= 1;
        return Ok(head(id, false));
    }
    look(&mut state.store, id).ok_or_else(missing)
}

/// The operation as it stands; finishes it when no poll is left.
fn look(store: &mut Store, id: &str) -> Option<Value> {
    let operation = store.operations.get_mut(id)?;
    if operation.polls_left > 0 {
        return Some(head(id, false));
    }
    let mut response = head(id, true);
    let (name, result) = match &operation.outcome {
        Outcome::Fails { code, message } => ("error", error_json(code, message)),
        Outcome::Done(response) => ("response", response.clone()),
        Outcome::Pending(asset) => {
            let mut asset = Asset::clone(asset);
            // What happened to the asset since the operation began stays.
            if let Some(current) = store.assets.get(&asset.id) {
                asset.archived = current.archived;
                asset.revision = asset.revision.max(current.revision);
                for (revision, content) in &current.contents {
                    let kept = asset.contents.entry(*revision);
                    kept.or_insert_with(|| content.clone());
                }
            }
            let mut response = assets::asset_json(&asset);
            response.insert("@type".to_owned(), json!(ASSET_TYPE_URL));
            operation.outcome = Outcome::Done(Value::Object(response.clone()));
            keep(store, asset);
            ("response", Value::Object(response))
        }
    };
    response.as_object_mut()?.insert(name.to_owned(), result);
    Some(response)
}

fn head(id: &str, done: bool) -> Value {
    json!({ "path": format!("operations/{id}"), "operationId": id, "done": done })
}

/// A code in digits goes out as a number.
fn error_json(code: &str, message: &str) -> Value {
    let code = code
        .parse::<i64>()
        .map_or_else(|_| json!(code), |code| json!(code));
    json!({ "code": code, "message": message })
}

/// Puts a finished asset into the store, and a new one also into its creator's inventory.
fn keep(store: &mut Store, asset: Asset) {
    let kind = kinds::inventory_type(&asset.kind).filter(|_| asset.revision == 1);
    if let (Creator::User(user), Some(kind)) = (asset.creator, kind) {
        store.add_item(
            user,
            SandboxItem::asset(asset.id, InventoryAssetType::from(kind)),
        );
    }
    store.assets.insert(asset.id, asset);
}

/// A random id in the shape of a UUID.
pub(super) fn new_id() -> String {
    let mut id = random_text();
    for at in [20, 16, 12, 8] {
        id.insert(at, '-');
    }
    id
}
