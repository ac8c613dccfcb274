//! Links to the content of assets, and the content itself.

use std::sync::Arc;

use serde_json::{Value, json};

use super::call::Call;
use super::rejection::Rejection;
use super::storage;
use crate::sandbox::random::random_text;
use crate::sandbox::server::Response;
use crate::sandbox::state::asset::{Asset, ContentLink};
use crate::sandbox::state::store::Store;

pub(crate) fn locate(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("assetId")?;
    Ok(create_link(call, id, None))
}

pub(crate) fn locate_version(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (id, version) = (call.legacy_id("assetId")?, call.legacy_id("versionNumber")?);
    Ok(create_link(call, id, Some(version)))
}

/// Creates a link to the content. Like the service, it returns errors with the status 200.
fn create_link(call: &Call<'_>, id: u64, version: Option<u64>) -> Value {
    let store = &mut call.state().store;
    let (asset, content) = match find(store, id, version, call.query("expectedAssetType")) {
        Ok(found) => found,
        Err(error) => return error,
    };
    let (name, signature) = (random_text(), random_text());
    let address = call.shared.address;
    let found = json!({
        "location": format!("http://{address}/cdn/{name}?signature={signature}"),
        "requestId": random_text(),
        "isArchived": asset.archived,
        "isRecordable": true,
        "assetMetadatas": [{ "metadataType": 1, "value": content.len().to_string() }],
    });
    let link = ContentLink { signature, content };
    store.content_links.insert(name, link);
    found
}

/// Returns the asset and its content, or the response that describes the error.
fn find<'s>(
    store: &'s Store,
    id: u64,
    version: Option<u64>,
    expected_type: Option<&str>,
) -> Result<(&'s Asset, Arc<Vec<u8>>), Value> {
    let asset = store.assets.get(&id);
    let asset = asset.ok_or_else(|| error(404, "Requested asset was not found"))?;
    if expected_type.is_some_and(|expected| expected != asset.kind) {
        return Err(error(400, "Requested asset is of another type"));
    }
    let version = version.unwrap_or(asset.revision);
    if !(1..=asset.revision).contains(&version) {
        return Err(error(404, "Requested asset version was not found"));
    }
    let content = asset.contents.get(&version).cloned();
    let too_large = || error(404, "The sandbox does not keep content of more than 32 MiB");
    Ok((asset, content.ok_or_else(too_large)?))
}

fn error(code: u16, message: &str) -> Value {
    json!({ "errors": [{ "code": code, "message": message }] })
}

/// Returns the content of a link, without a credential. A request with a credential is rejected, so that a leak is found.
pub(crate) fn get_content(call: &mut Call<'_>) -> Result<Response, Rejection> {
    storage::reject_credential(call)?;
    let state = call.state();
    let link = state.store.content_links.get(&call.param("name")?);
    let signature = call.query("signature");
    let link = link.filter(|link| signature == Some(link.signature.as_str()));
    let link = link.ok_or_else(|| storage::error(403, "AccessDenied", "Access Denied"))?;
    Ok(storage::content(link.content.to_vec()))
}
