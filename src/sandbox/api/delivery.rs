//! Where the content of assets is, and the content itself.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::server::Response;
use super::super::state::{Shared, State, random_text};
use super::super::store::{Asset, Delivery, Store};
use super::{Call, number};

/// Makes a place for the content, and tells where it is. What is not there is reported with the status 200.
pub(super) fn locate(
    shared: &Shared,
    call: &Call<'_>,
    id: &str,
    version: Option<&str>,
) -> Result<Value, Response> {
    let digits = |text: &str| {
        number(text).ok_or_else(|| Response::gateway_error(400, "The id is not a number."))
    };
    let (id, version) = (digits(id)?, version.map(digits).transpose()?);
    let expected = call.query("expectedAssetType");
    let store = &mut shared.state().store;
    let (asset, content) = match find(store, id, version, expected) {
        Ok(found) => found,
        Err(rejected) => return Ok(rejected),
    };
    let (name, signature) = (random_text(), random_text());
    let address = shared.address.get().map(ToString::to_string);
    let address = address.unwrap_or_default();
    let location = format!("http://{address}/cdn/{name}?signature={signature}");
    let response = found(asset, &location, content.len());
    store
        .deliveries
        .insert(name, Delivery { signature, content });
    Ok(response)
}

/// The asset and its content, or the response that says why not.
fn find<'a>(
    store: &'a Store,
    id: u64,
    version: Option<u64>,
    expected: Option<&str>,
) -> Result<(&'a Asset, Arc<Vec<u8>>), Value> {
    let asset = store.assets.get(&id);
    let asset = asset.ok_or_else(|| rejected(404, "Requested asset was not found"))?;
    if expected.is_some_and(|expected| expected != asset.kind) {
        return Err(rejected(400, "Requested asset is of another type"));
    }
    let version = version.unwrap_or(asset.revision);
    if !(1..=asset.revision).contains(&version) {
        return Err(rejected(404, "Requested asset version was not found"));
    }
    let content = asset.contents.get(&version).cloned();
    let too_large = || rejected(404, "The sandbox does not keep content of more than 32 MiB");
    Ok((asset, content.ok_or_else(too_large)?))
}

fn found(asset: &Asset, location: &str, size: usize) -> Value {
    json!({
        "location": location,
        "requestId": random_text(),
        "isArchived": asset.archived,
        "isRecordable": true,
        "assetMetadatas": [{ "metadataType": 1, "value": size.to_string() }],
    })
}

fn rejected(code: u16, message: &str) -> Value {
    json!({ "errors": [{ "code": code, "message": message }] })
}

/// The content, for whoever has its location. A key has no business here.
pub(super) fn content(state: &State, call: &Call<'_>, name: &str) -> Result<Response, Response> {
    if call.has_credential() {
        return Err(denied(
            400,
            "InvalidArgument",
            "A credential was sent to the host of content.",
        ));
    }
    let delivery = state.store.deliveries.get(name);
    let signature = call.query("signature");
    let delivery = delivery.filter(|delivery| signature == Some(delivery.signature.as_str()));
    let delivery = delivery.ok_or_else(|| denied(403, "AccessDenied", "Access Denied"))?;
    let content = delivery.content.to_vec();
    let mut response = Response::new(200, "binary/octet-stream", content);
    response.server = "AmazonS3";
    Ok(response)
}

/// An error in the shape of the hosts of content.
fn denied(status: u16, code: &str, message: &str) -> Response {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    let mut response = Response::new(status, "application/xml", body.into_bytes());
    response.server = "AmazonS3";
    response
}
