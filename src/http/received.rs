//! A successful response before it is decoded.

use std::fmt::Display;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::api_error::error_in_object;
use super::error_body::NOT_THE_SERVICE_ADVICE;
use super::redact;
use super::response::Response;
use crate::error::{Error, ErrorKind, Result, Retryability};
use crate::json::{self, Slot};

/// The advice for a response that was cut off.
const CUT_OFF_ADVICE: &str =
    "Try again later: the service, or something between this machine and it, cut the response off";

/// The advice for a value that is not of the type that the caller chose.
pub(crate) const OTHER_TYPE_ADVICE: &str =
    "Check the type that the value is decoded to, then the base URL";

/// Every resource has at least one of these fields. An object without them is not a resource.
const RESOURCE_FIELDS: &[&str] = &["path", "name", "displayName", "title", "createTime"];

/// Text and kept headers of a success.
#[derive(Debug)]
pub(crate) struct Received<'a> {
    /// The body; `null` if it is empty.
    text: &'a str,
    is_empty: bool,
    headers: &'a [(&'static str, String)],
}

impl<'a> Received<'a> {
    /// Validates the UTF-8 of the body once, since a decoder would validate each text of each item.
    pub(super) fn new(response: &'a Response) -> Result<Self> {
        let bytes = response.body.bytes();
        let text = response
            .body
            .to_str()
            .map_err(|error| match error.error_len() {
                None => malformed(
                    bytes,
                    "the response ends in the middle of a character",
                    Retryability::Ambiguous,
                )
                .with_advice(CUT_OFF_ADVICE),
                Some(_) => malformed(
                    bytes,
                    "the response is not UTF-8 text",
                    Retryability::Permanent,
                ),
            })?;
        let is_empty = text.trim_ascii().is_empty();
        Ok(Self {
            text: if is_empty { "null" } else { text },
            is_empty,
            headers: &response.kept_headers,
        })
    }

    /// Returns a header that the endpoint keeps.
    pub(crate) fn header(&self, name: &str) -> Option<&'a str> {
        let mut named = self.headers.iter().filter(|(known, _)| *known == name);
        named.next().map(|(_, value)| value.as_str())
    }

    /// Returns the body as text.
    pub(crate) fn as_str(&self) -> &'a str {
        if self.is_empty { "" } else { self.text }
    }

    /// Decodes the body as JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T> {
        filled(|slot| self.fill(slot))
    }

    /// Decodes the body as JSON into a slot.
    pub(crate) fn fill(&self, slot: &mut dyn Slot) -> Result<()> {
        self.decode(|text| slot.fill(text))
    }

    /// Decodes the body as a type of the caller's, exactly as `serde_json` does.
    pub(crate) fn user_json<T: DeserializeOwned>(&self) -> Result<T> {
        self.decode(|text| serde_json::from_str(text))
    }

    /// Decodes the body with a function that decodes a value as a type of the caller's.
    pub(crate) fn decode_value<T>(
        &self,
        decode: impl FnOnce(&str) -> serde_json::Result<T>,
    ) -> Result<T> {
        decode(self.text).map_err(|error| {
            let is_other_type = error.is_data() && !self.is_empty;
            let error = self.decode_error(&error);
            if is_other_type {
                error.with_advice(OTHER_TYPE_ADVICE)
            } else {
                error
            }
        })
    }

    /// Decodes the body as JSON into a slot. If that fails, it tries once more with a field that the service omitted and
    /// the request names, unless nothing shows that the response is a resource at all.
    pub(crate) fn fill_with_known_field(
        &self,
        name: &str,
        value: &dyn Display,
        slot: &mut dyn Slot,
    ) -> Result<()> {
        self.fill(slot).or_else(|error| {
            let fields: Map<String, Value> = json::from_str(self.text).unwrap_or_default();
            let is_there = |field: &str| fields.get(field).is_some_and(|value| !value.is_null());
            let is_resource = RESOURCE_FIELDS.iter().any(|field| is_there(field));
            if !is_resource || is_there(name) {
                return Err(error);
            }
            let with_field =
                self.decode(|text| slot.fill(&json::with_field(text, name, &value.to_string())?));
            with_field.map_err(|_| error)
        })
    }

    /// Decodes the body of one page into a slot, or returns the error that it contains instead. The choke point does not
    /// check lists.
    pub(crate) fn fill_or_error(&self, slot: &mut dyn Slot) -> Result<()> {
        match error_in_object(&self.json()?) {
            Some(error) => Err(error),
            None => self.fill(slot),
        }
    }

    /// Decodes the body as JSON. Adds a field that the service may omit because the request names it.
    pub(crate) fn json_with<T: DeserializeOwned>(&self, name: &str, value: &str) -> Result<T> {
        self.decode(|text| json::from_str(&json::with_field(text, name, value)?))
    }

    /// Decodes the body with a function.
    pub(crate) fn decode<T>(
        &self,
        decode: impl FnOnce(&str) -> serde_json::Result<T>,
    ) -> Result<T> {
        decode(self.text).map_err(|error| self.decode_error(&error))
    }

    fn decode_error(&self, error: &serde_json::Error) -> Error {
        let bytes = self.as_str().as_bytes();
        if self.is_empty {
            return malformed(bytes, "the response is empty", Retryability::Permanent);
        }
        if self.is_web_page() {
            return self.web_page_error();
        }
        // The service sometimes truncates responses.
        if error.is_eof() {
            let message = format!("the response ends in the middle ({error})");
            return malformed(bytes, &message, Retryability::Ambiguous).with_advice(CUT_OFF_ADVICE);
        }
        let message = if error.is_syntax() {
            format!("the response is not JSON ({error})")
        } else {
            error.to_string()
        };
        malformed(bytes, &message, Retryability::Permanent)
    }

    /// Accepts any body except a web page.
    pub(crate) fn ignore(&self) -> Result<()> {
        if self.is_web_page() {
            Err(self.web_page_error())
        } else {
            Ok(())
        }
    }

    fn is_web_page(&self) -> bool {
        self.text.trim_ascii_start().starts_with('<')
    }

    fn web_page_error(&self) -> Error {
        let message = "the response is a web page";
        malformed(self.text.as_bytes(), message, Retryability::Permanent)
            .with_advice(NOT_THE_SERVICE_ADVICE)
    }
}

