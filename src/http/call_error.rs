//! Completes the error of a call: adds facts about the call and redacts secrets.

use super::attempt::RetryState;
use super::executor::HttpClient;
use super::redact;
use super::request::Request;
use super::secret_body::SecretBody;
use crate::error::{Error, ErrorKind};

impl HttpClient {
    /// Adds facts about the call to its error.
    pub(super) fn finish_error(
        &self,
        error: Error,
        request: &Request,
        state: &RetryState,
    ) -> Error {
        let attempts = state
            .attempts
            .saturating_add(u32::from(state.token_replaced));
        self.redact_for(error, request).map(|inner| {
            inner.has_token = self.has_token();
            let is_sent = inner.kind != ErrorKind::InvalidInput && attempts > 0;
            inner.endpoint =
                (inner.kind != ErrorKind::InvalidInput).then(|| request.endpoint.clone());
            inner.path = inner.endpoint.as_ref().map(|_| request.path().to_owned());
            inner.attempts = if is_sent { attempts } else { 0 };
            inner.is_idempotent = request.is_idempotent();
            let is_unclear = state.was_ambiguous
                || inner.retryability.is_ambiguous()
                || inner.kind == ErrorKind::Decode;
            inner.outcome_unknown = is_sent && is_unclear && !request.is_read();
            if matches!(inner.kind, ErrorKind::Transport | ErrorKind::Timeout) {
                let base_url = self.hosts().host(request.endpoint.host);
                inner
                    .base_url
                    .get_or_insert_with(|| base_url.base().to_owned());
            }
            inner.elapsed = state.started.elapsed();
        })
    }

    /// Removes the credential from an error and cuts long texts.
    pub(crate) fn redact(&self, error: Error) -> Error {
        self.redact_with(error, &[])
    }

    /// Also removes the secrets in the body of the request.
    fn redact_for(&self, error: Error, request: &Request) -> Error {
        let secrets = request.secret_body.as_ref().map(SecretBody::secrets);
        self.redact_with(error, secrets.unwrap_or_default())
    }

    fn redact_with(&self, error: Error, secrets: &[String]) -> Error {
        let held = self.transport.secrets();
        let held = held.iter().map(|secret| secret.as_str());
        let all: Vec<&str> = held.chain(secrets.iter().map(String::as_str)).collect();
        error.map(|inner| redact::redact(inner, &all))
    }
}
