//! Decodes pages.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::chunk::ChunksSeed;
use super::page::{Page, PageToken};
use crate::endpoint::Pagination;
use crate::error::{Error, ErrorKind, Result};
use crate::http::Received;
use crate::json::{self, Json};
use crate::models::serde_helpers::Integer;

/// A decoded page.
pub(super) struct Decoded<T> {
    pub(super) page: Page<T>,
    /// The positions of the failed items among all items, in ascending order.
    pub(super) failed_at: Vec<usize>,
    /// The total number of items that the list reports.
    pub(super) total: Option<u64>,
    /// The fields that say that the page lacks items.
    pub(super) partial: Vec<&'static str>,
}

impl<T> Decoded<T> {
    /// Creates a page without failed items.
    fn complete(items: Vec<T>, next_token: Option<PageToken>) -> Self {
        Self {
            page: Page {
                items,
                failed: Vec::new(),
                next_token,
            },
            failed_at: Vec::new(),
            total: None,
            partial: Vec::new(),
        }
    }

    /// Returns the number of items on the page, failed ones included.
    pub(super) fn len(&self) -> usize {
        self.page.items.len().saturating_add(self.failed_at.len())
    }

    /// Keeps the first `count` items, failed ones included.
    pub(super) fn truncate(&mut self, count: usize) {
        self.failed_at.retain(|place| *place < count);
        let failed = self.failed_at.len();
        self.page.failed.truncate(failed);
        self.page.items.truncate(count.saturating_sub(failed));
    }

    /// Adds an error for items that the service itself could not read.
    fn report_partial(mut self) -> Self {
        for flag in std::mem::take(&mut self.partial) {
            self.failed_at.push(self.len());
            self.page.failed.push(partial_error(flag));
        }
        self
    }
}

/// How the pages of a list, and single items of them, are read.
pub(super) struct PageReader<T> {
    page: fn(&str, Pagination) -> serde_json::Result<Decoded<T>>,
    item: fn(&str) -> serde_json::Result<T>,
}

impl<T: DeserializeOwned> PageReader<T> {
    /// Reads models, which are objects and never JSON lists.
    pub(super) fn for_models() -> Self {
        Self {
            page: decode_page,
            item: |text| json::from_str(text),
        }
    }

    /// Reads items that contain a type of the user's own, exactly as `serde_json` does.
    pub(super) fn for_users_type() -> Self {
        Self {
            page: decode_users_page,
            item: |text| serde_json::from_str(text),
        }
    }
}

/// Decodes a page as a whole, and item by item only if that fails, so that one malformed item costs one item.
pub(super) fn decode<T>(
    received: &Received<'_>,
    pagination: Pagination,
    reader: &PageReader<T>,
) -> Result<Decoded<T>> {
    let listed = one_as_list(received.as_str(), pagination);
    received
        .decode(|text| (reader.page)(listed.as_deref().unwrap_or(text), pagination))
        .or_else(|error| {
            if error.kind() != ErrorKind::Decode || error.retryability().is_ambiguous() {
                return Err(error);
            }
            let text = listed.as_deref().unwrap_or(received.as_str());
            decode_items(text, pagination, reader).or(Err(error))
        })
        .map(Decoded::report_partial)
}

/// Decodes a page that is not a response by itself.
pub(super) fn decode_result<T>(
    text: &str,
    pagination: Pagination,
    reader: &PageReader<T>,
) -> Result<Decoded<T>> {
    let decoded = (reader.page)(text, pagination)
        .or_else(|error| decode_items(text, pagination, reader).or(Err(error)));
    decoded.map(Decoded::report_partial).map_err(|error| {
        let error = Error::new(ErrorKind::Decode, error.to_string());
        error.map(|inner| inner.body = Some(text.to_owned()))
    })
}

/// Returns the page with a list in place of its one item.
fn one_as_list(text: &str, pagination: Pagination) -> Option<String> {
    if !pagination.may_be_one {
        return None;
    }
    let mut page: Map<String, Value> = serde_json::from_str(text).ok()?;
    if let Some(item) = page.get_mut(pagination.key) {
        if !item.is_object() {
            return None;
        }
        *item = Value::Array(vec![item.take()]);
    } else if page.is_empty() || reports_error(page.keys()) {
        return None;
    } else {
        let list = Value::Array(vec![Value::Object(page)]);
        page = Map::from_iter([(pagination.key.to_owned(), list)]);
    }
    Some(Value::Object(page).to_string())
}

fn decode_items<T>(
    text: &str,
    pagination: Pagination,
    reader: &PageReader<T>,
) -> serde_json::Result<Decoded<T>> {
    let raw: Decoded<Box<RawValue>> = decode_page(text, pagination)?;
    let mut decoded = Decoded {
        page: Page {
            items: Vec::with_capacity(raw.page.items.len()),
            failed: Vec::new(),
            next_token: raw.page.next_token,
        },
        failed_at: Vec::new(),
        total: raw.total,
        partial: raw.partial,
    };
    for (place, item) in raw.page.items.iter().enumerate() {
        match (reader.item)(item.get()) {
            Ok(item) => decoded.page.items.push(item),
            Err(error) => {
                decoded.failed_at.push(place);
                decoded
                    .page
                    .failed
                    .push(item_error(place, item.get(), &error));
            }
        }
    }
    Ok(decoded)
}

