//! Signed URLs. Anyone who has one can use it, so texts show only its host.

use crate::error::{Error, ErrorKind, Result};
use crate::http::base_url::BaseUrl;
use crate::http::transport::uri::Uri;

/// The maximum length of a host's reason in an error, in characters.
const MAX_REASON_LENGTH: usize = 200;
/// The minimum length of a query part that is redacted. Shorter parts occur by chance.
const MIN_SECRET_LENGTH: usize = 6;

/// A URL for one download or upload of content.
#[derive(Clone)]
pub(in crate::http) struct SignedUrl {
    uri: Uri,
    pub(in crate::http) origin: BaseUrl,
    may_be_local: bool,
}

impl SignedUrl {
    /// Parses a URL. `may_be_local` allows plain http on this machine.
    pub(in crate::http) fn parse(text: &str, may_be_local: bool) -> Result<Self> {
        let rejected = |why: &str| {
            let message = format!("the content URL is rejected: {why}");
            Error::new(ErrorKind::Unexpected, message)
        };
        let uri: Uri = text.parse().map_err(|_| rejected("it is not a URL"))?;
        let is_plain = uri.scheme_str() == Some("http");
        let plain =
            "plain http is accepted on this machine only, and only if the base URL is there too";
        let origin =
            BaseUrl::from_uri(&uri).map_err(|why| rejected(if is_plain { plain } else { why }))?;
        if is_plain && !may_be_local {
            return Err(rejected(plain));
        }
        Ok(Self {
            uri,
            origin,
            may_be_local,
        })
    }

    pub(in crate::http) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Returns the target of a redirect, under the same rules.
    pub(in crate::http) fn redirected(&self, target: &str) -> Result<Self> {
        let scheme = self.uri.scheme_str().unwrap_or_default();
        let url = if target.starts_with("//") {
            format!("{scheme}:{target}")
        } else if target.starts_with('/') {
            format!("{}{target}", self.origin.base())
        } else {
            target.to_owned()
        };
        Self::parse(&url, self.may_be_local)
    }

    /// Returns the reason in an error body: code and message of its XML, or the title of its page.
    pub(in crate::http) fn reason(&self, body: &[u8]) -> String {
        let body = String::from_utf8_lossy(body);
        let parts = [["Code", "Message"], ["title", "h1"]]
            .iter()
            .map(|tags| tags.iter().filter_map(|tag| element(&body, tag)))
            .find_map(|found| {
                let found: Vec<_> = found.collect();
                (!found.is_empty()).then(|| found.join(": "))
            });
        let is_text = !body.trim_start().starts_with('<');
        let reason = parts.unwrap_or_else(|| {
            if is_text {
                one_line(&body)
            } else {
                String::new()
            }
        });
        self.without_query(&reason)
            .chars()
            .take(MAX_REASON_LENGTH)
            .collect()
    }

    /// Removes the parts of the query from a text.
    fn without_query(&self, text: &str) -> String {
        let query = self.uri.query().unwrap_or_default();
        let mut parts = vec![query];
        parts.extend(query.split(['&', '=']));
        // The longest come first, since one may start with another.
        parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
        let mut text = text.to_owned();
        for part in parts {
            if part.len() >= MIN_SECRET_LENGTH {
                text = text.replace(part, "[redacted]");
            }
        }
        text
    }
}

/// Returns the text of the first element with this name.
fn element(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once("</")?;
    Some(one_line(text)).filter(|text| !text.is_empty())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::SignedUrl;

    #[cfg(feature = "rustls")]
    const SIGNED: &str = "https://c0.example.com/hash?token=planted-signature&exp=1700000000";

    #[test]
    fn content_comes_over_https_or_from_this_machine() {
        for (url, remote, local) in [
            ("https://c0.example.com/a?b=c", true, true),
            ("HTTPS://c0.example.com/a", true, true),
            ("https://127.0.0.1/a", true, true),
            ("http://127.0.0.1:1/a?b=c", false, true),
            ("http://localhost:1/a", false, true),
            ("http://[::1]:1/a", false, true),
            ("http://c0.example.com/a", false, false),
            ("http://127.0.0.1.example.com/a", false, false),
            ("http://127.0.0.1@example.com/a", false, false),
            ("https://user:password@example.com/a", false, false),
            ("ftp://127.0.0.1/a", false, false),
            ("file:///etc/passwd", false, false),
            ("data:,a", false, false),
            ("/cdn/a", false, false),
            ("c0.example.com", false, false),
            ("https://", false, false),
            ("https://a b/", false, false),
            ("", false, false),
        ] {
            // Without TLS every https URL is rejected.
            let is_possible = cfg!(feature = "rustls") || !url.to_lowercase().starts_with("https");
            assert_eq!(
                SignedUrl::parse(url, false).is_ok(),
                remote && is_possible,
                "{url}"
            );
            assert_eq!(
                SignedUrl::parse(url, true).is_ok(),
                local && is_possible,
                "{url}"
            );
        }
    }

    #[test]
    fn redirects_stay_within_the_rules() {
        let target = |from: &str, to: &str| {
            let location = SignedUrl::parse(from, true).ok()?.redirected(to).ok()?;
            Some(location.uri().to_string())
        };
        let from = "http://127.0.0.1:1/a/b?c=d";
        for (to, expected) in [
            ("/x?y=z", Some("http://127.0.0.1:1/x?y=z")),
            ("//127.0.0.1:2/x", Some("http://127.0.0.1:2/x")),
            ("http://127.0.0.1:3/x", Some("http://127.0.0.1:3/x")),
            ("http://example.com/x", None),
            ("//example.com/x", None),
            ("file:///x", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(target(from, to).as_deref(), expected, "{to}");
        }
    }

    #[test]
    #[cfg(feature = "rustls")]
    fn reasons_are_short_and_without_the_query() {
        let location = SignedUrl::parse(SIGNED, false).ok();
        let reason = |body: &str| {
            let location = location.as_ref();
            location.map(|location| location.reason(body.as_bytes()))
        };
        for (body, expected) in [
            (
                "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request\nhas expired</Message><Key>k</Key></Error>",
                "AccessDenied: Request has expired",
            ),
            (
                "<html><head><title>403 Forbidden</title></head><body>planted-signature</body></html>",
                "403 Forbidden",
            ),
            ("<html><body><h1>No</h1></body></html>", "No"),
            ("<html><body>planted-signature</body></html>", ""),
            (
                "bad planted-signature, token=planted-signature&exp=1700000000!",
                "bad [redacted], [redacted]!",
            ),
            ("", ""),
            ("\u{fffd}", "\u{fffd}"),
        ] {
            assert_eq!(reason(body).as_deref(), Some(expected), "{body}");
        }
        assert_eq!(
            reason(&"x".repeat(10_000)).map(|reason| reason.len()),
            Some(200)
        );
    }

    #[test]
    fn a_part_that_begins_with_another_is_removed_as_a_whole() {
        let location = SignedUrl::parse("http://127.0.0.1/a?a=planted&b=planted-signature", true);
        let reason = location.map(|location| location.reason(b"no planted-signature"));
        assert_eq!(reason.ok().as_deref(), Some("no [redacted]"));
    }
}
