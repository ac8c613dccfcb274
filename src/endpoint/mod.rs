//! Endpoints: the constant facts of a call. Imports no other module of the crate.

mod cadence;
mod endpoint_ref;
mod method;
mod official;
mod operation;
mod pagination;

pub(crate) use cadence::Cadence;
pub(crate) use endpoint_ref::EndpointRef;
pub use method::Method;
pub use official::{EndpointLimit, Stability};
pub(crate) use official::{Official, TokenAccess};
pub(crate) use operation::{OperationPath, WrappedOperation};
pub(crate) use pagination::{PageStyle, Pagination};

/// The host that a call goes to. A base URL replaces all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Host {
    /// `apis.roblox.com`.
    Api,
    /// `thumbnails.roblox.com`.
    Thumbnails,
}

/// Content of the caller that the service may reject. It decides how the text of an error is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UserContent {
    /// No text that is moderated; also data that an error may quote.
    None,
    /// Names, descriptions and other texts.
    Text,
    /// A file, and texts.
    File,
}

/// The meaning of an error code, where status and message do not show it. Each service has its own codes: the same
/// number has another meaning in another service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "localization"),
    allow(dead_code, reason = "most of them are about calls with files")
)]
pub(crate) enum CodeMeaning {
    /// A name or a description was moderated.
    ModeratedText,
    /// The file cannot be used.
    InvalidFile,
    /// The payer cannot pay.
    InsufficientFunds,
    /// The cost is not the expected one.
    UnexpectedCost,
    /// The query is too large. The status suggests a temporary failure, but this one is permanent.
    #[cfg(feature = "analytics")]
    QueryTooLarge,
    /// The caller may not do this, whatever the status says.
    NotAllowed,
    /// The language is not one of the universe's.
    MissingLanguage,
    /// The service has switched the feature off.
    FeatureDisabled,
}

/// Whether a request is sent again when it is not known whether it was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Repeat {
    /// Carrying it out twice does harm.
    Never,
    /// Carrying it out twice does no harm, but after a 5xx the service may still be working on the first request.
    AfterLoss,
    /// Carrying it out twice is the same as once.
    Always,
}

/// The rule that says how many of its scopes an operation requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ScopeRule {
    /// All of them.
    All,
    /// One of them.
    Any,
    /// None: they only add fields to the response.
    Optional,
}

/// One operation of the official document.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "independent facts")]
pub(crate) struct Endpoint {
    pub(crate) method: Method,
    /// The path as it is documented, with `{placeholders}`.
    path: &'static str,
    scopes: &'static [&'static str],
    scope_rule: ScopeRule,
    pub(crate) repeat: Repeat,
    pub(crate) pagination: Option<Pagination>,
    /// The response holds an operation, wrapped in another object.
    pub(crate) operation: Option<WrappedOperation>,
    /// The forms of paths that only the operations of its family have.
    pub(crate) operation_paths: Option<fn() -> &'static [OperationPath]>,
    pub(crate) host: Host,
    pub(crate) user_content: UserContent,
    /// Fields such as `error` are part of the response, not a sign of failure.
    pub(crate) error_fields_are_data: bool,
    /// A 404 after an attempt whose outcome is unknown means that the resource was deleted.
    pub(crate) retried_404_is_success: bool,
    /// A 204 means that the resource does not exist.
    pub(crate) no_content_is_not_found: bool,
    /// The possible causes of a 409, if its message does not name them.
    pub(crate) conflict_causes: Option<&'static str>,
    /// The meanings of error codes of the service.
    pub(crate) error_codes: &'static [(&'static str, CodeMeaning)],
    /// The response headers that are kept.
    pub(crate) response_headers: &'static [&'static str],
    /// The response holds a signed URL, which no log may show.
    pub(crate) is_private: bool,
    /// The limit of unfinished work that a 429 may be about, instead of the rate of requests.
    pub(crate) unfinished_limit: Option<&'static str>,
}

impl Endpoint {
    const fn new(method: Method, path: &'static str, repeat: Repeat) -> Self {
        Self {
            method,
            path,
            scopes: &[],
            scope_rule: ScopeRule::All,
            repeat,
            pagination: None,
            operation: None,
            operation_paths: None,
            host: Host::Api,
            user_content: match method {
                Method::Get => UserContent::None,
                _ => UserContent::Text,
            },
            error_fields_are_data: false,
            retried_404_is_success: false,
            no_content_is_not_found: false,
            conflict_causes: None,
            error_codes: &[],
            response_headers: &[],
            is_private: false,
            unfinished_limit: None,
        }
    }

    /// Reads a resource; idempotent.
    pub(crate) const fn get(path: &'static str) -> Self {
        Self::new(Method::Get, path, Repeat::Always)
    }

    /// Creates a resource or runs an action; not idempotent.
    pub(crate) const fn post(path: &'static str) -> Self {
        Self::new(Method::Post, path, Repeat::Never)
    }

    /// Sets fields; idempotent, unless the request says otherwise.
    pub(crate) const fn patch(path: &'static str) -> Self {
        Self::new(Method::Patch, path, Repeat::Always)
    }

