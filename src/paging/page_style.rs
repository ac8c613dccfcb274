//! The parameters that request a page.

use serde_json::Value;

use super::page::PageToken;
use crate::endpoint::PageStyle;
use crate::error::{Error, Result};
use crate::http::Request;
use crate::models::serde_helpers::parse_u64;

/// Adds page size and token to a request. Rounds the size up to one that the service accepts.
pub(super) fn add_page_params(
    request: Request,
    page_style: PageStyle,
    size: u32,
    token: Option<&str>,
) -> Result<Request> {
    Ok(match page_style {
        PageStyle::Query {
            size: name,
            token: token_name,
        } => request.query(name, size).query_opt(token_name, token),
        PageStyle::Token(name) => request.query_opt(name, token),
        PageStyle::Body => {
            let size = ("maxPageSize", Value::from(size));
            let token = token.map(|token| ("pageToken", Value::from(token)));
            request.merge_json([size].into_iter().chain(token))
        }
        PageStyle::Sizes(sizes) => {
            let next = sizes.iter().find(|next| **next >= size);
            request
                .query("limit", next.unwrap_or(&size))
                .query_opt("cursor", token)
        }
        PageStyle::Numbered => request.query("limit", size).query("page", number(token)?),
        PageStyle::Offset {
            size: name,
            skip: skip_name,
        } => {
            let skipped = skipped(token)?;
            let skipped = (skipped > 0).then_some(skipped);
            request.query(name, size).query_opt(skip_name, skipped)
        }
    })
}

/// Returns the token of the next page of a list whose pages are numbered.
///
/// The list ends when all items were received, or with an empty page beyond the total. A short page does not end it: the
/// service may return fewer items than requested.
pub(super) fn next_page_number(
    count: u64,
    total: Option<u64>,
    size: u32,
    token: Option<&PageToken>,
    received: Option<u64>,
) -> Result<Option<PageToken>> {
    let number = number(token.map(PageToken::as_str))?;
    let positions = number.saturating_mul(u64::from(size));
    let is_full = count >= u64::from(size);
    let is_last = match (total, received) {
        _ if count == 0 => total.is_none_or(|total| positions >= total),
        (Some(total), Some(received)) => received == total,
        // Started in the middle: the number of earlier items is known if those pages were full.
        (Some(total), None) => is_full && positions == total,
        (None, _) => false,
    };
    Ok((!is_last).then(|| number.saturating_add(1).to_string().into()))
}

/// Returns the token of the next page of a list that is paged by the number of items to skip.
///
/// The list ends when all items were received, or with an empty page. A short page does not end it: the service may return
/// fewer items than requested.
pub(super) fn next_offset(
    count: u64,
    total: Option<u64>,
    token: Option<&PageToken>,
) -> Result<Option<PageToken>> {
    let next = skipped(token.map(PageToken::as_str))?.saturating_add(count);
    let is_last = count == 0 || total.is_some_and(|total| next >= total);
    Ok((!is_last).then(|| next.to_string().into()))
}

/// Parses the number of items to skip.
fn skipped(token: Option<&str>) -> Result<u64> {
    let Some(token) = token else { return Ok(0) };
    parse_u64(token).ok_or_else(|| {
        Error::invalid_input(format!(
            "{token:?} is not a page token of this list, which is the number of items to skip"
        ))
    })
}

/// Parses the number of a page, counted from 1.
fn number(token: Option<&str>) -> Result<u64> {
    let Some(token) = token else { return Ok(1) };
    parse_u64(token)
        .filter(|number| *number > 0)
        .ok_or_else(|| {
            Error::invalid_input(format!(
                "{token:?} is not a page token of this list, which is a page number from 1"
            ))
        })
}
