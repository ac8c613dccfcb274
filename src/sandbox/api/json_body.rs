//! Bodies that are one JSON object.

use std::io::Read as _;

use serde_json::{Map, Value};

use super::{Call, Rejection, invalid};
use crate::sandbox::server::Body;

/// The text may be this long.
const LIMIT: u64 = 1 << 20;

/// Whether the request says that its body is JSON.
pub(super) fn is_declared(call: &Call<'_>) -> bool {
    let kind = call.head.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

pub(super) fn read(call: &Call<'_>, body: &mut Body<'_>) -> Result<Map<String, Value>, Rejection> {
    if !is_declared(call) {
        return Err(invalid("The body must be of the type application/json.").into());
    }
    let mut text = Vec::new();
    body.take(LIMIT + 1).read_to_end(&mut text)?;
    if text.len() as u64 > LIMIT {
        return Err(invalid("The body is too long.").into());
    }
    serde_json::from_slice(&text).map_err(|_| invalid("The body is not a JSON object.").into())
}