    /// Replaces a resource; idempotent.
    #[cfg_attr(
        not(any(test, feature = "configs")),
        allow(dead_code, reason = "only configs are replaced")
    )]
    pub(crate) const fn put(path: &'static str) -> Self {
        Self::new(Method::Put, path, Repeat::Always)
    }

    /// Deletes a resource; idempotent.
    pub(crate) const fn delete(path: &'static str) -> Self {
        Self::new(Method::Delete, path, Repeat::Always)
    }

    /// Marks a POST that reads or sets as idempotent.
    pub(crate) const fn idempotent(self) -> Self {
        self.repeat(Repeat::Always)
    }

    /// Marks a call that does harm when it is carried out twice.
    pub(crate) const fn not_idempotent(self) -> Self {
        self.repeat(Repeat::Never)
    }

    /// Sets when the call is sent again.
    pub(crate) const fn repeat(mut self, repeat: Repeat) -> Self {
        self.repeat = repeat;
        self
    }

    /// Treats fields such as `error` in a response as data.
    pub(crate) const fn error_fields_are_data(mut self) -> Self {
        self.error_fields_are_data = true;
        self
    }

    /// Treats a 404 after an attempt whose outcome is unknown as success.
    pub(crate) const fn retried_404_is_success(mut self) -> Self {
        self.retried_404_is_success = true;
        self
    }

    /// Treats a 204 as a missing resource.
    pub(crate) const fn no_content_is_not_found(mut self) -> Self {
        self.no_content_is_not_found = true;
        self
    }

    /// Sets the possible causes of a 409.
    pub(crate) const fn conflict_causes(mut self, causes: &'static str) -> Self {
        self.conflict_causes = Some(causes);
        self
    }

    /// Sets the meanings of error codes of the service.
    pub(crate) const fn error_codes(
        mut self,
        codes: &'static [(&'static str, CodeMeaning)],
    ) -> Self {
        self.error_codes = codes;
        self
    }

    /// Keeps these headers of the response, which are metadata of the result.
    pub(crate) const fn response_metadata(mut self, names: &'static [&'static str]) -> Self {
        self.response_headers = names;
        self
    }

    /// Keeps the response out of every log, since it holds a signed URL.
    pub(crate) const fn private(mut self) -> Self {
        self.is_private = true;
        self
    }

    /// Names the limit of unfinished work that a 429 may be about.
    pub(crate) const fn unfinished_limit(mut self, text: &'static str) -> Self {
        self.unfinished_limit = Some(text);
        self
    }

    /// Sets the host, if it is not that of the API.
    pub(crate) const fn host(mut self, host: Host) -> Self {
        self.host = host;
        self
    }

    /// Sets the kind of the caller's content that the service may reject.
    pub(crate) const fn user_content(mut self, content: UserContent) -> Self {
        self.user_content = content;
        self
    }

    /// Sets the OAuth2 scopes, or API key permissions, that the call requires.
    pub(crate) const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// Sets scopes of which the call requires one.
    pub(crate) const fn any_scope(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self.scope_rule = ScopeRule::Any;
        self
    }

    /// Marks the scopes as optional: they only add fields to the response.
    pub(crate) const fn optional_scopes(mut self) -> Self {
        self.scope_rule = ScopeRule::Optional;
        self
    }

    /// Returns the path as it is documented.
    pub(crate) const fn constant_path(&self) -> &'static str {
        self.path
    }

    /// Returns its entry in the official document.
    pub(crate) fn official(&self) -> Option<Official> {
        Official::find(self.method, self.path)
    }

    /// Returns the rule that says how many of the scopes the call requires.
    pub(crate) const fn scope_rule(&self) -> ScopeRule {
        self.scope_rule
    }

    /// Whether it has this method and this documented path.
    pub(crate) fn matches(&self, method: Method, path: &str) -> bool {
        self.method == method && self.path == path
    }

    /// Returns the scopes that the call may use.
    pub(crate) const fn all_scopes(&self) -> &'static [&'static str] {
        self.scopes
    }

    /// Returns the required scopes, and whether one of them is enough.
    pub(crate) fn required_scopes(&self) -> (&'static [&'static str], bool) {
        match self.scope_rule {
            ScopeRule::All => (self.scopes, false),
            ScopeRule::Any => (self.scopes, true),
            ScopeRule::Optional => (&[], false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, Repeat};

    #[test]
    fn scopes_are_all_needed_or_one_of_them_or_none() {
        const SCOPES: &[&str] = &["a:read", "a:write"];
        let endpoint = Endpoint::get("/a");
        assert_eq!(
            endpoint.clone().scopes(SCOPES).required_scopes(),
            (SCOPES, false)
        );
        assert_eq!(
            endpoint.clone().any_scope(SCOPES).required_scopes(),
            (SCOPES, true)
        );
        let optional = endpoint.scopes(SCOPES).optional_scopes();
        assert_eq!(
            (optional.required_scopes().0, optional.all_scopes()),
            (&[][..], SCOPES)
        );
    }

    #[test]
    fn lists_differ_in_data_alone() {
        let list = Endpoint::get("/a").paginated("items", 100);
        let list = list
            .or_keys(&["data"])
            .has_more("hasMore")
            .next_tokens(&["nextCursor"]);
        let pages = list.page_query("limit", "cursor").pagination;
        assert!(pages.is_some_and(|pages| {
            pages.is_key("items") && pages.is_key("data") && !pages.is_key("nextCursor")
        }));
    }

    #[test]
    fn degrees_of_repetition_are_ordered() {
        assert!(Repeat::Never < Repeat::AfterLoss && Repeat::AfterLoss < Repeat::Always);
        assert_eq!(Endpoint::put("/a").repeat, Repeat::Always);
        assert_eq!(Endpoint::post("/a").repeat, Repeat::Never);
    }
}
