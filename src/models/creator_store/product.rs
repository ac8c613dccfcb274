//! Products of the creator store: assets that are sold.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Money, StoreAsset, StoreProductId};
use crate::json::scalar_text;
use crate::models::serde_helpers::{
    id_or_path, is_none, non_empty, null_to_default, optional_text,
};
use crate::models::{AssetId, Creator};

/// A product of the creator store: an asset that is sold or free, and its price.
///
/// `Serialize` writes the names of the fields; `Deserialize` reads them, and the form of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", from = "ProductWire")]
#[non_exhaustive]
pub struct StoreProduct {
    /// Product id.
    #[serde(skip_serializing_if = "is_none")]
    pub id: Option<StoreProductId>,
    /// Asset that is sold.
    #[serde(skip_serializing_if = "is_none")]
    pub asset: Option<StoreAsset>,
    /// Price that the seller set. Zero for free products.
    #[serde(skip_serializing_if = "is_none")]
    pub base_price: Option<Money>,
    /// Price for the key's owner, which may differ by country.
    #[serde(skip_serializing_if = "is_none")]
    pub purchase_price: Option<Money>,
    /// Whether the seller offers the product.
    #[serde(skip_serializing_if = "is_none")]
    pub published: Option<bool>,
    /// Reasons for which a published product cannot be purchased.
    pub restrictions: Vec<ProductRestriction>,
    /// Whether the product can be purchased: it is published, and has no restrictions.
    #[serde(skip_serializing_if = "is_none")]
    pub purchasable: Option<bool>,
    /// Seller of the product.
    #[serde(skip_serializing_if = "is_none")]
    pub seller: Option<Creator>,
}

open_enum! {
    /// A reason for which a product cannot be purchased.
    ProductRestriction,
    /// Not specified by the service.
    Unspecified = "RESTRICTION_UNSPECIFIED",
    /// The asset is restricted.
    SoldItemRestricted = "SOLD_ITEM_RESTRICTED",
    /// The seller's account is restricted for some time.
    SellerTemporarilyRestricted = "SELLER_TEMPORARILY_RESTRICTED",
    /// The seller's account is restricted permanently.
    SellerPermanentlyRestricted = "SELLER_PERMANENTLY_RESTRICTED",
    /// The seller's account is no longer active.
    SellerNoLongerActive = "SELLER_NO_LONGER_ACTIVE",
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a product of the creator store")]
struct ProductWire {
    #[serde(default, deserialize_with = "optional_text")]
    id: Option<String>,
    path: Option<String>,
    asset: Option<StoreAsset>,
    #[serde(default, deserialize_with = "Money::optional")]
    base_price: Option<Money>,
    #[serde(default, deserialize_with = "Money::optional")]
    purchase_price: Option<Money>,
    published: Option<bool>,
    #[serde(default, deserialize_with = "null_to_default")]
    restrictions: Vec<ProductRestriction>,
    purchasable: Option<bool>,
    seller: Option<Creator>,
    user_seller: Option<Value>,
    group_seller: Option<Value>,
    /// The id of the asset, in a field for each type.
    #[serde(flatten)]
    others: Map<String, Value>,
}

impl From<ProductWire> for StoreProduct {
    fn from(wire: ProductWire) -> Self {
        // An unclear seller is omitted, so that the response to a new product can be decoded.
        let id = |seller: &Option<Value>, collection| {
            let text = scalar_text(seller.as_ref()?)?;
            id_or_path(&text, collection)
        };
        let user = id(&wire.user_seller, "users").map(|id| Creator::User(id.into()));
        let group = id(&wire.group_seller, "groups").map(|id| Creator::Group(id.into()));
        let mut others = wire.others.iter();
        let in_others = || others.find_map(|(field, value)| asset(field, value));
        Self {
            id: non_empty(wire.path)
                .or(non_empty(wire.id))
                .map(StoreProductId::from),
            asset: wire.asset.or_else(in_others),
            base_price: wire.base_price,
            purchase_price: wire.purchase_price,
            published: wire.published,
            restrictions: wire.restrictions,
            purchasable: wire.purchasable,
            seller: wire.seller.or(group).or(user),
        }
    }
}

/// Returns the asset if this field holds one. An empty text and zero mean that it does not.
fn asset(field: &str, value: &Value) -> Option<StoreAsset> {
    let id: AssetId = scalar_text(value)?.parse().ok()?;
    StoreAsset::from_field(field, id).filter(|asset| asset.asset_id.get() != 0)
}
