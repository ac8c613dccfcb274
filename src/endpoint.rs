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

/// What a call user_content that the service may not like: its words about it count for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UserContent {
    None,
    /// Names, descriptions and the like.
    Text,
    /// A file, and texts.
    File,
}

/// How pages are asked for, and how they name the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageStyle {
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
pub(crate) struct Pagination {
    /// The field that holds the items.
    pub(crate) key: &'static str,
    /// The most items that the service puts on a page.
    pub(crate) page_maximum: u32,
    /// A page may come as the list itself, without a token.
    pub(crate) may_be_bare: bool,
    pub(crate) page_style: PageStyle,
}

impl Pagination {
    pub(crate) const fn new(key: &'static str, page_maximum: u32) -> Self {
        Self {
            key,
            page_maximum,
            may_be_bare: false,
            page_style: PageStyle::Tokens,
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
    scopes_required: bool,
    /// Doing it twice does no harm, so it may be repeated when nobody knows whether it was done.
    pub(crate) is_idempotent: bool,
    pub(crate) pagination: Option<Pagination>,
    pub(crate) host: Host,
    pub(crate) user_content: UserContent,
    /// What looks like an error is a part of its answers.
    pub(crate) error_fields_are_data: bool,
}

impl Endpoint {
    const fn new(method: Method, path: &'static str, is_idempotent: bool) -> Self {
        Self {
            method,
            path,
            scopes: &[],
            scopes_required: true,
            is_idempotent,
            pagination: None,
            host: Host::Api,
            user_content: match method {
                Method::Get => UserContent::None,
                _ => UserContent::Text,
            },
            error_fields_are_data: false,
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
    pub(crate) const fn idempotent(mut self) -> Self {
        self.is_idempotent = true;
        self
    }

    /// For a PATCH that others notice each time.
    pub(crate) const fn not_idempotent(mut self) -> Self {
        self.is_idempotent = false;
        self
    }

    /// For a call whose answers have a field such as `error`, without being one.
    pub(crate) const fn error_fields_are_data(mut self) -> Self {
        self.error_fields_are_data = true;
        self
    }

    /// For a call that another host than the API's answers.
    pub(crate) const fn host(mut self, host: Host) -> Self {
        self.host = host;
        self
    }

    /// For a call with a file.
    #[cfg(feature = "upload")]
    pub(crate) const fn user_content(mut self, content: UserContent) -> Self {
        self.user_content = content;
        self
    }

    /// The OAuth2 scopes, or API key permissions, that the call may need.
    pub(crate) const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// For scopes that only add to what is answered.
    pub(crate) const fn optional_scopes(mut self) -> Self {
        self.scopes_required = false;
        self
    }

    /// Whether it is this call, by its documented path.
    pub(crate) fn is(&self, method: Method, path: &str) -> bool {
        self.method == method && self.path == path
    }

    /// The scopes without which it is refused.
    pub(crate) fn required_scopes(&self) -> &'static [&'static str] {
        if self.scopes_required {
            self.scopes
        } else {
            &[]
        }
    }

    /// Makes it a list whose items stand under `key`, at most `page_maximum` on a page.
    pub(crate) const fn paginated(mut self, key: &'static str, page_maximum: u32) -> Self {
        self.pagination = Some(Pagination::new(key, page_maximum));
        self
    }

    /// For a list whose pages are asked for in another way than by `maxPageSize` and `pageToken`.
    pub(crate) const fn page_style(mut self, page_style: PageStyle) -> Self {
        if let Some(pagination) = &mut self.pagination {
            pagination.page_style = page_style;
        }
        self
    }

    /// For a list whose answers are documented without an object around them.
    pub(crate) const fn or_bare_list(mut self) -> Self {
        if let Some(pagination) = &mut self.pagination {
            pagination.may_be_bare = true;
        }
        self
    }
}

/// The endpoint of a request: one of the constants, or one that the caller described.
#[derive(Debug, Clone)]
pub(crate) enum EndpointRef {
    Constant(&'static Endpoint),
    Custom { endpoint: Endpoint, path: Arc<str> },
}

impl EndpointRef {
    /// A call that has no constant.
    pub(crate) fn custom(method: Method, path: &str) -> Self {
        let is_idempotent = method != Method::Post;
        Self::Custom {
            // Whoever asks for anything gets it as it is.
            endpoint: Endpoint::new(method, "", is_idempotent).error_fields_are_data(),
            path: path.into(),
        }
    }

    /// The path as it is documented, or as the caller gave it.
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Constant(endpoint) => endpoint.path,
            Self::Custom { path, .. } => path,
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
            Self::Custom { endpoint, .. } => endpoint,
        }
    }
}
