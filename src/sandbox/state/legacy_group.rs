//! The part of a group that belongs to the legacy groups service: settings, status and audit log.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::user::KEY_OWNER;

/// The Boolean settings that can be changed.
pub(crate) const FLAGS: [&str; 5] = [
    "isApprovalRequired",
    "areEnemiesAllowed",
    "areGroupFundsVisible",
    "areGroupGamesVisible",
    "isMemberListVisibleToPublic",
];
/// The numeric settings that can be changed, with their maxima.
pub(crate) const LEVELS: [(&str, u64); 3] = [
    ("verificationLevel", 3),
    ("accountTenureRequirement", 5),
    ("slowmode", 3),
];

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct LegacyState {
    pub(crate) description: Option<String>,
    pub(crate) shout: Option<Shout>,
    pub(crate) settings: Map<String, Value>,
    /// The notification preferences of the key's owner, by the number of the notification type.
    pub(crate) preferences: BTreeMap<u64, bool>,
    /// The oldest entry first.
    pub(crate) log: Vec<Entry>,
}

/// The status of a group.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Shout {
    pub(crate) body: String,
    pub(crate) poster: u64,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) updated: OffsetDateTime,
}

/// An entry of the audit log.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    pub(crate) actor: u64,
    /// The name in responses, which has spaces.
    pub(crate) action: Cow<'static, str>,
    pub(crate) description: Value,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) time: OffsetDateTime,
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
    /// Adds an action of the key's owner to the audit log.
    pub(crate) fn record(
        &mut self,
        action: &'static str,
        description: Value,
        time: OffsetDateTime,
    ) {
        self.log.push(Entry {
            actor: KEY_OWNER,
            action: action.into(),
            description,
            time,
        });
    }
}
