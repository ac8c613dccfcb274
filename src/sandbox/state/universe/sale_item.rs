//! Developer products and game passes, which have the same settings.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use crate::sandbox::clock::timestamp;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SaleItem {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) icon: Option<u64>,
    pub(crate) is_for_sale: bool,
    /// The price. It is kept while the item is off sale.
    pub(crate) price: Option<u64>,
    pub(crate) is_managed_pricing_enabled: bool,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) updated: OffsetDateTime,
}

impl SaleItem {
    pub(crate) fn new(id: u64, name: &str, now: OffsetDateTime) -> Self {
        Self {
            id,
            name: name.to_owned(),
            description: String::new(),
            icon: None,
            is_for_sale: false,
            price: None,
            is_managed_pricing_enabled: false,
            created: now,
            updated: now,
        }
    }

    /// Puts it on sale.
    pub(crate) fn price(mut self, robux: u64) -> Self {
        self.price = Some(robux);
        self.is_for_sale = true;
        self
    }

    pub(crate) fn to_product(&self, universe: u64) -> Value {
        let mut fields = self.fields();
        let mut add = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        add("productId", json!(self.id));
        add("universeId", json!(universe));
        add("iconImageAssetId", json!(self.icon));
        add("storePageEnabled", json!(false));
        add("isImmutable", json!(false));
        fields.into()
    }

    /// Passes without an icon get the default icon of the service.
    pub(crate) fn to_pass(&self) -> Value {
        let mut fields = self.fields();
        let mut add = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        add("gamePassId", json!(self.id));
        add("iconAssetId", json!(self.icon.unwrap_or_default()));
        fields.into()
    }

    fn fields(&self) -> Map<String, Value> {
        let price = self.price.filter(|_| self.is_for_sale);
        let features: &[&str] = if self.is_managed_pricing_enabled {
            &["RegionalPricing"]
        } else {
            &[]
        };
        let price =
            price.map(|price| json!({ "defaultPriceInRobux": price, "enabledFeatures": features }));
        let fields = [
            ("name", json!(self.name)),
            ("description", json!(self.description)),
            ("isForSale", json!(self.is_for_sale)),
            ("priceInformation", json!(price)),
            (
                "isManagedPricingEnabled",
                json!(self.is_managed_pricing_enabled),
            ),
            ("createdTimestamp", json!(timestamp(self.created))),
            ("updatedTimestamp", json!(timestamp(self.updated))),
        ];
        fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}
