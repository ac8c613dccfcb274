//! Developer products as the service returns them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::pricing::{PriceWire, PricingFeature};
use crate::models::censorship::is_censored;
use crate::models::serde_helpers::{
    count, is_none, null_to_default, optional_id, required_id, timestamp,
};
use crate::models::{AssetId, DeveloperProductId, UniverseId};

/// A developer product: something that players can buy many times.
///
/// The service writes price and pricing features in a separate object.
#[doc(alias = "dev product")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", from = "ProductWire")]
#[non_exhaustive]
pub struct DeveloperProduct {
    /// Product id.
    pub product_id: DeveloperProductId,
    /// Universe of the product.
    #[serde(skip_serializing_if = "is_none")]
    pub universe_id: Option<UniverseId>,
    /// Name. The service may have [changed](Self::is_name_censored) it.
    pub name: String,
    /// Description.
    pub description: String,
    /// Image asset of the icon.
    #[serde(skip_serializing_if = "is_none")]
    pub icon_asset_id: Option<AssetId>,
    /// Whether it can be bought.
    pub is_for_sale: bool,
    /// Whether it can be bought on the store page outside of the experience. The service has deprecated this field.
    #[serde(skip_serializing_if = "is_none")]
    pub store_page_enabled: Option<bool>,
    /// Price in Robux. `None` while it is off sale.
    #[serde(skip_serializing_if = "is_none")]
    pub default_price_in_robux: Option<u64>,
    /// Pricing features that the service applies.
    pub pricing_features: Vec<PricingFeature>,
    /// Whether it cannot be changed.
    #[serde(skip_serializing_if = "is_none")]
    pub is_immutable: Option<bool>,
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

impl DeveloperProduct {
    /// Returns whether the service wrote `#` in place of letters of the requested name. It does so without an
    /// error when it moderates a name.
    #[must_use]
    pub fn is_name_censored(&self, requested: &str) -> bool {
        is_censored(requested, &self.name)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a developer product")]
struct ProductWire {
    #[serde(deserialize_with = "required_id")]
    product_id: DeveloperProductId,
    #[serde(default, deserialize_with = "optional_id")]
    universe_id: Option<UniverseId>,
    #[serde(default, deserialize_with = "null_to_default")]
    name: String,
    #[serde(default, deserialize_with = "null_to_default")]
    description: String,
    #[serde(default, alias = "iconImageAssetId", deserialize_with = "optional_id")]
    icon_asset_id: Option<AssetId>,
    #[serde(default, deserialize_with = "null_to_default")]
    is_for_sale: bool,
    store_page_enabled: Option<bool>,
    #[serde(default, deserialize_with = "null_to_default")]
    price_information: PriceWire,
    #[serde(default, deserialize_with = "count")]
    default_price_in_robux: Option<u64>,
    #[serde(default, deserialize_with = "null_to_default")]
    pricing_features: Vec<PricingFeature>,
    is_immutable: Option<bool>,
    is_managed_pricing_enabled: Option<bool>,
    #[serde(default, alias = "createdTimestamp", with = "timestamp::option")]
    created: Option<OffsetDateTime>,
    #[serde(default, alias = "updatedTimestamp", with = "timestamp::option")]
    updated: Option<OffsetDateTime>,
}

impl From<ProductWire> for DeveloperProduct {
    fn from(wire: ProductWire) -> Self {
        let price = wire.price_information;
        let mut pricing_features = wire.pricing_features;
        pricing_features.extend(price.enabled_features);
        Self {
            product_id: wire.product_id,
            universe_id: wire.universe_id,
            name: wire.name,
            description: wire.description,
            // The service writes 0 in place of an absent icon.
            icon_asset_id: wire.icon_asset_id.filter(|id| id.get() != 0),
            is_for_sale: wire.is_for_sale,
            store_page_enabled: wire.store_page_enabled,
            default_price_in_robux: wire.default_price_in_robux.or(price.default_price_in_robux),
            pricing_features,
            is_immutable: wire.is_immutable,
            is_managed_pricing_enabled: wire.is_managed_pricing_enabled,
            created: wire.created,
            updated: wire.updated,
        }
    }
}
