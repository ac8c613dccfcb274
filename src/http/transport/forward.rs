//! Passes a request on as it is: for recordings of the sandbox.

use std::sync::Arc;

use ureq::Agent;
use ureq::http::HeaderName;

use super::agent::{agent, config};
use super::auth_header::{Secret, Secrets};
use super::{combined_header, invalid_request};
use crate::auth::{AccessToken, ApiKey, Credential};
use crate::error::{Error, ErrorKind, Result};
use crate::http::base_url::{BaseUrl, Hosts};
use crate::http::config::Settings;

/// Request headers that belong to a connection, not to the message.
const CONNECTION_HEADERS: [&str; 8] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "te",
    "transfer-encoding",
];
/// Response headers that no longer apply once the body was read.
const FRAMING_HEADERS: [&str; 5] = [
    "connection",
    "content-encoding",
    "content-length",
    "keep-alive",
    "transfer-encoding",
];
/// The maximum size of a response, in bytes.
const MAX_RESPONSE_SIZE: u64 = 64 << 20;

/// Sends requests to another server, with the credential of the caller.
#[derive(Debug)]
pub(crate) struct Forwarder {
    agent: Agent,
    secrets: Arc<Secrets>,
    upstream: BaseUrl,
}

/// A response, unchanged.
#[derive(Debug)]
pub(crate) struct Forwarded {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Forwarder {
    pub(crate) fn new(upstream: &str) -> Result<Self> {
        let upstream = Hosts::from_base_url(upstream)?.api;
        let settings = Settings::default();
        let timeouts = settings.timeouts.clamped();
        let secrets = Arc::new(Secrets::default());
        let config = config(&upstream, &settings, &timeouts)?
            .timeout_recv_response(Some(timeouts.response))
            .timeout_recv_body(Some(timeouts.request))
            .build();
        Ok(Self {
            agent: agent(config, &timeouts, &secrets),
            secrets,
            upstream,
        })
    }

    pub(crate) fn send(
        &self,
        (method, target): (&str, &str),
        headers: &[(String, String)],
        body: &[u8],
    ) -> Result<Forwarded> {
        let credential = headers
            .iter()
            .find_map(|(name, value)| credential_in(name, value));
        let secret = credential
            .map(|credential| Secret::new(&credential))
            .transpose()?;
        let mut builder = ureq::http::Request::builder()
            .method(method)
            .uri(self.upstream.url(target));
        if let Some(secret) = &secret {
            self.secrets.register(secret);
            let (name, value) = secret.header();
            builder = builder.header(name, value);
        }
        for (name, value) in headers {
            let is_passed = !CONNECTION_HEADERS.contains(&name.as_str())
                && credential_in(name, value).is_none();
            if is_passed && HeaderName::try_from(name).is_ok() {
                builder = builder.header(name, value);
            }
        }
        let sent = if body.is_empty() && matches!(method, "GET" | "DELETE" | "HEAD") {
            let request = builder.body(()).map_err(|error| invalid_request(&error))?;
            self.agent.run(request)
        } else {
            let request = builder
                .body(body)
                .map_err(|error| invalid_request(&error))?;
            self.agent.run(request)
        };
        let mut response = sent.map_err(unreachable_upstream)?;
        let names = response.headers().keys().map(HeaderName::as_str);
        let headers = names
            .filter(|name| !FRAMING_HEADERS.contains(name))
            .filter_map(|name| {
                let value = combined_header(response.headers(), name)?;
                Some((name.to_owned(), value.into_owned()))
            })
            .collect();
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(MAX_RESPONSE_SIZE);
        let body = body.read_to_vec().map_err(unreachable_upstream)?;
        Ok(Forwarded {
            status,
            headers,
            body,
        })
    }
}

/// Returns the credential in a header.
fn credential_in(name: &str, value: &str) -> Option<Credential> {
    match name {
        "x-api-key" => Some(Credential::ApiKey(ApiKey::from(value))),
        "authorization" => {
            let token = value
                .split_once(' ')
                .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
            token.map(|(_, token)| Credential::AccessToken(AccessToken::from(token.trim())))
        }
        _ => None,
    }
}

fn unreachable_upstream(error: ureq::Error) -> Error {
    let message = format!("the upstream server did not respond: {error}");
    Error::new(ErrorKind::Transport, message).with_source(error)
}
