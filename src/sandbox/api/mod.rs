//! The endpoints: who returns a request, and in which shape errors are reported.

mod assets;
pub(super) mod base64url;
mod delivery;
mod followings;
mod form;
mod groups;
mod inventory;
mod inventory_filter;
mod json_body;
mod key;
mod kinds;
mod legacy_groups;
mod multipart;
mod notifications;
mod operations;
mod page;
mod permissions;
mod quotas;
mod route;
mod thumbnails;
mod update;
mod users;
mod versions;

use std::io;

use serde_json::Value;

use super::server::{Body, Head, Response};
use super::state::{Shared, State};
use groups::{forum, join_requests, memberships, roles};
use route::Route;

/// The methods that some endpoint of the API knows.
const METHODS: [&str; 5] = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/// Why a request was not carried out.
#[derive(Debug)]
pub(super) enum Rejection {
    Rejected(Response),
    /// The body cannot be read.
    Io(io::Error),
}

impl From<io::Error> for Rejection {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Response> for Rejection {
    fn from(response: Response) -> Self {
        Self::Rejected(response)
    }
}

/// A rejection of the request's values.
fn invalid(message: &str) -> Response {
    Response::error(400, "INVALID_ARGUMENT", message)
}

fn not_found(what: &str) -> Response {
    Response::error(404, "NOT_FOUND", &format!("{what} was not found."))
}

/// A request as the endpoints see it.
#[derive(Debug)]
pub(super) struct Call<'a> {
    head: &'a Head,
    segments: Vec<String>,
    query: Vec<(String, String)>,
    /// A list shall response an empty page this time.
    empty_page: bool,
}

impl<'a> Call<'a> {
    pub(super) fn new(head: &'a Head, empty_page: bool) -> Self {
        Self {
            head,
            segments: head.segments(),
            query: head.query(),
            empty_page,
        }
    }

    #[cfg(feature = "oauth2")]
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.header(name)
    }

    #[cfg(feature = "oauth2")]
    pub(super) fn method(&self) -> &str {
        &self.head.method
    }

    #[cfg(feature = "oauth2")]
    pub(super) fn path(&self) -> Vec<&str> {
        self.segments.iter().map(String::as_str).collect()
    }

    #[cfg(feature = "oauth2")]
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.query
    }

    /// The first value of this name in the query; an empty one counts as absent.
    fn query(&self, name: &str) -> Option<&str> {
        let value = self
            .query
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str());
        value.filter(|value| !value.is_empty())
    }

    /// Whether the response is up to one of the older services, which tell errors as the gateway does.
    fn is_older(&self) -> bool {
        let first = self.segments.first().map(String::as_str);
        first.is_some_and(|first| first == "assets" || first.starts_with("legacy-"))
    }

    fn is_delivery(&self) -> bool {
        self.segments
            .first()
            .is_some_and(|first| first == "asset-delivery-api")
    }

    /// Whether the request carries anything that looks like a credential.
    fn has_credential(&self) -> bool {
        let headers = ["x-api-key", "authorization", "cookie"];
        headers.iter().any(|name| self.head.header(name).is_some())
    }

    /// The token that the request carries.
    pub(super) fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.head.header("authorization")?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }

    fn is_authorized(&self, api_key: &str) -> bool {
        self.head.header("x-api-key") == Some(api_key) || self.bearer() == Some(api_key)
    }

    /// Why this request is rejected, if it is: no key, and no token that was issued for it.
    fn rejection(&self, shared: &Shared) -> Option<Response> {
        if self.is_authorized(&shared.api_key) {
            return None;
        }
        #[cfg(feature = "oauth2")]
        return super::oauth2::rejection(&shared.state(), self);
        #[cfg(not(feature = "oauth2"))]
        Some(self.unauthorized())
    }

    /// Whether it carries a token of this user's own.
    #[cfg_attr(
        not(feature = "oauth2"),
        allow(clippy::unused_self, reason = "without tokens nobody does")
    )]
    fn acts_for(&self, state: &State, user: u64) -> bool {
        #[cfg(feature = "oauth2")]
        return super::oauth2::is_of(state, self, user);
        #[cfg(not(feature = "oauth2"))]
        {
            let _ = (state, user);
            false
        }
    }

    pub(super) fn unauthorized(&self) -> Response {
        if self.is_older() {
            Response::gateway_error(401, "Invalid API Key")
        } else if self.is_delivery() {
            Response::gateway_error(401, "Authorization has been denied for this request.")
        } else {
            Response::error(
                401,
                "UNAUTHENTICATED",
                "The API key or access token is not valid.",
            )
        }
    }

    /// The response to a request over the limit.
    pub(super) fn rate_limited(&self, seconds: u64) -> Response {
        let response = if self.is_older() {
            Response::gateway_error(429, "Too many requests")
        } else {
            Response::error(429, "RESOURCE_EXHAUSTED", "Too many requests.")
        };
        response
            .header("retry-after", seconds.to_string())
            .header("x-ratelimit-limit", "1000;w=60")
            .header("x-ratelimit-remaining", "0")
            .header("x-ratelimit-reset", seconds.to_string())
    }
}

