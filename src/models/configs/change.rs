//! Changes of drafts, and publications.

use std::collections::BTreeMap;

use serde::Serialize;

use super::DraftHash;
use super::rules::ConditionalRules;
use super::values::ConfigValues;
use crate::error::{Error, Result};
use crate::models::RawJson;
use crate::models::serde_helpers::is_none;

/// The maximum number of keys in a repository.
const MAX_KEYS: usize = 100;
/// The prefix of keys under which the service lists the branches of conditional rules. The limits do not apply to them.
const BRANCH_PREFIX: &str = ".RBX.conditional.";
/// The maximum length of a key, in characters.
const MAX_KEY_LENGTH: usize = 256;

/// A change of a draft: keys to set and to remove, and conditional rules.
///
/// ```
/// use rblx_open_cloud::models::ConfigChange;
///
/// let change = ConfigChange::new().set("bossHealth", 100).set("bosses", ["Ogre", "Witch"]).remove("oldBoss");
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct ConfigChange {
    entries: BTreeMap<String, Entry>,
    rules: Rules,
    draft: Option<DraftHash>,
}

#[derive(Debug, Clone)]
enum Entry {
    Set(RawJson),
    Removed,
    /// The error that is returned when the request is built.
    Invalid(String),
}

#[derive(Debug, Clone, Default)]
enum Rules {
    #[default]
    Unset,
    Set(ConditionalRules),
    RemoveAll,
}

impl ConfigChange {
    /// Creates a change that sets nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a change that sets everything that is published: values and conditional rules. Start a replacement
    /// from it.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{ConfigChange, ConfigRepository};
    ///
    /// let config = client.universe(13_058).config(ConfigRepository::InExperience);
    /// let all_but_one = ConfigChange::from_values(&config.get()?).remove("bossHealth");
    /// config.replace(all_but_one)?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn from_values(values: &ConfigValues) -> Self {
        let entries = values.entries.iter();
        let rules = values.conditional_rules.clone();
        Self {
            entries: entries
                .map(|(key, value)| (key.clone(), Entry::Set(value.clone())))
                .collect(),
            rules: Rules::Set(rules.unwrap_or_default()),
            draft: None,
        }
    }

    /// Sets the value of a key. [`RawJson`] is sent unchanged.
    pub fn set(mut self, key: impl Into<String>, value: impl Serialize) -> Self {
        let key = key.into();
        let entry = match RawJson::new(&value) {
            Ok(value) if value.is_null() => Entry::Invalid(format!(
                "the value of {key:?} is null, which would remove the key; use `remove`"
            )),
            Ok(value) => Entry::Set(value),
            Err(_) => Entry::Invalid(format!("the value of {key:?} cannot be written as JSON")),
        };
        self.entries.insert(key, entry);
        self
    }

    /// Removes a key.
    pub fn remove(mut self, key: impl Into<String>) -> Self {
        self.entries.insert(key.into(), Entry::Removed);
        self
    }

    /// Sets conditional rules. A change adds them to the published and staged ones; a replacement removes all others.
    pub fn rules(mut self, rules: ConditionalRules) -> Self {
        self.rules = Rules::Set(rules);
        self
    }

    /// Makes a replacement remove every conditional rule that is published.
    pub fn no_rules(mut self) -> Self {
        self.rules = Rules::RemoveAll;
        self
    }

    /// Changes the draft only if it still has this hash. The request is then not repeated after a lost response, since a
    /// success that is repeated looks like a conflict.
    pub fn if_draft(mut self, hash: impl Into<DraftHash>) -> Self {
        self.draft = Some(hash.into());
        self
    }

    /// Whether it depends on the state of the draft.
    pub(crate) fn is_conditional(&self) -> bool {
        self.draft.is_some()
    }

    /// Returns the body of a change: keys that are not named stay, and null removes a key.
    pub(crate) fn change_body(&self) -> Result<DraftBody<'_>> {
        let rules = match &self.rules {
            Rules::Set(rules) if !rules.is_empty() => Some(rules),
            _ => None,
        };
        if matches!(self.rules, Rules::RemoveAll) {
            return Err(Error::invalid_input(
                "a change cannot remove all conditional rules: use `replace`, or remove each with `ConditionalRules::without`",
            ));
        }
        if self.entries.is_empty() && rules.is_none() {
            return Err(Error::invalid_input(
                "the change of the draft changes nothing; set or remove at least one key",
            ));
        }
        self.body(rules, true)
    }

    /// Returns the body of a replacement: keys that are not named are removed.
    pub(crate) fn replace_body(&self) -> Result<DraftBody<'_>> {
        let rules = match &self.rules {
            Rules::Set(rules) => Some(rules).filter(|rules| !rules.is_empty()),
            Rules::RemoveAll => None,
            Rules::Unset => {
                return Err(Error::invalid_input(
                    "the replacement would remove every conditional rule that is published: start from \
                     `ConfigChange::from_values(&config.get()?)`, or confirm it with `no_rules`",
                ));
            }
        };
        self.body(rules, false)
    }

    fn body<'a>(
        &'a self,
        rules: Option<&'a ConditionalRules>,
        with_removed: bool,
    ) -> Result<DraftBody<'a>> {
        let mut entries = BTreeMap::new();
        for (key, entry) in &self.entries {
            validate_key(key)?;
            match entry {
                Entry::Set(value) => entries.insert(key.as_str(), Some(value)),
                Entry::Removed if with_removed => entries.insert(key.as_str(), None),
                Entry::Removed => None,
                Entry::Invalid(reason) => return Err(Error::invalid_input(reason.clone())),
            };
        }
        let set = entries.iter().filter(|(_, value)| value.is_some());
        let keys = set
            .filter(|(key, _)| !key.starts_with(BRANCH_PREFIX))
            .count();
        if keys > MAX_KEYS {
            return Err(Error::invalid_input(format!(
                "a repository of configs has at most {MAX_KEYS} keys, not {keys}"
            )));
        }
        let draft_hash = self.draft.as_ref().map(DraftHash::validated).transpose()?;
        Ok(DraftBody {
            draft_hash,
            entries,
            conditional_rules: rules,
        })
    }
}

