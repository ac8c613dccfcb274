//! The wait that a response names.

use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::rate_limit::seconds;
use super::response::ErrorHeaders;
use crate::rate_limit::report::RateLimit;

/// `Sun, 06 Nov 1994 08:49:37 GMT`, with a margin.
const MAX_DATE_LENGTH: usize = 40;

/// Returns the longer of the two waits that the service names; unparsable values are ignored.
pub(super) fn retry_after(
    status: u16,
    headers: &ErrorHeaders,
    limit: Option<RateLimit>,
    now: OffsetDateTime,
) -> Option<Duration> {
    let named = headers.retry_after.as_deref().and_then(|text| {
        text.split(',')
            .filter_map(seconds)
            .max()
            .or_else(|| until(text, now))
    });
    // Other responses have a reset time as well, but no reason to wait.
    let reset = limit
        .filter(|_| status == 429)
        .and_then(|limit| limit.reset);
    named.max(reset)
}

fn until(date: &str, now: OffsetDateTime) -> Option<Duration> {
    // HTTP dates have no comments; nested ones could overflow the parser's stack.
    let is_date = date.len() <= MAX_DATE_LENGTH && !date.contains('(');
    let date = is_date.then(|| OffsetDateTime::parse(date.trim(), &Rfc2822).ok())??;
    Some(Duration::try_from(date - now).unwrap_or_default())
}
