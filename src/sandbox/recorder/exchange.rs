//! One recorded request and its response, as a file of JSON.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::sandbox::base64url;
use crate::sandbox::mask;
use crate::sandbox::server::{Head, Response};

/// A request and its response. Keys, tokens and signed URLs are masked before it is made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Exchange {
    pub(super) request: Message,
    pub(super) response: RecordedResponse,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Message {
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    headers: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Content::is_empty")]
    body: Content,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct RecordedResponse {
    status: u16,
    headers: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Content::is_empty")]
    body: Content,
}

/// A body in its most readable form: JSON, text, or else base64.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Content {
    Json(Value),
    Text(String),
    Base64(String),
}

impl Default for Content {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Content {
    fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }

    fn new(body: &[u8], secrets: &[&str]) -> Self {
        let Ok(text) = std::str::from_utf8(body) else {
            return Self::Base64(base64url::encode(body));
        };
        let secrets = secrets.iter().filter(|secret| !secret.is_empty());
        let text = secrets.fold(mask::text(text), |text, secret| {
            text.replace(secret, mask::MASK)
        });
        match serde_json::from_str::<Value>(&text) {
            // Only if the same bytes can be restored: JSON values lose digits of numbers and the order of fields.
            Ok(json) if serde_json::to_string(&json).is_ok_and(|written| written == text) => {
                Self::Json(json)
            }
            _ => Self::Text(text),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Json(json) => json.to_string().into_bytes(),
            Self::Text(text) => text.clone().into_bytes(),
            Self::Base64(text) => base64url::decode(text).unwrap_or_default(),
        }
    }
}

impl Exchange {
    pub(super) fn new(head: &Head, body: &[u8], response: &Response) -> Self {
        let headers = head.headers.iter();
        let headers = headers.filter(|(name, _)| mask::is_secret_header(name));
        let secrets: Vec<&str> = headers
            .map(|(_, value)| value.as_str())
            .chain(head.bearer_token())
            .collect();
        let mut response_headers = response.headers.clone();
        if let Some(content_type) = &response.content_type {
            response_headers.push(("content-type".to_owned(), content_type.clone()));
        }
        Self {
            request: Message {
                method: head.method.clone(),
                target: mask::target(&head.target),
                headers: mask::headers(&head.headers),
                body: Content::new(body, &secrets),
            },
            response: RecordedResponse {
                status: response.status,
                headers: mask::headers(&response_headers),
                body: Content::new(&response.body, &secrets),
            },
        }
    }

    /// Returns a readable file name: the number, the method and the path.
    pub(super) fn file_name(&self, number: usize) -> String {
        let path = self.request.target.split('?').next().unwrap_or_default();
        let letter = |char: char| match char {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '_' => char,
            _ => '-',
        };
        let path: String = path.chars().map(letter).take(100).collect();
        format!("{number:04}-{}{path}.json", self.request.method)
    }
}

impl RecordedResponse {
    pub(super) fn response(&self) -> Response {
        Response::from_parts(self.status, self.headers.clone(), self.body.bytes())
    }
}
