//! Translations, and speech made from texts.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::lookup::find;
use crate::sandbox::api::assets;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::{Rejection, invalid};
use crate::sandbox::state::asset::Asset;

const LANGUAGES: [&str; 16] = [
    "de-de", "en-us", "es-es", "fr-fr", "id-id", "it-it", "ja-jp", "ko-kr", "pl-pl", "pt-br",
    "ru-ru", "th-th", "tr-tr", "vi-vn", "zh-cn", "zh-tw",
];

/// Returns the text with the language before it.
pub(crate) fn translate(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let universe = call.id("universe_id")?;
    let body = call.json()?;
    let text = body
        .text("text")?
        .ok_or_else(|| invalid("text is missing."))?;
    let source = body.text("sourceLanguageCode")?.unwrap_or("en-us");
    let targets = body.get("targetLanguageCodes").and_then(Value::as_array);
    let targets = targets.into_iter().flatten().filter_map(Value::as_str);
    let mut all = targets.clone().chain([source]);
    if let Some(unknown) = all.find(|language| !LANGUAGES.contains(language)) {
        return Err(invalid(&format!("{unknown} is not a supported language.")));
    }
    let translations: Map<String, Value> = targets
        .map(|language| (language.to_owned(), format!("[{language}] {text}").into()))
        .collect();
    find(&call.state().store, universe)?;
    Ok(json!({ "sourceLanguageCode": source, "translations": translations }))
}

/// Starts an operation that adds an audio asset.
pub(crate) fn generate_speech(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let universe = call.id("universe_id")?;
    let body = call.json()?;
    let text = body
        .text("text")?
        .ok_or_else(|| invalid("text is missing."))?;
    let mut state = call.state();
    let creator = find(&state.store, universe)?.owner;
    let asset = Asset {
        id: state.store.new_asset_id(),
        kind: "Audio".to_owned(),
        creator,
        display_name: "Speech".to_owned(),
        description: text.to_owned(),
        revision: 1,
        revision_time: state.now(),
        archived: false,
        privacy: None,
        extras: Map::new(),
        contents: BTreeMap::new(),
    };
    Ok(assets::operations::start_speech(&mut state, asset))
}
