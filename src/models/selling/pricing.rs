//! Prices as the service writes them.

use serde::Deserialize;

use crate::models::serde_helpers::{count, null_to_default};

open_enum! {
    /// A pricing feature that the service applies to a product or a pass.
    PricingFeature,
    /// Not a feature.
    Invalid = "Invalid",
    /// The service tries prices to find the best one.
    PriceOptimization = "PriceOptimization",
    /// Some users pay a different price.
    UserFixedPrice = "UserFixedPrice",
    /// Users pay a price for their region.
    RegionalPricing = "RegionalPricing",
}

/// Price and pricing features. `null` while the item is off sale.
#[derive(Deserialize, Default)]
#[serde(
    default,
    rename_all = "camelCase",
    expecting = "the pricing information"
)]
pub(super) struct PriceWire {
    #[serde(deserialize_with = "count")]
    pub(super) default_price_in_robux: Option<u64>,
    #[serde(deserialize_with = "null_to_default")]
    pub(super) enabled_features: Vec<PricingFeature>,
}
