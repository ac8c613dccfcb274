//! Bans of users, and the log of bans and unbans.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::models::serde_helpers::duration::to_text;
use crate::sandbox::clock::{later, timestamp};
use crate::sandbox::object::set_field;

/// The universe, or one of its places.
pub(crate) type Scope = Option<u64>;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Restrictions {
    #[serde(with = "crate::sandbox::state::saved::pairs")]
    pub(crate) bans: BTreeMap<(u64, Scope), Ban>,
    /// From the oldest to the newest.
    pub(crate) logs: Vec<Log>,
    /// The responses by idempotency key.
    pub(crate) responses: BTreeMap<String, Value>,
}

/// A ban, active or not.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Ban {
    pub(crate) active: bool,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) start: OffsetDateTime,
    pub(crate) duration: Option<Duration>,
    pub(crate) private_reason: String,
    pub(crate) display_reason: String,
    pub(crate) exclude_alt_accounts: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Log {
    pub(crate) user: u64,
    pub(crate) place: Scope,
    pub(crate) moderator: u64,
    pub(crate) ban: Ban,
}

impl Ban {
    fn is_active(&self, now: OffsetDateTime) -> bool {
        let has_ended = |duration| later(self.start, duration) <= now;
        self.active && !self.duration.is_some_and(has_ended)
    }

    fn fields(&self, now: OffsetDateTime) -> Value {
        let mut fields = json!({
            "active": self.is_active(now),
            "privateReason": self.private_reason,
            "displayReason": self.display_reason,
            "excludeAltAccounts": self.exclude_alt_accounts,
        });
        if self.active {
            set_field(&mut fields, "startTime", timestamp(self.start));
        }
        if let Some(duration) = self.duration.filter(|_| self.active) {
            set_field(&mut fields, "duration", to_text(duration));
        }
        fields
    }
}

impl Restrictions {
    /// Returns the users who are or were banned in the universe, or in the place.
    pub(crate) fn users(&self, place: Scope) -> Vec<u64> {
        let in_scope = self
            .bans
            .keys()
            .filter(|(_, scope)| *scope == place || scope.is_none());
        let mut users: Vec<u64> = in_scope.map(|(user, _)| *user).collect();
        users.dedup();
        users
    }

    /// Returns a restriction. An active ban from the universe also counts in its places.
    pub(crate) fn to_json(
        &self,
        universe: u64,
        place: Scope,
        user: u64,
        now: OffsetDateTime,
    ) -> Value {
        let active = |scope: Scope| {
            self.bans
                .get(&(user, scope))
                .filter(|ban| ban.is_active(now))
        };
        let inherited = active(None).filter(|_| place.is_some() && active(place).is_none());
        let own = self.bans.get(&(user, place));
        let place = place
            .map(|place| format!("/places/{place}"))
            .unwrap_or_default();
        let mut restriction = json!({
            "path": format!("universes/{universe}{place}/user-restrictions/{user}"),
            "user": format!("users/{user}"),
            "gameJoinRestriction": {
                "active": false,
                "privateReason": "",
                "displayReason": "",
                "excludeAltAccounts": false,
                "inherited": false,
            },
        });
        if let Some(ban) = inherited.or(own) {
            let mut fields = ban.fields(now);
            set_field(&mut fields, "inherited", inherited.is_some());
            set_field(&mut restriction, "gameJoinRestriction", fields);
            set_field(&mut restriction, "updateTime", timestamp(ban.start));
        }
        restriction
    }
}

impl Log {
    /// Place and moderator are bare ids, as in the service.
    pub(crate) fn to_json(&self) -> Value {
        let mut fields = self.ban.fields(self.ban.start);
        let place = self.place.map(|place| place.to_string());
        let moderator = json!({ "robloxUser": self.moderator.to_string() });
        let restriction_type = json!({ "gameJoinRestriction": {} });
        set_field(&mut fields, "user", format!("users/{}", self.user));
        set_field(&mut fields, "place", place.unwrap_or_default());
        set_field(&mut fields, "moderator", moderator);
        set_field(&mut fields, "createTime", timestamp(self.ban.start));
        set_field(&mut fields, "restrictionType", restriction_type);
        fields
    }
}
