//! What the key of the sandbox may do.

use serde_json::{Value, json};

use super::{Call, Rejection, invalid, json_body};
use crate::sandbox::server::{Body, Response};
use crate::sandbox::state::Shared;

/// The request carries the key in its body, and none in its head.
pub(super) fn introspect(
    shared: &Shared,
    call: &Call<'_>,
    body: &mut Body<'_>,
) -> Result<Value, Rejection> {
    let has_credential = ["x-api-key", "authorization"]
        .iter()
        .any(|name| call.head.header(name).is_some());
    if has_credential {
        return Err(invalid("The key belongs into the body alone.").into());
    }
    let request = json_body::read(call, body)?;
    if request.get("apiKey").and_then(Value::as_str) != Some(shared.api_key.as_str()) {
        return Err(Response::error(401, "UNAUTHENTICATED", "The API key is not valid.").into());
    }
    let info = shared.state().key_info.clone();
    Ok(info.unwrap_or_else(everything))
}

/// A key that may do everything that the crate calls.
fn everything() -> Value {
    let scope = |name: &str, operations: &[&str]| {
        json!({
            "name": name,
            "operations": operations,
            "userIds": ["*"],
            "groupIds": ["*"],
            "universeIds": ["*"],
        })
    };
    json!({
        "name": "sandbox",
        "authorizedUserId": 156,
        "scopes": [
            scope("asset", &["read", "write"]),
            scope("asset-permissions", &["write"]),
            scope("creator-store-product", &["read", "write"]),
            scope("creator-store-save", &["read", "write"]),
            scope("group", &["read", "write"]),
            scope("group-forum", &["read"]),
            scope("legacy-asset", &["manage"]),
            scope("legacy-group", &["manage"]),
            scope("legacy-universe.following", &["read", "write"]),
            scope("legacy-user", &["manage"]),
            scope("thumbnail", &["read"]),
            scope("user.advanced", &["read"]),
            scope("user.inventory-item", &["read"]),
            scope("user.social", &["read"]),
            scope("user.user-notification", &["write"]),
        ],
        "enabled": true,
        "expired": false,
        "expirationTimeUtc": null,
    })
}
