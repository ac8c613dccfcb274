//! Updates of assets.

use serde_json::{Map, Value, json};

use super::lookup::find;
use super::operations;
use super::upload_form::{UPDATE_FIELDS, UploadForm};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::{Rejection, invalid};
use crate::sandbox::api::values::{json_number, number};
use crate::sandbox::state::asset::Asset;

pub(crate) fn update(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("assetId")?;
    find(&call.state().store, id)?;
    let form = UploadForm::read(call)?;
    let is_id = |given: &Value| json_number(given) == Some(id);
    if !form.field("assetId").is_none_or(is_id) {
        return Err(invalid("assetId is not the asset of the path."));
    }
    form.check_texts()?;
    let fields = fields(&form, call.query("updateMask"))?;
    check_values(&form, &fields)?;
    let mut state = call.state();
    let mut asset = find(&state.store, id)?.clone();
    apply(&mut asset, &form, &fields);
    if form.file.is_some() {
        check_content(&form, &asset)?;
        form.check_price(state.settings.price)?;
        asset.revision += 1;
        asset.revision_time = state.now();
    }
    let as_operation = form.file.is_some() || state.settings.updates_as_operations;
    let mut received = form.into_received(&mut asset)?;
    received.asset = Some(id);
    state.uploads.push(received);
    if as_operation {
        return Ok(operations::start(&mut state, asset));
    }
    let response = changed_fields(&asset, &fields);
    state.store.assets.insert(id, asset);
    Ok(response)
}

/// Returns the fields to change: those of the mask, or without a mask those of the body.
fn fields(form: &UploadForm, mask: Option<&str>) -> Result<Vec<&'static str>, Rejection> {
    let known = |name: &str| UPDATE_FIELDS.iter().find(|known| **known == name).copied();
    let unknown = |name: &str| invalid(&format!("updateMask: {name} cannot be changed."));
    match mask {
        Some(mask) => mask
            .split(',')
            .map(str::trim)
            .map(|name| known(name).ok_or_else(|| unknown(name)))
            .collect(),
        None => Ok(UPDATE_FIELDS
            .into_iter()
            .filter(|name| form.field(name).is_some())
            .collect()),
    }
}

/// Checks the form of each field that is set.
fn check_values(form: &UploadForm, fields: &[&'static str]) -> Result<(), Rejection> {
    for (name, value) in fields
        .iter()
        .filter_map(|name| Some((*name, form.field(name)?)))
    {
        let is_valid = match name {
            "displayName" | "description" => true,
            "icon" => is_asset_path(value),
            "previews" => value
                .as_array()
                .is_some_and(|previews| previews.iter().all(is_preview)),
            "tryAssetSocialLink" => value.get("uri").and_then(json_number).is_some(),
            _ => is_text(value.get("uri")) && is_text_or_null(value.get("title")),
        };
        if !is_valid {
            return Err(invalid(&format!("{name} does not have the right form.")));
        }
    }
    Ok(())
}

fn is_asset_path(value: &Value) -> bool {
    let path = value.as_str().unwrap_or_default();
    path.strip_prefix("assets/").and_then(number).is_some()
}

fn is_preview(value: &Value) -> bool {
    value.get("asset").is_some_and(is_asset_path) && is_text_or_null(value.get("altText"))
}

fn is_text_or_null(value: Option<&Value>) -> bool {
    value.is_none_or(|value| value.is_null() || value.is_string())
}

fn is_text(value: Option<&Value>) -> bool {
    value
        .and_then(Value::as_str)
        .is_some_and(|text| !text.is_empty())
}

/// Sets the fields. A field that the body lacks is cleared.
fn apply(asset: &mut Asset, form: &UploadForm, fields: &[&'static str]) {
    for &name in fields {
        let value = form.field(name);
        let text = || value.and_then(Value::as_str).unwrap_or_default().to_owned();
        match (name, value) {
            ("displayName", _) => asset.display_name = text(),
            ("description", _) => asset.description = text(),
            (_, Some(value)) => drop(asset.extras.insert(name.to_owned(), value.clone())),
            (_, None) => drop(asset.extras.remove(name)),
        }
    }
}

/// Checks the new content. Only models can get one.
fn check_content(form: &UploadForm, asset: &Asset) -> Result<(), Rejection> {
    if asset.kind != "Model" {
        let kind = &asset.kind;
        let message = format!("The content of an asset of type {kind} cannot be changed.");
        return Err(invalid(&message));
    }
    form.file.iter().try_for_each(|file| file.check("Model"))
}

/// Returns the path and the changed fields, as the service does for a change of metadata.
fn changed_fields(asset: &Asset, fields: &[&'static str]) -> Value {
    let mut all = asset.to_json();
    let mut changed = Map::new();
    changed.insert("path".to_owned(), json!(format!("assets/{}", asset.id)));
    for &name in fields {
        changed.extend(all.remove(name).map(|value| (name.to_owned(), value)));
    }
    Value::Object(changed)
}
