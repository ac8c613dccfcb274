//! Pages of lists, and their tokens.

use std::hash::{BuildHasher as _, RandomState};

use serde_json::{Map, Value};

use super::rejection::{Rejection, invalid};
use super::values::number;
use crate::sandbox::base64url;
use crate::sandbox::server::first_value;

/// How a list is paged: the names of its query parameters and of the next token, and the sizes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paging {
    pub(crate) size: &'static str,
    pub(crate) token: &'static str,
    pub(crate) next: &'static str,
    pub(crate) sizes: Sizes,
    /// Whether only an empty page ends the list.
    pub(crate) ends_with_empty_page: bool,
}

/// The page sizes that a list allows.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sizes {
    /// Other sizes are rejected.
    Within { default: u64, max: u64 },
    /// Larger sizes become the maximum, and 0 becomes the default.
    Clamped { default: u64, max: u64 },
    /// Other sizes are rejected. The first one is the default.
    OneOf(&'static [u64]),
}

/// How many items a page of a list by position examines. It may omit all of them.
const MAX_CHECKED: usize = 512;

impl Sizes {
    /// Returns the sizes of `cloud/v2`, up to this maximum, with the default of 10.
    pub(crate) const fn up_to(max: u64) -> Self {
        Self::Clamped { default: 10, max }
    }

    fn choose(self, requested: Option<&str>) -> Option<u64> {
        let requested = match requested {
            Some(requested) => Some(number(requested)?),
            None => None,
        };
        match (self, requested) {
            (Self::Clamped { default, .. }, None | Some(0))
            | (Self::Within { default, .. }, None) => Some(default),
            (Self::Clamped { max, .. }, Some(size)) => Some(size.min(max)),
            (Self::Within { max, .. }, size) => size.filter(|size| (1..=max).contains(size)),
            (Self::OneOf(sizes), None) => sizes.first().copied(),
            (Self::OneOf(sizes), size) => size.filter(|size| sizes.contains(size)),
        }
    }
}

impl Paging {
    /// Pages of `cloud/v2`, of up to 100 items.
    pub(crate) const TOKENS: Self = Self {
        size: "maxPageSize",
        token: "pageToken",
        next: "nextPageToken",
        sizes: Sizes::up_to(100),
        ends_with_empty_page: false,
    };

    /// Pages of the legacy services.
    pub(crate) const CURSORS: Self = Self {
        size: "limit",
        token: "cursor",
        next: "nextPageCursor",
        sizes: Sizes::OneOf(&[10, 25, 50, 100]),
        ends_with_empty_page: false,
    };

    pub(crate) const fn sizes(mut self, sizes: Sizes) -> Self {
        self.sizes = sizes;
        self
    }
}

/// The part of a request that chooses a page.
#[derive(Debug)]
pub(crate) struct PageQuery<'q> {
    pub(crate) path: &'q str,
    pub(crate) pairs: &'q [(String, String)],
    pub(crate) empty_page: bool,
}

/// The requested page of a list.
///
/// A token contains the place at which its page starts, a counter that makes the token of an empty page differ from
/// the one that requested it, and a checksum of both with the other parameters, which must not change between pages.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    hasher: &'a RandomState,
    paging: Paging,
    /// Hash of the list and of the other parameters.
    list: u64,
    size: u64,
    start: u64,
    counter: u64,
    /// The position of the last item before the page, in lists that have positions.
    after: Option<String>,
    is_empty: bool,
}

impl<'a> Page<'a> {
    pub(crate) fn parse(
        hasher: &'a RandomState,
        query: &PageQuery<'_>,
        paging: &Paging,
    ) -> Result<Self, Rejection> {
        let wrong_size = || invalid(&format!("{} is not an allowed page size.", paging.size));
        let size = paging.sizes.choose(first_value(query.pairs, paging.size));
        let size = size.ok_or_else(wrong_size)?;
        let others = query.pairs.iter();
        let others = others.filter(|(name, _)| name != paging.size && name != paging.token);
        let others: Vec<_> = others.collect();
        let mut page = Self {
            hasher,
            paging: *paging,
            list: hasher.hash_one((query.path, others, size)),
            size,
            start: 0,
            counter: 0,
            after: None,
            is_empty: query.empty_page,
        };
        if let Some(token) = first_value(query.pairs, paging.token) {
            let position = page.decode(token);
            let wrong_token = || invalid("The page token does not belong to this list.");
            (page.start, page.counter, page.after) = position.ok_or_else(wrong_token)?;
        }
        Ok(page)
    }

    /// Returns the items of this page, and the token of the next one, which is empty at the end.
    pub(crate) fn respond(&self, name: &str, items: impl Iterator<Item = Value>) -> Value {
        let (page, next) = if self.is_empty {
            (Vec::new(), self.token_of_empty_page())
        } else {
            self.take(items)
        };
        self.body(name, page, next)
    }

    /// Returns the position that the items of this page come after; `None` on the first page.
    pub(crate) fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// Returns the items of this page, given with their positions from [`after`](Self::after) on. Items without a value
    /// are left out. Unlike [`respond`](Self::respond), it does not go through the pages before, and items that are added
    /// or removed there do not move this page.
    pub(crate) fn respond_by_position(
        &self,
        name: &str,
        items: impl Iterator<Item = (String, Option<Value>)>,
    ) -> Value {
        if self.is_empty {
            return self.body(name, Vec::new(), self.token_of_empty_page());
        }
        let count = usize::try_from(self.size).unwrap_or(usize::MAX);
        let (mut page, mut last, mut next) = (Vec::new(), None, String::new());
        for (checked, (position, item)) in items.enumerate() {
            if page.len() >= count || checked >= MAX_CHECKED {
                next = self.token(0, self.counter, last.as_deref());
                break;
            }
            page.extend(item);
            last = Some(position);
        }
        self.body(name, page, next)
    }

    fn body(&self, name: &str, page: Vec<Value>, next: String) -> Value {
        let mut body = Map::new();
        body.insert(name.to_owned(), Value::Array(page));
        body.insert(self.paging.next.to_owned(), Value::String(next));
        Value::Object(body)
    }

    fn take(&self, items: impl Iterator<Item = Value>) -> (Vec<Value>, String) {
        let start = usize::try_from(self.start).unwrap_or(usize::MAX);
        let count = usize::try_from(self.size).unwrap_or(usize::MAX);
        let mut items = items.skip(start).peekable();
        let page: Vec<Value> = items.by_ref().take(count).collect();
        let ends_late = self.paging.ends_with_empty_page && !page.is_empty();
        let has_next = items.peek().is_some() || ends_late;
        let next = has_next.then(|| self.token(self.start + self.size, self.counter, None));
        (page, next.unwrap_or_default())
    }

    fn token_of_empty_page(&self) -> String {
        self.token(self.start, self.counter + 1, self.after.as_deref())
    }

    fn token(&self, start: u64, counter: u64, after: Option<&str>) -> String {
        let checksum = self.hasher.hash_one((self.list, start, counter, after));
        let after = after.map(|after| format!(".{after}")).unwrap_or_default();
        base64url::encode(format!("{start}.{counter}.{checksum:x}{after}").as_bytes())
    }

    fn decode(&self, token: &str) -> Option<(u64, u64, Option<String>)> {
        let text = base64url::decode_text(token)?;
        let mut parts = text.splitn(4, '.');
        let (start, counter) = (number(parts.next()?)?, number(parts.next()?)?);
        let after = parts.nth(1).map(str::to_owned);
        let is_own = self.token(start, counter, after.as_deref()) == token;
        is_own.then_some((start, counter, after))
    }
}
