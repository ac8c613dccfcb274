//! Configs: published values, staged changes and publications.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// JSON texts by their keys. Texts keep every digit of a number.
pub(crate) type Texts = BTreeMap<String, String>;

/// The values of a repository, and its conditional rules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Content {
    pub(crate) entries: Texts,
    pub(crate) rules: Rules,
}

/// Conditional rules, and their order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Rules {
    pub(crate) by_id: Texts,
    pub(crate) order: Vec<String>,
}

impl Rules {
    pub(crate) fn is_empty(&self) -> bool {
        self.by_id.is_empty() && self.order.is_empty()
    }
}

/// The staged changes.
#[derive(Debug, Clone, Default, Hash, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Draft {
    /// `None` removes a key.
    pub(crate) entries: BTreeMap<String, Option<String>>,
    /// All rules after publication, if they are to change.
    pub(crate) rules: Option<Rules>,
}

/// A publication, with everything that was published by then.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Revision {
    pub(crate) id: String,
    pub(crate) version: u64,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) time: OffsetDateTime,
    pub(crate) user: u64,
    pub(crate) message: Option<String>,
    pub(crate) content: Content,
}

/// A repository of configs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Repository {
    pub(crate) draft: Draft,
    /// The oldest first.
    pub(crate) revisions: Vec<Revision>,
}

impl Repository {
    pub(crate) fn version(&self) -> u64 {
        self.revisions.last().map_or(0, |last| last.version)
    }

    /// Returns the published content.
    pub(crate) fn published(&self) -> Content {
        let last = self.revisions.last();
        last.map(|last| last.content.clone()).unwrap_or_default()
    }

    /// Returns the hash of the draft, which changes with every change and publication.
    pub(crate) fn draft_hash(&self) -> String {
        let mut hasher = DefaultHasher::new();
        (self.version(), &self.draft).hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    /// Stages a value of a key, or its removal, unless it is published already.
    pub(crate) fn stage(&mut self, key: &str, value: Option<String>) {
        if self.published().entries.get(key) == value.as_ref() {
            self.draft.entries.remove(key);
        } else {
            self.draft.entries.insert(key.to_owned(), value);
        }
    }

    /// Stages rules, unless they are published already.
    pub(crate) fn stage_rules(&mut self, rules: Rules) {
        self.draft.rules = Some(rules).filter(|rules| *rules != self.published().rules);
    }

    /// Stages the changes that lead to this content.
    pub(crate) fn stage_all(&mut self, content: &Content) {
        self.draft = Draft::default();
        let missing = self.published().entries.into_keys();
        let missing: Vec<_> = missing
            .filter(|key| !content.entries.contains_key(key))
            .collect();
        for key in missing {
            self.stage(&key, None);
        }
        for (key, value) in &content.entries {
            self.stage(key, Some(value.clone()));
        }
        self.stage_rules(content.rules.clone());
    }

    /// Returns the content that will be published with the draft.
    pub(crate) fn staged(&self) -> Content {
        let mut content = self.published();
        for (key, value) in &self.draft.entries {
            match value {
                Some(value) => content.entries.insert(key.clone(), value.clone()),
                None => content.entries.remove(key),
            };
        }
        if let Some(rules) = &self.draft.rules {
            content.rules = rules.clone();
        }
        content
    }

    /// Publishes the draft, and returns the new version.
    pub(crate) fn publish(
        &mut self,
        id: String,
        message: Option<String>,
        user: u64,
        time: OffsetDateTime,
    ) -> u64 {
        let content = self.staged();
        let version = self.version() + 1;
        self.draft = Draft::default();
        self.revisions.push(Revision {
            id,
            version,
            time,
            user,
            message,
            content,
        });
        version
    }

    /// Returns each revision, the oldest first, with the content that was published before it.
    pub(crate) fn history(&self) -> impl Iterator<Item = (Content, &Revision)> {
        let before = self.revisions.iter().map(|revision| &revision.content);
        let before = std::iter::once(Content::default()).chain(before.cloned());
        before.zip(&self.revisions)
    }
}

/// Returns the texts that differ by key: those before, and those after.
pub(crate) fn differences(before: &Texts, after: &Texts) -> BTreeMap<String, [Option<String>; 2]> {
    let keys = before.keys().chain(after.keys());
    keys.map(|key| (key, [before.get(key).cloned(), after.get(key).cloned()]))
        .filter(|(_, [before, after])| before != after)
        .map(|(key, both)| (key.clone(), both))
        .collect()
}
