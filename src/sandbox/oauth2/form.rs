//! URL-encoded forms, and the errors of the authorization server.

use serde_json::json;

use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::server::{Response, first_value, parse_query};
use crate::sandbox::state::authority::{Authority, SandboxApp};

const MAX_FORM_SIZE: usize = 64 * 1024;
const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// The fields of a form.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) fn read(call: &mut Call<'_>) -> Result<Self, Rejection> {
        if call.media_type() != MEDIA_TYPE {
            let message = "The body must be a URL-encoded form.";
            return Err(rejected("invalid_request", message).into());
        }
        let bytes = call.bytes(MAX_FORM_SIZE)?;
        Ok(Self(parse_query(&String::from_utf8_lossy(&bytes))))
    }

    /// Returns a field. An empty one counts as absent.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        first_value(&self.0, name)
    }

    pub(super) fn required(&self, name: &str) -> Result<&str, Response> {
        let message = || format!("The field {name} is missing.");
        self.get(name)
            .ok_or_else(|| rejected("invalid_request", &message()))
    }

    /// Returns the app that sent the form. An app with a secret must send it.
    pub(super) fn app<'a>(&self, authority: &'a Authority) -> Result<&'a SandboxApp, Response> {
        let message = "The client credentials are not valid.";
        let unknown = || error(401, "invalid_client", message);
        let app = authority.apps.get(self.required("client_id")?);
        let app = app.ok_or_else(unknown)?;
        let sent = self.get("client_secret");
        match &app.secret {
            Some(secret) if sent != Some(secret) => Err(unknown()),
            _ => Ok(app),
        }
    }
}

/// Returns an error in the shape of OAuth2.
pub(super) fn error(status: u16, code: &str, description: &str) -> Response {
    let body = json!({ "error": code, "error_description": description });
    Response::json(status, &body).header("cache-control", "no-store")
}

pub(super) fn rejected(code: &str, description: &str) -> Response {
    error(400, code, description)
}
