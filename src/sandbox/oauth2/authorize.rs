//! The consent endpoint. It shows no page: users consent at once.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use time::OffsetDateTime;

use super::form::rejected;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::random::random_text;
use crate::sandbox::server::{Response, first_value};
use crate::sandbox::state::authority::{Authority, Code, SandboxApp};

/// The characters that are encoded in a query.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

pub(crate) fn redirect(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let mut state = call.state();
    let now = state.now();
    let location = consent(&mut state.authority, call.query_pairs(), now)?;
    let response = Response::empty(302).header("location", location);
    Ok(response.header("cache-control", "no-store"))
}

/// Returns the URL that the user is redirected to, with a code or an error. Fails without a valid redirect URI.
pub(crate) fn consent(
    authority: &mut Authority,
    query: &[(String, String)],
    now: OffsetDateTime,
) -> Result<String, Response> {
    let query = Query(query);
    let app = query.get("client_id");
    let app = app.and_then(|id| authority.apps.get(id));
    let app = app.ok_or_else(|| rejected("invalid_client", "The app is not known."))?;
    let uri = query.get("redirect_uri");
    let uri = uri.filter(|uri| app.redirects_to(uri));
    let uri =
        uri.ok_or_else(|| rejected("invalid_request", "The redirect URI is not one of the app."))?;
    let code;
    let mut back = if let Some((error, description)) = rejection(&query, app, authority.declines) {
        vec![("error", error), ("error_description", description)]
    } else {
        code = new_code(authority, &query, uri, now);
        vec![("code", code.as_str())]
    };
    back.extend(query.get("state").map(|state| ("state", state)));
    Ok(with_query(uri, &back))
}

struct Query<'a>(&'a [(String, String)]);

impl<'a> Query<'a> {
    /// Returns a parameter. An empty one counts as absent.
    fn get(&self, name: &str) -> Option<&'a str> {
        first_value(self.0, name)
    }

    fn scopes(&self) -> Vec<&'a str> {
        self.get("scope").unwrap_or_default().split(' ').collect()
    }
}

/// Returns the reason for not issuing a code.
fn rejection(
    query: &Query<'_>,
    app: &SandboxApp,
    declines: bool,
) -> Option<(&'static str, &'static str)> {
    let is_bare = app.secret.is_none() && query.get("code_challenge").is_none();
    let method = query.get("code_challenge_method");
    let is_allowed = |scope: &&str| !scope.is_empty() && app.may_request(scope);
    if query.get("response_type") != Some("code") {
        Some((
            "unsupported_response_type",
            "The only response type is code.",
        ))
    } else if is_bare || method.is_some_and(|method| method != "S256") {
        Some((
            "invalid_request",
            "A code challenge with the method S256 is required.",
        ))
    } else if !query.scopes().iter().all(is_allowed) {
        Some(("invalid_scope", "The app may not request these scopes."))
    } else {
        declines.then_some(("access_denied", "The user declined."))
    }
}

fn new_code(
    authority: &mut Authority,
    query: &Query<'_>,
    redirect_uri: &str,
    now: OffsetDateTime,
) -> String {
    let text = random_text() + &random_text();
    let client_id = query.get("client_id").unwrap_or_default();
    let scopes = query.scopes().into_iter().map(str::to_owned).collect();
    let code = Code {
        grant: authority.grant(client_id, authority.user, scopes, now),
        redirect_uri: redirect_uri.to_owned(),
        challenge: query.get("code_challenge").map(str::to_owned),
        nonce: query.get("nonce").map(str::to_owned),
        is_used: false,
    };
    authority.codes.insert(text.clone(), code);
    text
}

fn with_query(uri: &str, pairs: &[(&str, &str)]) -> String {
    let mut address = uri.to_owned();
    for (name, value) in pairs {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(name);
        address.push('=');
        address.extend(utf8_percent_encode(value, RESERVED));
    }
    address
}
