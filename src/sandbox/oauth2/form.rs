//! Bodies that are forms as HTML writes them, and who sends them.

use std::io::Read as _;

use super::app::SandboxApp;
use super::grant::Authority;
use crate::sandbox::api::{Call, Rejection};
use crate::sandbox::server::{Body, Response, decode_query};
use serde_json::json;

/// The text may be this long.
const LIMIT: u64 = 64 * 1024;
const TYPE: &str = "application/x-www-form-urlencoded";

/// The fields of a form.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) fn read(call: &Call<'_>, body: &mut Body<'_>) -> Result<Self, Rejection> {
        let kind = call.header("content-type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case(TYPE) {
            return Err(rejected("invalid_request", "The body must be a form.").into());
        }
        let mut text = String::new();
        body.take(LIMIT).read_to_string(&mut text)?;
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        Ok(Self(
            pairs
                .map(|(name, value)| (decode_query(name), decode_query(value)))
                .collect(),
        ))
    }

    /// A field; an empty one counts as absent.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let field = self.0.iter().find(|(known, _)| known == name);
        let value = field.map(|(_, value)| value.as_str());
        value.filter(|value| !value.is_empty())
    }

    pub(super) fn need(&self, name: &str) -> Result<&str, Response> {
        self.get(name)
            .ok_or_else(|| rejected("invalid_request", &format!("The field {name} is missing.")))
    }

    /// The app that asks. One with a secret has to know it.
    pub(super) fn app<'a>(&self, authority: &'a Authority) -> Result<&'a SandboxApp, Response> {
        let unknown = || {
            error(
                401,
                "invalid_client",
                "The client credentials are not valid.",
            )
        };
        let app = authority.apps.get(self.need("client_id")?);
        let app = app.ok_or_else(unknown)?;
        let said = self.get("client_secret");
        match &app.secret {
            Some(secret) if said != Some(secret) => Err(unknown()),
            _ => Ok(app),
        }
    }
}

/// An error in the shape of OAuth2.
pub(super) fn error(status: u16, code: &str, description: &str) -> Response {
    let body = json!({ "error": code, "error_description": description });
    Response::json(status, &body).header("cache-control", "no-store")
}

pub(super) fn rejected(code: &str, description: &str) -> Response {
    error(400, code, description)
}
