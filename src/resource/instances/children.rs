//! The children of an instance.

use std::iter::FusedIterator;
use std::time::Duration;

use crate::error::Result;
use crate::models::Instance;
use crate::paging::{Items, PageToken};

/// The children of an instance, as an iterator. Each page is an operation of the service, which it waits for when the page
/// is needed. Created by [`Instance::list_children`](super::Instance::list_children).
///
/// An error about one item costs that item; after any other error the iterator ends.
#[derive(Debug)]
#[must_use = "items are fetched as they are iterated over"]
pub struct Children(pub(super) Items<Instance>);

impl Children {
    /// Ends the list after this many items. No page is fetched beyond them.
    pub fn limit(self, items: usize) -> Self {
        Self(self.0.limit(items))
    }

    /// Sets the size of a page, from 1 to 200 items, which is the default. A page holds up to 500,000 bytes.
    pub fn page_size(self, items: u32) -> Self {
        Self(self.0.page_size(items))
    }

    /// Sets how long to wait for each page. The default is 2 minutes.
    pub fn wait_for(self, limit: Duration) -> Self {
        Self(self.0.wait_for(limit))
    }

    /// Starts at the page that a [`resume_token`](Self::resume_token) names; an empty one means the first page.
    pub fn starting_at(self, token: impl Into<PageToken>) -> Self {
        Self(self.0.starting_at(token))
    }

    /// Returns the token to resume with, as [`Items::resume_token`] does.
    #[must_use]
    pub fn resume_token(&self) -> Option<&PageToken> {
        self.0.resume_token()
    }
}

impl Iterator for Children {
    type Item = Result<Instance>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl FusedIterator for Children {}
