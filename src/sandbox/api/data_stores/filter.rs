//! Filters of data stores and entries, and times.

use time::OffsetDateTime;

use crate::sandbox::clock::parse_timestamp;
use crate::sandbox::state::data_store::Problem;

/// Returns the text in `id.startsWith("text")`, which is empty for an empty filter.
pub(super) fn prefix(filter: &str) -> Result<String, Problem> {
    if filter.is_empty() {
        return Ok(String::new());
    }
    let call = filter.strip_prefix("id.startsWith(");
    let argument = call.and_then(|call| call.strip_suffix(')'));
    let text = argument.and_then(|argument| unquoted(argument.trim()));
    let message = "The filter must have the form id.startsWith(\"text\").";
    text.ok_or_else(|| Problem::Invalid(message.to_owned()))
}

/// Returns a text without its quotes and escapes. A quote inside must be escaped.
fn unquoted(text: &str) -> Option<String> {
    let mut letters = text.chars();
    let quote = letters.next().filter(|quote| ['"', '\''].contains(quote))?;
    let mut unquoted = String::new();
    loop {
        match letters.next()? {
            '\\' => unquoted.push(letters.next()?),
            letter if letter == quote => break,
            letter => unquoted.push(letter),
        }
    }
    letters.next().is_none().then_some(unquoted)
}

/// Revisions between two times, both included.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Period {
    pub(super) start: Option<OffsetDateTime>,
    pub(super) end: Option<OffsetDateTime>,
}

impl Period {
    /// Parses `revision_create_time >= T && revision_create_time <= T`, or one of both, or nothing.
    pub(super) fn parse(filter: &str) -> Result<Self, Problem> {
        let message =
            "The filter must have the form revision_create_time >= T && revision_create_time <= T.";
        let wrong = || Problem::Invalid(message.to_owned());
        let mut period = Self::default();
        for condition in filter.split("&&").filter(|_| !filter.is_empty()) {
            let condition = condition.trim().strip_prefix("revision_create_time");
            let condition = condition.ok_or_else(wrong)?.trim_start();
            let time = |text: &str| parse_time(text.trim()).ok_or_else(wrong);
            if let Some(start) = condition.strip_prefix(">=") {
                period.start = Some(time(start)?);
            } else if let Some(end) = condition.strip_prefix("<=") {
                period.end = Some(time(end)?);
            } else {
                return Err(wrong());
            }
        }
        Ok(period)
    }

    pub(super) fn contains(&self, time: OffsetDateTime) -> bool {
        self.start.is_none_or(|start| start <= time) && self.end.is_none_or(|end| time <= end)
    }
}

/// Parses a time of RFC 3339, with or without quotes; one without an offset is in UTC.
pub(super) fn parse_time(text: &str) -> Option<OffsetDateTime> {
    let text = text.trim_matches(['"', '\'']);
    parse_timestamp(text).or_else(|| parse_timestamp(&format!("{text}Z")))
}

#[cfg(test)]
mod tests {
    use super::{Period, parse_time, prefix};

    #[test]
    fn prefixes() {
        let text = |filter: &str| prefix(filter).ok();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(text(""), some(""));
        assert_eq!(text("id.startsWith(\"a)\")"), some("a)"));
        assert_eq!(text("id.startsWith('it\\'s')"), some("it's"));
        assert_eq!(text("id.startsWith( \"\\\"\\\\\" )"), some("\"\\"));
        for wrong in [
            "id == \"a\"",
            "id.startsWith(a)",
            "id.startsWith(\"a)",
            "id.startsWith(\"a\"b\")",
            "id.startsWith(\"a\") && true",
        ] {
            assert_eq!(text(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn periods() {
        let filter = "revision_create_time >= 2000-01-01T00:00:00Z && \
            revision_create_time <= 2001-01-01T00:00:00+00:00";
        let period = Period::parse(filter).unwrap_or_default();
        let contains = |text: &str| parse_time(text).is_some_and(|time| period.contains(time));
        assert!(contains("2000-01-01T00:00:00Z") && contains("2001-01-01T00:00:00"));
        assert!(!contains("1999-12-31T23:59:59Z") && !contains("2001-01-01T00:00:01Z"));
        for wrong in [
            "revision_create_time > 2000-01-01T00:00:00Z",
            "time >= 2000-01-01T00:00:00Z",
            "revision_create_time >= today",
        ] {
            assert!(Period::parse(wrong).is_err(), "{wrong}");
        }
    }
}
