//! Assets: fetching one, taking one out of use, and uploading a new one.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::super::received::ReceivedUpload;
use super::super::server::{Body, Response};
use super::super::state::{Shared, State};
use super::super::store::{Asset, Creator, Store, timestamp};
use super::form::{Form, Upload};
use super::{
    Call, Rejection, invalid, json_number, kinds, not_found, operations, path_number, update,
};

/// What `readMask` may name besides the fields that an update may name.
const READ_FIELDS: [&str; 9] = [
    "assetId",
    "assetType",
    "creationContext",
    "moderationResult",
    "path",
    "revisionCreateTime",
    "revisionId",
    "socialLink",
    "state",
];

/// Who may use an asset.
const PRIVACIES: [&str; 3] = ["default", "restricted", "openUse"];

pub(super) fn get(state: &State, call: &Call<'_>, id: &str) -> Result<Value, Response> {
    let mask = call.query("readMask").unwrap_or_default();
    let names: Vec<&str> = mask.split(',').map(str::trim).collect();
    let known = |name: &&&str| READ_FIELDS.contains(name) || update::FIELDS.contains(name);
    if let Some(odd) = names.iter().find(|name| !mask.is_empty() && !known(name)) {
        return Err(invalid(&format!("readMask: {odd} is not a field.")));
    }
    let asset = find(&state.store, id)?;
    let mut fields = asset_json(asset);
    // Icon, previews and links come when they are asked for.
    fields.retain(|name, _| !asset.extras.contains_key(name) || names.contains(&name.as_str()));
    Ok(Value::Object(fields))
}

/// Takes the asset out of use, or back into use.
pub(super) fn archive(state: &mut State, id: &str, archived: bool) -> Result<Value, Response> {
    let asset = find_mut(&mut state.store, id)?;
    asset.archived = archived;
    Ok(Value::Object(asset_json(asset)))
}

/// The asset of a path.
pub(super) fn find<'a>(store: &'a Store, id: &str) -> Result<&'a Asset, Response> {
    let id = path_number(id, "asset")?;
    let asset = store.assets.get(&id);
    asset.ok_or_else(|| not_found("The asset"))
}

pub(super) fn find_mut<'a>(store: &'a mut Store, id: &str) -> Result<&'a mut Asset, Response> {
    let id = path_number(id, "asset")?;
    let asset = store.assets.get_mut(&id);
    asset.ok_or_else(|| not_found("The asset"))
}

pub(super) fn create(
    shared: &Shared,
    call: &Call<'_>,
    body: &mut Body<'_>,
) -> Result<Value, Rejection> {
    let mut form = Form::read(call, body)?;
    let file = form
        .file
        .take()
        .ok_or_else(|| invalid("The part fileContent is missing."))?;
    let mut state = shared.state();
    let mut asset = new_asset(&mut state, &form, &file)?;
    let received = received(&form, &asset, Some(file))?;
    keep_content(&mut asset, &received);
    state.uploads.push(received);
    state.store.count_upload(&asset);
    Ok(operations::start(&mut state, asset))
}

/// The asset that the form describes, if everything about it is in order.
fn new_asset(state: &mut State, form: &Form, file: &Upload) -> Result<Asset, Response> {
    let needed = |name: &str| {
        let text = form.text(name)?.filter(|text| !text.is_empty());
        text.ok_or_else(|| invalid(&format!("{name} is missing.")))
    };
    let asset_type = needed("assetType")?;
    if !kinds::is_type_name(asset_type) {
        return Err(invalid("assetType is not the name of an asset type."));
    }
    let display_name = needed("displayName")?;
    form.check_texts()?;
    let creator = creator(&state.store, form.context("creator"))?;
    kinds::check_file(asset_type, &file.content_type, &file.start).map_err(invalid)?;
    check_price(state, form)?;
    let privacy = privacy(form)?;
    Ok(Asset {
        id: state.store.new_asset_id(),
        kind: asset_type.to_owned(),
        creator,
        display_name: censored(display_name),
        description: form.text("description")?.unwrap_or_default().to_owned(),
        revision: 1,
        revision_time: OffsetDateTime::now_utc(),
        archived: false,
        privacy,
        extras: Map::new(),
        contents: BTreeMap::new(),
    })
}

