//! The headers of responses, which describe an entry.

use std::fmt::Write as _;

use crate::models::serde_helpers::base64;
use crate::sandbox::clock::timestamp;
use crate::sandbox::server::Response;
use crate::sandbox::state::data_store::entry::Revision;

pub(super) const USERS: &str = "roblox-entry-userids";
pub(super) const ATTRIBUTES: &str = "roblox-entry-attributes";

/// Adds the headers of a revision.
pub(super) fn with_headers(response: Response, revision: &Revision) -> Response {
    let response = response
        .header("roblox-entry-version", &*revision.id)
        .header("roblox-entry-created-time", timestamp(revision.created))
        .header(
            "roblox-entry-version-created-time",
            timestamp(revision.time),
        );
    let Some(content) = &revision.content else {
        return response;
    };
    let users: Vec<String> = content.users.iter().map(u64::to_string).collect();
    response
        .header(ATTRIBUTES, ascii(content.attributes()))
        .header(USERS, format!("[{}]", users.join(", ")))
}

/// Returns a revision with its value as the body, or 204 for a deletion.
pub(super) fn entry(revision: &Revision) -> Response {
    let Some(content) = &revision.content else {
        return with_headers(Response::empty(204), revision);
    };
    let value = content.value.as_str().as_bytes().to_vec();
    let sum = base64::encode(&md5::compute(&value).0);
    let response = Response::new(200, "application/json", value);
    with_headers(response.header("content-md5", sum), revision)
}

/// Escapes everything in a JSON text that is not ASCII: headers carry nothing else safely.
fn ascii(json: &str) -> String {
    let mut text = String::new();
    for letter in json.chars() {
        if letter.is_ascii() {
            text.push(letter);
            continue;
        }
        for unit in letter.encode_utf16(&mut [0; 2]) {
            let _ = write!(text, "\\u{unit:04x}");
        }
    }
    text
}
