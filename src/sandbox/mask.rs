//! Hides keys, tokens and signed URLs in what is logged or recorded.

pub(crate) const MASK: &str = "[redacted]";

/// Headers that hold credentials.
const HEADERS: [&str; 6] = [
    "authorization",
    "cookie",
    "proxy-authorization",
    "set-cookie",
    "x-api-key",
    "x-csrf-token",
];
/// Fields and parameters that hold secrets.
const NAMES: [&str; 12] = [
    "access_token",
    "apiKey",
    "api_key",
    "client_secret",
    "code",
    "code_verifier",
    "id_token",
    "key",
    "password",
    "refresh_token",
    "secret",
    "token",
];
/// Fields whose texts are secrets only from this length on: `code`, for example, is also the code of an error.
const MIN_LENGTHS: [(&str, usize); 2] = [("code", 40), ("key", 40)];
/// Parts of the query of a signed URL.
const SIGNED: [&str; 7] = [
    "signature",
    "sig=",
    "x-amz-",
    "x-goog-",
    "policy=",
    "token",
    "hdnts=",
];

pub(crate) fn is_secret_header(name: &str) -> bool {
    HEADERS
        .iter()
        .any(|secret| name.eq_ignore_ascii_case(secret))
}

/// Returns headers without credentials.
pub(crate) fn headers(headers: &[(String, String)]) -> Vec<(String, String)> {
    let masked = headers.iter().map(|(name, value)| {
        let value = if is_secret_header(name) {
            MASK.to_owned()
        } else {
            text(value)
        };
        (name.clone(), value)
    });
    masked.collect()
}

/// Returns path and query of a request.
pub(crate) fn target(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else {
        return target.to_owned();
    };
    format!("{path}?{}", pairs(query))
}

/// Returns a query or a form without the values of secret parameters.
fn pairs(query: &str) -> String {
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, value)) if is_secret(name, value.len()) => format!("{name}={MASK}"),
        _ => pair.to_owned(),
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn is_secret(name: &str, length: usize) -> bool {
    let min = MIN_LENGTHS.iter().find(|(known, _)| *known == name);
    let is_known = NAMES.contains(&name) && min.is_none_or(|(_, min)| length >= *min);
    is_known || name.to_ascii_lowercase().ends_with("signature")
}

/// Returns a body without secrets: fields of JSON, parameters of a form, and parameters of URLs.
pub(crate) fn text(text: &str) -> String {
    let masked = mask_urls(text);
    if text.contains(['{', '[']) {
        mask_fields(&masked)
    } else if text.contains('=') {
        pairs(&masked)
    } else {
        masked
    }
}

/// Hides the texts of JSON fields with the names of secrets.
fn mask_fields(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(quote) = rest.find('"') {
        let (before, from_quote) = rest.split_at(quote);
        masked.push_str(before);
        let (name, after) = string(from_quote);
        masked.push_str(name);
        rest = after;
        let value = after.trim_start().strip_prefix(':').map(str::trim_start);
        let Some(value) = value.filter(|value| value.starts_with('"')) else {
            continue;
        };
        let (secret, after) = string(value);
        if is_secret(name.trim_matches('"'), secret.len()) {
            masked.extend([": \"", MASK, "\""]);
            rest = after;
        }
    }
    masked.push_str(rest);
    masked
}

/// Splits a JSON string, with its quotes, from what follows it.
fn string(text: &str) -> (&str, &str) {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, char)| {
        let ends = *char == '"' && !escaped;
        escaped = *char == '\\' && !escaped;
        ends
    });
    text.split_at(end.map_or(text.len(), |(end, _)| end + 1))
}

/// Hides the queries of signed URLs, and secret parameters of other URLs.
fn mask_urls(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("://") {
        let (before, url) = rest.split_at(start);
        masked.push_str(before);
        let end = url.find(['"', '\'', '<', '>', ' ', '\n', '\r', '\t']);
        let (url, after) = url.split_at(end.unwrap_or(url.len()));
        match url.split_once('?') {
            Some((path, query)) if is_signed(query) => {
                masked.push_str(path);
                masked.push('?');
                masked.push_str(MASK);
            }
            _ => masked.push_str(&target(url)),
        }
        rest = after;
    }
    masked.push_str(rest);
    masked
}

fn is_signed(query: &str) -> bool {
    let query = query.to_ascii_lowercase();
    SIGNED.iter().any(|part| query.contains(part))
}

#[cfg(test)]
mod tests {
    use super::{target, text};

    #[test]
    fn secrets_are_hidden_and_the_rest_stays() {
        for (given, masked) in [
            (
                r#"{"access_token":"abc","x":1}"#,
                r#"{"access_token": "[redacted]","x":1}"#,
            ),
            (r#"{ "apiKey" : "a\"b" }"#, r#"{ "apiKey": "[redacted]" }"#),
            (
                r#"{"code":"NOT_FOUND","message":"token"}"#,
                r#"{"code":"NOT_FOUND","message":"token"}"#,
            ),
            (r#"{"pageToken":"abc"}"#, r#"{"pageToken":"abc"}"#),
            (
                r#"{"location":"https://c.example/a?Expires=1\u0026Signature=x","n":2}"#,
                r#"{"location":"https://c.example/a?[redacted]","n":2}"#,
            ),
            (
                r#"["https://c.example/a?size=1"]"#,
                r#"["https://c.example/a?size=1"]"#,
            ),
            (
                "client_secret=abc&grant_type=code",
                "client_secret=[redacted]&grant_type=code",
            ),
            (
                "client_secret=abc&note=see http://c.example/?token=d",
                "client_secret=[redacted]&note=see http://c.example/?[redacted]",
            ),
            (
                "http://localhost/callback?state=a&code=1234567890123456789012345678901234567890",
                "http://localhost/callback?state=a&code=[redacted]",
            ),
            (
                r#"{"url":"http://localhost/callback?code=1234567890123456789012345678901234567890"}"#,
                r#"{"url":"http://localhost/callback?code=[redacted]"}"#,
            ),
            (
                r#"{"cut":"off, "token":"abc"#,
                r#"{"cut":"off, "token":"abc"#,
            ),
            ("plain text", "plain text"),
        ] {
            assert_eq!(text(given), masked, "{given}");
        }
    }

    #[test]
    fn parameters_of_a_target_are_hidden() {
        assert_eq!(
            target("/a?token=b&pageToken=c"),
            "/a?token=[redacted]&pageToken=c"
        );
        assert_eq!(
            target("/content/a?Signature=b&x=c"),
            "/content/a?Signature=[redacted]&x=c"
        );
        assert_eq!(target("/a"), "/a");
    }
}
