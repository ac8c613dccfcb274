//! The advice of every kind of error for every call of the crate.

use super::{Error, ErrorKind};
use crate::endpoint::{Endpoint, EndpointRef, Method, UserContent};

const KINDS: [ErrorKind; 13] = [
    ErrorKind::InvalidKey,
    ErrorKind::PermissionDenied,
    ErrorKind::NotFound,
    ErrorKind::RateLimited,
    ErrorKind::ServiceUnavailable,
    ErrorKind::InvalidAsset,
    ErrorKind::ModeratedText,
    ErrorKind::Conflict,
    ErrorKind::BadRequest,
    ErrorKind::Unexpected,
    ErrorKind::Transport,
    ErrorKind::Timeout,
    ErrorKind::Decode,
];
const STATUSES: [u16; 16] = [
    400, 401, 403, 404, 405, 407, 408, 409, 410, 413, 414, 415, 429, 431, 500, 501,
];

/// Endpoints that are in no list.
const OTHERS: [&Endpoint; 4] = [
    &Endpoint::post("/api-keys/v1/introspect").idempotent(),
    &Endpoint::post("/oauth/v1/token").idempotent(),
    &Endpoint::get("/oauth/v1/certs"),
    &Endpoint::get("/oauth/v1/userinfo").scopes(&["openid", "profile"]),
];

/// Returns the text of an error whose message says nothing.
fn text(endpoint: impl Into<EndpointRef>, kind: ErrorKind, status: u16, token: bool) -> String {
    let endpoint = endpoint.into();
    let error = Error::new(kind, "m").map(|inner| {
        inner.status = Some(status);
        inner.has_token = token;
        inner.endpoint = Some(endpoint);
        inner.path = Some("/x".to_owned());
    });
    let text = error.to_string();
    text.split_once(": m")
        .map_or("", |(_, rest)| rest)
        .to_owned()
}

/// Words of advice, and whether the call has what they mention.
fn conditions(endpoint: &Endpoint, path: &str, token: bool) -> [(&'static str, bool); 15] {
    let (has_file, has_scopes) = (
        endpoint.user_content == UserContent::File,
        !endpoint.all_scopes().is_empty(),
    );
    let has_text = endpoint.user_content != UserContent::None;
    let is_app = path.starts_with("/oauth/");
    [
        ("inventory", path.contains("/inventory-items")),
        ("the id", path.contains('{')),
        ("the ids", path.matches('{').count() > 1),
        ("the file", has_file),
        ("format", has_file),
        ("content type", has_file),
        ("creator:", has_file && path.starts_with("/assets/")),
        ("this asset", has_file && path.starts_with("/assets/")),
        ("name or description", has_file),
        ("another text", has_text && !has_file),
        (
            "group",
            path.contains("/groups/") || path.starts_with("/assets/"),
        ),
        ("scope", has_scopes),
        ("access to this call", has_scopes && !token),
        ("The key", !token && !is_app),
        ("token", token),
    ]
}

#[test]
fn advice_mentions_only_what_the_call_has() {
    let endpoints = crate::endpoints::all().into_iter().chain(OTHERS);
    let mut count = 0;
    for endpoint in endpoints {
        let reference = EndpointRef::from(endpoint);
        for (kind, status) in KINDS
            .iter()
            .flat_map(|kind| STATUSES.map(|status| (*kind, status)))
        {
            for token in [false, true] {
                let text = text(reference.clone(), kind, status, token);
                let path = reference.path();
                for (word, has_it) in conditions(endpoint, path, token) {
                    let is_said = text.to_lowercase().contains(&word.to_lowercase());
                    assert!(
                        has_it || !is_said,
                        "{} {path}, {kind:?} {status}: {text:?} mentions {word:?}",
                        endpoint.method
                    );
                }
                count += 1;
            }
        }
    }
    assert!(count > 10_000, "{count}");
}

#[test]
fn statuses_and_calls_lead_to_their_advice() {
    use ErrorKind::{BadRequest, Conflict, InvalidKey, NotFound, PermissionDenied};
    const UPLOAD: Endpoint = Endpoint::post("/assets/v1/assets")
        .scopes(&["asset:read", "asset:write"])
        .user_content(UserContent::File);
    const UPDATE: Endpoint = Endpoint::patch("/assets/v1/assets/{assetId}")
        .scopes(&["asset:read", "asset:write"])
        .user_content(UserContent::File);
    const INVENTORY: Endpoint = Endpoint::get("/cloud/v2/users/{user_id}/inventory-items")
        .scopes(&["user.inventory-item:read"]);
    const ROLE: Endpoint = Endpoint::patch("/cloud/v2/groups/{group_id}/memberships/{id}");
    const ANY: Endpoint = Endpoint::get("/cloud/v2/things").any_scope(&["a:read", "b:read"]);
    let raw = |method| EndpointRef::custom(method, "/cloud/v2/things/{id}");
    for (endpoint, kind, status, words) in [
        (
            (&UPLOAD).into(),
            PermissionDenied,
            403,
            "create assets for this creator",
        ),
        (
            (&UPLOAD).into(),
            PermissionDenied,
            403,
            "needs the scopes: asset:read, asset:write",
        ),
        ((&UPLOAD).into(), NotFound, 404, "Check the creator"),
        ((&UPLOAD).into(), BadRequest, 413, "The file is too large"),
        (
            (&UPLOAD).into(),
            BadRequest,
            415,
            "the file and its extension",
        ),
        ((&UPLOAD).into(), Conflict, 409, ""),
        (
            (&UPDATE).into(),
            PermissionDenied,
            403,
            "may not change this asset",
        ),
        ((&UPDATE).into(), Conflict, 409, "read it again"),
        (
            (&INVENTORY).into(),
            PermissionDenied,
            403,
            "A private inventory requires",
        ),
        ((&INVENTORY).into(), NotFound, 404, "Check the id"),
        (
            (&INVENTORY).into(),
            InvalidKey,
            401,
            "not allowed from this IP address",
        ),
        (
            (&INVENTORY).into(),
            InvalidKey,
            401,
            "needs the scope: user.inventory-item:read",
        ),
        ((&INVENTORY).into(), BadRequest, 413, ""),
        (
            (&ROLE).into(),
            PermissionDenied,
            403,
            "permission for this in the group",
        ),
        ((&ROLE).into(), NotFound, 404, "Check the ids"),
        ((&ROLE).into(), BadRequest, 410, "removed permanently"),
        ((&ROLE).into(), BadRequest, 413, "Send less at once"),
        ((&ROLE).into(), BadRequest, 415, "a body of this kind"),
        (
            (&ANY).into(),
            InvalidKey,
            401,
            "needs one of the scopes: a:read, b:read",
        ),
        (
            raw(Method::Get),
            NotFound,
            404,
            "Check the path and its ids",
        ),
        (
            raw(Method::Put),
            BadRequest,
            405,
            "Check the method and the path",
        ),
    ] {
        let path = EndpointRef::path(&endpoint).to_owned();
        let text = text(endpoint, kind, status, false);
        let is_right = if words.is_empty() {
            text.is_empty()
        } else {
            text.contains(words)
        };
        assert!(is_right, "{path} {status}: {text:?}, not {words:?}");
    }
}