/// The service does not reject every name that it does not like.
fn censored(name: &str) -> String {
    if name.contains("censored-name") {
        "#".repeat(name.chars().count())
    } else {
        name.to_owned()
    }
}

pub(super) fn check_price(state: &State, form: &Form) -> Result<(), Response> {
    let price = state.settings.price;
    if form.expected_price()?.unwrap_or_default() < price {
        return Err(invalid(&format!(
            "The upload costs {price} Robux, which is more than the expected price."
        )));
    }
    Ok(())
}

fn privacy(form: &Form) -> Result<Option<String>, Response> {
    let Some(privacy) = form.context("assetPrivacy") else {
        return Ok(None);
    };
    let known = privacy.as_str().filter(|name| PRIVACIES.contains(name));
    let known = known.ok_or_else(|| invalid("assetPrivacy is not one of those that there are."))?;
    Ok(Some(known.to_owned()))
}

/// Keeps what was uploaded for the asset's revision, if the upload kept it.
pub(super) fn keep_content(asset: &mut Asset, received: &ReceivedUpload) {
    if received.file_name.is_some() && received.content.len() as u64 == received.content_length {
        let content = Arc::clone(&received.content);
        asset.contents.insert(asset.revision, content);
    }
}

fn creator(store: &Store, creator: Option<&Value>) -> Result<Creator, Response> {
    let creator = creator.ok_or_else(|| invalid("creationContext.creator is missing."))?;
    let id = |name: &str| creator.get(name).filter(|id| !id.is_null());
    let wrong = || invalid("The id of the creator is not a number.");
    let (found, creator) = match (id("userId"), id("groupId")) {
        (Some(user), None) => {
            let id = json_number(user).ok_or_else(wrong)?;
            (store.users.contains_key(&id), Creator::User(id))
        }
        (None, Some(group)) => {
            let id = json_number(group).ok_or_else(wrong)?;
            (store.groups.contains_key(&id), Creator::Group(id))
        }
        _ => {
            return Err(invalid(
                "creationContext.creator takes one of userId and groupId.",
            ));
        }
    };
    found
        .then_some(creator)
        .ok_or_else(|| invalid("The creator does not exist."))
}

/// What the sandbox remembers of an upload. The target is set by an update.
pub(super) fn received(
    form: &Form,
    asset: &Asset,
    file: Option<Upload>,
) -> Result<ReceivedUpload, Response> {
    let (user, group) = match asset.creator {
        Creator::User(id) => (Some(id), None),
        Creator::Group(id) => (None, Some(id)),
    };
    let length = file.as_ref().map_or(0, |file| file.length);
    let (name, content_type, content) = match file {
        Some(file) => (Some(file.name), Some(file.content_type), file.content),
        None => (None, None, Vec::new()),
    };
    Ok(ReceivedUpload {
        asset: None,
        user,
        group,
        asset_type: asset.kind.clone(),
        display_name: form.text("displayName")?.map(str::to_owned),
        description: form.text("description")?.map(str::to_owned),
        expected_price: form.expected_price()?,
        file_name: name,
        content_type,
        content: Arc::new(content),
        content_length: length,
        request: form.text.clone(),
    })
}

pub(super) fn asset_json(asset: &Asset) -> Map<String, Value> {
    let creator = match asset.creator {
        Creator::User(id) => json!({ "userId": id.to_string() }),
        Creator::Group(id) => json!({ "groupId": id.to_string() }),
    };
    let mut fields = asset.extras.clone();
    let mut add = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    add("path", json!(format!("assets/{}", asset.id)));
    add("revisionId", json!(asset.revision.to_string()));
    add("revisionCreateTime", json!(timestamp(asset.revision_time)));
    add("assetId", json!(asset.id.to_string()));
    add("displayName", json!(asset.display_name));
    add("description", json!(asset.description));
    add("assetType", json!(asset.kind));
    let mut context = json!({ "creator": creator });
    if let (Some(privacy), Some(context)) = (&asset.privacy, context.as_object_mut()) {
        context.insert("assetPrivacy".to_owned(), json!(privacy));
    }
    add("creationContext", context);
    add("moderationResult", json!({ "moderationState": "Approved" }));
    let state = if asset.archived { "Archived" } else { "Active" };
    add("state", json!(state));
    fields
}
