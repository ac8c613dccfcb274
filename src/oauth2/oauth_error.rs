//! Errors of the authorization server, by their OAuth2 codes.

use crate::error::{Error, ErrorKind};

/// Returns the kind of an OAuth2 error code.
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

/// Gives an error response of the authorization server the kind and the advice of its OAuth2 code.
pub(super) fn map_oauth_error(error: Error) -> Error {
    let is_client_error = error
        .status()
        .is_some_and(|status| (400..500).contains(&status));
    if !is_client_error || error.kind() == ErrorKind::RateLimited {
        return error;
    }
    // Without a description, the code is the message.
    let code = error.code().unwrap_or(error.message()).to_owned();
    error.map(|inner| {
        inner.kind = kind(&code).unwrap_or(match inner.kind {
            // The request has no API key that could be invalid.
            ErrorKind::InvalidKey => ErrorKind::InvalidApp,
            ErrorKind::InvalidAsset | ErrorKind::ModeratedText => ErrorKind::BadRequest,
            kind => kind,
        });
        advise(&code, &mut inner.message);
    })
}

/// Returns the error of a redirect that has an error instead of a code.
pub(super) fn redirect_error(code: &str, description: Option<&str>) -> Error {
    let mut message = match (description, code) {
        (Some(text), _) if !text.trim().is_empty() => text.trim().to_owned(),
        (_, "access_denied") => "the user declined the request".to_owned(),
        (_, code) => code.to_owned(),
    };
    // Anybody can forge a redirect: no control characters for terminals, and a limited length.
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

/// Appends what to do, where the kind alone does not say it.
fn advise(code: &str, message: &mut String) {
    let advice = match code {
        "invalid_scope" => {
            "the app is not registered for one of these scopes: add it on the Creator Dashboard, or request fewer scopes"
        }
        "invalid_grant" => {
            "a code works once and for a minute, a refresh token once and for 90 days, and the user can revoke the \
             authorization"
        }
        _ => return,
    };
    let end = message.trim_end_matches(['.', ' ']).len();
    message.truncate(end);
    message.push_str(" (");
    message.push_str(advice);
    message.push(')');
}
