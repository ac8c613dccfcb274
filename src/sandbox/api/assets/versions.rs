//! Versions of assets.

use serde_json::{Map, Value, json};

use super::lookup::{find, find_mut};
use crate::sandbox::api::call::Call;
use crate::sandbox::api::page::{Paging, Sizes};
use crate::sandbox::api::rejection::{Rejection, invalid, not_found};
use crate::sandbox::api::values::number;
use crate::sandbox::state::asset::Asset;

const PAGING: Paging = Paging::TOKENS.sizes(Sizes::Within {
    default: 8,
    max: 50,
});

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (id, page) = (call.id("assetId")?, call.page(&PAGING)?);
    let state = call.state();
    let asset = find(&state.store, id)?;
    let versions = (1..=asset.revision).rev();
    let versions = versions.map(|version| to_json(asset, version));
    Ok(page.respond("assetVersions", versions))
}

pub(crate) fn get(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let (id, version) = (call.id("assetId")?, call.id("versionNumber")?);
    let state = call.state();
    let asset = find(&state.store, id)?;
    check(asset, version)?;
    Ok(to_json(asset, version))
}

/// Adds a version with the content of an old one, and returns the new one. The version to copy is in a form, or in JSON.
pub(crate) fn roll_back(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.id("assetId")?;
    find(&call.state().store, id)?;
    let path = if call.media_type() == "application/json" {
        call.json()?.text("assetVersion")?.map(str::to_owned)
    } else {
        call.form()?.text("assetVersion")?
    };
    let (owner, version) = parse(&path.unwrap_or_default())
        .ok_or_else(|| invalid("assetVersion is not the path of a version."))?;
    let mut state = call.state();
    let now = state.now();
    let asset = find_mut(&mut state.store, id)?;
    if owner != asset.id {
        return Err(invalid("assetVersion belongs to another asset."));
    }
    check(asset, version)?;
    asset.revision += 1;
    asset.revision_time = now;
    if let Some(content) = asset.contents.get(&version).cloned() {
        asset.contents.insert(asset.revision, content);
    }
    Ok(to_json(asset, asset.revision))
}

fn check(asset: &Asset, version: u64) -> Result<(), Rejection> {
    let is_known = (1..=asset.revision).contains(&version);
    let missing = || not_found("The version of the asset");
    is_known.then_some(()).ok_or_else(missing)
}

/// Returns the numbers in `assets/1/versions/2`.
fn parse(path: &str) -> Option<(u64, u64)> {
    let (asset, version) = path.strip_prefix("assets/")?.split_once("/versions/")?;
    Some((number(asset)?, number(version)?))
}

fn to_json(asset: &Asset, version: u64) -> Value {
    let mut all = asset.to_json();
    let mut fields = Map::new();
    let path = format!("assets/{}/versions/{version}", asset.id);
    fields.insert("path".to_owned(), json!(path));
    for name in ["creationContext", "moderationResult"] {
        fields.extend(all.remove(name).map(|value| (name.to_owned(), value)));
    }
    // Only places are published.
    fields.insert("published".to_owned(), json!(false));
    Value::Object(fields)
}
