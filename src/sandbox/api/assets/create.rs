//! Uploads of new assets.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::asset_types::is_asset_type;
use super::operations;
use super::upload_form::UploadForm;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::moderation::censored;
use crate::sandbox::api::rejection::{Rejection, invalid};
use crate::sandbox::api::values::json_number;
use crate::sandbox::state::State;
use crate::sandbox::state::asset::{Asset, Creator};
use crate::sandbox::state::store::Store;

const PRIVACIES: [&str; 3] = ["default", "restricted", "openUse"];

pub(crate) fn create(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let form = UploadForm::read(call)?;
    let mut state = call.state();
    let mut asset = new_asset(&mut state, &form)?;
    let received = form.into_received(&mut asset)?;
    state.uploads.push(received);
    state.store.count_upload(&asset);
    Ok(operations::start(&mut state, asset))
}

/// Returns the asset that the form describes.
fn new_asset(state: &mut State, form: &UploadForm) -> Result<Asset, Rejection> {
    let required = |name: &str| {
        let text = form.text(name)?.filter(|text| !text.is_empty());
        text.ok_or_else(|| invalid(&format!("{name} is missing.")))
    };
    let file = form.file.as_ref();
    let file = file.ok_or_else(|| invalid("The part fileContent is missing."))?;
    let asset_type = required("assetType")?;
    if !is_asset_type(asset_type) {
        return Err(invalid("assetType is not the name of an asset type."));
    }
    let display_name = required("displayName")?;
    form.check_texts()?;
    let creator = creator(&state.store, form.context("creator"))?;
    file.check(asset_type)?;
    form.check_price(state.settings.price)?;
    Ok(Asset {
        id: state.store.new_asset_id(),
        kind: asset_type.to_owned(),
        creator,
        display_name: censored(display_name),
        description: form.text("description")?.unwrap_or_default().to_owned(),
        revision: 1,
        revision_time: state.now(),
        archived: false,
        privacy: privacy(form)?,
        extras: Map::new(),
        contents: BTreeMap::new(),
    })
}

fn privacy(form: &UploadForm) -> Result<Option<String>, Rejection> {
    let Some(privacy) = form.context("assetPrivacy") else {
        return Ok(None);
    };
    let known = privacy.as_str().filter(|name| PRIVACIES.contains(name));
    let known = known.ok_or_else(|| invalid("assetPrivacy is not one of the known values."))?;
    Ok(Some(known.to_owned()))
}

fn creator(store: &Store, creator: Option<&Value>) -> Result<Creator, Rejection> {
    let creator = creator.ok_or_else(|| invalid("creationContext.creator is missing."))?;
    let id = |name: &str| creator.get(name).filter(|id| !id.is_null());
    let wrong = || invalid("The id of the creator is not a number.");
    let (is_known, creator) = match (id("userId"), id("groupId")) {
        (Some(user), None) => {
            let id = json_number(user).ok_or_else(wrong)?;
            (store.users.contains_key(&id), Creator::User(id))
        }
        (None, Some(group)) => {
            let id = json_number(group).ok_or_else(wrong)?;
            (store.groups.contains_key(&id), Creator::Group(id))
        }
        _ => {
            let message = "creationContext.creator needs either userId or groupId.";
            return Err(invalid(message));
        }
    };
    is_known
        .then_some(creator)
        .ok_or_else(|| invalid("The creator does not exist."))
}
