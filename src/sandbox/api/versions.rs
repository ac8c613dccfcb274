//! Versions of assets: numbers, and the content of each.

use std::io::Read as _;

use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::multipart::{Multipart, boundary};
use super::page::{PageQuery, Sizes};
use super::{Call, Rejection, assets, invalid, json_body, not_found, number, path_number};
use crate::sandbox::server::{Body, Response};
use crate::sandbox::state::{Shared, State};
use crate::sandbox::store::Asset;

/// A field of a form may be this long.
const FIELD_LIMIT: usize = 4096;
/// A form with more parts is rejected.
const PARTS: usize = 32;

pub(super) fn list(shared: &Shared, call: &Call<'_>, id: &str) -> Result<Value, Response> {
    let page = PageQuery::sized(shared, call, Sizes::ASSET_VERSIONS)?;
    let state = shared.state();
    let asset = assets::find(&state.store, id)?;
    let numbers = (1..=asset.revision).rev();
    Ok(page.cut("assetVersions", numbers.map(|n| to_json(asset, n))))
}

pub(super) fn get(state: &State, id: &str, version: &str) -> Result<Value, Response> {
    let asset = assets::find(&state.store, id)?;
    let version = path_number(version, "version")?;
    check(asset, version)?;
    Ok(to_json(asset, version))
}

/// Adds a version that is like an old one, and returns the new one.
pub(super) fn roll_back(
    shared: &Shared,
    call: &Call<'_>,
    id: &str,
    body: &mut Body<'_>,
) -> Result<Value, Rejection> {
    assets::find(&shared.state().store, id)?;
    let wanted = if json_body::is_declared(call) {
        let request = json_body::read(call, body)?;
        let wanted = request.get("assetVersion").and_then(Value::as_str);
        wanted.unwrap_or_default().to_owned()
    } else {
        read_form(call, body)?
    };
    let (of, version) =
        parse(&wanted).ok_or_else(|| invalid("assetVersion is not the path of a version."))?;
    let mut state = shared.state();
    let asset = assets::find_mut(&mut state.store, id)?;
    if of != asset.id {
        return Err(invalid("assetVersion belongs to another asset.").into());
    }
    check(asset, version)?;
    asset.revision += 1;
    asset.revision_time = OffsetDateTime::now_utc();
    if let Some(content) = asset.contents.get(&version).cloned() {
        asset.contents.insert(asset.revision, content);
    }
    Ok(to_json(asset, asset.revision))
}

fn check(asset: &Asset, version: u64) -> Result<(), Response> {
    let known = (1..=asset.revision).contains(&version);
    known
        .then_some(())
        .ok_or_else(|| not_found("The version of the asset"))
}

/// The numbers in `assets/1/versions/2`.
fn parse(path: &str) -> Option<(u64, u64)> {
    let (asset, version) = path.strip_prefix("assets/")?.split_once("/versions/")?;
    Some((number(asset)?, number(version)?))
}

/// The field `assetVersion` of a form; empty if there is none.
fn read_form(call: &Call<'_>, body: &mut Body<'_>) -> Result<String, Rejection> {
    let boundary = boundary(call.head.header("content-type").unwrap_or_default());
    let boundary = boundary.ok_or_else(|| invalid("The body must be JSON or a form."))?;
    let mut parts = Multipart::new(body.by_ref(), &boundary);
    let mut wanted = Vec::new();
    for count in 0.. {
        let Some(head) = parts.next_part(count == 0)? else {
            break;
        };
        if count == PARTS {
            return Err(invalid("The form has too many parts.").into());
        }
        parts.read_content(&mut |piece| {
            let room = FIELD_LIMIT.saturating_sub(wanted.len());
            if head.name == "assetVersion" {
                wanted.extend(piece.iter().take(room));
            }
        })?;
    }
    Ok(String::from_utf8_lossy(&wanted).into_owned())
}

fn to_json(asset: &Asset, version: u64) -> Value {
    let mut all = assets::asset_json(asset);
    let mut fields = Map::new();
    fields.insert(
        "path".to_owned(),
        json!(format!("assets/{}/versions/{version}", asset.id)),
    );
    for name in ["creationContext", "moderationResult"] {
        fields.extend(all.remove(name).map(|value| (name.to_owned(), value)));
    }
    // Only places are published.
    fields.insert("published".to_owned(), json!(false));
    Value::Object(fields)
}
