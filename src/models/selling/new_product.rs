//! New developer products, and updates of them.

use super::form::{FormParts, Sale, sale_settings};
use crate::error::Result;

/// A developer product to create. Only what is set is sent.
///
/// ```
/// use rblx_open_cloud::AssetFile;
/// use rblx_open_cloud::models::NewProduct;
///
/// let icon = AssetFile::bytes("coins.png", b"\x89PNG\r\n\x1a\n".to_vec());   // or AssetFile::open("coins.png")?
/// let product = NewProduct::new("1,000 coins").description("A chest of coins").price(50).icon(icon);
/// let draft = NewProduct::new("5,000 coins").price(200).off_sale();
/// ```
#[derive(Debug)]
#[must_use]
pub struct NewProduct(Sale);

impl NewProduct {
    /// Creates a product with a name, which is unique in its universe.
    pub fn new(name: impl Into<String>) -> Self {
        Self(Sale::named(name.into()))
    }

    pub(crate) fn into_parts(self) -> Result<FormParts> {
        self.0.into_parts("a new developer product")
    }
}

sale_settings!(NewProduct, "product");

/// An update of a developer product. Only what is set is changed.
///
/// ```
/// use rblx_open_cloud::models::ProductUpdate;
///
/// let cheaper = ProductUpdate::new().price(40);
/// let gone = ProductUpdate::new().off_sale();
/// ```
#[derive(Debug, Default)]
#[must_use]
pub struct ProductUpdate(Sale);

impl ProductUpdate {
    /// Creates an update that sets nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name, which is unique in the universe.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.0.fields.set("name", name.into());
        self
    }

    /// Puts it on sale for the price that it has.
    pub fn on_sale(mut self) -> Self {
        self.0.fields.set("isForSale", true);
        self
    }

    pub(crate) fn into_parts(self) -> Result<FormParts> {
        self.0.into_parts("the update of a developer product")
    }
}

sale_settings!(ProductUpdate, "product");
