//! Introspection of the API key.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::call::Call;
use super::official::operations;
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

/// Describes a key with the scopes of all official operations.
fn full_access() -> Value {
    let mut scopes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for scope in operations().flat_map(|operation| operation.scopes.split_whitespace()) {
        let (name, operation) = scope.split_once(':').unwrap_or((scope, "read"));
        scopes.entry(name).or_default().insert(operation);
    }
    let scopes: Vec<Value> = scopes
        .into_iter()
        .map(|(name, operations)| {
            json!({
                "name": name,
                "operations": operations,
                "userIds": ["*"],
                "groupIds": ["*"],
                "universeIds": ["*"],
            })
        })
        .collect();
    json!({
        "name": "sandbox",
        "authorizedUserId": KEY_OWNER,
        "scopes": scopes,
        "enabled": true,
        "expired": false,
        "expirationTimeUtc": null,
    })
}