/// Carries the request out.
pub(super) fn response(
    shared: &Shared,
    call: &Call<'_>,
    body: &mut Body<'_>,
) -> Result<Response, Rejection> {
    let method = call.head.method.as_str();
    if !METHODS.contains(&method) {
        return Err(wrong_method(&["GET", "POST", "PATCH"]).into());
    }
    let segments: Vec<&str> = call.segments.iter().map(String::as_str).collect();
    #[cfg(feature = "oauth2")]
    if let ["oauth", path @ ..] = segments.as_slice() {
        return super::oauth2::response(shared, call, path, body);
    }
    let route = Route::from_segments(&segments).ok_or_else(|| {
        Response::gateway_error(404, "Not Found: the sandbox does not play this call")
    })?;
    if !route.methods().contains(&method) {
        return Err(wrong_method(route.methods()).into());
    }
    // The key is in the body of this one.
    let carries_key = !matches!(route, Route::KeyInfo);
    if let Route::Content(name) = route {
        return Ok(delivery::content(&shared.state(), call, name)?);
    }
    if let Some(rejection) = call.rejection(shared).filter(|_| carries_key) {
        return Err(rejection.into());
    }
    let found = match route {
        Route::KeyInfo => key::introspect(shared, call, body)?,
        Route::User(id) => users::get(&shared.state(), id)?,
        Route::Inventory(id) => inventory::list(shared, call, id)?,
        Route::Quotas(id) => quotas::list(shared, call, id)?,
        Route::Thumbnail(id) => thumbnails::generate(shared, call, id)?,
        Route::UserOperation(user, id) => thumbnails::poll(&mut shared.state(), user, id)?,
        Route::Notifications(user) => notifications::send(shared, call, user, body)?,
        Route::Followings(route) => route.response(shared, method)?,
        Route::Group(id) => groups::get(&shared.state(), id)?,
        Route::Roles(group) => roles::list(shared, call, group)?,
        Route::Role(group, id) => roles::get(&shared.state(), group, id)?,
        Route::Memberships(group) => memberships::list(shared, call, group)?,
        Route::Membership(place, change) => memberships::change(shared, call, place, change, body)?,
        Route::JoinRequests(group) => join_requests::list(shared, call, group)?,
        Route::JoinRequest(place, accept) => {
            join_requests::response(shared, call, place, accept, body)?
        }
        Route::ForumCategories(group) => forum::categories(shared, call, group)?,
        Route::ForumPosts(group, category) => forum::posts(shared, call, group, category)?,
        Route::ForumComments(place) => forum::comments(shared, call, place)?,
        Route::LegacyGroups(route) => route.response(shared, call, body)?,
        Route::Assets => assets::create(shared, call, body)?,
        Route::Asset(id) if method == "PATCH" => update::update(shared, call, id, body)?,
        Route::Asset(id) => assets::get(&shared.state(), call, id)?,
        Route::Archive(id, archived) => assets::archive(&mut shared.state(), id, archived)?,
        Route::Versions(id) => versions::list(shared, call, id)?,
        Route::Version(id, version) => versions::get(&shared.state(), id, version)?,
        Route::Rollback(id) => versions::roll_back(shared, call, id, body)?,
        Route::Operation(id) => operations::poll(&mut shared.state(), id)?,
        Route::Permissions => permissions::grant(shared, call, body)?,
        Route::Location(id, version) => delivery::locate(shared, call, id, version)?,
        // Handled above, without a key.
        Route::Content(_) => Value::Null,
    };
    Ok(Response::json(200, &found))
}

fn wrong_method(allowed: &[&str]) -> Response {
    Response::gateway_error(405, "Method not allowed").header("allow", allowed.join(", "))
}

/// A number in plain digits.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// The number in a path, or a rejection.
fn path_number(text: &str, what: &str) -> Result<u64, Response> {
    number(text).ok_or_else(|| invalid(&format!("The {what} id is not a number.")))
}

/// A number that JSON tells as a number or as text.
fn json_number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str().and_then(number))
}
