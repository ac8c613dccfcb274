//! A request before it is sent: the path template with its arguments, the query, headers and body.

use std::fmt::Display;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Map, Value};

use super::percent_encode::{push_revision, push_segment, push_value};
use super::secret_body::SecretBody;
use crate::endpoint::{EndpointRef, Method, Pagination, Repeat};
use crate::error::{Error, Result};

/// An endpoint with its arguments.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) endpoint: EndpointRef,
    /// Path and query so far.
    path_and_query: String,
    /// The length of the filled part of the path template.
    filled: usize,
    has_query: bool,
    /// The failures after which it may be sent again.
    pub(crate) repeat: Repeat,
    /// Whether it is sent without the credential.
    pub(crate) is_anonymous: bool,
    /// Headers in addition to those of every request.
    pub(crate) headers: Vec<(String, String)>,
    /// A body of JSON.
    pub(crate) json: Option<String>,
    /// A secret body, in place of JSON.
    pub(crate) secret_body: Option<SecretBody>,
    /// Whether no log may show the response.
    pub(crate) is_private: bool,
    /// The shape of the pages, if it is a list.
    pub(crate) pagination: Option<Pagination>,
    /// The maximum time for all attempts, if it is limited.
    pub(crate) time_budget: Option<Duration>,
}

impl Request {
    pub(crate) fn new(endpoint: impl Into<EndpointRef>) -> Self {
        let endpoint = endpoint.into();
        let mut request = Self {
            path_and_query: String::with_capacity(128),
            filled: 0,
            has_query: false,
            repeat: endpoint.repeat,
            pagination: endpoint.pagination,
            is_private: endpoint.is_private,
            is_anonymous: false,
            headers: Vec::new(),
            json: None,
            secret_body: None,
            time_budget: None,
            endpoint,
        };
        request.copy_to_placeholder();
        request
    }

    /// Fills the next `{placeholder}` of the path.
    pub(crate) fn path_param(mut self, value: impl Display) -> Self {
        push_segment(&mut self.path_and_query, &value.to_string());
        self.skip_placeholder();
        self
    }

    /// Fills the next `{placeholder}` of the path with an id, a bare `@` and a revision such as `latest`.
    pub(crate) fn path_param_revision(mut self, id: impl Display, revision: &str) -> Self {
        push_segment(&mut self.path_and_query, &id.to_string());
        push_revision(&mut self.path_and_query, revision);
        self.skip_placeholder();
        self
    }

    fn skip_placeholder(&mut self) {
        if let Some((placeholder, _)) = self.template().split_once('}') {
            self.filled = self
                .filled
                .saturating_add(placeholder.len())
                .saturating_add(1);
        }
        self.copy_to_placeholder();
    }

