//! Introspection of the API key.

use serde_json::{Value, json};

use super::call::Call;
use super::rejection::{Rejection, invalid, v2};
use crate::sandbox::state::user::KEY_OWNER;

/// The request contains the key in its body, and no credential in its head.
pub(crate) fn introspect(call: &mut Call<'_>) -> Result<Value, Rejection> {
    if call.has_credential() {
        return Err(invalid("The key must be in the body only."));
    }
    let request = call.json()?;
    if request.text("apiKey")? != Some(&call.shared.api_key) {
        return Err(v2(401, "UNAUTHENTICATED", "The API key is not valid."));
    }
    let info = call.state().key_info.clone();
    Ok(info.unwrap_or_else(full_access))
}

/// Describes a key that may make every call of this crate.
fn full_access() -> Value {
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
        "authorizedUserId": KEY_OWNER,
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
