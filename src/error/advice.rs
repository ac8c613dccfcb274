//! The advice of an error: what to do about it, by its kind, its status and the call.

use std::borrow::Cow;

use super::{ErrorKind, Inner};
use crate::endpoint::{EndpointRef, Method, UserContent};

/// Returns the advice; empty if the message is enough.
pub(super) fn advice(inner: &Inner) -> Cow<'static, str> {
    if let Some(advice) = &inner.advice {
        return advice.clone();
    }
    let Some(endpoint) = &inner.endpoint else {
        return general_advice(inner).into();
    };
    let call = FailedCall {
        endpoint,
        path: endpoint.path(),
        has_token: inner.has_token,
    };
    match inner.kind {
        ErrorKind::InvalidKey => call.invalid_key().into(),
        ErrorKind::PermissionDenied => call.permission_denied(),
        // The sandbox says so of an operation that it does not support: checking the id would not help.
        ErrorKind::NotFound if inner.message.starts_with("Not implemented") => "".into(),
        ErrorKind::NotFound => call.not_found().into(),
        ErrorKind::InvalidAsset if !call.has_file() => "".into(),
        ErrorKind::ModeratedText if !call.has_text() => "".into(),
        ErrorKind::ModeratedText if !call.has_file() => "Choose another text".into(),
        ErrorKind::Conflict => call.conflict(inner.code.as_deref()).into(),
        ErrorKind::BadRequest => call.bad_request(inner.status),
        ErrorKind::Decode if call.is_custom() => {
            "Check the path and the type that the response is decoded to".into()
        }
        ErrorKind::Decode if inner.is_item => {
            "The other items can be read. Check the type that this one is decoded to; a newer release may understand it".into()
        }
        // The text already names the wait.
        ErrorKind::RateLimited if inner.retry_after.is_some() => "".into(),
        ErrorKind::ServiceUnavailable if matches!(inner.status, Some(501 | 505)) => {
            "The service does not offer this call in this way".into()
        }
        _ => general_advice(inner).into(),
    }
}

/// Returns the advice that does not depend on the call.
fn general_advice(inner: &Inner) -> &'static str {
    match inner.kind {
        ErrorKind::InvalidKey => {
            "The key may be wrong, disabled, expired, or not allowed from this IP address; check it on the Creator \
             Dashboard (credentials)"
        }
        ErrorKind::RateLimited => "Wait before the next request",
        ErrorKind::ServiceUnavailable => "The fault is on the side of the service; try again later",
        ErrorKind::InvalidAsset => {
            "Check that the file is intact and of a format that the asset type accepts"
        }
        ErrorKind::ModeratedText => "Choose another name or description",
        ErrorKind::Transport => "Check the network, the base URL and the proxy settings",
        ErrorKind::Timeout => "Try again, or allow more time",
        ErrorKind::StillRunning => {
            "The work continues; wait longer, or resume it later by its path"
        }
        ErrorKind::Decode => {
            "Check the base URL; if it is right, the service has changed, and a newer release may understand it"
        }
        ErrorKind::OperationFailed => "Start it again once the cause is fixed",
        ErrorKind::InvalidSignature => {
            "Do not trust the notification; if it is genuine, check the secret, and that the body is verified as it arrived"
        }
        ErrorKind::SignInRequired => "The user has to sign in again",
        ErrorKind::ConsentDenied => "Nothing was granted; the user may be asked again",
        ErrorKind::InvalidApp => {
            "Check client id, secret and redirect URL on the Creator Dashboard (credentials, OAuth 2.0 apps)"
        }
        ErrorKind::InvalidIdToken => "Do not trust what it says; the user has to sign in again",
        ErrorKind::TokensNotSaved => {
            "Free space or fix the permissions where they are saved; the next call saves them first, and nothing is lost until then"
        }
        ErrorKind::Shutdown => "Later calls need a new client",
        ErrorKind::PermissionDenied
        | ErrorKind::NotFound
        | ErrorKind::Conflict
        | ErrorKind::BadRequest
        | ErrorKind::Unexpected
        | ErrorKind::InvalidInput => "",
    }
}

/// Returns the sentence about the scopes of the call, if the error may be about them.
pub(super) fn scopes(inner: &Inner) -> Option<String> {
    let is_about_access = matches!(
        inner.kind,
        ErrorKind::InvalidKey | ErrorKind::PermissionDenied
    );
    // An error with specific advice has another cause, such as a page that is not the service's.
    let is_about_scopes = is_about_access && inner.advice.is_none();
    let endpoint = inner.endpoint.as_ref().filter(|_| is_about_scopes)?;
    let all = endpoint.all_scopes();
    let what = match endpoint.required_scopes() {
        _ if all.is_empty() => return None,
        ([], _) => "Scopes that this call may use",
        (_, true) => "This call needs one of the scopes",
        ([_], false) => "This call needs the scope",
        (_, false) => "This call needs the scopes",
    };
    Some(format!("{what}: {}", all.join(", ")))
}

