//! Lists: pages that are fetched on demand, and their items.

mod chunk;
mod decode;
mod page;
mod page_style;

use std::fmt;
use std::iter::FusedIterator;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::endpoint::{PageStyle, Pagination};
use crate::error::{Error, ErrorKind, Result};
use crate::http::{HttpClient, Request};
use crate::models::RawJson;
use crate::operation::Operation;
use decode::{Decoded, decode, decode_result};

pub use page::{Page, PageToken};

/// The longest wait for a page that is the result of an operation, unless it is set.
const OPERATION_LIMIT: Duration = Duration::from_secs(120);

/// The maximum number of empty pages in a row. Lists may have gaps, but a list of empty pages must end.
const MAX_EMPTY_PAGES: u32 = 1000;

/// The pages of a list, as an iterator that fetches each page when it is needed. Created by [`Items::pages`].
///
/// After an error the iterator ends.
#[must_use = "pages are fetched as they are iterated over"]
pub struct Pages<T> {
    http: HttpClient,
    /// The request of each page, or an error that is returned once.
    request: Result<Request, Option<Error>>,
    page_size: Option<u32>,
    limit: Option<usize>,
    /// The longest wait for a page that is the result of an operation.
    operation_limit: Option<Duration>,
    /// The number of items that were yielded.
    yielded: usize,
    /// The number of items that were received since the first page. `None` if the list started at a later page.
    received: Option<u64>,
    /// The number of empty pages in a row.
    empty: u32,
    /// The rest of a page whose first items were yielded one by one.
    rest: Option<Decoded<T>>,
    /// The token of the last page that was requested.
    current: Option<PageToken>,
    next: Next,
}

#[derive(Debug)]
enum Next {
    First(Option<PageToken>),
    Page(PageToken),
    End,
}

impl<T: DeserializeOwned> Pages<T> {
    /// Returns the token to resume with: of the page being consumed; after an error, of the page that failed; at the
    /// end, of the last page. `None` means the first page. A resumed list skips nothing and repeats at most one page.
    #[must_use]
    pub fn resume_token(&self) -> Option<&PageToken> {
        match &self.next {
            Next::First(token) => token.as_ref(),
            Next::Page(_) | Next::End => self.current.as_ref(),
        }
    }

    fn fetch(&mut self, token: Option<PageToken>) -> Result<Decoded<T>> {
        let (request, pagination, size) = self.request_for(token.as_ref())?;
        self.current = token;
        let mut decoded = if pagination.is_operation {
            self.operation_result(&request, pagination)?
        } else {
            self.http
                .send_with(&request, |received| decode(received, pagination))?
        };
        for error in std::mem::take(&mut decoded.page.failed) {
            let error = self.http.redact(error.map(|inner| {
                inner.endpoint = Some(request.endpoint.clone());
                inner.path = Some(request.path().to_owned());
            }));
            decoded.page.failed.push(error);
        }
        let current = self.current.as_ref();
        match pagination.page_style {
            PageStyle::Numbered => {
                let here = decoded.len() as u64;
                self.received = self.received.map(|before| before.saturating_add(here));
                page_style::number_next(&mut decoded, size, current, self.received)?;
            }
            PageStyle::Offset { .. } => page_style::skip_next(&mut decoded, current)?,
            PageStyle::Query { .. }
            | PageStyle::Token(_)
            | PageStyle::Body
            | PageStyle::Sizes(_) => {}
        }
        self.reject_loop(decoded)
    }

    /// Waits for the operation whose result is the page.
    fn operation_result(&self, request: &Request, pagination: Pagination) -> Result<Decoded<T>> {
        let mut operation = Operation::<RawJson>::start(&self.http, request)?;
        let result = operation.wait(self.operation_limit.unwrap_or(OPERATION_LIMIT))?;
        decode_result(result.as_str(), pagination).map_err(|error| {
            self.http.redact(error.map(|inner| {
                inner.endpoint = Some(request.endpoint.clone());
                inner.path = Some(request.path().to_owned());
            }))
        })
    }

    /// Returns the next page, cut to the limit.
    fn next_page(&mut self) -> Option<Result<Decoded<T>>> {
        if let Some(rest) = self.rest.take() {
            return Some(Ok(rest));
        }
        if self.limit_reached() {
            return None;
        }
        let token = match std::mem::replace(&mut self.next, Next::End) {
            Next::First(token) => token,
            Next::Page(token) => Some(token),
            Next::End => return None,
        };
        Some(self.fetch(token).map(|mut decoded| {
            if let Some(limit) = self.limit {
                decoded.truncate(limit.saturating_sub(self.yielded));
            }
            self.yielded = self.yielded.saturating_add(decoded.len());
            if let Some(token) = &decoded.page.next_token {
                self.next = Next::Page(token.clone());
            }
            decoded
        }))
    }

