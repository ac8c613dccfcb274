//! The position in a list: its request, its settings, and the page that comes next. It does not depend on the type of
//! the items, so it is compiled once for all lists.

use std::time::Duration;

use super::page::PageToken;
use super::page_style;
use crate::endpoint::{PageStyle, Pagination};
use crate::error::{Error, ErrorKind, Result};
use crate::http::{HttpClient, Request};
use crate::models::RawJson;
use crate::operation::Operation;

/// The default maximum wait for a page that is the result of an operation.
const DEFAULT_OPERATION_WAIT: Duration = Duration::from_secs(120);

/// The maximum number of empty pages in a row. Lists may have gaps, but a list of empty pages must end.
const MAX_EMPTY_PAGES: u32 = 1000;

pub(super) struct Cursor {
    pub(super) http: HttpClient,
    /// The request of each page, or an error that is returned once.
    pub(super) request: Result<Request, Option<Error>>,
    pub(super) page_size: Option<u32>,
    pub(super) limit: Option<usize>,
    /// The maximum wait for a page that is the result of an operation, if it is set.
    pub(super) operation_limit: Option<Duration>,
    /// The number of items that were yielded.
    pub(super) yielded: usize,
    /// The number of items that were received since the first page. `None` if the list started at a later page.
    received: Option<u64>,
    /// The number of empty pages in a row.
    empty: u32,
    /// The token of the last page that was requested.
    current: Option<PageToken>,
    pub(super) next: Next,
}

#[derive(Debug)]
pub(super) enum Next {
    First(Option<PageToken>),
    Page(PageToken),
    End,
}

/// The request of one page.
pub(super) struct Fetch {
    pub(super) request: Request,
    pub(super) pagination: Pagination,
    size: u32,
}

impl Cursor {
    pub(super) fn new(http: HttpClient, request: Result<Request>) -> Self {
        Self {
            http,
            request: request.map_err(Some),
            page_size: None,
            limit: None,
            operation_limit: None,
            yielded: 0,
            received: Some(0),
            empty: 0,
            current: None,
            next: Next::First(None),
        }
    }

    /// Goes to the page with this token, or to the first page if it is empty. `discarded` items of the last page were not
    /// returned to the caller.
    pub(super) fn restart(&mut self, token: PageToken, discarded: usize) {
        self.yielded = self.yielded.saturating_sub(discarded);
        self.empty = 0;
        let token = Some(token).filter(|token| !token.as_str().is_empty());
        self.received = token.is_none().then_some(0);
        self.next = Next::First(token);
    }

    pub(super) fn resume_token(&self) -> Option<&PageToken> {
        match &self.next {
            Next::First(token) => token.as_ref(),
            Next::Page(_) | Next::End => self.current.as_ref(),
        }
    }

    /// Takes the token of the next page. `None` at the end of the list and at the limit.
    #[allow(clippy::option_option, reason = "the first page may have no token")]
    pub(super) fn take_next(&mut self) -> Option<Option<PageToken>> {
        if self.limit.is_some_and(|limit| self.yielded >= limit) {
            return None;
        }
        match std::mem::replace(&mut self.next, Next::End) {
            Next::First(token) => Some(token),
            Next::Page(token) => Some(Some(token)),
            Next::End => None,
        }
    }

    /// Returns the number of items up to the limit.
    pub(super) fn left(&self) -> Option<usize> {
        self.limit.map(|limit| limit.saturating_sub(self.yielded))
    }

    /// Builds the request of the page with this token.
    pub(super) fn begin(&mut self, token: Option<PageToken>) -> Result<Fetch> {
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
        let text = token.as_ref().map(PageToken::as_str);
        let request = page_style::add_page_params(request, pagination.page_style, size, text)?;
        self.current = token;
        Ok(Fetch {
            request,
            pagination,
            size,
        })
    }

    /// Waits for the operation whose result is the page.
    pub(super) fn operation_result(&self, fetch: &Fetch) -> Result<RawJson> {
        let mut operation = Operation::<RawJson>::start(&self.http, &fetch.request)?;
        operation.wait(self.operation_limit.unwrap_or(DEFAULT_OPERATION_WAIT))
    }

    /// Names the request of the page in an error about its content.
    pub(super) fn attach_request(&self, error: Error, fetch: &Fetch) -> Error {
        self.http.redact(error.map(|inner| {
            inner.endpoint = Some(fetch.request.endpoint.clone());
            inner.path = Some(fetch.request.path().to_owned());
        }))
    }

    /// Finds the token of the page that follows one with this many items, and rejects a list without an end.
    pub(super) fn finish(
        &mut self,
        fetch: &Fetch,
        count: usize,
        total: Option<u64>,
        next_token: &mut Option<PageToken>,
    ) -> Result<()> {
        let (current, items) = (self.current.as_ref(), count as u64);
        match fetch.pagination.page_style {
            PageStyle::Numbered => {
                self.received = self.received.map(|before| before.saturating_add(items));
                let received = self.received;
                *next_token =
                    page_style::next_page_number(items, total, fetch.size, current, received)?;
            }
            PageStyle::Offset { .. } => {
                *next_token = page_style::next_offset(items, total, current)?;
            }
            PageStyle::Query { .. }
            | PageStyle::Token(_)
            | PageStyle::Body
            | PageStyle::Sizes(_) => {}
        }
        let repeats_token = next_token.is_some() && *next_token == self.current;
        if count > 0 {
            self.empty = 0;
            return if repeats_token {
                endless("the service returned a page that names itself as the next")
            } else {
                Ok(())
            };
        }
        // Some lists end with such a page.
        if repeats_token {
            *next_token = None;
            return Ok(());
        }
        self.empty = self.empty.saturating_add(1);
        if self.empty > MAX_EMPTY_PAGES {
            return endless(&format!(
                "the service returned {MAX_EMPTY_PAGES} empty pages in a row"
            ));
        }
        Ok(())
    }

    /// Counts the items of a page that was cut to the limit, and moves to the page after it.
    pub(super) fn advance(&mut self, count: usize, next_token: Option<&PageToken>) {
        self.yielded = self.yielded.saturating_add(count);
        if let Some(token) = next_token {
            self.next = Next::Page(token.clone());
        }
    }
}

fn endless(why: &str) -> Result<()> {
    Err(Error::new(
        ErrorKind::Unexpected,
        format!("{why}; the list would never end"),
    ))
}
