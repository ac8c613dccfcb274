//! Game passes as the service returns them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::pricing::{PriceWire, PricingFeature};
use crate::models::censorship::is_censored;
use crate::models::serde_helpers::{
    count, is_none, null_to_default, optional_id, required_id, timestamp,
};
use crate::models::{AssetId, GamePassId};

/// A game pass: something that a player buys once.
///
/// The service writes price and pricing features in a separate object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", from = "PassWire")]
#[non_exhaustive]
pub struct GamePass {
    /// Game pass id.
    pub game_pass_id: GamePassId,
    /// Name. The service may have [changed](Self::is_name_censored) it.
    pub name: String,
    /// Description.
    pub description: String,
    /// Whether it can be bought.
    pub is_for_sale: bool,
    /// Image asset of the icon.
    #[serde(skip_serializing_if = "is_none")]
    pub icon_asset_id: Option<AssetId>,
    /// Price in Robux. `None` while it is off sale.
    #[serde(skip_serializing_if = "is_none")]
    pub default_price_in_robux: Option<u64>,
    /// Pricing features that the service applies.
    pub pricing_features: Vec<PricingFeature>,
    /// Whether the service manages the price.
    #[serde(skip_serializing_if = "is_none")]
    pub is_managed_pricing_enabled: Option<bool>,
    /// Creation time.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub created: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub updated: Option<OffsetDateTime>,
}

impl GamePass {
    /// Returns whether the service wrote `#` in place of letters of the requested name. It does so without an
    /// error when it moderates a name.
    #[must_use]
    pub fn is_name_censored(&self, requested: &str) -> bool {
        is_censored(requested, &self.name)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a game pass")]
struct PassWire {
    #[serde(deserialize_with = "required_id")]
    game_pass_id: GamePassId,
    #[serde(default, deserialize_with = "null_to_default")]
    name: String,
    #[serde(default, deserialize_with = "null_to_default")]
    description: String,
    #[serde(default, deserialize_with = "null_to_default")]
    is_for_sale: bool,
    #[serde(default, alias = "iconImageAssetId", deserialize_with = "optional_id")]
    icon_asset_id: Option<AssetId>,
    #[serde(default, deserialize_with = "null_to_default")]
    price_information: PriceWire,
    #[serde(default, deserialize_with = "count")]
    default_price_in_robux: Option<u64>,
    #[serde(default, deserialize_with = "null_to_default")]
    pricing_features: Vec<PricingFeature>,
    is_managed_pricing_enabled: Option<bool>,
    #[serde(default, alias = "createdTimestamp", with = "timestamp::option")]
    created: Option<OffsetDateTime>,
    #[serde(default, alias = "updatedTimestamp", with = "timestamp::option")]
    updated: Option<OffsetDateTime>,
}

impl From<PassWire> for GamePass {
    fn from(wire: PassWire) -> Self {
        let price = wire.price_information;
        let mut pricing_features = wire.pricing_features;
        pricing_features.extend(price.enabled_features);
        Self {
            game_pass_id: wire.game_pass_id,
            name: wire.name,
            description: wire.description,
            is_for_sale: wire.is_for_sale,
            // The service writes 0 in place of an absent icon.
            icon_asset_id: wire.icon_asset_id.filter(|id| id.get() != 0),
            default_price_in_robux: wire.default_price_in_robux.or(price.default_price_in_robux),
            pricing_features,
            is_managed_pricing_enabled: wire.is_managed_pricing_enabled,
            created: wire.created,
            updated: wire.updated,
        }
    }
}