fn item_error(place: usize, item: &str, error: &serde_json::Error) -> Error {
    let number = place.saturating_add(1);
    let message = format!("item {number} of the page could not be decoded: {error}");
    Error::new(ErrorKind::Decode, message).map(|inner| {
        inner.is_item = true;
        inner.body = Some(item.to_owned());
    })
}

fn partial_error(flag: &str) -> Error {
    let message = format!("the service could not read all items of the page: `{flag}` is set");
    Error::new(ErrorKind::ServiceUnavailable, message).map(|inner| inner.is_item = true)
}

fn decode_page<T: DeserializeOwned>(
    text: &str,
    pagination: Pagination,
) -> serde_json::Result<Decoded<T>> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let page = read_page(Json(&mut deserializer), text, pagination)?;
    deserializer.end()?;
    Ok(page)
}

fn decode_users_page<T: DeserializeOwned>(
    text: &str,
    pagination: Pagination,
) -> serde_json::Result<Decoded<T>> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let page = read_page(&mut deserializer, text, pagination)?;
    deserializer.end()?;
    Ok(page)
}

fn read_page<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
    text: &str,
    pagination: Pagination,
) -> std::result::Result<Decoded<T>, D::Error> {
    let visitor = PageVisitor {
        pagination,
        item: PhantomData,
    };
    if pagination.may_be_bare && text.trim_ascii_start().starts_with('[') {
        deserializer.deserialize_seq(visitor)
    } else {
        deserializer.deserialize_map(visitor)
    }
}

// One visitor for all lists: they differ only in the names of fields.
struct PageVisitor<T> {
    pagination: Pagination,
    item: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for PageVisitor<T> {
    type Value = Decoded<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a page with a list `{}`", self.pagination.key)
    }

    fn visit_seq<A: SeqAccess<'de>>(
        self,
        mut list: A,
    ) -> std::result::Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Decoded::complete(items, None))
    }

    fn visit_map<A: MapAccess<'de>>(
        self,
        mut map: A,
    ) -> std::result::Result<Self::Value, A::Error> {
        let (mut items, mut next_token, mut total) = (None, None, None);
        let (mut has_more, mut has_error, mut partial) = (true, false, Vec::new());
        let mut other_list = None;
        while let Some(name) = map.next_key::<String>()? {
            if self.pagination.is_key(&name) {
                let list: Option<Vec<T>> = if self.pagination.chunk_keys.is_empty() {
                    map.next_value()?
                } else {
                    map.next_value_seed(ChunksSeed::new(self.pagination.chunk_keys))?
                };
                // A second list would silently replace the first.
                if items.replace(list.unwrap_or_default()).is_some() {
                    return Err(A::Error::duplicate_field(self.pagination.key));
                }
            } else if self.pagination.tokens.contains(&name.as_str()) {
                let token: Option<String> = map.next_value()?;
                // One of the fields may be null and the other one set.
                next_token = token
                    .filter(|token| !token.is_empty())
                    .map(PageToken::from)
                    .or(next_token);
            } else if self.pagination.has_more == Some(name.as_str()) {
                has_more = map.next_value::<Option<bool>>()?.unwrap_or(true);
            } else if let Some(flag) = self.pagination.partial_flag(&name) {
                let is_set = map.next_value::<Option<bool>>()?.unwrap_or(false);
                partial.extend(is_set.then_some(flag));
            } else if self.pagination.total_key() == Some(name.as_str()) {
                total = map.next_value::<Option<Integer>>()?.map(|total| total.0);
            } else {
                has_error |= reports_error([&name]);
                if is_filled_list(map.next_value::<&RawValue>()?) {
                    other_list = other_list.or(Some(name));
                }
            }
        }
        // The service omits an empty list, but an error with the status of a success is not an empty list.
        if has_error && items.is_none() {
            return Err(A::Error::custom(
                "the response is an error instead of a page",
            ));
        }
        // Neither is a list under another name, which may be a misspelled or renamed field.
        if let (None, Some(other)) = (&items, other_list) {
            let expected = self.pagination.key;
            return Err(A::Error::custom(format!(
                "the page has no list `{expected}`, but a list `{other}`"
            )));
        }
        let next_token = next_token.filter(|_| has_more);
        Ok(Decoded {
            total,
            partial,
            ..Decoded::complete(items.unwrap_or_default(), next_token)
        })
    }
}

/// Whether the value is a list that is not empty.
fn is_filled_list(value: &RawValue) -> bool {
    let items = value.get().strip_prefix('[');
    items.is_some_and(|items| !items.trim_ascii_start().starts_with(']'))
}

/// Whether one of these fields belongs to an error.
fn reports_error<'a>(names: impl IntoIterator<Item = &'a String>) -> bool {
    let is_of_error =
        |name: &String| ["error", "errors", "code", "errorCode"].contains(&name.as_str());
    names.into_iter().any(is_of_error)
}
