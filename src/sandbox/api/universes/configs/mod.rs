//! Configs: the published values, the draft, publications and revisions. Values are kept as JSON text.

mod body;
mod history;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::lookup::find_or_problem;
use crate::models::RawJson;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::json::exact_json;
use crate::sandbox::api::rejection::{Rejection, problem};
use crate::sandbox::clock::timestamp;
use crate::sandbox::random::random_uuid;
use crate::sandbox::server::Response;
use crate::sandbox::state::State;
use crate::sandbox::state::universe::config::{Draft, Repository, Rules, Texts, differences};
use body::{DraftBody, HashBody, PublishBody};

pub(crate) use history::list as list_revisions;

const REPOSITORIES: [&str; 8] = [
    "InExperienceConfig",
    "RecommendationServicesConfig",
    "DataStoresConfig",
    "ExtendedServicesConfig",
    "LeaderboardsConfig",
    "ExperienceUserConfig",
    "JourneysConfig",
    "AntiCheatConfig",
];

/// Returns the repository of a path, which is empty until something is published.
fn repository<'s>(state: &'s mut State, call: &Call<'_>) -> Result<&'s mut Repository, Rejection> {
    let universe = call.id("universeId")?;
    let name = call.param("repository")?;
    if !REPOSITORIES.contains(&name.as_str()) {
        return Err(problem(400, "The repository is not valid."));
    }
    let universe = find_or_problem(&mut state.store, universe)?;
    Ok(universe.configs.entry(name).or_default())
}

/// Returns the JSON value of a text.
fn raw(text: &str) -> RawJson {
    RawJson::from_text(text).unwrap_or_default()
}

fn raws(texts: &Texts) -> BTreeMap<&str, RawJson> {
    let texts = texts.iter();
    texts.map(|(key, text)| (key.as_str(), raw(text))).collect()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RulesJson<'r> {
    rules: BTreeMap<&'r str, RawJson>,
    rules_order: &'r [String],
}

/// Returns rules as the service does: null for an empty set.
fn rules_json(rules: &Rules) -> Option<RulesJson<'_>> {
    (!rules.is_empty()).then(|| RulesJson {
        rules: raws(&rules.by_id),
        rules_order: &rules.order,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Published<'r, T> {
    metadata: Value,
    entries: BTreeMap<&'r str, T>,
    conditional_rules: Option<RulesJson<'r>>,
}

pub(crate) fn get(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let mut state = call.state();
    let repository = repository(&mut state, call)?;
    let content = repository.published();
    exact_json(&Published {
        metadata: json!({ "configVersion": repository.version() }),
        entries: raws(&content.entries),
        conditional_rules: rules_json(&content.rules),
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EntryJson {
    value: RawJson,
    description: Option<String>,
    last_modified_time: String,
    variants: Option<Vec<Value>>,
}

pub(crate) fn get_full(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let mut state = call.state();
    let repository = repository(&mut state, call)?;
    let content = repository.published();
    let mut changed = BTreeMap::new();
    for (before, revision) in repository.history() {
        let keys = differences(&before.entries, &revision.content.entries).into_keys();
        changed.extend(keys.map(|key| (key, timestamp(revision.time))));
    }
    let entries = content.entries.iter().map(|(key, text)| {
        let entry = EntryJson {
            value: raw(text),
            description: None,
            last_modified_time: changed.remove(key).unwrap_or_default(),
            variants: None,
        };
        (key.as_str(), entry)
    });
    exact_json(&Published {
        metadata: json!({ "configVersion": repository.version() }),
        entries: entries.collect(),
        conditional_rules: rules_json(&content.rules),
    })
}

#[derive(Serialize)]
struct StagedJson {
    value: Option<RawJson>,
    description: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DraftJson<'r> {
    draft_hash: String,
    entries: BTreeMap<&'r str, StagedJson>,
    conditional_rules: Option<RulesJson<'r>>,
}

pub(crate) fn get_draft(call: &mut Call<'_>) -> Result<Response, Rejection> {
    let mut state = call.state();
    let repository = repository(&mut state, call)?;
    let entries = repository.draft.entries.iter().map(|(key, text)| {
        let value = text.as_deref().map(raw);
        let description = None;
        (key.as_str(), StagedJson { value, description })
    });
    exact_json(&DraftJson {
        draft_hash: repository.draft_hash(),
        entries: entries.collect(),
        conditional_rules: repository.draft.rules.as_ref().and_then(rules_json),
    })
}

pub(crate) fn change(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let body: DraftBody = body::read(call)?;
    update(call, body.draft_hash.as_deref(), |repository| {
        for (key, value) in body.entries.iter().flatten() {
            repository.stage(key, value.as_ref().map(RawJson::to_string));
        }
        if let Some(rules) = body.rules()? {
            let known = repository.staged().rules;
            repository.stage_rules(rules.merged_with(known));
        }
        Ok(())
    })
}

pub(crate) fn overwrite(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let body: DraftBody = body::read(call)?;
    update(call, body.draft_hash.as_deref(), |repository| {
        let content = body.content()?;
        repository.stage_all(&content);
        Ok(())
    })
}

pub(crate) fn reset(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let body: HashBody = body::read(call)?;
    update(call, body.draft_hash.as_deref(), |repository| {
        repository.draft = Draft::default();
        Ok(())
    })
}

pub(crate) fn restore(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let id = call.param("revisionId")?;
    update(call, None, |repository| {
        let mut revisions = repository.revisions.iter();
        let revision = revisions.find(|revision| revision.id == id);
        let content = revision.map(|revision| revision.content.clone());
        let missing = || problem(404, "The revision was not found.");
        repository.stage_all(&content.ok_or_else(missing)?);
        Ok(())
    })
}

pub(crate) fn publish(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let body: PublishBody = body::read(call)?;
    let strategies = [None, Some("Immediate"), Some("GradualRollout")];
    if !strategies.contains(&body.deployment_strategy.as_deref()) {
        return Err(problem(400, "The deployment strategy is not valid."));
    }
    let user = call.acting_user();
    let mut state = call.state();
    let now = state.now();
    let repository = repository(&mut state, call)?;
    check_hash(repository, body.draft_hash.as_deref())?;
    let version = repository.publish(random_uuid(), body.message, user, now);
    Ok(json!({ "configVersion": version }))
}

/// Changes the draft that has this hash, if one is given, and returns the new hash. A change that is rejected changes nothing.
fn update(
    call: &Call<'_>,
    hash: Option<&str>,
    change: impl FnOnce(&mut Repository) -> Result<(), Rejection>,
) -> Result<Value, Rejection> {
    let mut state = call.state();
    let repository = repository(&mut state, call)?;
    check_hash(repository, hash)?;
    let mut changed = repository.clone();
    change(&mut changed)?;
    body::check_keys(&changed.staged().entries)?;
    *repository = changed;
    Ok(json!({ "draftHash": repository.draft_hash() }))
}

fn check_hash(repository: &Repository, hash: Option<&str>) -> Result<(), Rejection> {
    if hash.is_none_or(|hash| hash == repository.draft_hash()) {
        return Ok(());
    }
    let message = "The draft hash does not match the current draft.";
    Err(problem(409, message))
}
