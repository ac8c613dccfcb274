//! Pages of a list and their tokens.

use std::hash::BuildHasher as _;

use serde_json::{Value, json};

use super::super::server::Answer;
use super::super::state::Shared;
use super::{Call, base64url, invalid, number};

/// The page size without `maxPageSize`.
const DEFAULT_SIZE: u64 = 10;
/// Larger sizes are set to this one.
const MAX_SIZE: u64 = 100;

/// Which page of a list is asked for.
///
/// A token holds the place where its page starts, a running number (so that the token of an empty page differs from the one
/// that asked for it) and a checksum of both with the other parameters, which must not change between pages.
#[derive(Debug)]
pub(super) struct PageQuery<'a> {
    shared: &'a Shared,
    call: &'a Call<'a>,
    size: u64,
    start: u64,
    turn: u64,
}

impl<'a> PageQuery<'a> {
    pub(super) fn of(shared: &'a Shared, call: &'a Call<'a>) -> Result<Self, Answer> {
        let size = match call.query("maxPageSize").map(number) {
            None | Some(Some(0)) => DEFAULT_SIZE,
            Some(Some(size)) => size.min(MAX_SIZE),
            Some(None) => return Err(invalid("maxPageSize is not a number that can be used.")),
        };
        let mut query = Self {
            shared,
            call,
            size,
            start: 0,
            turn: 0,
        };
        if let Some(token) = call.query("pageToken") {
            let place = query.open(token);
            (query.start, query.turn) =
                place.ok_or_else(|| invalid("The page token does not belong to this list."))?;
        }
        Ok(query)
    }

    /// The items of this page, and the token of the next one (empty at the end).
    pub(super) fn cut(&self, name: &str, items: impl Iterator<Item = Value>) -> Value {
        let mut items = items
            .skip(usize::try_from(self.start).unwrap_or(usize::MAX))
            .peekable();
        if self.call.empty_page {
            return json!({ name: [], "nextPageToken": self.token(self.start, self.turn + 1) });
        }
        let count = usize::try_from(self.size).unwrap_or(usize::MAX);
        let page: Vec<Value> = items.by_ref().take(count).collect();
        let next = items
            .peek()
            .map(|_| self.token(self.start + self.size, self.turn));
        json!({ name: page, "nextPageToken": next.unwrap_or_default() })
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
        let filter = self.call.query("filter").unwrap_or_default();
        self.shared
            .seal
            .hash_one((&self.call.segments, filter, self.size, start, turn))
    }
}
