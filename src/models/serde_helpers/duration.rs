//! Durations, as texts: read from `3.5s`, `[d.]hh:mm:ss[.f]` and `P[nD]T[nH][nM][n.nS]`, written as `3.5s`.

use std::fmt;
use std::time::Duration;

use serde::de::{Error, Unexpected, Visitor};

use super::parse_u64;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Parses a duration in any of the three forms.
pub(crate) fn parse(text: &str) -> Option<Duration> {
    if let Some(seconds) = text.strip_suffix('s') {
        parse_seconds(seconds)
    } else if let Some(parts) = text.strip_prefix('P') {
        parse_iso(parts)
    } else {
        parse_clock(text)
    }
}

/// Writes a duration as seconds, such as `3.5s`.
pub(crate) fn to_text(duration: Duration) -> String {
    let (seconds, nanoseconds) = (duration.as_secs(), duration.subsec_nanos());
    if nanoseconds == 0 {
        return format!("{seconds}s");
    }
    let fraction = format!("{nanoseconds:09}");
    format!("{seconds}.{}s", fraction.trim_end_matches('0'))
}

/// Durations that may be null or empty.
pub(crate) mod option {
    use std::time::Duration;

    use serde::de::Deserializer;
    use serde::ser::Serializer;

    use super::{DurationVisitor, to_text};

    #[allow(clippy::ref_option, reason = "the signature of serde")]
    pub(crate) fn serialize<S: Serializer>(
        duration: &Option<Duration>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match duration {
            Some(duration) => serializer.serialize_some(&to_text(*duration)),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Duration>, D::Error> {
        deserializer.deserialize_any(DurationVisitor)
    }
}

struct DurationVisitor;

impl Visitor<'_> for DurationVisitor {
    type Value = Option<Duration>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a duration such as 3.5s, 1.02:03:04 or PT3.5S")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.is_empty() {
            return Ok(None);
        }
        parse(text)
            .map(Some)
            .ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// Parses seconds with up to nine digits after the point.
fn parse_seconds(text: &str) -> Option<Duration> {
    let (whole, fraction) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    let missing = 9_usize.checked_sub(fraction.len())?;
    let nanoseconds = parse_u64(&[fraction, &"0".repeat(missing)].concat())?;
    Some(Duration::new(
        parse_u64(whole)?,
        u32::try_from(nanoseconds).ok()?,
    ))
}

/// Parses `[d.]hh:mm:ss[.f]`.
fn parse_clock(text: &str) -> Option<Duration> {
    let mut parts = text.split(':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let (days, hours) = hours.split_once('.').unwrap_or(("0", hours));
    let is_whole = parts.next().is_none();
    let whole = [(days, DAY), (hours, HOUR), (minutes, MINUTE)];
    sum(&whole)?
        .checked_add(parse_seconds(seconds)?)
        .filter(|_| is_whole)
}

/// Parses what follows the `P` of ISO 8601: days, hours, minutes and seconds.
fn parse_iso(text: &str) -> Option<Duration> {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let (days, rest) = take_unit(date, 'D');
    let (hours, time) = take_unit(time, 'H');
    let (minutes, time) = take_unit(time, 'M');
    let (seconds, time) = take_unit(time, 'S');
    let units = [days, hours, minutes, seconds];
    let is_all = rest.is_empty() && time.is_empty() && units.iter().any(Option::is_some);
    let whole = [
        (days.unwrap_or("0"), DAY),
        (hours.unwrap_or("0"), HOUR),
        (minutes.unwrap_or("0"), MINUTE),
    ];
    sum(&whole)?
        .checked_add(parse_seconds(seconds.unwrap_or("0"))?)
        .filter(|_| is_all)
}

/// Returns the number before a unit, if the text has it, and the text after the unit.
fn take_unit(text: &str, unit: char) -> (Option<&str>, &str) {
    match text.split_once(unit) {
        Some((number, rest)) => (Some(number), rest),
        None => (None, text),
    }
}

fn sum(parts: &[(&str, u64)]) -> Option<Duration> {
    let mut total = 0_u64;
    for (number, unit) in parts {
        total = total.checked_add(parse_u64(number)?.checked_mul(*unit)?)?;
    }
    Some(Duration::from_secs(total))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed test is a panic")]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Timer {
        #[serde(with = "super::option")]
        limit: Option<Duration>,
        #[serde(default, with = "super::option")]
        rest: Option<Duration>,
    }

    #[test]
    fn the_three_forms() {
        for (text, seconds, nanoseconds) in [
            ("60s", 60, 0),
            ("3.5s", 3, 500_000_000),
            ("1.000340012s", 1, 340_012),
            ("31540000s", 31_540_000, 0),
            ("00:01:02", 62, 0),
            ("2.03:04:05", 2 * 86_400 + 3 * 3_600 + 4 * 60 + 5, 0),
            ("00:00:00.1234567", 0, 123_456_700),
            ("PT3S", 3, 0),
            ("PT1H2M3.5S", 3_723, 500_000_000),
            ("P1DT2H", 93_600, 0),
            ("P1D", 86_400, 0),
            ("PT0S", 0, 0),
        ] {
            let read = parse(text);
            assert_eq!(read, Some(Duration::new(seconds, nanoseconds)), "{text}");
        }
        for text in [
            "",
            "s",
            "5",
            "-5s",
            "+5s",
            "5.s",
            ".5s",
            "1e3s",
            "1.1234567890s",
            "1:2",
            "1:2:3:4",
            "P",
            "PT",
            "PT5",
            "PTS",
            "PT1M1H",
            "P1M",
            "18446744073709551616s",
            "PT18446744073709551615H",
            "5 s",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn written_durations_are_read_back() {
        for (seconds, nanoseconds, text) in [
            (0, 0, "0s"),
            (60, 0, "60s"),
            (3, 500_000_000, "3.5s"),
            (1, 340_012, "1.000340012s"),
            (u64::MAX, 999_999_999, "18446744073709551615.999999999s"),
        ] {
            let duration = Duration::new(seconds, nanoseconds);
            assert_eq!(to_text(duration), text);
            assert_eq!(parse(text), Some(duration));
        }
        let timer: Timer = serde_json::from_str(r#"{"limit":"PT1M","rest":null}"#).unwrap();
        let text = serde_json::to_string(&timer).unwrap();
        assert_eq!(text, r#"{"limit":"60s","rest":null}"#);
        assert_eq!(serde_json::from_str::<Timer>(&text).unwrap(), timer);
        assert!(serde_json::from_str::<Timer>(r#"{"limit":"a minute"}"#).is_err());
    }
}
