//! Decimal numbers, exact to the last digit: without floating-point numbers.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};

use crate::error::{Error, Result};
use crate::models::serde_helpers::{ExactInteger, parse_i64};

/// An exact decimal number: a significand times a power of ten.
///
/// Numbers compare by value: `4.99` equals `4.990`.
///
/// ```
/// use rblx_open_cloud::models::Decimal;
///
/// let price: Decimal = "4.99".parse()?;
/// assert_eq!(price, Decimal::new(4_990_000_000, -9));
/// assert!(price < "5".parse()?);
/// assert_eq!(price.to_string(), "4.99");
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Decimal {
    significand: i64,
    exponent: i32,
}

/// Numbers with more zeros are displayed with an exponent: the service may send one with two billion zeros.
const MAX_ZEROS: i64 = 40;

impl Decimal {
    /// Creates `significand × 10^exponent`.
    #[must_use]
    pub const fn new(significand: i64, exponent: i32) -> Self {
        Self {
            significand,
            exponent,
        }
    }

    /// Returns the significand as it was given or received.
    #[must_use]
    pub const fn significand(self) -> i64 {
        self.significand
    }

    /// Returns the exponent as it was given or received.
    #[must_use]
    pub const fn exponent(self) -> i32 {
        self.exponent
    }

    /// Returns whether the number is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.significand == 0
    }

    /// Returns the same number with another exponent, if it has such a form.
    #[must_use]
    pub fn with_exponent(self, exponent: i32) -> Option<Self> {
        let (significand, current) = self.normalized();
        let zeros = if significand == 0 {
            0
        } else {
            u32::try_from(current.checked_sub(i64::from(exponent))?).ok()?
        };
        let significand = significand.checked_mul(10_i64.checked_pow(zeros)?)?;
        Some(Self::new(significand, exponent))
    }

    /// Returns significand and exponent without trailing zeros in the significand. Equal numbers have the same result.
    fn normalized(self) -> (i64, i64) {
        let (mut significand, mut exponent) = (self.significand, i64::from(self.exponent));
        if significand == 0 {
            return (0, 0);
        }
        while significand % 10 == 0 {
            significand /= 10;
            exponent = exponent.saturating_add(1);
        }
        (significand, exponent)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.normalized() == other.normalized()
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.normalized().hash(state);
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right) = (self.normalized(), other.normalized());
        left.0.signum().cmp(&right.0.signum()).then_with(|| {
            let sizes = cmp_magnitudes(left, right);
            if left.0 < 0 { sizes.reverse() } else { sizes }
        })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares the absolute values.
fn cmp_magnitudes(left: (i64, i64), right: (i64, i64)) -> Ordering {
    let first_digit = |(significand, exponent): (i64, i64)| {
        let digits = significand.unsigned_abs().checked_ilog10();
        exponent.saturating_add(i64::from(digits.unwrap_or_default()))
    };
    let scaled = |significand: i64, by: i64| {
        let zeros = u32::try_from(by).unwrap_or_default();
        u128::from(significand.unsigned_abs()).saturating_mul(10_u128.saturating_pow(zeros))
    };
    // If the first digits have the same power of ten, the exponents differ by less than 20.
    first_digit(left).cmp(&first_digit(right)).then_with(|| {
        let apart = left.1.saturating_sub(right.1);
        scaled(left.0, apart).cmp(&scaled(right.0, apart.saturating_neg()))
    })
}

/// Writes plain digits without trailing zeros, or an exponent where there would be more than 40 zeros. A precision such
/// as `{:.2}` sets the minimum number of decimal places; digits are never cut off.
impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (significand, exponent) = self.normalized();
        let digits = significand.unsigned_abs().to_string();
        let text = if exponent.saturating_abs() > MAX_ZEROS {
            format!("{digits}e{exponent}")
        } else {
            plain(&digits, exponent, formatter.precision().unwrap_or_default())
        };
        formatter.pad_integral(significand >= 0, "", &text)
    }
}

/// Returns the digits with the decimal point, and at least `min_places` decimal places.
fn plain(digits: &str, exponent: i64, min_places: usize) -> String {
    let zeros = usize::try_from(exponent.unsigned_abs()).unwrap_or_default();
    let (whole, places) = if exponent >= 0 {
        (format!("{digits}{}", "0".repeat(zeros)), String::new())
    } else {
        let padded = format!("{digits:0>width$}", width = zeros.saturating_add(1));
        let point = padded.len().saturating_sub(zeros);
        let (whole, places) = padded.split_at_checked(point).unwrap_or_default();
        (whole.to_owned(), places.to_owned())
    };
    let missing = "0".repeat(min_places.saturating_sub(places.len()));
    match places.len().max(min_places) {
        0 => whole,
        _ => format!("{whole}.{places}{missing}"),
    }
}

impl FromStr for Decimal {
    type Err = Error;

    /// Parses a text such as `4.99`, `-3`, `0.005` or `1e9`.
    fn from_str(text: &str) -> Result<Self> {
        parse(text).ok_or_else(|| {
            Error::invalid_input(format!(
                "{text:?} is not a decimal number with at most 18 significant digits"
            ))
        })
    }
}

fn parse(text: &str) -> Option<Decimal> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (number, power) = match rest.split_once(['e', 'E']) {
        Some((number, power)) => (number, parse_i64(power)?),
        None => (rest, 0),
    };
    let (digits, places) = digits_and_places(number)?;
    let shortest = digits.trim_end_matches('0');
    if shortest.is_empty() {
        return Some(Decimal::new(0, 0));
    }
    let zeros = digits.len().saturating_sub(shortest.len());
    let shift = i64::try_from(zeros).ok()? - i64::try_from(places).ok()?;
    Some(Decimal {
        significand: [sign, shortest].concat().parse().ok()?,
        exponent: power.checked_add(shift)?.try_into().ok()?,
    })
}

/// Returns the digits without the point, and the number of decimal places.
fn digits_and_places(number: &str) -> Option<(String, usize)> {
    let (whole, places) = match number.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (number, ""),
    };
    let digits = [whole, places].concat();
    let is_number = !whole.is_empty() && digits.bytes().all(|letter| letter.is_ascii_digit());
    is_number.then_some((digits, places.len()))
}

/// Zeros may be left out.
#[derive(Deserialize)]
#[serde(expecting = "a decimal number")]
struct DecimalWire {
    significand: Option<ExactInteger>,
    exponent: Option<ExactInteger>,
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = DecimalWire::deserialize(deserializer)?;
        let exponent = wire.exponent.map_or(0, |number| number.0);
        Ok(Self {
            significand: wire.significand.map_or(0, |number| number.0),
            exponent: exponent.try_into().map_err(|_| {
                D::Error::invalid_value(Unexpected::Signed(exponent), &"an exponent of 32 bits")
            })?,
        })
    }
}
