//! The headers that carry what belongs to an entry.

use std::fmt::Write as _;

use super::invalid;
use crate::models::RawJson;
use crate::models::serde_helpers::base64;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::api::values::number;
use crate::sandbox::clock::timestamp;

use crate::sandbox::server::Response;
use crate::sandbox::state::data_store::entry::Revision;

const USERS: &str = "roblox-entry-userids";
const ATTRIBUTES: &str = "roblox-entry-attributes";

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

/// Returns the users of a request: `[1, 2]` or `1,2`.
pub(super) fn users(call: &Call<'_>) -> Result<Vec<u64>, Rejection> {
    let text = call.head.header(USERS).unwrap_or_default().trim();
    let list = text
        .strip_prefix('[')
        .and_then(|list| list.strip_suffix(']'));
    let ids = list.unwrap_or(text).split(',').map(str::trim);
    let ids: Option<Vec<u64>> = ids.filter(|id| !id.is_empty()).map(number).collect();
    let ids = if text == "null" {
        Some(Vec::new())
    } else {
        ids
    };
    ids.ok_or_else(|| invalid("roblox-entry-userids is not a list of user ids."))
}

/// Returns the attributes of a request as they were sent.
pub(super) fn attributes(call: &Call<'_>) -> Result<Option<RawJson>, Rejection> {
    let text = call.head.header(ATTRIBUTES).unwrap_or_default();
    if text.is_empty() {
        return Ok(None);
    }
    let json = RawJson::from_text(text);
    let json = json.map_err(|_| invalid("roblox-entry-attributes is not a JSON object."))?;
    Ok(Some(json))
}

/// Checks the checksum of a body, if the request has one.
pub(super) fn check_md5(call: &Call<'_>, body: &[u8]) -> Result<(), Rejection> {
    let Some(sum) = call.head.header("content-md5") else {
        return Ok(());
    };
    let is_right = sum == base64::encode(&md5::compute(body).0);
    let message = "content-md5 is not the checksum of the body.";
    is_right.then_some(()).ok_or_else(|| invalid(message))
}
