//! A page of a list, and its token.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// The token of a page. It is opaque, and valid for the same list with the same parameters only.
///
/// ```
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let user = sandbox.client().user(156);
/// use rblx_open_cloud::{PageToken, models::InventoryFilter};
///
/// let mut items = user.list_inventory(InventoryFilter::all());
/// let seen = items.by_ref().take(120).count();
/// let saved: String = items.resume_token().map_or("", PageToken::as_str).to_owned();
///
/// // Later, elsewhere: starts with the page that was being consumed, so nothing is skipped.
/// let rest = user.list_inventory(InventoryFilter::all()).starting_at(saved).count();
/// # assert_eq!(seen, 120);
/// # assert!(rest > 0);
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PageToken(String);

impl PageToken {
    /// Returns the token as the service wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for PageToken {
    fn from(token: String) -> Self {
        Self(token)
    }
}

impl From<&str> for PageToken {
    fn from(token: &str) -> Self {
        Self(token.to_owned())
    }
}

impl From<&PageToken> for PageToken {
    fn from(token: &PageToken) -> Self {
        token.clone()
    }
}

impl fmt::Display for PageToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A page of a list.
#[derive(Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items; may be empty although more pages follow.
    pub items: Vec<T>,
    /// One error for each item that could not be decoded.
    pub failed: Vec<Error>,
    /// The token of the next page; `None` on the last page.
    pub next_token: Option<PageToken>,
}
