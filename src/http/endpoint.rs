//! What is constant about a call.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// An HTTP method, for [`Client::request`](crate::Client::request).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// Reads.
    Get,
    /// Makes something, or does something.
    Post,
    /// Changes something.
    Patch,
    /// Sets something as a whole.
    Put,
    /// Removes something.
    Delete,
}

impl Method {
    /// The method as HTTP writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// Whether a request without content says so.
    pub(crate) const fn has_body(self) -> bool {
        !matches!(self, Self::Get | Self::Delete)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// Which of the service's hosts a call goes to. A base URL moves them all to one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Host {
    /// Where nearly everything is.
    Api,
    /// Three-dimensional pictures.
    Thumbnails,
}

/// What a call sends that the service may not like: its words about it count for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sends {
    Nothing,
    /// Names, descriptions and the like.
    Text,
    /// A file, and texts.
    Content,
}

/// How pages are asked for, and how they name the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `maxPageSize` and `pageToken`, answered with `nextPageToken`.
    Tokens,
    /// The same, in the JSON of the request.
    TokensInBody,
    /// `limit` and `cursor`, answered with `nextPageCursor`; only these sizes are taken.
    Cursors(&'static [u32]),
    /// `limit` and `page`, counted from 1; the answer tells how many there are in all under `totalCount`.
    Numbers,
}

/// How the answer of a list call looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listing {
    /// The field that holds the items.
    pub(crate) key: &'static str,
    /// The most items that the service puts on a page.
    pub(crate) page_maximum: u32,
    /// A page may come as the list itself, without a token.
    pub(crate) may_be_bare: bool,
    pub(crate) dialect: Dialect,
}

impl Listing {
    pub(crate) const fn new(key: &'static str, page_maximum: u32) -> Self {
        Self {
            key,
            page_maximum,
            may_be_bare: false,
            dialect: Dialect::Tokens,
        }
    }
}

/// One operation of the official document.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    pub(crate) method: Method,
    /// The path as it is documented, with `{placeholders}`.
    path: &'static str,
    pub(crate) scopes: &'static [&'static str],
    /// Without them it is refused.
    are_scopes_needed: bool,
    /// Doing it twice does no harm, so it may be repeated when nobody knows whether it was done.
    pub(crate) is_repeatable: bool,
    pub(crate) listing: Option<Listing>,
    pub(crate) host: Host,
    pub(crate) sends: Sends,
    /// What looks like an error is a part of its answers.
    pub(crate) holds_errors: bool,
}

impl Endpoint {
    const fn new(method: Method, path: &'static str, is_repeatable: bool) -> Self {
        Self {
            method,
            path,
            scopes: &[],
            are_scopes_needed: true,
            is_repeatable,
            listing: None,
            host: Host::Api,
            sends: match method {
                Method::Get => Sends::Nothing,
                _ => Sends::Text,
            },
            holds_errors: false,
        }
    }

    /// Reads; repeatable.
    pub(crate) const fn get(path: &'static str) -> Self {
        Self::new(Method::Get, path, true)
    }

    /// Makes something; not repeatable.
    pub(crate) const fn post(path: &'static str) -> Self {
        Self::new(Method::Post, path, false)
    }

    /// Sets something; repeatable, unless the request says otherwise.
    pub(crate) const fn patch(path: &'static str) -> Self {
        Self::new(Method::Patch, path, true)
    }

    /// Removes something; repeatable, since what is gone stays gone.
    pub(crate) const fn delete(path: &'static str) -> Self {
        Self::new(Method::Delete, path, true)
    }

    /// For a POST that may be done twice: one that reads, or sets.
    pub(crate) const fn repeatable(mut self) -> Self {
        self.is_repeatable = true;
        self
    }

    /// For a PATCH that others notice each time.
    pub(crate) const fn unrepeatable(mut self) -> Self {
        self.is_repeatable = false;
        self
    }

    /// For a call whose answers have a field such as `error`, without being one.
    pub(crate) const fn holding_errors(mut self) -> Self {
        self.holds_errors = true;
        self
    }

    /// For a call that another host than the API's answers.
    pub(crate) const fn on(mut self, host: Host) -> Self {
        self.host = host;
        self
    }

    /// For a call with a file.
    #[cfg(feature = "upload")]
    pub(crate) const fn with_content(mut self) -> Self {
        self.sends = Sends::Content;
        self
    }

    /// The OAuth2 scopes, or API key permissions, that the call may need.
    pub(crate) const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// For scopes that only add to what is answered.
    pub(crate) const fn for_more(mut self) -> Self {
        self.are_scopes_needed = false;
        self
    }

    /// Whether it is this call, by its documented path.
    pub(crate) fn is(&self, method: Method, path: &str) -> bool {
        self.method == method && self.path == path
    }

    /// The scopes without which it is refused.
    pub(crate) fn needed_scopes(&self) -> &'static [&'static str] {
        if self.are_scopes_needed {
            self.scopes
        } else {
            &[]
        }
    }

    /// Makes it a list whose items stand under `key`, at most `page_maximum` on a page.
    pub(crate) const fn lists(mut self, key: &'static str, page_maximum: u32) -> Self {
        self.listing = Some(Listing::new(key, page_maximum));
        self
    }

    /// For a list whose pages are asked for in another way than by `maxPageSize` and `pageToken`.
    pub(crate) const fn by(mut self, dialect: Dialect) -> Self {
        if let Some(listing) = &mut self.listing {
            listing.dialect = dialect;
        }
        self
    }

    /// For a list whose answers are documented without an object around them.
    pub(crate) const fn or_bare_list(mut self) -> Self {
        if let Some(listing) = &mut self.listing {
            listing.may_be_bare = true;
        }
        self
    }
}

/// The endpoint of a request: one of the constants, or one that the caller described.
#[derive(Debug, Clone)]
pub(crate) enum EndpointRef {
    Constant(&'static Endpoint),
    Described { endpoint: Endpoint, path: Arc<str> },
}

impl EndpointRef {
    /// A call that has no constant.
    pub(crate) fn described(method: Method, path: &str) -> Self {
        let is_repeatable = method != Method::Post;
        Self::Described {
            // Whoever asks for anything gets it as it is.
            endpoint: Endpoint::new(method, "", is_repeatable).holding_errors(),
            path: path.into(),
        }
    }

    /// The path as it is documented, or as the caller gave it.
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Constant(endpoint) => endpoint.path,
            Self::Described { path, .. } => path,
        }
    }
}

impl From<&'static Endpoint> for EndpointRef {
    fn from(endpoint: &'static Endpoint) -> Self {
        Self::Constant(endpoint)
    }
}

impl Deref for EndpointRef {
    type Target = Endpoint;

    fn deref(&self) -> &Endpoint {
        match self {
            Self::Constant(endpoint) => endpoint,
            Self::Described { endpoint, .. } => endpoint,
        }
    }
}
