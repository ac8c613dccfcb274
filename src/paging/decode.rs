//! Pages as they come over the wire.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde::{Deserialize, Deserializer};

use super::{Page, PageToken};
use crate::endpoint::{PageStyle, Pagination};
use crate::models::wire::Integer;

/// Decodes a page, and how many items the list says it has in all.
pub(super) fn decode<T: DeserializeOwned>(
    body: &str,
    pagination: Pagination,
) -> serde_json::Result<(Page<T>, Option<u64>)> {
    let mut deserializer = serde_json::Deserializer::from_str(body);
    let page = PageSeed {
        pagination,
        item: PhantomData,
    }
    .deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(page)
}

// One seed for all lists: they differ in the name of one field.
struct PageSeed<T> {
    pagination: Pagination,
    item: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for PageSeed<T> {
    type Value = (Page<T>, Option<u64>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for PageSeed<T> {
    type Value = (Page<T>, Option<u64>);

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a page with a list `{}`", self.pagination.key)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        if !self.pagination.may_be_bare {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        let next_token = None;
        Ok((Page { items, next_token }, None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut items, mut next_token, mut total) = (None, None, None);
        let mut tells_error = false;
        while let Some(name) = map.next_key::<String>()? {
            if name == self.pagination.key {
                let list: Option<Vec<T>> = map.next_value()?;
                // The second one would replace the first in silence.
                if items.replace(list.unwrap_or_default()).is_some() {
                    return Err(A::Error::duplicate_field(self.pagination.key));
                }
            } else if name == "nextPageToken" || name == "nextPageCursor" {
                let token: Option<String> = map.next_value()?;
                // One of them may be null where the other counts.
                next_token = token
                    .filter(|token| !token.is_empty())
                    .map(PageToken)
                    .or(next_token);
            } else if name == "totalCount" && self.pagination.page_style == PageStyle::Numbers {
                total = map.next_value::<Option<Integer>>()?.map(|total| total.0);
            } else {
                tells_error |= ["error", "errors", "code", "errorCode"].contains(&name.as_str());
                map.next_value::<IgnoredAny>()?;
            }
        }
        // The service leaves an empty list out; but an error with the status of a success is no empty list.
        if tells_error && items.is_none() {
            return Err(A::Error::custom(
                "the answer tells an error in place of a page",
            ));
        }
        let items = items.unwrap_or_default();
        Ok((Page { items, next_token }, total))
    }
}
