//! Error responses in the shapes of the different services.

use serde_json::json;

use super::server::Response;

/// Returns an error in the shape of `cloud/v2` and of the assets service.
pub(crate) fn v2(status: u16, code: &str, message: &str) -> Response {
    Response::json(status, &json!({ "code": code, "message": message }))
}

/// Returns an error in the shape of the legacy services, with the code that the service documents.
pub(crate) fn legacy(status: u16, code: u16, message: &str) -> Response {
    let error = json!({ "code": code, "message": message });
    Response::json(status, &json!({ "errors": [error] }))
}

/// Returns an error in the shape of the gateway in front of the legacy services.
pub(crate) fn gateway(status: u16, message: &str) -> Response {
    legacy(status, 0, message)
}

/// Returns an error in the shape of services that follow RFC 7807.
pub(crate) fn problem(status: u16, detail: &str) -> Response {
    let body = json!({ "title": "Error", "status": status, "detail": detail });
    Response::json(status, &body)
}

/// Returns an error in the shape of the services of products and passes.
pub(crate) fn product(status: u16, code: &str, message: &str, field: Option<&str>) -> Response {
    let body = json!({ "errorCode": code, "errorMessage": message, "field": field, "hint": null });
    Response::json(status, &body)
}

/// Returns the 401 of the service that this path belongs to.
pub(crate) fn unauthorized(path: &str) -> Response {
    if is_behind_gateway(path) {
        gateway(401, "Invalid API Key")
    } else if is_selling_path(path) {
        product(401, "NotAuthenticated", "The API key is not valid.", None)
    } else if path.starts_with("/asset-delivery-api/") {
        gateway(401, "Authorization has been denied for this request.")
    } else {
        let message = "The API key or access token is not valid.";
        v2(401, "UNAUTHENTICATED", message)
    }
}

/// Returns the 429 of the service that this path belongs to, without headers.
pub(crate) fn too_many_requests(path: &str) -> Response {
    if is_behind_gateway(path) {
        gateway(429, "Too many requests")
    } else if is_selling_path(path) {
        product(429, "Blocked", "Too many requests.", None)
    } else {
        v2(429, "RESOURCE_EXHAUSTED", "Too many requests.")
    }
}

/// Returns whether the service of this path returns the errors of the gateway.
fn is_behind_gateway(path: &str) -> bool {
    let services = ["/assets/", "/legacy-", "/messaging-service/", "/universes/"];
    services.iter().any(|service| path.starts_with(service))
}

/// Returns whether this is a path of the services of products and passes.
fn is_selling_path(path: &str) -> bool {
    path.starts_with("/developer-products/") || path.starts_with("/game-passes/")
}
