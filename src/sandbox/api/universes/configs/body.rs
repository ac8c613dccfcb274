//! The bodies of requests about configs. Fields that the document does not have are rejected.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::models::RawJson;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::rejection::{Rejection, problem};
use crate::sandbox::state::universe::config::{Content, Rules, Texts};

const MAX_BODY_SIZE: usize = 4 << 20;
const MAX_KEYS: usize = 100;
/// Maximum length of a key, in characters.
const MAX_KEY_LENGTH: usize = 256;

/// The body of a change or a replacement.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct DraftBody {
    pub(super) draft_hash: Option<String>,
    pub(super) entries: Option<BTreeMap<String, Option<RawJson>>>,
    conditional_rules: Option<RulesBody>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
struct RulesBody {
    rules: Option<BTreeMap<String, Option<RawJson>>>,
    rules_order: Option<Vec<String>>,
}

/// The body that discards a draft.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct HashBody {
    pub(super) draft_hash: Option<String>,
}

/// The body of a publication.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct PublishBody {
    pub(super) draft_hash: Option<String>,
    pub(super) message: Option<String>,
    pub(super) deployment_strategy: Option<String>,
}

/// Conditional rules of a request.
#[derive(Debug)]
pub(super) struct ChangedRules {
    /// `None` removes a rule.
    by_id: BTreeMap<String, Option<String>>,
    order: Option<Vec<String>>,
}

pub(super) fn read<T: DeserializeOwned + Default>(call: &mut Call<'_>) -> Result<T, Rejection> {
    let bytes = call.bytes(MAX_BODY_SIZE)?;
    if bytes.is_empty() {
        return Ok(T::default());
    }
    if !call.media_type().ends_with("json") {
        return Err(problem(415, "The body must be JSON."));
    }
    let body = serde_json::from_slice(&bytes);
    body.map_err(|error| problem(400, &format!("The body is not valid: {error}.")))
}

impl DraftBody {
    /// Returns the rules to change. Empty ones change nothing.
    pub(super) fn rules(&self) -> Result<Option<ChangedRules>, Rejection> {
        let Some(body) = &self.conditional_rules else {
            return Ok(None);
        };
        let rules = body.rules.iter().flatten();
        let by_id: BTreeMap<_, _> = rules
            .map(|(id, rule)| (id.clone(), rule.as_ref().map(RawJson::to_string)))
            .collect();
        if by_id.keys().any(String::is_empty) {
            return Err(problem(400, "The id of a rule is empty."));
        }
        let order = body.rules_order.clone();
        let is_empty = by_id.is_empty() && order.is_none();
        Ok((!is_empty).then_some(ChangedRules { by_id, order }))
    }

    /// Returns the whole content after publication.
    pub(super) fn content(&self) -> Result<Content, Rejection> {
        let entries = self.entries.iter().flatten();
        let entries = entries.filter_map(|(key, value)| {
            let value = value.as_ref()?.to_string();
            Some((key.clone(), value))
        });
        let rules = self.rules()?;
        let rules = rules.map(|rules| rules.merged_with(Rules::default()));
        Ok(Content {
            entries: entries.collect(),
            rules: rules.unwrap_or_default(),
        })
    }
}

impl ChangedRules {
    pub(super) fn merged_with(self, mut rules: Rules) -> Rules {
        for (id, rule) in self.by_id {
            match rule {
                Some(rule) => rules.by_id.insert(id, rule),
                None => rules.by_id.remove(&id),
            };
        }
        rules.order = self.order.unwrap_or(rules.order);
        rules.order.retain(|id| rules.by_id.contains_key(id));
        rules
    }
}

pub(super) fn check_keys(entries: &Texts) -> Result<(), Rejection> {
    if entries.len() > MAX_KEYS {
        return Err(problem(400, "The repository has too many keys."));
    }
    let is_wrong = |key: &String| key.is_empty() || key.chars().count() > MAX_KEY_LENGTH;
    if entries.keys().any(is_wrong) {
        return Err(problem(400, "A key is empty or too long."));
    }
    Ok(())
}
