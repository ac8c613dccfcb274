//! What a sandbox remembers of the requests it received.

use std::fmt;
use std::sync::Arc;

use super::server::Head;
use crate::models::{AssetId, AssetType, GroupId, UserId};

/// Headers whose values are never printed.
const SECRET: [&str; 4] = [
    "x-api-key",
    "authorization",
    "proxy-authorization",
    "cookie",
];

/// One request as it arrived. Its `Debug` leaves the credential out.
#[derive(Clone)]
pub struct ReceivedRequest {
    method: String,
    target: String,
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
}

impl ReceivedRequest {
    pub(super) fn new(head: &Head) -> Self {
        Self {
            method: head.method.clone(),
            target: head.target.clone(),
            path: head.path_and_query().0.to_owned(),
            query: head.query(),
            headers: head.headers.clone(),
        }
    }

    /// The method in upper case, such as `GET`.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, still percent-encoded, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Path and query exactly as they were sent.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The decoded pairs of the query, in the order sent.
    #[must_use]
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// The first value of this name in the query.
    #[must_use]
    pub fn query_value(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first header of this name, in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for ReceivedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |(name, value): &(String, String)| {
            let secret = SECRET.contains(&name.as_str());
            (
                name.clone(),
                if secret {
                    "[redacted]".to_owned()
                } else {
                    value.clone()
                },
            )
        };
        let headers: Vec<_> = self.headers.iter().map(shown).collect();
        f.debug_struct("ReceivedRequest")
            .field("method", &self.method)
            .field("target", &self.target)
            .field("headers", &headers)
            .finish_non_exhaustive()
    }
}

/// One accepted upload, or one accepted change of an asset.
#[derive(Clone)]
pub struct ReceivedUpload {
    pub(super) asset: Option<u64>,
    pub(super) user: Option<u64>,
    pub(super) group: Option<u64>,
    pub(super) asset_type: String,
    pub(super) display_name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) expected_price: Option<u64>,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) content: Arc<Vec<u8>>,
    pub(super) content_length: u64,
    pub(super) request: String,
}

impl ReceivedUpload {
    /// The asset to change; `None` when a new one was uploaded.
    #[must_use]
    pub fn asset_id(&self) -> Option<AssetId> {
        self.asset.map(AssetId::from)
    }

    /// The user named as creator.
    #[must_use]
    pub fn creator_user(&self) -> Option<UserId> {
        self.user.map(UserId::from)
    }

    /// The group named as creator.
    #[must_use]
    pub fn creator_group(&self) -> Option<GroupId> {
        self.group.map(GroupId::from)
    }

    /// The type of the asset.
    #[must_use]
    pub fn asset_type(&self) -> AssetType {
        AssetType::from(self.asset_type.as_str())
    }

    /// The display name in the request.
    #[must_use]
    pub fn display_name(&self) -> Option<&str> {
        self.display_name.as_deref()
    }

    /// The description in the request.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The price in Robux that the client was ready to pay.
    #[must_use]
    pub fn expected_price(&self) -> Option<u64> {
        self.expected_price
    }

    /// The name of the uploaded file; `None` when only metadata was sent.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The content type of the uploaded file.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The uploaded bytes; empty when there were more than 32 MiB of them, which are only counted.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        &self.content
    }

    /// How many bytes were uploaded.
    #[must_use]
    pub fn content_length(&self) -> u64 {
        self.content_length
    }

    /// The JSON text of the part `request`.
    #[must_use]
    pub fn request_json(&self) -> &str {
        &self.request
    }
}

impl fmt::Debug for ReceivedUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedUpload")
            .field("asset", &self.asset)
            .field("asset_type", &self.asset_type)
            .field("request", &self.request)
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("content_length", &self.content_length)
            .finish_non_exhaustive()
    }
}
