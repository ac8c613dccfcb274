//! The ways in which lists are asked for their pages.

use serde_json::Value;

use super::PageToken;
use super::decode::Decoded;
use crate::endpoint::PageStyle;
use crate::error::{Error, Result};
use crate::http::Request;
use crate::models::serde_helpers::parse_u64;

/// The request for the page that the token names, with so many items or the next size above that the service takes.
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
    })
}

/// Names the page after one that was answered without a token, where pages are counted.
///
/// The list ends where the items so far are all that there are, or with an empty page to which no more are promised.
/// A short page tells nothing: the service may put fewer items on a page than it was asked for.
pub(super) fn number_next<T>(
    decoded: &mut Decoded<T>,
    size: u32,
    token: Option<&PageToken>,
    received: Option<u64>,
) -> Result<()> {
    let number = number(token.map(PageToken::as_str))?;
    let places = number.saturating_mul(u64::from(size));
    let (count, total) = (decoded.len() as u64, decoded.total);
    let is_full = count >= u64::from(size);
    let is_last = match (total, received) {
        _ if count == 0 => total.is_none_or(|total| places >= total),
        (Some(total), Some(received)) => received == total,
        // Begun in the middle: how much was on the pages before is known if they were full.
        (Some(total), None) => is_full && places == total,
        (None, _) => false,
    };
    decoded.page.next_token = (!is_last).then(|| PageToken(number.saturating_add(1).to_string()));
    Ok(())
}

/// Pages are counted from 1.
fn number(token: Option<&str>) -> Result<u64> {
    let Some(token) = token else { return Ok(1) };
    parse_u64(token)
        .filter(|number| *number > 0)
        .ok_or_else(|| {
            Error::invalid_input(format!(
                "{token:?} is not a page of this list, which is a number from 1"
            ))
        })
}