    /// Builds the request of a page. The service requires the same parameters for every page, except the token.
    fn request_for(&mut self, token: Option<&PageToken>) -> Result<(Request, Pagination, u32)> {
        let request = match &mut self.request {
            Ok(request) => request.clone(),
            Err(error) => {
                let again = || Error::invalid_input("the list failed before");
                return Err(error.take().unwrap_or_else(again));
            }
        };
        let Some(pagination) = request.pagination else {
            return Err(Error::new(ErrorKind::Unexpected, "this call is not a list"));
        };
        let size = self
            .page_size
            .unwrap_or(pagination.default_page_size)
            .clamp(1, pagination.max_page_size);
        let limit = self.limit.and_then(|limit| u32::try_from(limit).ok());
        let size = limit.map_or(size, |limit| size.min(limit));
        let token = token.map(PageToken::as_str);
        let request = page_style::add_page_params(request, pagination.page_style, size, token)?;
        Ok((request, pagination, size))
    }

    /// Rejects a page that would make the list endless.
    fn reject_loop(&mut self, mut decoded: Decoded<T>) -> Result<Decoded<T>> {
        let endless = |why: String| {
            Err(Error::new(
                ErrorKind::Unexpected,
                format!("{why}; the list would never end"),
            ))
        };
        let next_token = &decoded.page.next_token;
        let repeats_token = next_token.is_some() && *next_token == self.current;
        if decoded.len() > 0 {
            self.empty = 0;
            return if repeats_token {
                endless("the service returned a page that names itself as the next".to_owned())
            } else {
                Ok(decoded)
            };
        }
        // Some lists end with such a page.
        if repeats_token {
            decoded.page.next_token = None;
            return Ok(decoded);
        }
        self.empty = self.empty.saturating_add(1);
        if self.empty > MAX_EMPTY_PAGES {
            return endless(format!(
                "the service returned {MAX_EMPTY_PAGES} empty pages in a row"
            ));
        }
        Ok(decoded)
    }

    fn limit_reached(&self) -> bool {
        self.limit.is_some_and(|limit| self.yielded >= limit)
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
            .field("request", &self.request)
            .field("page_size", &self.page_size)
            .field("limit", &self.limit)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

/// The items of a list, as an iterator that fetches pages when they are needed.
///
/// Each item may be an error. After an error about one item ([`Error::is_item`]) the list goes on with the next item.
/// After any other error it ends, and [`resume_token`](Self::resume_token) returns the page to resume with.
///
/// ```
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let user = sandbox.client().user(156);
/// use rblx_open_cloud::{Result, models::{InventoryFilter, InventoryItem}};
///
/// for item in user.list_inventory(InventoryFilter::all()).limit(10) {
///     println!("{:?}", item?);
/// }
/// let all: Vec<InventoryItem> = user.list_inventory(InventoryFilter::all()).collect::<Result<_>>()?;
/// # assert!(all.len() > 100);
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
            http,
            request: request.map_err(Some),
            page_size: None,
            limit: None,
            operation_limit: None,
            yielded: 0,
            received: Some(0),
            empty: 0,
            rest: None,
            current: None,
            next: Next::First(None),
        };
        Self {
            pages,
            buffer: Buffer::default(),
        }
    }

    /// Limits the number of items. Fetches no page beyond the limit; with 0, none at all.
    pub fn limit(mut self, items: usize) -> Self {
        // A page that was already fetched may have more items than the new limit allows.
        let taken = self.pages.yielded.saturating_sub(self.buffer.len());
        let mut rest = self.buffer.into_rest();
        rest.truncate(items.saturating_sub(taken));
        self.pages.yielded = taken.saturating_add(rest.len());
        self.buffer = rest.into();
        self.pages.limit = Some(items);
        self
    }

    /// Sets the number of items per page, from 1 to the maximum of the service, which is the default.
    pub fn page_size(mut self, items: u32) -> Self {
        self.pages.page_size = Some(items);
        self
    }

    /// Sets how long to wait for each page that is the result of an operation.
    pub(crate) fn wait_for(mut self, limit: Duration) -> Self {
        self.pages.operation_limit = Some(limit);
        self
    }

    /// Starts at the page of a [`resume_token`](Self::resume_token); an empty token means the first page.
    ///
    /// Filter and page size must be those of the list that the token is from.
    pub fn starting_at(mut self, token: impl Into<PageToken>) -> Self {
        self.buffer = Buffer::default();
        let token = Some(token.into()).filter(|token: &PageToken| !token.as_str().is_empty());
        self.pages.received = token.is_none().then_some(0);
        self.pages.next = Next::First(token);
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
        let left = self.pages.limit.map(|limit| {
            limit
                .saturating_sub(self.pages.yielded)
                .saturating_add(buffer)
        });
        // An error may come in addition to the items.
        (buffer, left.map(|left| left.saturating_add(1)))
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
