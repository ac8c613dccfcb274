//! What the older service of groups keeps of a group: settings, status, and who did what.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::store::KEY_OWNER;

/// The settings that can be changed: those that are yes or no, and those with a highest number.
pub(super) const FLAGS: [&str; 5] = [
    "isApprovalRequired",
    "areEnemiesAllowed",
    "areGroupFundsVisible",
    "areGroupGamesVisible",
    "isMemberListVisibleToPublic",
];
pub(super) const LEVELS: [(&str, u64); 3] = [
    ("verificationLevel", 3),
    ("accountTenureRequirement", 5),
    ("slowmode", 3),
];

#[derive(Debug)]
pub(super) struct LegacyState {
    pub(super) description: Option<String>,
    pub(super) shout: Option<Shout>,
    pub(super) settings: Map<String, Value>,
    /// Which notifications the key's owner wants, by the number of their kind.
    pub(super) preferences: BTreeMap<u64, bool>,
    /// The oldest entry first.
    pub(super) log: Vec<Entry>,
}

/// The status of a group.
#[derive(Debug, Clone)]
pub(super) struct Shout {
    pub(super) body: String,
    pub(super) poster: u64,
    pub(super) created: OffsetDateTime,
    pub(super) updated: OffsetDateTime,
}

/// Something that was done to a group.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) actor: u64,
    /// As responses spell it, with spaces.
    pub(super) action: &'static str,
    pub(super) description: Value,
    pub(super) time: OffsetDateTime,
}

impl Default for LegacyState {
    fn default() -> Self {
        let mut settings = Map::new();
        for name in FLAGS {
            settings.insert(name.to_owned(), json!(false));
        }
        for (name, _) in LEVELS {
            settings.insert(name.to_owned(), json!(0));
        }
        for name in [
            "isBuildersClubRequired",
            "isGroupNameChangeEnabled",
            "isAutoAssignRoleDisabled",
        ] {
            settings.insert(name.to_owned(), json!(false));
        }
        Self {
            description: None,
            shout: None,
            settings,
            preferences: BTreeMap::new(),
            log: Vec::new(),
        }
    }
}

impl LegacyState {
    /// Remembers what the key's owner did.
    pub(super) fn record(
        &mut self,
        action: &'static str,
        description: Value,
        time: OffsetDateTime,
    ) {
        self.log.push(Entry {
            actor: KEY_OWNER,
            action,
            description,
            time,
        });
    }
}