fn validate_key(key: &str) -> Result<()> {
    if key.is_empty() {
        return Err(Error::invalid_input("the key of a config cannot be empty"));
    }
    let length = key.chars().count();
    if length > MAX_KEY_LENGTH && !key.starts_with(BRANCH_PREFIX) {
        return Err(Error::invalid_input(format!(
            "the key of a config has at most {MAX_KEY_LENGTH} characters, not {length}: {key:?}"
        )));
    }
    Ok(())
}

/// The body of a change or a replacement of a draft.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DraftBody<'a> {
    #[serde(skip_serializing_if = "is_none")]
    draft_hash: Option<&'a str>,
    entries: BTreeMap<&'a str, Option<&'a RawJson>>,
    #[serde(skip_serializing_if = "is_none")]
    conditional_rules: Option<&'a ConditionalRules>,
}

/// The strategy of a publication, with a message for the history. A text is the message of an immediate publication.
///
/// ```
/// use rblx_open_cloud::models::Publication;
///
/// let now = Publication::immediate().message("Weekend event");
/// let over_15_minutes = Publication::gradual().message("Weaker bosses");
/// let short: Publication = "Weekend event".into();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Publication {
    strategy: &'static str,
    message: Option<String>,
}

impl Publication {
    /// Publishes to all servers at once.
    pub fn immediate() -> Self {
        Self {
            strategy: "Immediate",
            message: None,
        }
    }

    /// Publishes over 15 minutes.
    pub fn gradual() -> Self {
        Self {
            strategy: "GradualRollout",
            message: None,
        }
    }

    /// Sets the message for the history.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Returns the body of the publication of a draft.
    pub(crate) fn body<'a>(&'a self, hash: &'a DraftHash) -> Result<PublishBody<'a>> {
        Ok(PublishBody {
            draft_hash: hash.validated()?,
            message: self.message.as_deref(),
            deployment_strategy: self.strategy,
        })
    }
}

impl From<&str> for Publication {
    fn from(message: &str) -> Self {
        Self::immediate().message(message)
    }
}

impl From<String> for Publication {
    fn from(message: String) -> Self {
        Self::immediate().message(message)
    }
}

/// The body of a publication.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PublishBody<'a> {
    draft_hash: &'a str,
    #[serde(skip_serializing_if = "is_none")]
    message: Option<&'a str>,
    deployment_strategy: &'static str,
}
