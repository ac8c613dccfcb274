//! Secret bodies. Neither they nor their responses appear in logs, errors or `Debug` output.

use std::fmt;

use serde_json::{Map, Value};

#[cfg(feature = "oauth2")]
use super::percent_encode::push_value;
use crate::error::{Error, ErrorKind};

/// A form or a JSON object that contains secrets.
#[derive(Clone, Default)]
pub(crate) struct SecretBody {
    text: String,
    secrets: Vec<String>,
    is_json: bool,
    /// Whether it is sent with the client's credential. A body that holds a credential is sent without.
    has_credential: bool,
}

impl SecretBody {
    /// Builds a JSON object with one field whose value is a secret.
    pub(crate) fn json(name: &str, secret: &str) -> Self {
        Self {
            text: serde_json::json!({ name: secret }).to_string(),
            secrets: vec![secret.to_owned()],
            is_json: true,
            has_credential: false,
        }
    }

    /// Wraps a JSON object of texts, which is sent with the client's credential.
    pub(crate) fn object(fields: Map<String, Value>) -> Self {
        Self {
            text: Value::Object(fields).to_string(),
            secrets: Vec::new(),
            is_json: true,
            has_credential: true,
        }
    }

    /// Adds a field that is not secret to a JSON object.
    pub(crate) fn json_field(mut self, name: &str, value: &str) -> Self {
        let fields = serde_json::from_str(&self.text).ok();
        let mut fields: Map<String, Value> = fields.unwrap_or_default();
        fields.insert(name.to_owned(), value.into());
        self.text = Value::Object(fields).to_string();
        self
    }

    /// Redacts a text in errors.
    pub(crate) fn with_secret(mut self, secret: &str) -> Self {
        self.secrets.push(secret.to_owned());
        self
    }

    pub(super) fn has_credential(&self) -> bool {
        self.has_credential
    }

    pub(super) fn content_type(&self) -> &'static str {
        if self.is_json {
            "application/json"
        } else {
            "application/x-www-form-urlencoded"
        }
    }

    /// Adds a field that is not secret to a form.
    #[cfg(feature = "oauth2")]
    pub(crate) fn field(mut self, name: &str, value: &str) -> Self {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        push_value(&mut self.text, &name);
        self.text.push('=');
        push_value(&mut self.text, &value);
        self
    }

    /// Adds a secret field to a form. It is redacted in errors.
    #[cfg(feature = "oauth2")]
    pub(crate) fn secret_field(mut self, name: &str, value: &str) -> Self {
        self.secrets.push(value.to_owned());
        self.field(name, value)
    }

    pub(super) fn as_str(&self) -> &str {
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
