//! Badges.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::Universe;
use crate::sandbox::clock::timestamp;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Badge {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) is_enabled: bool,
    pub(crate) icon: u64,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) updated: OffsetDateTime,
}

impl Badge {
    pub(crate) fn new(id: u64, name: &str, now: OffsetDateTime) -> Self {
        Self {
            id,
            name: name.to_owned(),
            description: String::new(),
            is_enabled: true,
            icon: 0,
            created: now,
            updated: now,
        }
    }

    pub(crate) fn to_json(&self, universe: &Universe) -> Value {
        let root = universe.places.get(&universe.root);
        json!({
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "displayName": self.name,
            "displayDescription": self.description,
            "enabled": self.is_enabled,
            "iconImageId": self.icon,
            "displayIconImageId": self.icon,
            "awarder": {
                "id": universe.root,
                "type": 1,
                "name": root.map(|place| place.display_name.as_str()).unwrap_or_default(),
            },
            "statistics": { "pastDayAwardedCount": 0, "awardedCount": 0, "winRatePercentage": 0.0 },
            "created": timestamp(self.created),
            "updated": timestamp(self.updated),
        })
    }
}
