//! The form of a product or a pass.

use time::OffsetDateTime;

use super::rejected;
use crate::sandbox::api::assets::asset_types::is_image;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::form::{Form, FormFile};
use crate::sandbox::api::moderation::{censored, is_moderated_description, is_moderated_name};
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::api::values::{boolean, number};
use crate::sandbox::state::universe::sale_item::SaleItem;

/// The fields that a form sets. `None` leaves a field unchanged.
#[derive(Debug, Default)]
pub(super) struct SaleForm {
    pub(super) name: Option<String>,
    description: Option<String>,
    is_for_sale: Option<bool>,
    price: Option<u64>,
    is_managed_pricing_enabled: Option<bool>,
    pub(super) has_icon: bool,
}

/// The error codes of a service.
#[derive(Debug, Clone, Copy)]
pub(super) struct Codes {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) price: &'static str,
    pub(super) flag: &'static str,
    pub(super) image: &'static str,
}

impl SaleForm {
    /// Reads a form. If two parts contain an icon, the one that comes first in `icons` is used.
    pub(super) fn read(
        call: &mut Call<'_>,
        icons: &[&str],
        codes: Codes,
    ) -> Result<Self, Rejection> {
        let mut form = call.form()?;
        let managed = flag(&form, "isManagedPricingEnabled", codes)?;
        let regional = flag(&form, "isRegionalPricingEnabled", codes)?;
        let mut has_icon = false;
        for icon in icons {
            if let Some(file) = form.take_file(icon)? {
                check_icon(&file, icon, codes)?;
                has_icon = true;
            }
        }
        Ok(Self {
            name: name(&form, codes)?,
            description: description(&form, codes)?,
            is_for_sale: flag(&form, "isForSale", codes)?,
            price: price(&form, codes)?,
            is_managed_pricing_enabled: managed.or(regional),
            has_icon,
        })
    }

    /// Applies the form. An item that is on sale needs a price.
    pub(super) fn apply(
        self,
        item: &mut SaleItem,
        icon: Option<u64>,
        now: OffsetDateTime,
        codes: Codes,
    ) -> Result<(), Rejection> {
        let price = self.price.or(item.price);
        let is_for_sale = self.is_for_sale.unwrap_or(item.is_for_sale);
        if is_for_sale && price.is_none() {
            let message = "An item that is for sale needs a price.";
            return Err(invalid_part(codes.price, message, "price"));
        }
        item.price = price;
        item.is_for_sale = is_for_sale;
        if let Some(name) = self.name {
            item.name = censored(&name);
        }
        if let Some(description) = self.description {
            item.description = description;
        }
        if let Some(yes) = self.is_managed_pricing_enabled {
            item.is_managed_pricing_enabled = yes;
        }
        item.icon = icon.or(item.icon);
        item.updated = now;
        Ok(())
    }
}

fn name(form: &Form, codes: Codes) -> Result<Option<String>, Rejection> {
    let name = form.text("name")?;
    match name.as_deref().map(str::trim) {
        Some("") => Err(invalid_part(codes.name, "The name is empty.", "name")),
        Some(text) if is_moderated_name(text) => {
            Err(invalid_part(codes.name, "The name is moderated.", "name"))
        }
        _ => Ok(name),
    }
}

fn description(form: &Form, codes: Codes) -> Result<Option<String>, Rejection> {
    let text = form.text("description")?;
    if text.as_deref().is_some_and(is_moderated_description) {
        let message = "The description is moderated.";
        return Err(invalid_part(codes.description, message, "description"));
    }
    Ok(text)
}

fn price(form: &Form, codes: Codes) -> Result<Option<u64>, Rejection> {
    let Some(text) = form.text("price")? else {
        return Ok(None);
    };
    let wrong = || invalid_part(codes.price, "The price is invalid.", "price");
    let price = number(&text).filter(|price| (1..=1_000_000_000).contains(price));
    price.map(Some).ok_or_else(wrong)
}

fn flag(form: &Form, name: &str, codes: Codes) -> Result<Option<bool>, Rejection> {
    let Some(text) = form.text(name)? else {
        return Ok(None);
    };
    let wrong = || {
        let message = format!("The value '{text}' is not valid.");
        invalid_part(codes.flag, &message, name)
    };
    boolean(&text).map(Some).ok_or_else(wrong)
}

fn check_icon(file: &FormFile, part: &str, codes: Codes) -> Result<(), Rejection> {
    if is_image(&file.start) {
        return Ok(());
    }
    let message = "The image file is invalid.";
    Err(invalid_part(codes.image, message, part))
}

/// Rejects the value of a part.
pub(super) fn invalid_part(code: &str, message: &str, part: &str) -> Rejection {
    rejected(400, code, message, Some(part))
}
