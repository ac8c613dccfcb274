//! Secret bodies. Neither they nor their responses appear in logs, errors or `Debug` output.

use std::fmt;

#[cfg(feature = "oauth2")]
use super::percent_encode::push_value;
use crate::error::{Error, ErrorKind};

/// A form or a JSON object that contains secrets. It is sent without the client's credential.
#[derive(Clone, Default)]
pub(crate) struct SecretBody {
    text: String,
    secrets: Vec<String>,
    is_json: bool,
}

impl SecretBody {
    /// Builds a JSON object with one field whose value is a secret.
    pub(crate) fn json(name: &str, secret: &str) -> Self {
        Self {
            text: serde_json::json!({ name: secret }).to_string(),
            secrets: vec![secret.to_owned()],
            is_json: true,
        }
    }

    pub(super) fn content_type(&self) -> &'static str {
        if self.is_json {
            "application/json"
        } else {
            "application/x-www-form-urlencoded"
        }
    }

    /// Adds a field that is not secret.
    #[cfg(feature = "oauth2")]
    pub(crate) fn field(mut self, name: &str, value: &str) -> Self {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        push_value(&mut self.text, name);
        self.text.push('=');
        push_value(&mut self.text, value);
        self
    }

    /// Adds a secret field, which is redacted in errors.
    #[cfg(feature = "oauth2")]
    pub(crate) fn secret_field(mut self, name: &str, value: &str) -> Self {
        self.secrets.push(value.to_owned());
        self.field(name, value)
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn secrets(&self) -> &[String] {
        &self.secrets
    }
}

/// Removes everything from an error that may be part of a secret response.
pub(super) fn redact_body(error: Error) -> Error {
    error.map(|inner| {
        if inner.kind == ErrorKind::Decode {
            // The decoder quotes the value that it rejects.
            "the response is not what this call expects".clone_into(&mut inner.message);
        }
        if !inner
            .status
            .is_some_and(|status| (400..500).contains(&status))
        {
            inner.body = None;
            inner.details = None;
        }
    })
}

impl fmt::Debug for SecretBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretBody([redacted])")
    }
}
