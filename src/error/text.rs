//! The texts of an error: `Display` for people, and `Debug` with the facts.

use std::fmt;

use super::{Error, ErrorKind, Inner, Retryability, advice};

impl Inner {
    /// Returns the wrong field or the hint, if the service sends only these with code and message.
    fn detail(&self, name: &str) -> Option<&str> {
        let details = self.details.as_ref()?.as_object()?;
        let is_known = details.keys().all(|key| key == "field" || key == "hint");
        details.get(name)?.as_str().filter(|_| is_known)
    }

    /// Formats the error as `kind: call returned status (code): message. Advice.`
    pub(super) fn format(&self) -> String {
        let mut text = String::from(self.kind.phrase());
        text.push_str(": ");
        if let Some(endpoint) = &self.endpoint {
            text.push_str(endpoint.method.as_str());
            text.push(' ');
            text.push_str(self.path.as_deref().unwrap_or(endpoint.path()));
            if let Some(status) = self.status {
                text.push_str(" returned ");
                text.push_str(&status.to_string());
                if let Some(code) = self.code.as_ref().filter(|code| *code != "0") {
                    text.push_str(" (");
                    text.push_str(code);
                    text.push(')');
                }
            }
            if let Some(base_url) = &self.base_url {
                text.push_str(" at ");
                text.push_str(base_url);
            }
            text.push_str(": ");
        }
        text.push_str(self.message.trim_end_matches(['.', ' ']));
        if let Some(field) = self.detail("field") {
            text.push_str(" (field: ");
            text.push_str(field);
            text.push(')');
        }
        if let Some(hint) = self.detail("hint") {
            text.push_str(". ");
            text.push_str(hint.trim_end_matches(['.', ' ']));
        }
        for sentence in self.sentences() {
            text.push_str(". ");
            text.push_str(&sentence);
        }
        text
    }

    /// Returns the sentences after the message: the wait, the operation, the advice.
    fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if let Some(path) = &self.operation {
            sentences.push(format!("The operation is `{path}`"));
        }
        if let Some(wait) = self.retry_after {
            sentences.push(format!(
                "The service asks to wait {} s",
                wait.as_secs_f32().ceil()
            ));
        }
        let is_unclear =
            self.outcome_unknown && (!self.is_idempotent || self.kind == ErrorKind::Shutdown);
        let is_undecodable =
            self.kind == ErrorKind::Decode && self.retryability == Retryability::Permanent;
        // An upload of an earlier run has no call, but specific advice.
        let advice = if is_unclear && (self.endpoint.is_some() || self.advice.is_none()) {
            "The request may have been carried out; check before you send it again".into()
        } else {
            advice::advice(self)
        };
        if !advice.is_empty() {
            sentences.push(advice.into_owned());
        }
        // Advice about the response, such as one that is a web page, still helps.
        if let Some(advice) = self
            .advice
            .as_ref()
            .filter(|_| is_unclear && is_undecodable)
        {
            sentences.push(advice.clone().into_owned());
        }
        sentences.extend(advice::scopes(self));
        if self.attempts > 1 {
            sentences.push(format!(
                "Tried {} times in {:.1} s",
                self.attempts,
                self.elapsed.as_secs_f32()
            ));
        }
        sentences
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        write!(formatter, "{self}")?;
        let mut line = |name: &str, value: Option<&dyn fmt::Display>| match value {
            Some(value) => write!(formatter, "\n  {name}: {value}"),
            None => Ok(()),
        };
        let endpoint = inner
            .endpoint
            .as_ref()
            .map(|endpoint| format!("{} {}", endpoint.method, endpoint.path()));
        line("kind", Some(&format_args!("{:?}", inner.kind)))?;
        line("status", inner.status.as_ref().map(|value| value as _))?;
        line("code", inner.code.as_ref().map(|value| value as _))?;
        line("endpoint", endpoint.as_ref().map(|value| value as _))?;
        line("path", inner.path.as_ref().map(|value| value as _))?;
        line("details", inner.details.as_ref().map(|value| value as _))?;
        line("trace id", inner.trace_id.as_ref().map(|value| value as _))?;
        line(
            "attempts",
            (inner.attempts > 0).then_some(&inner.attempts as _),
        )?;
        let elapsed = format!("{:?}", inner.elapsed);
        line("elapsed", (inner.attempts > 1).then_some(&elapsed as _))?;
        line(
            "operation",
            inner.operation.as_ref().map(|value| value as _),
        )?;
        line("body", inner.body.as_ref().map(|value| value as _))?;
        line("caused by", inner.source.as_ref().map(|value| value as _))
    }
}