    /// Appends a query parameter, if there is a value.
    pub(crate) fn query_opt(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// Sets fields of the JSON object that is the body.
    pub(crate) fn merge_json(
        mut self,
        fields: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Self {
        let body = self
            .json
            .as_deref()
            .and_then(|json| serde_json::from_str(json).ok());
        let mut body: Map<String, Value> = body.unwrap_or_default();
        for (name, value) in fields {
            body.insert(name.to_owned(), value);
        }
        self.json = Some(Value::Object(body).to_string());
        self
    }

    /// Appends a query parameter.
    pub(crate) fn query(mut self, name: &str, value: impl Display) -> Self {
        self.push_query(name, &value);
        self
    }

    fn push_query(&mut self, name: &str, value: &dyn Display) {
        self.path_and_query
            .push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        push_value(&mut self.path_and_query, &name);
        self.path_and_query.push('=');
        push_value(&mut self.path_and_query, value);
    }

    /// Sets the JSON body.
    pub(crate) fn json(mut self, body: &impl Serialize) -> Result<Self> {
        self.set_json(serde_json::to_string(body))?;
        Ok(self)
    }

    fn set_json(&mut self, json: serde_json::Result<String>) -> Result<()> {
        self.json = Some(json.map_err(|error| {
            Error::invalid_input("the body cannot be written as JSON").with_source(error)
        })?);
        Ok(())
    }

    /// Sets a secret body.
    pub(crate) fn secret_body(mut self, body: SecretBody) -> Self {
        self.secret_body = Some(body);
        self
    }

    /// Restricts its repetition further than the endpoint does.
    pub(crate) fn limit_repeat(mut self, repeat: Repeat) -> Self {
        self.repeat = self.repeat.min(repeat);
        self
    }

    /// Whether carrying it out twice has the same effect as once.
    pub(crate) fn is_idempotent(&self) -> bool {
        self.repeat == Repeat::Always
    }

    /// Whether it only reads.
    pub(crate) fn is_read(&self) -> bool {
        let reads = self.endpoint.method == Method::Get || self.pagination.is_some();
        reads && self.repeat != Repeat::Never
    }

    /// Adds a header, which the caller has validated.
    pub(crate) fn header(mut self, name: &str, value: String) -> Self {
        self.headers.push((name.to_owned(), value));
        self
    }

    /// Sends the request without the credential.
    pub(crate) fn anonymous(mut self) -> Self {
        self.is_anonymous = true;
        self
    }

    /// Keeps the response out of every log.
    pub(crate) fn private(mut self) -> Self {
        self.is_private = true;
        self
    }

    /// Gives all attempts together at most this time.
    pub(crate) fn time_budget(mut self, limit: Duration) -> Self {
        self.time_budget = Some(limit);
        self
    }

    /// Returns the value of a query parameter, encoded.
    pub(crate) fn query_value(&self, name: &str) -> Option<&str> {
        query_value(&self.path_and_query, name)
    }

    /// Returns the path with its arguments, encoded, without the query.
    pub(crate) fn path(&self) -> &str {
        let (path, _) = self
            .path_and_query
            .split_once('?')
            .unwrap_or((&self.path_and_query, ""));
        path
    }

    /// Returns path and query, encoded.
    pub(crate) fn path_and_query(&self) -> &str {
        &self.path_and_query
    }

    /// Whether every placeholder of the path has its value.
    pub(crate) fn is_complete(&self) -> bool {
        self.template().is_empty()
    }

    /// Returns the rest of the path template.
    fn template(&self) -> &str {
        self.endpoint.path().get(self.filled..).unwrap_or_default()
    }

    /// Copies up to the next placeholder, and stops at its first letter.
    fn copy_to_placeholder(&mut self) {
        let path = self.endpoint.path();
        let template = path.get(self.filled..).unwrap_or_default();
        let literal = template
            .split_once('{')
            .map_or(template, |(literal, _)| literal);
        self.path_and_query.push_str(literal);
        let step = literal.len().saturating_add(1);
        self.filled = self.filled.saturating_add(step).min(path.len());
    }
}

/// Returns the value of a query parameter in a path with a query, encoded.
pub(crate) fn query_value<'a>(path_and_query: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = path_and_query.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::Request;
    use crate::endpoint::Endpoint;

    const ONE: Endpoint = Endpoint::get("/a/{one}/b");
    const TWO: Endpoint = Endpoint::get("/a/{one}/b/{two}:verb");

    #[test]
    fn path_arguments_cannot_leave_their_segment() {
        for (argument, encoded) in [
            ("7", "7"),
            ("-", "-"),
            ("a/b c", "a%2Fb%20c"),
            ("..", "%2E%2E"),
            (".", "%2E"),
            ("a.b", "a.b"),
            ("x?y#z", "x%3Fy%23z"),
            ("{two}", "%7Btwo%7D"),
            ("ü\r\n", "%C3%BC%0D%0A"),
            ("100%", "100%25"),
        ] {
            assert_eq!(
                Request::new(&ONE).path_param(argument).path_and_query(),
                format!("/a/{encoded}/b")
            );
        }
    }

    #[test]
    fn a_revision_stands_bare_behind_an_encoded_id() {
        let request = Request::new(&TWO).path_param(1);
        assert_eq!(
            request
                .path_param_revision("a@b/c", "latest:2024-12-02T06:00:00Z")
                .path_and_query(),
            "/a/1/b/a%40b%2Fc@latest:2024-12-02T06:00:00Z:verb"
        );
    }

    #[test]
    fn arguments_fill_the_template_in_order() {
        assert_eq!(
            Request::new(&TWO)
                .path_param(1)
                .path_param("}")
                .path_and_query(),
            "/a/1/b/%7D:verb"
        );
    }

    #[test]
    fn query_values_arrive_as_they_were_given() {
        let request = Request::new(&ONE)
            .path_param(1)
            .query("filter", "user == 'users/1'")
            .query("n", 5);
        assert_eq!(
            request.path_and_query(),
            "/a/1/b?filter=user%20%3D%3D%20%27users%2F1%27&n=5"
        );
        let request = Request::new(&ONE).path_param(1).query("t", "+/=&?#%\r\n");
        assert_eq!(
            request.path_and_query(),
            "/a/1/b?t=%2B%2F%3D%26%3F%23%25%0D%0A"
        );
    }
}
