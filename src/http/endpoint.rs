//! What is constant about a call.

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Patch,
}

impl Method {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
        }
    }
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
}

/// One operation of the official document.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) method: Method,
    /// The path as it is documented, with `{placeholders}`.
    pub(crate) path: &'static str,
    pub(crate) scopes: &'static [&'static str],
    /// Doing it twice does no harm, so it may be repeated when nobody knows whether it was done.
    pub(crate) is_repeatable: bool,
    pub(crate) listing: Option<Listing>,
}

impl Endpoint {
    const fn new(method: Method, path: &'static str, is_repeatable: bool) -> Self {
        Self {
            method,
            path,
            scopes: &[],
            is_repeatable,
            listing: None,
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

    /// The OAuth2 scopes, or API key permissions, that the call may need.
    pub(crate) const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// Makes it a list whose items stand under `key`, at most `page_maximum` on a page.
    pub(crate) const fn lists(mut self, key: &'static str, page_maximum: u32) -> Self {
        self.listing = Some(Listing {
            key,
            page_maximum,
            may_be_bare: false,
        });
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
