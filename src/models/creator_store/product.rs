//! Products: assets that are sold.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::{Decimal, Money, StoreAsset, StoreProductId};
use crate::error::{Error, Result};
use crate::models::serde_helpers::{id_or_path, scalar_text};
use crate::models::{AssetId, Creator, GroupId, UserId};

/// A product of the creator store: an asset, and on which terms it can be had.
///
/// `Serialize` writes it as it stands here; `Deserialize` reads the shape of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StoreProduct {
    /// The id.
    pub id: Option<StoreProductId>,
    /// What is sold.
    pub asset: Option<StoreAsset>,
    /// The price that the seller set; zero for what is free.
    pub base_price: Option<Money>,
    /// The price for the key's owner, which may differ by country.
    pub purchase_price: Option<Money>,
    /// Whether the seller offers it.
    pub published: Option<bool>,
    /// Why it cannot be had, although it is offered.
    pub restrictions: Vec<ProductRestriction>,
    /// Whether it can be had: it is offered, and nothing restricts it.
    pub purchasable: Option<bool>,
    /// Who sells it.
    pub seller: Option<Creator>,
}

open_enum! {
    /// Why a product cannot be had.
    ProductRestriction,
    /// The service does not tell.
    Unspecified = "RESTRICTION_UNSPECIFIED",
    /// What is sold was restricted.
    SoldItemRestricted = "SOLD_ITEM_RESTRICTED",
    /// The seller's account is restricted for some time.
    SellerTemporarilyRestricted = "SELLER_TEMPORARILY_RESTRICTED",
    /// The seller's account is restricted for good.
    SellerPermanentlyRestricted = "SELLER_PERMANENTLY_RESTRICTED",
    /// The seller is not there any more.
    SellerNoLongerActive = "SELLER_NO_LONGER_ACTIVE",
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a product of the creator store")]
struct ProductWire {
    path: Option<String>,
    #[serde(default, deserialize_with = "Money::optional")]
    base_price: Option<Money>,
    #[serde(default, deserialize_with = "Money::optional")]
    purchase_price: Option<Money>,
    published: Option<bool>,
    restrictions: Option<Vec<ProductRestriction>>,
    purchasable: Option<bool>,
    user_seller: Option<Value>,
    group_seller: Option<Value>,
    /// The id of the asset stands under a name for each kind.
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl<'de> Deserialize<'de> for StoreProduct {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = ProductWire::deserialize(deserializer)?;
        // What is unclear is left out: of a product that was just made, the rest still counts.
        let seller = |value: Option<Value>, collection: &str| {
            let text = value.as_ref().and_then(scalar_text)?;
            id_or_path(&text, collection)
        };
        let user = seller(wire.user_seller, "users").map(|id| Creator::User(UserId::from(id)));
        let group = seller(wire.group_seller, "groups").map(|id| Creator::Group(GroupId::from(id)));
        Ok(Self {
            id: wire
                .path
                .filter(|path| !path.is_empty())
                .map(StoreProductId::from),
            asset: wire
                .rest
                .iter()
                .find_map(|(field, value)| asset(field, value)),
            base_price: wire.base_price,
            purchase_price: wire.purchase_price,
            published: wire.published,
            restrictions: wire.restrictions.unwrap_or_default(),
            purchasable: wire.purchasable,
            seller: group.or(user),
        })
    }
}

/// What is sold, if this field tells it; an empty text and a zero tell nothing.
fn asset(field: &str, value: &Value) -> Option<StoreAsset> {
    let id: AssetId = scalar_text(value)?.parse().ok()?;
    StoreAsset::from_field(field, id).filter(|asset| asset.asset_id.get() != 0)
}

/// A price that a seller sets. The service takes no other exponent, except for nothing.
fn base_price(price: &Money) -> Result<Money> {
    let refused =
        |why: &str| Error::invalid_input(format!("a base price of {price} is refused: {why}"));
    if price.quantity < Decimal::new(0, 0) {
        return Err(refused("it is below zero"));
    }
    let exponent = if price.quantity.is_zero() { 0 } else { -9 };
    let quantity = price.quantity.with_exponent(exponent);
    Ok(Money {
        currency_code: price.currency_code.clone(),
        quantity: quantity.ok_or_else(|| {
            refused("the service takes up to 9 places, and up to 9 digits before them")
        })?,
    })
}

/// What a product is to be. Only what is set is sent.
#[derive(Debug, Clone, Default)]
struct Terms {
    base_price: Option<Money>,
    published: Option<bool>,
    asset: Option<StoreAsset>,
}

impl Terms {
    fn mask(&self) -> Vec<&'static str> {
        let price = self.base_price.as_ref().map(|_| "basePrice");
        let published = self.published.map(|_| "published");
        price.into_iter().chain(published).collect()
    }

    fn body(self) -> Result<StoreProductBody> {
        let base_price = self.base_price.as_ref().map(base_price);
        Ok(StoreProductBody {
            base_price: base_price.transpose()?,
            published: self.published,
            asset: self
                .asset
                .iter()
                .map(|asset| (asset.field(), asset.asset_id))
                .collect(),
        })
    }
}

/// The JSON of a product that is made or changed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoreProductBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    base_price: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<bool>,
    /// The id of the asset, under the name of its kind.
    #[serde(flatten)]
    asset: BTreeMap<String, AssetId>,
}

/// A product that is not there yet.
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
pub struct NewStoreProduct(Terms);

impl NewStoreProduct {
    /// Something that sells this asset.
    pub fn new(asset: StoreAsset) -> Self {
        Self(Terms {
            asset: Some(asset),
            ..Terms::default()
        })
    }

    /// The price: in `USD`, and one of those that the service allows for the kind of asset; zero makes it free.
    pub fn base_price(mut self, price: Money) -> Self {
        self.0.base_price = Some(price);
        self
    }

    /// Whether it is offered.
    pub fn published(mut self, yes: bool) -> Self {
        self.0.published = Some(yes);
        self
    }

    pub(crate) fn body(self) -> Result<StoreProductBody> {
        self.0.body()
    }
}

/// A change of a product. Only what is set is sent.
///
/// ```
/// use rblx_open_cloud::models::{Money, StoreProductUpdate};
///
/// let free = StoreProductUpdate::new().base_price(Money::parse("USD", "0")?);
/// let hidden = StoreProductUpdate::new().published(false);
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct StoreProductUpdate(Terms);

impl StoreProductUpdate {
    /// Changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The price: in `USD`, and one of those that the service allows for the kind of asset; zero makes it free.
    pub fn base_price(mut self, price: Money) -> Self {
        self.0.base_price = Some(price);
        self
    }

    /// Whether it is offered.
    pub fn published(mut self, yes: bool) -> Self {
        self.0.published = Some(yes);
        self
    }

    /// Makes the product, selling this asset, if it is not there.
    pub fn or_create(mut self, asset: StoreAsset) -> Self {
        self.0.asset = Some(asset);
        self
    }

    /// The fields that are set, the body, and whether the product may be missing.
    pub(crate) fn parts(self) -> Result<(String, StoreProductBody, bool)> {
        let mask = self.0.mask();
        if mask.is_empty() {
            return Err(Error::invalid_input(
                "the change of the product changes nothing: set a price, or whether it is offered",
            ));
        }
        let allow_missing = self.0.asset.is_some();
        Ok((mask.join(","), self.0.body()?, allow_missing))
    }
}
