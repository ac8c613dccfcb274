//! Versions of entries.

use serde_json::Value;

use super::entries::version_json;
use super::problem::{invalid, v1};
use super::{entry_address, headers, lock, paging, text};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::data_stores::filter::{Period, parse_time};
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::server::Response;
use crate::sandbox::state::data_store::Problem;

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let address = entry_address(call)?;
    let page = call.page(&paging(16))?;
    let (period, is_descending) = (period(call)?, is_descending(call)?);
    let mut locked = lock(call)?;
    let (stores, now) = locked.stores();
    let kept = stores.entry(&address).map_err(v1)?.kept(now);
    if kept.is_empty() {
        return Err(v1(Problem::NoEntry));
    }
    let mut found: Vec<_> = kept.iter().collect();
    found.retain(|revision| period.contains(revision.time));
    if is_descending {
        found.reverse();
    }
    Ok(page.respond("versions", found.into_iter().map(version_json)))
}

fn period(call: &Call<'_>) -> Result<Period, Rejection> {
    let time = |name: &str| {
        let text = call.query_ignoring_case(name);
        let wrong = || invalid(&format!("{name} is not a time."));
        text.map(|text| parse_time(text).ok_or_else(wrong))
            .transpose()
    };
    Ok(Period {
        start: time("startTime")?,
        end: time("endTime")?,
    })
}

fn is_descending(call: &Call<'_>) -> Result<bool, Rejection> {
    match text(call, "sortOrder").to_ascii_lowercase().as_str() {
        "" | "ascending" => Ok(false),
        "descending" => Ok(true),
        _ => Err(invalid("sortOrder is neither Ascending nor Descending.")),
    }
}

/// Returns the value of a version; 204 for a deletion.
pub(crate) fn get(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let address = entry_address(call)?;
    let id = text(call, "versionId");
    if id.is_empty() {
        return Err(invalid("versionId is missing."));
    }
    let mut locked = lock(call)?;
    let (stores, now) = locked.stores();
    let kept = stores.entry(&address).map_err(v1)?.kept(now);
    let found = kept.iter().find(|revision| revision.id == id);
    found
        .map(headers::entry)
        .ok_or_else(|| v1(Problem::NoRevision))
}
