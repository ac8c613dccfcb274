//! What the authorization server says no with.

use crate::error::{Error, ErrorKind};

/// The kind of one of the codes of OAuth2.
fn kind(code: &str) -> Option<ErrorKind> {
    Some(match code {
        "invalid_grant" | "login_required" | "consent_required" | "interaction_required" => {
            ErrorKind::SignInRequired
        }
        "access_denied" => ErrorKind::ConsentDenied,
        "invalid_client" | "unauthorized_client" => ErrorKind::InvalidApp,
        "invalid_scope"
        | "invalid_request"
        | "unsupported_grant_type"
        | "unsupported_response_type"
        | "invalid_target" => ErrorKind::BadRequest,
        "temporarily_unavailable" | "server_error" => ErrorKind::ServiceUnavailable,
        _ => return None,
    })
}

/// An answer of the authorization server, in its own terms.
pub(super) fn map_oauth_error(error: Error) -> Error {
    let is_refusal = error
        .status()
        .is_some_and(|status| (400..500).contains(&status));
    if !is_refusal || error.kind() == ErrorKind::RateLimited {
        return error;
    }
    // Without a description the code is all there is to say, and stands in the message.
    let code = error.code().unwrap_or(error.message()).to_owned();
    error.map(|inner| {
        inner.kind = kind(&code).unwrap_or(match inner.kind {
            // The request carries no key that could be the wrong one.
            ErrorKind::InvalidKey => ErrorKind::InvalidApp,
            ErrorKind::InvalidAsset | ErrorKind::ModeratedText => ErrorKind::BadRequest,
            kind => kind,
        });
        advise(&code, &mut inner.message);
    })
}

/// A redirect that brings an error instead of a code.
pub(super) fn redirect_error(code: &str, description: Option<&str>) -> Error {
    let mut message = match (description, code) {
        (Some(text), _) if !text.trim().is_empty() => text.trim().to_owned(),
        (_, "access_denied") => "the user declined".to_owned(),
        (_, code) => code.to_owned(),
    };
    // A terminal would obey them, and anybody can make up a redirect.
    message = message
        .replace(char::is_control, " ")
        .chars()
        .take(500)
        .collect();
    advise(code, &mut message);
    let code: String = code
        .replace(char::is_control, " ")
        .chars()
        .take(100)
        .collect();
    Error::new(kind(&code).unwrap_or(ErrorKind::BadRequest), message)
        .map(|inner| inner.code = Some(code))
}

/// What the kind alone does not say.
fn advise(code: &str, message: &mut String) {
    let advice = match code {
        "invalid_scope" => {
            "the app may not ask for one of these scopes: register it on the Creator Dashboard, or ask for fewer"
        }
        "invalid_grant" => {
            "a code works once and for a minute, a refresh token works once and for 90 days, and the user may have \
             revoked both"
        }
        _ => return,
    };
    let said = message.trim_end_matches(['.', ' ']).len();
    message.truncate(said);
    message.push_str(" (");
    message.push_str(advice);
    message.push(')');
}
