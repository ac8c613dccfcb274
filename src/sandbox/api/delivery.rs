//! Where the content of assets is, and the content itself.

use serde_json::{Value, json};

use super::super::server::Answer;
use super::super::state::{Shared, State, random_text};
use super::super::world::{Asset, Delivery};
use super::{Call, number};

/// Makes a place for the content, and tells where it is. What is not there is told with the status 200.
pub(super) fn locate(
    shared: &Shared,
    call: &Call<'_>,
    id: &str,
    version: Option<&str>,
) -> Result<Value, Answer> {
    let digits = |text: &str| {
        number(text).ok_or_else(|| Answer::gateway_error(400, "The id is not a number."))
    };
    let (id, version) = (digits(id)?, version.map(digits).transpose()?);
    let mut state = shared.state();
    let Some(asset) = state.world.assets.get(&id) else {
        return Ok(refused(404, "Requested asset was not found"));
    };
    if call
        .query("expectedAssetType")
        .is_some_and(|expected| expected != asset.kind)
    {
        return Ok(refused(400, "Requested asset is of another type"));
    }
    let version = version.unwrap_or(asset.revision);
    let Some(content) = asset.contents.get(&version).cloned() else {
        let why = match version {
            version if (1..=asset.revision).contains(&version) => {
                "The sandbox does not keep content of more than 32 MiB"
            }
            _ => "Requested asset version was not found",
        };
        return Ok(refused(404, why));
    };
    let name = random_text();
    let signature = random_text();
    let address = shared.address.get().map(ToString::to_string);
    let location = format!(
        "http://{}/cdn/{name}?signature={signature}",
        address.unwrap_or_default()
    );
    let answer = found(asset, &location, content.len());
    let delivery = Delivery { signature, content };
    state.world.deliveries.insert(name, delivery);
    Ok(answer)
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

fn refused(code: u16, message: &str) -> Value {
    json!({ "errors": [{ "code": code, "message": message }] })
}

/// The content, for whoever has its location. A key has no business here.
pub(super) fn content(state: &State, call: &Call<'_>, name: &str) -> Result<Answer, Answer> {
    if call.has_credential() {
        return Err(denied(
            400,
            "InvalidArgument",
            "A credential was sent to the host of content.",
        ));
    }
    let delivery = state.world.deliveries.get(name);
    let signature = call.query("signature");
    let delivery = delivery.filter(|delivery| signature == Some(delivery.signature.as_str()));
    let delivery = delivery.ok_or_else(|| denied(403, "AccessDenied", "Access Denied"))?;
    let content = delivery.content.to_vec();
    let mut answer = Answer::new(200, "binary/octet-stream", content);
    answer.server = "AmazonS3";
    Ok(answer)
}

/// An error in the shape of the hosts of content.
fn denied(status: u16, code: &str, message: &str) -> Answer {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    let mut answer = Answer::new(status, "application/xml", body.into_bytes());
    answer.server = "AmazonS3";
    answer
}
