//! Amounts of money, exact to the last digit: no floating point anywhere.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};

use crate::error::{Error, Result};
use crate::models::serde_helpers::{ExactInteger, parse_i64};

/// A decimal number, exact: a significand times a power of ten.
///
/// Numbers compare by what they are worth, however they are written.
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

/// Beyond this many zeros a number is shown with an exponent: the service may send one of two thousand million zeros.
const MAX_ZEROS: i64 = 40;

impl Decimal {
    /// `significand × 10^exponent`.
    #[must_use]
    pub const fn new(significand: i64, exponent: i32) -> Self {
        Self {
            significand,
            exponent,
        }
    }

    /// The digits, as they were given or sent.
    #[must_use]
    pub const fn significand(self) -> i64 {
        self.significand
    }

    /// The power of ten that the digits are multiplied by, as it was given or sent.
    #[must_use]
    pub const fn exponent(self) -> i32 {
        self.exponent
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.significand == 0
    }

    /// The same number with this exponent, if it can be written so.
    #[must_use]
    pub fn with_exponent(self, exponent: i32) -> Option<Self> {
        let (significand, current) = self.shortest();
        let zeros = if significand == 0 {
            0
        } else {
            u32::try_from(current.checked_sub(i64::from(exponent))?).ok()?
        };
        let significand = significand.checked_mul(10_i64.checked_pow(zeros)?)?;
        Some(Self::new(significand, exponent))
    }

    /// Without zeros at the end of the significand: one form for each number.
    fn shortest(self) -> (i64, i64) {
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
        self.shortest() == other.shortest()
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.shortest().hash(state);
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right) = (self.shortest(), other.shortest());
        left.0.signum().cmp(&right.0.signum()).then_with(|| {
            let sizes = cmp_sizes(left, right);
            if left.0 < 0 { sizes.reverse() } else { sizes }
        })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Which one is farther from zero.
fn cmp_sizes(left: (i64, i64), right: (i64, i64)) -> Ordering {
    let first_digit = |(significand, exponent): (i64, i64)| {
        let digits = significand.unsigned_abs().checked_ilog10();
        exponent.saturating_add(i64::from(digits.unwrap_or_default()))
    };
    let scaled = |significand: i64, by: i64| {
        let zeros = u32::try_from(by).unwrap_or_default();
        u128::from(significand.unsigned_abs()).saturating_mul(10_u128.saturating_pow(zeros))
    };
    // Where the first digits stand at the same place, the exponents differ by less than 20.
    first_digit(left).cmp(&first_digit(right)).then_with(|| {
        let apart = left.1.saturating_sub(right.1);
        scaled(left.0, apart).cmp(&scaled(right.0, apart.saturating_neg()))
    })
}

/// In plain digits, without zeros at the end; with an exponent only where there would be more than 40 zeros. A
/// precision such as `{:.2}` asks for at least so many places, and never cuts one off.
impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (significand, exponent) = self.shortest();
        let digits = significand.unsigned_abs().to_string();
        let text = if exponent.saturating_abs() > MAX_ZEROS {
            format!("{digits}e{exponent}")
        } else {
            plain(&digits, exponent, formatter.precision().unwrap_or_default())
        };
        formatter.pad_integral(significand >= 0, "", &text)
    }
}

/// The digits with the point where it belongs, and at least so many places after it.
fn plain(digits: &str, exponent: i64, least: usize) -> String {
    let zeros = usize::try_from(exponent.unsigned_abs()).unwrap_or_default();
    let (whole, places) = if exponent >= 0 {
        (format!("{digits}{}", "0".repeat(zeros)), String::new())
    } else {
        let padded = format!("{digits:0>width$}", width = zeros.saturating_add(1));
        let point = padded.len().saturating_sub(zeros);
        let (whole, places) = padded.split_at_checked(point).unwrap_or_default();
        (whole.to_owned(), places.to_owned())
    };
    let missing = "0".repeat(least.saturating_sub(places.len()));
    match places.len().max(least) {
        0 => whole,
        _ => format!("{whole}.{places}{missing}"),
    }
}

impl FromStr for Decimal {
    type Err = Error;

    /// From a text such as `4.99`, `-3`, `0.005` or `1e9`.
    fn from_str(text: &str) -> Result<Self> {
        parse(text).ok_or_else(|| {
            Error::invalid_input(format!(
                "{text:?} is no decimal number that fits: digits and a point expected, at most 18 digits that count"
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

/// The digits without the point, and how many stand after it.
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

/// An amount of money.
///
/// ```
/// use rblx_open_cloud::models::Money;
///
/// let price = Money::parse("USD", "5.50")?;
/// assert_eq!(price.to_string(), "5.5 USD");
/// assert_eq!(format!("{price:.2}"), "5.50 USD");
/// assert!(price > Money::parse("USD", "4.99")?);
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
///
/// Amounts of two currencies are neither equal nor in any order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Money {
    /// The currency as ISO 4217 names it, such as `USD`; further ones begin with `X-`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
    /// How much.
    pub quantity: Decimal,
}

impl Money {
    /// So much of this currency.
    #[must_use]
    pub fn new(currency_code: impl Into<String>, quantity: Decimal) -> Self {
        Self {
            currency_code: Some(currency_code.into()),
            quantity,
        }
    }

    /// An amount in digits, such as `4.99`.
    ///
    /// # Errors
    /// `InvalidInput` if it is no decimal number, or one of too many digits.
    pub fn parse(currency_code: impl Into<String>, amount: &str) -> Result<Self> {
        Ok(Self::new(currency_code, amount.parse()?))
    }

    /// A price that may be null, or lack its amount: that is no price, not one of zero.
    pub(super) fn optional<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        Ok(Option::<MoneyWire>::deserialize(deserializer)?.and_then(MoneyWire::money))
    }
}

impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.currency_code == other.currency_code).then(|| self.quantity.cmp(&other.quantity))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.quantity.fmt(formatter)?;
        match &self.currency_code {
            Some(currency) => write!(formatter, " {currency}"),
            None => Ok(()),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an amount of money")]
struct MoneyWire {
    currency_code: Option<String>,
    quantity: Option<Decimal>,
}

impl MoneyWire {
    fn money(self) -> Option<Money> {
        Some(Money {
            currency_code: self.currency_code.filter(|code| !code.is_empty()),
            quantity: self.quantity?,
        })
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        MoneyWire::deserialize(deserializer)?
            .money()
            .ok_or_else(|| D::Error::missing_field("quantity"))
    }
}

/// What is zero may be left out.
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
