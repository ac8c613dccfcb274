//! Validates the calls that [`Client::request`](crate::Client::request) builds.

use crate::endpoint::Method;
use crate::error::{Error, Result};
use crate::http::{Request, percent_decode};

/// Headers that control the credential, the body, the connection, the host or the method.
const RESERVED: [&str; 24] = [
    "accept-encoding",
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "expect",
    "forwarded",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-api-key",
    "x-forwarded-host",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-original-url",
];
/// The maximum length of a header value, in bytes: servers reject longer ones.
const MAX_HEADER_LENGTH: usize = 8 * 1024;

/// Checks a path template: the characters that RFC 3986 allows in a path, and `{placeholders}`.
pub(super) fn path(path: &str) -> Result<()> {
    let rejected = |why: &str| {
        Err(Error::invalid_input(format!(
            "{path:?} is not a valid path: {why}"
        )))
    };
    let is_in_path =
        |letter: char| letter.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%/{}".contains(letter);
    if !path.starts_with('/') {
        return rejected("it must begin with one slash, such as /cloud/v2/users/{user_id}");
    }
    if path.contains("//") {
        return rejected("it must begin with one slash, and have no empty segment");
    }
    if path.contains('?') {
        return rejected("give parameters with `query`");
    }
    if let Some(invalid) = path.chars().find(|letter| !is_in_path(*letter)) {
        return rejected(&format!(
            "{invalid:?} must be encoded; use a placeholder and `path_param`"
        ));
    }
    if !has_balanced_placeholders(path) {
        return rejected("a placeholder is a name in braces, such as {user_id}");
    }
    if !has_valid_escapes(path) {
        return rejected("`%` must be followed by two hexadecimal digits");
    }
    if is_traversal(path) {
        return rejected("it has a `.` or `..` segment");
    }
    Ok(())
}

/// Whether each brace belongs to a `{name}`.
fn has_balanced_placeholders(path: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let mut parts = path.split('{');
    let has_no_closing_brace = |text: &str| !text.contains('}');
    parts.next().is_some_and(has_no_closing_brace)
        && parts.all(|part| {
            part.split_once('}')
                .is_some_and(|(name, rest)| is_name(name) && has_no_closing_brace(rest))
        })
}

fn has_valid_escapes(path: &str) -> bool {
    path.split('%').skip(1).all(|rest| {
        let mut digits = rest.bytes().take(2);
        digits.len() == 2 && digits.all(|digit| digit.is_ascii_hexdigit())
    })
}

/// Whether a server may read a segment as `.` or `..`: dots, encoded or not, also before a `;` parameter or next to an
/// encoded slash.
fn is_traversal(path: &str) -> bool {
    let path = percent_decode(path);
    path.split(['/', '\\']).any(|segment| {
        let name = segment.split(';').next().unwrap_or_default();
        matches!(name, "." | "..")
    })
}

/// Checks a value for the next placeholder.
pub(super) fn path_param(request: &Request, value: &str) -> Result<()> {
    let path = request.endpoint.path();
    if request.is_complete() {
        return Err(Error::invalid_input(format!(
            "{path} has no placeholder left for {value:?}"
        )));
    }
    let why = match value {
        "" => "is empty, so the path would name something else",
        "." | ".." => "is a relative path segment to some servers",
        _ => return Ok(()),
    };
    Err(Error::invalid_input(format!(
        "a value for {path} {why}: {value:?}"
    )))
}

/// Checks a header.
pub(super) fn header(request: &Request, name: &str, value: &str) -> Result<()> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err(Error::invalid_input(format!(
            "{name:?} is not the name of a header"
        )));
    }
    if RESERVED
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
    {
        return Err(Error::invalid_input(format!(
            "the header {name} cannot be set by hand"
        )));
    }
    let mut known = request.headers.iter();
    if known.any(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return Err(Error::invalid_input(format!(
            "the header {name} is set twice"
        )));
    }
    // The value may be a secret, so it is not repeated.
    if !value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(Error::invalid_input(format!(
            "the value of the header {name} must be printable ASCII text"
        )));
    }
    if value.len() > MAX_HEADER_LENGTH {
        return Err(Error::invalid_input(format!(
            "the value of the header {name} has more than {MAX_HEADER_LENGTH} bytes"
        )));
    }
    Ok(())
}

/// Validates the call of a list.
pub(super) fn list(request: &Request) -> Result<()> {
    let method = request.endpoint.method;
    if method != Method::Get {
        return Err(Error::invalid_input(format!(
            "only a GET request can be a list, not {method}"
        )));
    }
    for name in ["maxPageSize", "pageToken"] {
        if request.query_value(name).is_some() {
            return Err(Error::invalid_input(format!(
                "the query parameter {name} of a list cannot be set by hand; use `page_size` or `starting_at`"
            )));
        }
    }
    Ok(())
}

/// Checks that every placeholder has its value.
pub(super) fn complete(request: Result<Request>) -> Result<Request> {
    let request = request?;
    if request.is_complete() {
        return Ok(request);
    }
    let path = request.endpoint.path();
    Err(Error::invalid_input(format!(
        "{path} has a placeholder without a value; give one with `path_param`"
    )))
}
