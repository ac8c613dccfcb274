//! The headers of requests, which contain the users and attributes of an entry.

use super::headers::{ATTRIBUTES, USERS};
use super::problem::invalid;
use crate::models::RawJson;
use crate::models::serde_helpers::base64;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::api::values::number;

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
