//! The forms of products, passes and badges: texts, and an icon.

use std::borrow::Cow;

use crate::asset_file::AssetFile;
use crate::error::{Error, Result};
use crate::models::AssetType;
use crate::models::assets::content_type;
use crate::models::change::Fields;

/// The parts of a form: texts in their order, and an icon with its content type.
#[derive(Debug)]
pub(crate) struct FormParts {
    pub(crate) texts: Vec<(Cow<'static, str>, String)>,
    pub(crate) icon: Option<(AssetFile, String)>,
}

/// The settings of a product or a pass.
#[derive(Debug)]
pub(super) struct Sale {
    pub(super) fields: Fields,
    pub(super) icon: Option<AssetFile>,
}

impl Default for Sale {
    fn default() -> Self {
        Self {
            fields: Fields::new(&[
                "name",
                "description",
                "isForSale",
                "price",
                "isManagedPricingEnabled",
            ]),
            icon: None,
        }
    }
}

impl Sale {
    pub(super) fn named(name: String) -> Self {
        let mut sale = Self::default();
        sale.fields.set("name", name);
        sale
    }

    /// Returns the form of a new item or of an update. `what` names it in errors.
    pub(super) fn into_parts(mut self, what: &str) -> Result<FormParts> {
        if self.icon.is_none() {
            self.fields.validated(what)?;
        }
        if self
            .fields
            .body()
            .get("name")
            .is_some_and(|name| name == "")
        {
            return Err(Error::invalid_input(format!("the name in {what} is empty")));
        }
        if self.fields.has("price") && !self.fields.has("isForSale") {
            self.fields.set("isForSale", true);
        }
        Ok(FormParts {
            texts: self.fields.texts().collect(),
            icon: self.icon.map(validated_icon).transpose()?,
        })
    }
}

/// Returns an icon with its content type. Content that is certainly not an image is rejected.
pub(crate) fn validated_icon(file: AssetFile) -> Result<(AssetFile, String)> {
    validated_image(file, "an icon")
}

/// Returns an image with its content type. Content that is certainly not an image is rejected. `what` names it in errors.
pub(crate) fn validated_image(file: AssetFile, what: &str) -> Result<(AssetFile, String)> {
    content_type::validated(file, what, AssetType::Image.formats())
}

/// Adds the setters that products and passes share to a builder with a [`Sale`].
macro_rules! sale_settings {
    ($builder:ident, $thing:literal) => {
        impl $builder {
            /// Sets the description.
            pub fn description(mut self, description: impl Into<String>) -> Self {
                self.0.fields.set("description", description.into());
                self
            }

            /// Sets the price in Robux, and puts it on sale unless [`off_sale`](Self::off_sale) is set, too.
            pub fn price(mut self, robux: u64) -> Self {
                self.0.fields.set("price", robux);
                self
            }

            /// Takes it off sale, whatever its price is.
            pub fn off_sale(mut self) -> Self {
                self.0.fields.set("isForSale", false);
                self
            }

            #[doc = concat!("Sets the icon of the ", $thing, ": a png, jpg, bmp or tga file.")]
            pub fn icon(mut self, file: $crate::AssetFile) -> Self {
                self.0.icon = Some(file);
                self
            }

            /// Sets whether the service manages the price. The service decides unless it is set.
            pub fn managed_pricing(mut self, yes: bool) -> Self {
                self.0.fields.set("isManagedPricingEnabled", yes);
                self
            }
        }
    };
}
pub(super) use sale_settings;
