//! Integers: as numbers, and as texts of digits, as JSON writes 64-bit numbers.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// Parses decimal digits only.
pub(crate) fn parse_u64(text: &str) -> Option<u64> {
    // `parse` accepts a plus sign as well.
    (!text.starts_with('+')).then(|| text.parse().ok())?
}

/// Parses decimal digits with an optional minus sign.
pub(crate) fn parse_i64(text: &str) -> Option<i64> {
    (!text.starts_with('+')).then(|| text.parse().ok())?
}

/// Reads a whole number from a number or a text of digits.
pub(crate) fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    deserializer.deserialize_any(UnsignedVisitor)
}

/// Reads a count that may be null or absent.
pub(crate) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(Option::<Integer>::deserialize(deserializer)?.map(|Integer(number)| number))
}

/// Reads a count of 32 bits that may be null or absent.
pub(crate) fn small_count<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<u32>, D::Error> {
    let Some(number) = count(deserializer)? else {
        return Ok(None);
    };
    let small = u32::try_from(number);
    small
        .map(Some)
        .map_err(|_| D::Error::invalid_value(Unexpected::Unsigned(number), &"a number of 32 bits"))
}

/// Reads a list of counts that may be null.
pub(crate) fn counts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u64>, D::Error> {
    let list = Option::<Vec<Integer>>::deserialize(deserializer)?;
    let numbers = list.unwrap_or_default().into_iter();
    Ok(numbers.map(|Integer(number)| number).collect())
}

/// Reads a signed integer that may be null or absent.
pub(crate) fn optional_signed<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<i64>, D::Error> {
    Ok(Option::<SignedInteger>::deserialize(deserializer)?.map(|SignedInteger(number)| number))
}

/// A whole number that is read from a number or a text of digits.
#[derive(Debug)]
pub(crate) struct Integer(pub(crate) u64);

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        integer(deserializer).map(Self)
    }
}

/// A signed integer that is read from a number, a float without a fraction (`5.0`, `1e3`), or a text.
#[derive(Debug)]
pub(crate) struct SignedInteger(pub(crate) i64);

impl<'de> Deserialize<'de> for SignedInteger {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let visitor = SignedVisitor { floats: true };
        deserializer.deserialize_any(visitor).map(Self)
    }
}

/// A signed integer that is never read from a float: amounts of money stay exact.
#[derive(Debug)]
pub(crate) struct ExactInteger(pub(crate) i64);

impl<'de> Deserialize<'de> for ExactInteger {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let visitor = SignedVisitor { floats: false };
        deserializer.deserialize_any(visitor).map(Self)
    }
}

struct UnsignedVisitor;

impl Visitor<'_> for UnsignedVisitor {
    type Value = u64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a whole number or a text of digits")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<u64, E> {
        Ok(number)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<u64, E> {
        u64::try_from(number).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<u64, E> {
        parse_u64(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

struct SignedVisitor {
    floats: bool,
}

impl Visitor<'_> for SignedVisitor {
    type Value = i64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a whole number or a text of one")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<i64, E> {
        i64::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<i64, E> {
        whole(number)
            .filter(|_| self.floats)
            .ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<i64, E> {
        parse_i64(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// Returns the float as an integer, if it has no fraction and is in range.
pub(crate) fn whole(number: f64) -> Option<i64> {
    // A cast would clamp numbers that are out of range.
    (number.fract() == 0.0).then(|| format!("{number:.0}").parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_integers() {
        let read = |json: &str| serde_json::from_str::<SignedInteger>(json).map(|read| read.0);
        for (json, number) in [
            ("5", 5),
            ("-5", -5),
            ("5.0", 5),
            ("1e3", 1000),
            ("-2.5e1", -25),
            ("\"-7\"", -7),
            ("9223372036854775807", i64::MAX),
            ("\"-9223372036854775808\"", i64::MIN),
            ("-0.0", 0),
        ] {
            assert_eq!(read(json).ok(), Some(number), "{json}");
        }
        for json in [
            "5.5",
            "1e19",
            "-1e300",
            "\"5.0\"",
            "\"+5\"",
            "\"\"",
            "9223372036854775808",
            "true",
            "null",
            "[]",
        ] {
            assert!(read(json).is_err(), "{json}");
        }
        assert!(serde_json::from_str::<ExactInteger>("1e3").is_err());
    }
}
