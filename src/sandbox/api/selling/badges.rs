//! Badges.

use serde_json::{Value, json};

use crate::sandbox::api::assets::asset_types::is_image;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::form::Form;
use crate::sandbox::api::moderation::{censored, is_moderated_description, is_moderated_name};
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::api::values::{boolean, number};
use crate::sandbox::error_body::legacy;
use crate::sandbox::state::asset::Creator;
use crate::sandbox::state::store::Store;
use crate::sandbox::state::universe::badge::Badge;

/// The fields of a badge in a form or a JSON object.
struct Texts {
    name: Option<String>,
    description: Option<String>,
}

impl Texts {
    /// Rejects texts with the codes of the service. A new badge is rejected with another status than an update.
    fn check(&self, moderated: u16) -> Result<(), Rejection> {
        let (name, description) = (self.name.as_deref(), self.description.as_deref());
        if name.is_some_and(|name| name.trim().is_empty()) {
            return Err(legacy(400, 14, "Invalid badge name.").into());
        }
        if name.is_some_and(is_moderated_name) || description.is_some_and(is_moderated_description)
        {
            return Err(legacy(moderated, 6, "Text moderated.").into());
        }
        Ok(())
    }

    fn apply(self, badge: &mut Badge) {
        if let Some(name) = self.name {
            badge.name = censored(&name);
        }
        if let Some(description) = self.description {
            badge.description = description;
        }
    }
}

pub(crate) fn create(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("universeId")?;
    let mut form = call.form()?;
    let icon = form.take_file("files")?;
    let texts = Texts {
        name: Some(form.text("name")?.unwrap_or_default()),
        description: form.text("description")?,
    };
    texts.check(403)?;
    if icon.as_ref().is_some_and(|icon| !is_image(&icon.start)) {
        return Err(legacy(400, 11, "The badge icon is invalid.").into());
    }
    let mut state = call.state();
    let (now, cost) = (state.now(), state.settings.badge_cost);
    let badge = state.store.new_sale_id();
    let icon = icon.map(|_| state.store.new_asset_id());
    let universe = state.store.universes.get_mut(&id);
    let universe =
        universe.ok_or_else(|| legacy(404, 3, "The game is invalid or does not exist."))?;
    check_payment(&form, universe.owner, cost)?;
    let mut badge = Badge::new(badge, "", now);
    texts.apply(&mut badge);
    badge.icon = icon.unwrap_or_default();
    let is_active = form.text("isActive")?.and_then(|text| boolean(&text));
    badge.is_enabled = is_active.unwrap_or(badge.is_enabled);
    let response = badge.to_json(universe);
    universe.badges.insert(badge.id, badge);
    Ok(response)
}

/// Checks the payer and the expected cost, which is 0 by default.
fn check_payment(form: &Form, owner: Creator, cost: u64) -> Result<(), Rejection> {
    let source = form.text("paymentSourceType")?;
    let is_group = matches!(owner, Creator::Group(_));
    match source.as_deref() {
        None | Some("1" | "User") => {}
        Some("2" | "Group") if is_group => {}
        _ => return Err(legacy(400, 16, "Payment source is invalid.").into()),
    }
    let expected = form.text("expectedCost")?.as_deref().and_then(number);
    if expected.unwrap_or_default() != cost {
        let message = "Expected badge cost is different from the actual badge cost.";
        return Err(legacy(400, 18, message).into());
    }
    Ok(())
}

pub(crate) fn update(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("badgeId")?;
    let body = call.json()?;
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let texts = Texts {
        name: text("name"),
        description: text("description"),
    };
    let mut state = call.state();
    let now = state.now();
    let missing = || legacy(404, 1, "Badge is invalid or does not exist.");
    let badge = find_mut(&mut state.store, id).ok_or_else(missing)?;
    texts.check(400)?;
    texts.apply(badge);
    let is_enabled = body.get("enabled").and_then(Value::as_bool);
    badge.is_enabled = is_enabled.unwrap_or(badge.is_enabled);
    badge.updated = now;
    Ok(json!({}))
}

pub(crate) fn set_icon(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.legacy_id("badgeId")?;
    let file = call.form()?.take_file("Files")?;
    if !file.is_some_and(|file| is_image(&file.start)) {
        return Err(legacy(400, 2, "File not present in request.").into());
    }
    let mut state = call.state();
    let (now, icon) = (state.now(), state.store.new_asset_id());
    let missing = || legacy(404, 4, "Target item is invalid or does not exist.");
    let badge = find_mut(&mut state.store, id).ok_or_else(missing)?;
    badge.icon = icon;
    badge.updated = now;
    Ok(json!({ "targetId": icon }))
}

fn find_mut(store: &mut Store, id: u64) -> Option<&mut Badge> {
    let mut universes = store.universes.values_mut();
    universes.find_map(|universe| universe.badges.get_mut(&id))
}
