//! Requests and uploads that the sandbox received.

use std::fmt;
use std::sync::Arc;

use crate::models::{AssetId, AssetType, GroupId, UserId};
use crate::sandbox::mask;
use crate::sandbox::server::Head;

/// One received request. Its `Debug` does not show credentials and signatures.
#[derive(Clone)]
pub struct ReceivedRequest {
    method: String,
    target: String,
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
}

impl ReceivedRequest {
    pub(crate) fn new(head: &Head) -> Self {
        Self {
            method: head.method.clone(),
            target: head.target.clone(),
            path: head.path_and_query().0.to_owned(),
            query: head.query(),
            headers: head.headers.clone(),
        }
    }

    /// Returns the method in upper case, such as `GET`.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the path without the query, still percent-encoded.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns path and query exactly as they were sent.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Returns the decoded pairs of the query, in the order sent.
    #[must_use]
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// Returns the first value of a query parameter.
    #[must_use]
    pub fn query_value(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns the first value of a header, whatever the case of its name.
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
        f.debug_struct("ReceivedRequest")
            .field("method", &self.method)
            .field("target", &mask::target(&self.target))
            .field("headers", &mask::headers(&self.headers))
            .finish_non_exhaustive()
    }
}

/// One accepted upload, or one accepted update of an asset.
#[derive(Clone)]
pub struct ReceivedUpload {
    pub(crate) asset: Option<u64>,
    pub(crate) user: Option<u64>,
    pub(crate) group: Option<u64>,
    pub(crate) asset_type: String,
    pub(crate) display_name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) expected_price: Option<u64>,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) content: Arc<Vec<u8>>,
    pub(crate) content_length: u64,
    pub(crate) request: String,
}

impl ReceivedUpload {
    /// Returns the updated asset; `None` for the upload of a new one.
    #[must_use]
    pub fn asset_id(&self) -> Option<AssetId> {
        self.asset.map(AssetId::from)
    }

    /// Returns the user that is the creator.
    #[must_use]
    pub fn creator_user(&self) -> Option<UserId> {
        self.user.map(UserId::from)
    }

    /// Returns the group that is the creator.
    #[must_use]
    pub fn creator_group(&self) -> Option<GroupId> {
        self.group.map(GroupId::from)
    }

    /// Returns the type of the asset.
    #[must_use]
    pub fn asset_type(&self) -> AssetType {
        AssetType::from(self.asset_type.as_str())
    }

    /// Returns the display name in the request.
    #[must_use]
    pub fn display_name(&self) -> Option<&str> {
        self.display_name.as_deref()
    }

    /// Returns the description in the request.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Returns the expected price in the request, in Robux.
    #[must_use]
    pub fn expected_price(&self) -> Option<u64> {
        self.expected_price
    }

    /// Returns the name of the uploaded file; `None` if only metadata was sent.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// Returns the content type of the uploaded file.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns the uploaded bytes. Files of more than 32 MiB are only counted, and give no bytes.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        &self.content
    }

    /// Returns the number of uploaded bytes.
    #[must_use]
    pub fn content_length(&self) -> u64 {
        self.content_length
    }

    /// Returns the JSON text of the part `request`.
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
