//! Amounts of money.

use std::cmp::Ordering;
use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::Decimal;
use crate::error::Result;
use crate::models::serde_helpers::{is_none, non_empty};

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
/// Amounts of different currencies are neither equal nor ordered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Money {
    /// Currency code of ISO 4217 such as `USD`. Other currencies start with `X-`.
    #[serde(skip_serializing_if = "is_none")]
    pub currency_code: Option<String>,
    /// Amount.
    pub quantity: Decimal,
}

impl Money {
    /// Creates an amount of a currency.
    #[must_use]
    pub fn new(currency_code: impl Into<String>, quantity: Decimal) -> Self {
        Self {
            currency_code: Some(currency_code.into()),
            quantity,
        }
    }

    /// Parses an amount such as `4.99`.
    ///
    /// # Errors
    /// `InvalidInput` if the text is not a decimal number, or has too many digits.
    pub fn parse(currency_code: impl Into<String>, amount: &str) -> Result<Self> {
        Ok(Self::new(currency_code, amount.parse()?))
    }

    /// Reads a price. One that is null or has no amount is `None`, not zero.
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
            currency_code: non_empty(self.currency_code),
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
