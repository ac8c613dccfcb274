//! Items to put into sorted maps.

use std::time::Duration;

use serde::Serialize;

use super::SortKey;
use super::lifetime::lifetime;
use crate::error::{Error, Result};
use crate::models::RawJson;
use crate::models::serde_helpers::is_none;

/// A value to put into a sorted map.
///
/// ```
/// use std::time::Duration;
/// use rblx_open_cloud::models::NewMapItem;
///
/// let item = NewMapItem::new("Red").sort_key(120).ttl(Duration::from_secs(3600));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct NewMapItem<T> {
    value: T,
    ttl: Option<Duration>,
    sort_key: Option<SortKey>,
    must_exist: bool,
    etag: Option<String>,
}

impl<T> NewMapItem<T> {
    /// Creates an item from a value, which is written as JSON.
    pub fn new(value: T) -> Self {
        Self {
            value,
            ttl: None,
            sort_key: None,
            must_exist: false,
            etag: None,
        }
    }

    /// Sets after how many seconds the item expires: 1 to 3,888,000, which is 45 days.
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.ttl = Some(ttl);
        self
    }

    /// Sets the key by which the item is sorted, before its id: a number or a text that is not empty.
    pub fn sort_key(mut self, key: impl Into<SortKey>) -> Self {
        self.sort_key = Some(key.into());
        self
    }

    /// Sets the item only if it exists: otherwise the call ends with `NotFound`.
    pub fn if_exists(mut self) -> Self {
        self.must_exist = true;
        self
    }

    /// Sets the item only if its [`etag`](super::MapItem::etag) is still this one: otherwise the call ends with
    /// `Conflict`. The request is not repeated if it may have been carried out.
    ///
    /// The tag is sent with the item. The official document does not say that the service compares it, so do not rely on
    /// it alone for what must not be lost.
    pub fn if_etag(mut self, etag: impl Into<String>) -> Self {
        self.etag = Some(etag.into());
        self
    }

    /// Whether a repeated success would look like a conflict.
    pub(crate) fn is_conditional(&self) -> bool {
        self.etag.is_some()
    }

    /// Whether the item is created if it does not exist.
    pub(crate) fn allows_missing(&self) -> bool {
        !self.must_exist && self.etag.is_none()
    }
}

/// The body of the request. The order is that of the document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MapItemBody {
    value: RawJson,
    #[serde(skip_serializing_if = "is_none")]
    etag: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    ttl: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    string_sort_key: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    numeric_sort_key: Option<f64>,
}

impl<T: Serialize> NewMapItem<T> {
    pub(crate) fn body(&self) -> Result<MapItemBody> {
        let key = self.sort_key.as_ref().map(SortKey::validated).transpose()?;
        if self.etag.as_ref().is_some_and(String::is_empty) {
            return Err(Error::invalid_input("an etag cannot be empty"));
        }
        Ok(MapItemBody {
            value: RawJson::new(&self.value)?,
            etag: self.etag.clone(),
            ttl: lifetime(self.ttl)?,
            string_sort_key: key.and_then(SortKey::as_text).map(str::to_owned),
            numeric_sort_key: key.and_then(SortKey::as_number),
        })
    }

    /// Returns the body of an item that must not exist yet.
    pub(crate) fn body_to_create(&self) -> Result<MapItemBody> {
        if self.must_exist || self.etag.is_some() {
            return Err(Error::invalid_input(
                "a new item must not exist yet: leave out `if_exists` and `if_etag`",
            ));
        }
        self.body()
    }
}
