//! Entries, one by one.

use serde_json::{Value, json};

use super::headers;
use super::problem::{invalid, v1};
use super::request_headers::{attributes, check_md5, users};
use super::{entry_address, lock};
use crate::models::RawJson;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::data_stores::entries::add;
use crate::sandbox::api::data_stores::entry_body::{MAX_BODY_SIZE, content};
use crate::sandbox::api::data_stores::flag;
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::clock::timestamp;
use crate::sandbox::server::Response;
use crate::sandbox::state::data_store::entry::Revision;
use crate::sandbox::state::data_store::{Condition, Problem};

/// Returns the value of an entry; 204 for a deleted one.
pub(crate) fn get(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let address = entry_address(call)?;
    let mut locked = lock(call)?;
    let (stores, now) = locked.stores();
    let latest = stores.entry(&address).map_err(v1)?.latest(now);
    latest
        .map(headers::entry)
        .ok_or_else(|| v1(Problem::NoEntry))
}

pub(crate) fn set(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let address = entry_address(call)?;
    let condition = condition(call)?;
    let value = value(call)?;
    let content = content(value, users(call)?, attributes(call)?).map_err(v1)?;
    let mut locked = lock(call)?;
    let (stores, now) = locked.stores();
    let revision = stores.write(&address, content, &condition, now);
    revision.map(version_json).map_err(v1)
}

fn condition(call: &Call<'_>) -> Result<Condition, Rejection> {
    let version = call.query_ignoring_case("matchVersion");
    let must_be_absent = flag(call, "exclusiveCreate").map_err(v1)?;
    match (version, must_be_absent) {
        (Some(_), true) => Err(invalid(
            "matchVersion and exclusiveCreate exclude each other.",
        )),
        (Some(version), false) => Ok(Condition::Revision(version.to_owned())),
        (None, true) => Ok(Condition::Absent),
        (None, false) => Ok(Condition::Always),
    }
}

/// Reads the body, which is the value.
fn value(call: &mut Call<'_>) -> Result<RawJson, Rejection> {
    let bytes = call.bytes(MAX_BODY_SIZE)?;
    check_md5(call, &bytes)?;
    let text = String::from_utf8(bytes).ok();
    let value = text.and_then(|text| RawJson::from_text(text).ok());
    let value = value.filter(|value| !value.is_null());
    value.ok_or_else(|| invalid("The body is not a JSON value."))
}

pub(crate) fn increment(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let address = entry_address(call)?;
    let amount = call.query_ignoring_case("incrementBy").unwrap_or("1");
    let amount = amount.parse();
    let amount = amount.map_err(|_| invalid("incrementBy is not a whole number."))?;
    let content = content(RawJson::default(), users(call)?, attributes(call)?).map_err(v1)?;
    let mut locked = lock(call)?;
    let (stores, now) = locked.stores();
    let revision = add(stores, &address, amount, content, now);
    revision.map(headers::entry).map_err(v1)
}

pub(crate) fn delete(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let address = entry_address(call)?;
    let mut locked = lock(call)?;
    let (stores, now) = locked.stores();
    stores.delete(&address, now).map_err(v1)?;
    Ok(Response::empty(204))
}

pub(super) fn version_json(revision: &Revision) -> Value {
    let content = revision.content.as_ref();
    let length = content.map_or(0, |content| content.value.as_str().len());
    json!({
        "version": revision.id,
        "deleted": content.is_none(),
        "contentLength": length,
        "createdTime": timestamp(revision.time),
        "objectCreatedTime": timestamp(revision.created),
    })
}
