//! Amounts of US dollars.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};
use crate::models::Decimal;
use crate::models::serde_helpers::integer;

/// An amount of US dollars in millionths, which is never a floating-point number.
///
/// ```
/// use rblx_open_cloud::models::MicroUsd;
///
/// let budget = MicroUsd::dollars(5);
/// assert_eq!(budget.micros(), 5_000_000);
/// assert_eq!(budget, "5.00".parse()?);
/// assert_eq!(MicroUsd::cents(1999).to_string(), "19.99 USD");
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct MicroUsd(u64);

/// A dollar in millionths.
const DOLLAR: u64 = 1_000_000;
/// A cent in millionths.
const CENT: u64 = 10_000;

impl MicroUsd {
    /// Creates an amount from millionths of a dollar.
    #[must_use]
    pub const fn new(micros: u64) -> Self {
        Self(micros)
    }

    /// Creates an amount from whole dollars.
    #[must_use]
    pub const fn dollars(dollars: u32) -> Self {
        // 2^32 dollars are less than 2^64 millionths.
        Self((dollars as u64).saturating_mul(DOLLAR))
    }

    /// Creates an amount from cents.
    #[must_use]
    pub const fn cents(cents: u32) -> Self {
        Self((cents as u64).saturating_mul(CENT))
    }

    /// Returns the amount in millionths of a dollar.
    #[must_use]
    pub const fn micros(self) -> u64 {
        self.0
    }
}

/// Parses dollars such as `5`, `4.99` or `0.000001`.
impl FromStr for MicroUsd {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let decimal = text.parse::<Decimal>().ok();
        let micros = decimal.and_then(|decimal| decimal.with_exponent(-6));
        let micros = micros.and_then(|micros| u64::try_from(micros.significand()).ok());
        micros.map(Self).ok_or_else(|| {
            Error::invalid_input(format!(
                "{text:?} is not an amount of dollars with up to six digits after the point"
            ))
        })
    }
}

/// Writes dollars with at least two digits after the point.
impl fmt::Display for MicroUsd {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (dollars, micros) = (self.0 / DOLLAR, self.0 % DOLLAR);
        let text = if micros.is_multiple_of(CENT) {
            format!("{dollars}.{:02} USD", micros / CENT)
        } else {
            let digits = format!("{micros:06}");
            format!("{dollars}.{} USD", digits.trim_end_matches('0'))
        };
        formatter.pad(&text)
    }
}

/// Writes a text of digits, as the service does.
impl Serialize for MicroUsd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// Reads a text of digits or a whole number.
impl<'de> Deserialize<'de> for MicroUsd {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        integer(deserializer).map(Self)
    }
}
