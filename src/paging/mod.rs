//! Lists: pages that are fetched on demand, and their items.

mod chunk;
mod cursor;
mod decode;
mod page;
mod page_style;

use std::fmt;
use std::iter::FusedIterator;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::http::{HttpClient, Request};
use cursor::Cursor;
use decode::{Decoded, PageReader, decode, decode_result};

pub use page::{Page, PageToken};

/// The pages of a list, as an iterator that fetches each page when it is needed. Created by [`Items::pages`].
///
/// After an error the iterator ends.
#[must_use = "pages are fetched as they are iterated over"]
pub struct Pages<T> {
    cursor: Cursor,
    reader: PageReader<T>,
    /// The rest of a page whose first items were yielded one by one.
    rest: Option<Decoded<T>>,
}

impl<T: DeserializeOwned> Pages<T> {
    /// Returns the token to resume with: of the page being consumed; after an error, of the page that failed; at the
    /// end, of the last page. `None` means the first page. A resumed list skips nothing and repeats at most one page.
    #[must_use]
    pub fn resume_token(&self) -> Option<&PageToken> {
        self.cursor.resume_token()
    }

    fn fetch(&mut self, token: Option<PageToken>) -> Result<Decoded<T>> {
        let fetch = self.cursor.begin(token)?;
        let mut decoded = if fetch.pagination.is_operation {
            let result = self.cursor.operation_result(&fetch)?;
            decode_result(result.as_str(), fetch.pagination, &self.reader)
                .map_err(|error| self.cursor.attach_request(error, &fetch))?
        } else {
            self.cursor.http.send_with(&fetch.request, |received| {
                decode(received, fetch.pagination, &self.reader)
            })?
        };
        for error in &mut decoded.page.failed {
            let failed = std::mem::replace(error, Error::invalid_input(""));
            *error = self.cursor.attach_request(failed, &fetch);
        }
        let (count, total) = (decoded.len(), decoded.total);
        self.cursor
            .finish(&fetch, count, total, &mut decoded.page.next_token)?;
        Ok(decoded)
    }

    /// Returns the next page, cut to the limit.
    fn next_page(&mut self) -> Option<Result<Decoded<T>>> {
        if let Some(rest) = self.rest.take() {
            return Some(Ok(rest));
        }
        let token = self.cursor.take_next()?;
        Some(self.fetch(token).map(|mut decoded| {
            if let Some(left) = self.cursor.left() {
                decoded.truncate(left);
            }
            self.cursor
                .advance(decoded.len(), decoded.page.next_token.as_ref());
            decoded
        }))
    }
}

impl<T: DeserializeOwned> Iterator for Pages<T> {
    type Item = Result<Page<T>>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.next_page()?.map(|decoded| decoded.page))
    }
}

impl<T: DeserializeOwned> FusedIterator for Pages<T> {}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pages")
            .field("request", &self.cursor.request)
            .field("page_size", &self.cursor.page_size)
            .field("limit", &self.cursor.limit)
            .field("next", &self.cursor.next)
            .finish_non_exhaustive()
    }
}

/// The items of a list, as an iterator that fetches pages when they are needed.
///
/// Each item may be an error. After an error about one item ([`Error::is_item`]) the list continues with the next item.
/// After any other error it ends, and [`resume_token`](Self::resume_token) returns the page to resume with.
///
/// ```
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let user = sandbox.client().user(156);
/// use rblx_open_cloud::{Result, models::{InventoryFilter, InventoryItem}};
///
/// let items = user.list_inventory(InventoryFilter::all());
/// for item in items.limit(10) {
///     println!("{:?}", item?);
/// }
/// let items = user.list_inventory(InventoryFilter::all());
/// let all: Vec<InventoryItem> = items.collect::<Result<_>>()?;
/// # assert!(all.len() > 100);
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
///
/// A function for lists of every type needs a bound from serde, which your program then depends on:
///
/// ```
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let client = sandbox.client();
/// use rblx_open_cloud::{Items, PageToken, Result};
/// use serde::de::DeserializeOwned;
///
/// /// Returns up to `count` items, and the token to resume with.
/// fn first<T: DeserializeOwned>(items: Items<T>, count: usize) -> Result<(Vec<T>, Option<PageToken>)> {
///     let mut items = items.limit(count);
///     let found = items.by_ref().collect::<Result<_>>()?;
///     Ok((found, items.resume_token().cloned()))
/// }
///
/// let (roles, _token) = first(client.group(7).list_roles(), 2)?;
/// # assert_eq!(roles.len(), 2);
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[must_use = "items are fetched as they are iterated over"]
pub struct Items<T> {
    pages: Pages<T>,
    buffer: Buffer<T>,
}

/// The items of a page that are still to be yielded.
struct Buffer<T> {
    items: std::vec::IntoIter<T>,
    failed: std::vec::IntoIter<Error>,
    failed_at: std::vec::IntoIter<usize>,
    next_token: Option<PageToken>,
    /// The position of the next item.
    place: usize,
}