fn malformed(body: &[u8], message: &str, retryability: Retryability) -> Error {
    Error::new(ErrorKind::Decode, message).map(|inner| {
        inner.body = Some(redact::lossy_prefix(body));
        inner.retryability = retryability;
    })
}

/// Returns the value that a slot is filled with.
pub(crate) fn filled<T: DeserializeOwned>(
    fill: impl FnOnce(&mut dyn Slot) -> Result<()>,
) -> Result<T> {
    let mut value = None;
    fill(&mut value)?;
    value.ok_or_else(not_decoded)
}

/// Returns the error of a success that was never decoded.
pub(super) fn not_decoded() -> Error {
    Error::new(ErrorKind::Unexpected, "the response was not decoded")
}

#[cfg(test)]
mod tests {
    use super::Received;
    use crate::endpoint::Endpoint;
    use crate::error::ErrorKind;
    use crate::http::api_error::detect_error;
    use crate::http::buffer_pool::Body;
    use crate::http::response::Response;

    fn response(status: u16, body: &str) -> Response {
        Response {
            status,
            body: Body::from(body.as_bytes().to_vec()),
            rate_limit: None,
            kept_headers: vec![("roblox-entry-version", "08D9".to_owned())],
            sandbox_run: None,
            headers: None,
        }
    }

    #[test]
    fn kept_headers_are_available() {
        let response = response(200, "{\"a\":1.10}");
        let received = Received::new(&response).ok();
        let header = |name| received.as_ref().and_then(|received| received.header(name));
        assert_eq!(header("roblox-entry-version"), Some("08D9"));
        assert_eq!(header("roblox-entry-attributes"), None);
        let text = received.as_ref().map(Received::as_str);
        assert_eq!(text, Some("{\"a\":1.10}"));
    }

    #[test]
    fn an_empty_response_is_a_missing_value_where_the_endpoint_says_so() {
        const ENTRY: Endpoint = Endpoint::get("/a")
            .no_content_is_not_found()
            .response_metadata(&["roblox-entry-version"]);
        const OTHER: Endpoint = Endpoint::put("/a");
        let missing = detect_error(&ENTRY, &response(204, ""));
        assert!(missing.is_some_and(|error| {
            error.kind() == ErrorKind::NotFound && error.code() == Some("Deleted")
        }));
        assert!(detect_error(&OTHER, &response(204, "")).is_none());
        assert!(detect_error(&ENTRY, &response(200, "{}")).is_none());
    }

    #[test]
    fn a_byte_order_mark_does_not_hide_an_error() {
        const CALL: Endpoint = Endpoint::get("/a");
        let body = "\u{feff}{\"errors\":[{\"code\":0,\"message\":\"no\"}]}";
        let error = detect_error(&CALL, &response(200, body));
        assert!(error.is_some_and(|error| error.message() == "no"));
    }

    #[test]
    fn what_looks_like_an_error_is_data_where_the_endpoint_says_so() {
        const VALUES: Endpoint = Endpoint::get("/a").error_fields_are_data();
        const OTHERS: Endpoint = Endpoint::get("/a");
        let body = "{\"error\":\"a player's own\"}";
        assert!(detect_error(&VALUES, &response(200, body)).is_none());
        assert!(detect_error(&OTHERS, &response(200, body)).is_some());
    }
}
