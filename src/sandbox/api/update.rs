//! Changes of an asset.

use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::super::server::{Body, Response};
use super::super::state::{Shared, State};
use super::super::store::Asset;
use super::form::{Form, Upload};
use super::{
    Call, Rejection, assets, invalid, json_number, kinds, not_found, number, operations,
    path_number,
};

/// The fields that an update may name.
pub(super) const FIELDS: [&str; 14] = [
    "displayName",
    "description",
    "icon",
    "previews",
    "facebookSocialLink",
    "twitterSocialLink",
    "youtubeSocialLink",
    "twitchSocialLink",
    "discordSocialLink",
    "githubSocialLink",
    "robloxSocialLink",
    "guildedSocialLink",
    "devForumSocialLink",
    "tryAssetSocialLink",
];

pub(super) fn update(
    shared: &Shared,
    call: &Call<'_>,
    id: &str,
    body: &mut Body<'_>,
) -> Result<Value, Rejection> {
    let id = path_number(id, "asset")?;
    find(&shared.state(), id)?;
    let mut form = Form::read(call, body)?;
    let file = form.file.take();
    if form
        .field("assetId")
        .is_some_and(|given| json_number(given) != Some(id))
    {
        return Err(invalid("assetId is not the asset of the path.").into());
    }
    form.check_texts()?;
    let fields = fields(&form, call.query("updateMask"))?;
    check_values(&form, &fields)?;
    let mut state = shared.state();
    let mut asset = find(&state, id)?;
    apply(&mut asset, &form, &fields);
    if let Some(file) = &file {
        check_content(&state, &form, &asset, file)?;
        asset.revision += 1;
        asset.revision_time = OffsetDateTime::now_utc();
    }
    let as_operation = file.is_some() || state.settings.updates_as_operations;
    let mut received = assets::received(&form, &asset, file)?;
    assets::keep_content(&mut asset, &received);
    received.asset = Some(id);
    state.uploads.push(received);
    if as_operation {
        return Ok(operations::start(&mut state, asset));
    }
    let response = changed_fields(&asset, &fields);
    state.store.assets.insert(id, asset);
    Ok(response)
}

fn find(state: &State, id: u64) -> Result<Asset, Response> {
    state
        .store
        .assets
        .get(&id)
        .cloned()
        .ok_or_else(|| not_found("The asset"))
}

/// The fields to change: those of the mask, or without a mask those of the body.
fn fields(form: &Form, mask: Option<&str>) -> Result<Vec<&'static str>, Response> {
    let known = |name: &str| FIELDS.iter().find(|known| **known == name).copied();
    let unknown = |name: &str| invalid(&format!("updateMask: {name} cannot be changed."));
    match mask {
        Some(mask) => mask
            .split(',')
            .map(str::trim)
            .map(|name| known(name).ok_or_else(|| unknown(name)))
            .collect(),
        None => Ok(FIELDS
            .into_iter()
            .filter(|name| form.field(name).is_some())
            .collect()),
    }
}

/// Whether each field that is set has its form.
fn check_values(form: &Form, fields: &[&'static str]) -> Result<(), Response> {
    for (name, value) in fields
        .iter()
        .filter_map(|name| Some((*name, form.field(name)?)))
    {
        let fits = match name {
            "displayName" | "description" => true,
            "icon" => is_asset_path(value),
            "previews" => value
                .as_array()
                .is_some_and(|previews| previews.iter().all(is_preview)),
            "tryAssetSocialLink" => value.get("uri").and_then(json_number).is_some(),
            _ => is_text(value.get("uri")) && is_text_or_null(value.get("title")),
        };
        if !fits {
            return Err(invalid(&format!("{name} does not have the form of one.")));
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

/// Sets the fields; one that the body lacks is cleared.
fn apply(asset: &mut Asset, form: &Form, fields: &[&'static str]) {
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

fn check_content(state: &State, form: &Form, asset: &Asset, file: &Upload) -> Result<(), Response> {
    if asset.kind != "Model" {
        return Err(invalid(&format!(
            "The content of an asset of type {} cannot be changed.",
            asset.kind
        )));
    }
    kinds::check_file("Model", &file.content_type, &file.start).map_err(invalid)?;
    assets::check_price(state, form)
}

/// The response to a change of metadata: the path and the new values, and nothing else of the asset.
fn changed_fields(asset: &Asset, fields: &[&'static str]) -> Value {
    let mut all = assets::asset_json(asset);
    let mut changed = Map::new();
    changed.insert("path".to_owned(), json!(format!("assets/{}", asset.id)));
    for &name in fields {
        changed.extend(all.remove(name).map(|value| (name.to_owned(), value)));
    }
    Value::Object(changed)
}
