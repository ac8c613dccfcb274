//! The operations of uploads and updates.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::asset_types::inventory_type;
use crate::models::InventoryAssetType;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::{Rejection, not_found};
use crate::sandbox::object::set_field;
use crate::sandbox::random::random_uuid;
use crate::sandbox::state::State;
use crate::sandbox::state::asset::{Asset, Creator};
use crate::sandbox::state::item::SandboxItem;
use crate::sandbox::state::store::Store;

/// The number of remaining generations of speech that responses contain. The sandbox does not count them.
const SPEECH_QUOTA: u64 = 100;
const TYPE_URL: &str = "type.googleapis.com/roblox.open_cloud.assets.v1.Asset";

/// Starts the operation that adds this asset, or its new revision, to the store.
pub(super) fn start(state: &mut State, asset: Asset) -> Value {
    let id = random_uuid();
    let now = state.now();
    let effect = move |store: &mut Store| store_asset(store, asset, now);
    let started = state.start_operation(&format!("operations/{id}"), Box::new(effect));
    with_id(started, &id)
}

/// Starts the operation that adds this asset, made from a text, to the store.
pub(crate) fn start_speech(state: &mut State, asset: Asset) -> Value {
    let id = random_uuid();
    let effect = move |store: &mut Store| {
        let response = json!({ "assetId": asset.id.to_string(), "remainingQuota": SPEECH_QUOTA });
        store.assets.insert(asset.id, asset);
        response
    };
    state.start_operation(&format!("operations/{id}"), Box::new(effect))
}

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.param("operationId")?;
    let operation = call.state().poll_operation(&format!("operations/{id}"));
    let operation = operation.ok_or_else(|| not_found("The operation"))?;
    Ok(with_id(operation, &id))
}

/// Adds the field `operationId`, which only this service returns.
fn with_id(mut operation: Value, id: &str) -> Value {
    set_field(&mut operation, "operationId", id);
    operation
}

/// Adds the asset to the store, and a new one to the inventory of its creator. Returns the response of the operation.
fn store_asset(store: &mut Store, mut asset: Asset, now: OffsetDateTime) -> Value {
    if let Some(current) = store.assets.get(&asset.id) {
        asset.merge_current(current);
    } else if let (Creator::User(user), Some(kind)) = (asset.creator, inventory_type(&asset.kind)) {
        let item = SandboxItem::asset(asset.id, InventoryAssetType::from(kind));
        store.add_item(user, item, now);
    }
    let mut response = asset.to_json();
    response.insert("@type".to_owned(), json!(TYPE_URL));
    store.assets.insert(asset.id, asset);
    Value::Object(response)
}
