//! Products to create, and updates of products.

use serde_json::{Map, Value};

use super::{Decimal, Money, StoreAsset};
use crate::error::{Error, Result};

/// A new product of the creator store.
///
/// ```
/// use rblx_open_cloud::models::{Money, NewStoreProduct, StoreAsset};
///
/// let price = Money::parse("USD", "4.99")?;
/// let product = NewStoreProduct::new(StoreAsset::plugin(123)).base_price(price).published(true);
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct NewStoreProduct {
    update: StoreProductUpdate,
}

impl NewStoreProduct {
    /// Creates a product that sells an asset.
    pub fn new(asset: StoreAsset) -> Self {
        Self {
            update: StoreProductUpdate::new().or_create(asset),
        }
    }

    /// Sets the price: in `USD`, and one of those that the service allows for the asset type. Zero makes it free.
    pub fn base_price(self, price: Money) -> Self {
        Self {
            update: self.update.base_price(price),
        }
    }

    /// Sets whether the product is offered.
    pub fn published(self, yes: bool) -> Self {
        Self {
            update: self.update.published(yes),
        }
    }

    pub(crate) fn body(self) -> Result<Map<String, Value>> {
        self.update.fields.valid()?;
        Ok(self.update.body())
    }
}

change! {
    /// An update of a product. Only the fields that are set are sent.
    ///
    /// ```
    /// use rblx_open_cloud::models::{Money, StoreProductUpdate};
    ///
    /// let free = StoreProductUpdate::new().base_price(Money::parse("USD", "0")?);
    /// let hidden = StoreProductUpdate::new().published(false);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[derive(Debug, Clone)]
    StoreProductUpdate { asset: Option<StoreAsset> }: "the update of a product",
    /// Sets the price: in `USD`, and one of those that the service allows for the asset type. Zero makes it free.
    base_price = "basePrice": check Money => valid_price,
    /// Sets whether the product is offered.
    published = "published": bool,
}

impl StoreProductUpdate {
    /// Creates the product, selling this asset, if it does not exist.
    pub fn or_create(mut self, asset: StoreAsset) -> Self {
        self.asset = Some(asset);
        self
    }

    /// Returns the fields that are set, the body, and whether the product may be missing.
    pub(crate) fn parts(self) -> Result<(String, Map<String, Value>, bool)> {
        let mask = self.validated()?.mask();
        let allow_missing = self.asset.is_some();
        Ok((mask, self.body(), allow_missing))
    }

    /// Returns the fields, and the id of the asset in the field of its type.
    fn body(&self) -> Map<String, Value> {
        let mut body = self.fields.body();
        if let Some(asset) = &self.asset {
            body.insert(asset.field(), asset.asset_id.to_string().into());
        }
        body
    }
}

/// Returns the price as the service accepts it: with one exponent only, except for zero.
fn valid_price(price: Money) -> Result<Money> {
    let rejected = |reason: &str| {
        let why = format!("a base price of {price} is rejected: {reason}");
        Err(Error::invalid_input(why))
    };
    if price.quantity < Decimal::new(0, 0) {
        return rejected("it is negative");
    }
    let exponent = if price.quantity.is_zero() { 0 } else { -9 };
    match price.quantity.with_exponent(exponent) {
        Some(quantity) => Ok(Money { quantity, ..price }),
        None => {
            rejected("the service accepts up to 9 decimal places, and up to 9 digits before them")
        }
    }
}