impl<T> Default for Buffer<T> {
    fn default() -> Self {
        Self {
            items: Vec::new().into_iter(),
            failed: Vec::new().into_iter(),
            failed_at: Vec::new().into_iter(),
            next_token: None,
            place: 0,
        }
    }
}

impl<T> From<Decoded<T>> for Buffer<T> {
    fn from(decoded: Decoded<T>) -> Self {
        Self {
            items: decoded.page.items.into_iter(),
            failed: decoded.page.failed.into_iter(),
            failed_at: decoded.failed_at.into_iter(),
            next_token: decoded.page.next_token,
            place: 0,
        }
    }
}

impl<T> Buffer<T> {
    fn len(&self) -> usize {
        self.items.len().saturating_add(self.failed.len())
    }

    fn next(&mut self) -> Option<Result<T>> {
        let is_failed = self.failed_at.as_slice().first() == Some(&self.place);
        self.place = self.place.saturating_add(1);
        if is_failed {
            self.failed_at.next();
            return self.failed.next().map(Err);
        }
        self.items.next().map(Ok)
    }

    /// Returns the remaining items as a page.
    fn into_rest(self) -> Decoded<T> {
        let place = self.place;
        Decoded {
            page: Page {
                items: self.items.collect(),
                failed: self.failed.collect(),
                next_token: self.next_token,
            },
            failed_at: self
                .failed_at
                .map(|failed| failed.saturating_sub(place))
                .collect(),
            total: None,
            partial: Vec::new(),
        }
    }
}

impl<T: DeserializeOwned> Items<T> {
    /// Creates a list. An error in place of the request is returned as the first item.
    pub(crate) fn new(http: HttpClient, request: Result<Request>) -> Self {
        let pages = Pages {
            cursor: Cursor::new(http, request),
            reader: PageReader::for_models(),
            rest: None,
        };
        Self {
            pages,
            buffer: Buffer::default(),
        }
    }

    /// Reads the items exactly as `serde_json` does, since they contain a type of the user's own.
    pub(crate) fn of_users_type(mut self) -> Self {
        self.pages.reader = PageReader::for_users_type();
        self
    }

    /// Limits the number of items. Fetches no page beyond the limit; with 0, none at all.
    pub fn limit(mut self, items: usize) -> Self {
        // A page that was already fetched may have more items than the new limit allows.
        let taken = self.pages.cursor.yielded.saturating_sub(self.buffer.len());
        let mut rest = self.buffer.into_rest();
        rest.truncate(items.saturating_sub(taken));
        self.pages.cursor.yielded = taken.saturating_add(rest.len());
        self.buffer = rest.into();
        self.pages.cursor.limit = Some(items);
        self
    }

    /// Sets the number of items per page, from 1 to the maximum of the service, which is the default.
    pub fn page_size(mut self, items: u32) -> Self {
        self.pages.cursor.page_size = Some(items);
        self
    }

    /// Sets how long to wait for each page that is the result of an operation.
    pub(crate) fn wait_for(mut self, limit: Duration) -> Self {
        self.pages.cursor.operation_limit = Some(limit);
        self
    }

    /// Starts at the page of a [`resume_token`](Self::resume_token); an empty token means the first page.
    ///
    /// Filter and page size must be those of the list that the token is from.
    pub fn starting_at(mut self, token: impl Into<PageToken>) -> Self {
        let discarded = std::mem::take(&mut self.buffer).len();
        self.pages.cursor.restart(token.into(), discarded);
        self
    }

    /// Returns whole pages instead of single items. The limit cuts the last one.
    pub fn pages(mut self) -> Pages<T> {
        if self.buffer.len() > 0 {
            self.pages.rest = Some(self.buffer.into_rest());
        }
        self.pages
    }

    /// Returns the token to resume with: of the page being consumed; after an error, of the page that failed; at the
    /// end, of the last page. `None` means the first page. A resumed list skips nothing and repeats at most one page.
    #[must_use]
    pub fn resume_token(&self) -> Option<&PageToken> {
        self.pages.resume_token()
    }
}

impl<T: DeserializeOwned> Iterator for Items<T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.buffer.next() {
                return Some(item);
            }
            match self.pages.next_page()? {
                Ok(decoded) => self.buffer = decoded.into(),
                Err(error) => return Some(Err(error)),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let buffer = self.buffer.len();
        // An error may come in addition to the items.
        let left = self.pages.cursor.left();
        let max = left.map(|left| left.saturating_add(buffer).saturating_add(1));
        (buffer, max)
    }
}

impl<T: DeserializeOwned> FusedIterator for Items<T> {}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Items")
            .field("pages", &self.pages)
            .field("buffer", &self.buffer.len())
            .finish()
    }
}
