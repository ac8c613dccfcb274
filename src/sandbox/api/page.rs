//! Pages of a list and their tokens.

use std::hash::BuildHasher as _;

use serde_json::{Value, json};

use super::super::server::Response;
use super::super::state::Shared;
use super::{Call, base64url, invalid, number};

/// The page sizes of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    /// The size without `maxPageSize`.
    default: u64,
    max: u64,
    /// Sizes beyond the maximum, and 0, are rejected.
    strict: bool,
}

impl Sizes {
    /// The documented 1 to 50.
    pub(super) const ASSET_VERSIONS: Self = Self {
        default: 8,
        max: 50,
        strict: true,
    };

    /// Larger sizes are set to this one.
    pub(super) const fn up_to(max: u64) -> Self {
        Self {
            default: 10,
            max,
            strict: false,
        }
    }

    /// The size to use for what `maxPageSize` says; `None` if that is rejected.
    fn choose(self, asked: Option<&str>) -> Option<u64> {
        let Some(asked) = asked else {
            return Some(self.default);
        };
        match number(asked)? {
            size if self.strict => (1..=self.max).contains(&size).then_some(size),
            0 => Some(self.default),
            size => Some(size.min(self.max)),
        }
    }
}

/// How a page is asked for, and how it names the next one.
#[derive(Debug, Clone, Copy)]
struct Names {
    size: &'static str,
    token: &'static str,
    next: &'static str,
}

const TOKENS: Names = Names {
    size: "maxPageSize",
    token: "pageToken",
    next: "nextPageToken",
};
const CURSORS: Names = Names {
    size: "limit",
    token: "cursor",
    next: "nextPageCursor",
};
/// The sizes that lists with cursors take.
const CURSOR_SIZES: [u64; 4] = [10, 25, 50, 100];

/// Which page of a list is asked for.
///
/// A token holds the place where its page starts, a running number (so that the token of an empty page differs from the one
/// that asked for it) and a checksum of both with the other parameters, which must not change between pages.
#[derive(Debug)]
pub(super) struct PageQuery<'a> {
    shared: &'a Shared,
    call: &'a Call<'a>,
    names: Names,
    size: u64,
    start: u64,
    turn: u64,
}

impl<'a> PageQuery<'a> {
    pub(super) fn for_call(shared: &'a Shared, call: &'a Call<'a>) -> Result<Self, Response> {
        Self::sized(shared, call, Sizes::up_to(100))
    }

    pub(super) fn sized(
        shared: &'a Shared,
        call: &'a Call<'a>,
        sizes: Sizes,
    ) -> Result<Self, Response> {
        let size = sizes
            .choose(call.query("maxPageSize"))
            .ok_or_else(|| invalid("maxPageSize is not a number that can be used."))?;
        Self::at(shared, call, TOKENS, size)
    }

    /// A list of one of the older services, which take `limit` and `cursor`.
    pub(super) fn by_cursor(shared: &'a Shared, call: &'a Call<'a>) -> Result<Self, Response> {
        let size = match call.query(CURSORS.size).map(number) {
            None => 10,
            Some(Some(size)) if CURSOR_SIZES.contains(&size) => size,
            Some(_) => return Err(invalid("limit is not one of those that are taken.")),
        };
        Self::at(shared, call, CURSORS, size)
    }

    fn at(
        shared: &'a Shared,
        call: &'a Call<'a>,
        names: Names,
        size: u64,
    ) -> Result<Self, Response> {
        let mut query = Self {
            shared,
            call,
            names,
            size,
            start: 0,
            turn: 0,
        };
        if let Some(token) = call.query(names.token) {
            let place = query.open(token);
            (query.start, query.turn) =
                place.ok_or_else(|| invalid("The page token does not belong to this list."))?;
        }
        Ok(query)
    }

    /// The items of this page, and the token of the next one (empty at the end).
    pub(super) fn cut(&self, name: &str, items: impl Iterator<Item = Value>) -> Value {
        self.page(name, items, false)
    }

    /// As [`cut`](Self::cut), but only an empty page is the end.
    pub(super) fn cut_late(&self, name: &str, items: impl Iterator<Item = Value>) -> Value {
        self.page(name, items, true)
    }

    fn page(&self, name: &str, items: impl Iterator<Item = Value>, late: bool) -> Value {
        let mut items = items
            .skip(usize::try_from(self.start).unwrap_or(usize::MAX))
            .peekable();
        if self.call.empty_page {
            return json!({ name: [], self.names.next: self.token(self.start, self.turn + 1) });
        }
        let count = usize::try_from(self.size).unwrap_or(usize::MAX);
        let page: Vec<Value> = items.by_ref().take(count).collect();
        let more = items.peek().is_some() || (late && !page.is_empty());
        let next = more.then(|| self.token(self.start + self.size, self.turn));
        json!({ name: page, self.names.next: next.unwrap_or_default() })
    }

    fn token(&self, start: u64, turn: u64) -> String {
        base64url::encode(format!("{start}.{turn}.{:x}", self.checksum(start, turn)).as_bytes())
    }

    fn open(&self, token: &str) -> Option<(u64, u64)> {
        let text = String::from_utf8(base64url::decode(token)?).ok()?;
        let mut parts = text.split('.');
        let (start, turn) = (number(parts.next()?)?, number(parts.next()?)?);
        (self.token(start, turn) == token).then_some((start, turn))
    }

    fn checksum(&self, start: u64, turn: u64) -> u64 {
        let names = [self.names.size, self.names.token];
        let others = self.call.query.iter();
        let others = others.filter(|(name, _)| !names.contains(&name.as_str()));
        let others: Vec<_> = others.collect();
        self.shared
            .token_hasher
            .hash_one((&self.call.segments, others, self.size, start, turn))
    }
}
