//! Timestamps: RFC 3339 with any number of fraction digits, as texts.

use std::fmt;

use serde::de::{Deserializer, Error, Unexpected, Visitor};
use time::format_description::well_known::Rfc3339;
use time::formatting::Formattable;
use time::{OffsetDateTime, UtcOffset};

pub(crate) use time::serde::rfc3339::serialize;

/// Returns a time as requests have it: RFC 3339 in UTC.
pub(crate) fn utc_text(time: OffsetDateTime) -> crate::Result<String> {
    utc_text_in(&Rfc3339, time)
}

/// Returns a time in UTC, in another format.
pub(crate) fn utc_text_in(
    format: &impl Formattable,
    time: OffsetDateTime,
) -> crate::Result<String> {
    let utc = time.checked_to_offset(UtcOffset::UTC);
    let text = utc.and_then(|utc| utc.format(format).ok());
    text.ok_or_else(|| {
        crate::Error::invalid_input(format!(
            "the time {time} cannot be sent: in UTC, its year is not between 0 and 9999"
        ))
    })
}

/// Reads a timestamp that is required.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<OffsetDateTime, D::Error> {
    deserializer
        .deserialize_any(TimestampVisitor)?
        .ok_or_else(|| D::Error::invalid_value(Unexpected::Option, &TimestampVisitor))
}

/// Timestamps that may be null or empty.
pub(crate) mod option {
    use serde::de::Deserializer;
    use time::OffsetDateTime;

    use super::TimestampVisitor;

    pub(crate) use time::serde::rfc3339::option::serialize;

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<OffsetDateTime>, D::Error> {
        deserializer.deserialize_any(TimestampVisitor)
    }
}

/// Timestamps of requests, which are written in UTC.
#[cfg(any(
    feature = "ads",
    feature = "analytics",
    feature = "configs",
    feature = "localization"
))]
pub(crate) mod in_utc {
    use serde::ser::{Error, Serializer};
    use time::OffsetDateTime;

    pub(crate) fn serialize<S: Serializer>(
        time: &OffsetDateTime,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let text = super::utc_text(*time);
        serializer.serialize_str(&text.map_err(|error| S::Error::custom(error.message()))?)
    }

    /// Timestamps that may be null or empty.
    #[cfg(any(feature = "ads", feature = "localization"))]
    pub(crate) mod option {
        use serde::ser::Serializer;
        use time::OffsetDateTime;

        #[cfg(feature = "ads")]
        pub(crate) use super::super::option::deserialize;

        #[allow(clippy::ref_option, reason = "the signature of serde")]
        pub(crate) fn serialize<S: Serializer>(
            time: &Option<OffsetDateTime>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            match time {
                Some(time) => super::serialize(time, serializer),
                None => serializer.serialize_none(),
            }
        }
    }
}

/// Returns a placeholder for a time that the service does not report, for fields that are not optional.
pub(crate) fn unknown() -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH
}

/// Timestamps that may be null or empty, for fields that are not optional.
pub(crate) mod or_unknown {
    use serde::de::Deserializer;
    use time::OffsetDateTime;

    pub(crate) use time::serde::rfc3339::serialize;

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<OffsetDateTime, D::Error> {
        let time = super::option::deserialize(deserializer)?;
        Ok(time.unwrap_or_else(super::unknown))
    }
}

/// Timestamps that may come as milliseconds since 1970, and may be null or empty.
pub(crate) mod or_milliseconds {
    use serde::de::{Deserialize as _, Deserializer};
    use serde_json::Value;
    use time::{Duration, OffsetDateTime};

    pub(crate) use time::serde::rfc3339::option::serialize;

    use super::super::parse_i64;

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<OffsetDateTime>, D::Error> {
        use serde::de::Error as _;

        let value = Value::deserialize(deserializer)?;
        let digits = value.as_str().and_then(parse_i64);
        let Some(milliseconds) = value.as_i64().or(digits) else {
            return super::option::deserialize(value).map_err(D::Error::custom);
        };
        let since_1970 = Duration::milliseconds(milliseconds);
        let time = OffsetDateTime::UNIX_EPOCH.checked_add(since_1970);
        time.map(Some)
            .ok_or_else(|| D::Error::custom(format!("{milliseconds} ms is not a time")))
    }
}

/// A timestamp where no attribute can set the format, as in a map.
#[derive(Debug, serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Timestamp(#[serde(with = "option")] pub(crate) Option<OffsetDateTime>);

struct TimestampVisitor;

impl Visitor<'_> for TimestampVisitor {
    type Value = Option<OffsetDateTime>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a timestamp such as 2023-07-05T12:34:56Z")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.is_empty() {
            return Ok(None);
        }
        let parsed = OffsetDateTime::parse(text, &Rfc3339);
        parsed
            .map(Some)
            .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}