/// The call that failed.
struct FailedCall<'a> {
    endpoint: &'a EndpointRef,
    /// The documented path.
    path: &'a str,
    has_token: bool,
}

impl FailedCall<'_> {
    /// Whether the caller described it, so that only its method and path are known.
    fn is_custom(&self) -> bool {
        matches!(self.endpoint, EndpointRef::Custom { .. })
    }

    fn reads(&self) -> bool {
        self.endpoint.method == Method::Get || self.endpoint.pagination.is_some()
    }

    fn has_file(&self) -> bool {
        self.endpoint.user_content == UserContent::File
    }

    fn has_text(&self) -> bool {
        self.endpoint.user_content != UserContent::None
    }

    /// Whether it goes to the authorization server, which authenticates apps instead of keys.
    fn is_for_app(&self) -> bool {
        self.path.starts_with("/oauth/") && !self.has_token
    }

    fn invalid_key(&self) -> &'static str {
        let may_lack_scopes = self.is_custom() || !self.endpoint.all_scopes().is_empty();
        match (self.has_token, may_lack_scopes) {
            _ if self.is_for_app() => "",
            (true, true) => {
                "The access token may have expired or been revoked, or lack a scope of this call"
            }
            (true, false) => "The access token may have expired or been revoked",
            (false, true) => {
                "The key may be wrong, disabled, expired, not allowed from this IP address, or without access to \
                 this call; check it on the Creator Dashboard (credentials)"
            }
            (false, false) => {
                "The key may be wrong, disabled, expired, or not allowed from this IP address; check it on the \
                 Creator Dashboard (credentials)"
            }
        }
    }

    fn permission_denied(&self) -> Cow<'static, str> {
        if self.is_for_app() {
            return "The app has no right to this".into();
        }
        let has = |part: &str| self.path.contains(part);
        if has("/inventory-items") && !self.has_token {
            return "A private inventory requires a key of its owner, or the owner's consent over OAuth2"
                .into();
        }
        let who = if self.has_token {
            "The user who granted the token"
        } else {
            "The key's owner"
        };
        let is_of_assets = self.path.starts_with("/assets/") && self.has_file();
        let what = match (self.reads(), has("/{")) {
            _ if is_of_assets && !has("/{") => {
                "may not create assets for this creator: only the user themselves can, or a group member who may \
                 create the group's assets"
            }
            _ if is_of_assets => {
                "may not change this asset: only its creator can, or a group member who may manage the group's assets"
            }
            (true, _) if has("/groups/{") => "may not see this in the group",
            (false, _) if has("/groups/{") => "does not have the permission for this in the group",
            (true, _) => "has no right to see this",
            (false, true) => "has no right to change this",
            (false, false) => "has no right to do this",
        };
        let may_lack_scopes = self.is_custom() || !self.endpoint.all_scopes().is_empty();
        if self.has_token && may_lack_scopes {
            return format!("{who} {what}, or did not grant the scope").into();
        }
        format!("{who} {what}").into()
    }

    fn not_found(&self) -> &'static str {
        match (self.is_custom(), self.path.matches('{').count()) {
            (true, 0) => "Check the path",
            (true, _) => "Check the path and its ids",
            (false, 0) if self.has_file() => "Check the creator: the user or the group",
            (false, 0) => "",
            (false, 1) => "Check the id",
            (false, _) => "Check the ids",
        }
    }

    fn conflict(&self, code: Option<&str>) -> &'static str {
        if code.is_some_and(|code| code.starts_with("Duplicate")) {
            return "Choose another name";
        }
        if let Some(causes) = self.endpoint.conflict_causes {
            return causes;
        }
        let is_change = !self.reads() && self.path.contains("/{");
        if is_change && code != Some("ALREADY_EXISTS") {
            "Something else changed the resource; read it again, then repeat the change"
        } else {
            ""
        }
    }

    /// Returns the advice for statuses without an error kind of their own.
    fn bad_request(&self, status: Option<u16>) -> Cow<'static, str> {
        let has_body = self.endpoint.method != Method::Get;
        match status {
            Some(405) if self.is_custom() => "Check the method and the path".into(),
            Some(405) => format!(
                "The service does not accept {} here any more; a newer release may use its replacement",
                self.endpoint.method
            )
            .into(),
            Some(407) => {
                "A proxy requires a user name and a password; put them into its URL".into()
            }
            Some(408) => "Try again".into(),
            Some(410) => {
                "It was removed permanently, or the service no longer offers this call".into()
            }
            Some(413) if self.has_file() => "The file is too large for the service".into(),
            Some(413) if has_body => "Send less at once".into(),
            Some(414) => "The URL is too long; request less at once".into(),
            Some(415) if self.has_file() => {
                "The service does not accept this content type; check the file and its extension"
                    .into()
            }
            Some(415) if has_body => "The service does not accept a body of this kind".into(),
            Some(431) if self.is_custom() => "Send fewer or shorter headers".into(),
            _ => "".into(),
        }
    }
}
