//! The page where users consent, without the page: whoever comes consents at once.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::form::refused;
use super::grant::{Authority, Code};
use crate::sandbox::server::Answer;
use crate::sandbox::state::random_text;

/// What has to be encoded in a query.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Where the browser is sent to, with a code or an error; or a refusal where nobody can be sent anywhere.
pub(super) fn consent(
    authority: &mut Authority,
    query: &[(String, String)],
) -> Result<String, Answer> {
    let value = |name: &str| {
        let pair = query.iter().find(|(known, _)| known == name);
        pair.map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    };
    let app = value("client_id").and_then(|id| authority.apps.get(id));
    let app = app.ok_or_else(|| refused("invalid_client", "The app is not known."))?;
    let uri = value("redirect_uri").filter(|uri| app.redirects_to(uri));
    let uri =
        uri.ok_or_else(|| refused("invalid_request", "The redirect URI is not the app's."))?;
    let mut back = vec![];
    let scopes: Vec<&str> = value("scope").unwrap_or_default().split(' ').collect();
    let is_bare = app.secret.is_none() && value("code_challenge").is_none();
    let method = value("code_challenge_method");
    let failed = if value("response_type") != Some("code") {
        Some(("unsupported_response_type", "Only codes are given."))
    } else if is_bare || method.is_some_and(|method| method != "S256") {
        Some((
            "invalid_request",
            "A code challenge by the method S256 is needed.",
        ))
    } else if !scopes
        .iter()
        .all(|scope| !scope.is_empty() && app.may_ask_for(scope))
    {
        Some(("invalid_scope", "The app may not ask for these scopes."))
    } else if authority.declines {
        Some(("access_denied", "The user declined."))
    } else {
        None
    };
    if let Some((code, description)) = failed {
        back.extend([("error", code), ("error_description", description)]);
    }
    let text = random_text() + &random_text();
    if failed.is_none() {
        back.push(("code", &text));
        let client_id = app.client_id.clone();
        let scopes = scopes.into_iter().map(str::to_owned).collect();
        let grant = authority.grant(&client_id, authority.user, scopes);
        let code = Code {
            grant,
            redirect_uri: uri.to_owned(),
            challenge: value("code_challenge").map(str::to_owned),
            nonce: value("nonce").map(str::to_owned),
            is_used: false,
        };
        authority.codes.insert(text.clone(), code);
    }
    back.extend(value("state").map(|state| ("state", state)));
    Ok(with_query(uri, &back))
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
