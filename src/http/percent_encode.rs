//! Percent-encoding of path arguments, queries and forms: the one place that encodes.

use std::fmt::{self, Display, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but the characters that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// A segment that consists of dots would change the path.
const RESERVED_AND_DOTS: &AsciiSet = &RESERVED.add(b'.');
/// A revision keeps its colons: `latest:2024-12-02T06:00:00Z`.
const RESERVED_IN_REVISION: &AsciiSet = &RESERVED.remove(b':');

/// Appends a path segment.
pub(super) fn push_segment(target: &mut String, value: &str) {
    let reserved = if value.bytes().all(|byte| byte == b'.') {
        RESERVED_AND_DOTS
    } else {
        RESERVED
    };
    target.extend(utf8_percent_encode(value, reserved));
}

/// Appends a bare `@` and a revision, whose colons stay.
pub(super) fn push_revision(target: &mut String, revision: &str) {
    target.push('@');
    target.extend(utf8_percent_encode(revision, RESERVED_IN_REVISION));
}

/// Appends a name or a value as queries and forms write it.
pub(super) fn push_value(target: &mut String, value: &dyn Display) {
    // Writing into a `String` cannot fail.
    let _ = write!(Encoder(target), "{value}");
}

/// Returns the encodings in which servers may repeat a text: as in a form, and as in a path or query.
pub(super) fn encodings(text: &str) -> [String; 2] {
    [NON_ALPHANUMERIC, RESERVED].map(|set| utf8_percent_encode(text, set).to_string())
}

/// Decodes a path or a value. Replaces invalid UTF-8.
pub(crate) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Parses a query into decoded names and values, in their order.
#[cfg(feature = "oauth2")]
pub(crate) fn query_pairs(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| decode(&text.replace('+', " "));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// Encodes the text that is written into it.
struct Encoder<'a>(&'a mut String);

impl Write for Encoder<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend(utf8_percent_encode(text, RESERVED));
        Ok(())
    }
}
