//! How much users may upload.

use serde_json::{Value, json};
use time::{Date, Duration, OffsetDateTime};

use super::page::PageQuery;
use super::{Call, invalid, not_found, path_number};
use crate::sandbox::server::Response;
use crate::sandbox::state::Shared;
use crate::sandbox::store::{Store, timestamp};

/// What is limited, as filters name it and as responses name it.
const UPLOAD: (&str, &str) = ("RateLimitUpload", "RATE_LIMIT_UPLOAD");
const OFFER: (&str, &str) = (
    "RateLimitCreatorStoreDistribute",
    "RATE_LIMIT_CREATOR_STORE_DISTRIBUTE",
);

#[derive(Debug)]
struct Quota {
    kind: (&'static str, &'static str),
    /// The type as filters and uploads name it, and as responses name it.
    asset_type: (&'static str, &'static str),
    capacity: u64,
    monthly: bool,
}

/// The quotas of everyone. They are reported, not kept: an upload beyond them is taken.
const QUOTAS: [Quota; 4] = [
    quota(UPLOAD, ("Audio", "AUDIO"), 10, true),
    quota(UPLOAD, ("Video", "VIDEO"), 20, true),
    quota(OFFER, ("Model", "MODEL"), 5, false),
    quota(OFFER, ("Plugin", "PLUGIN"), 5, false),
];

const fn quota(
    kind: (&'static str, &'static str),
    asset_type: (&'static str, &'static str),
    capacity: u64,
    monthly: bool,
) -> Quota {
    Quota {
        kind,
        asset_type,
        capacity,
        monthly,
    }
}

pub(super) fn list(shared: &Shared, call: &Call<'_>, user: &str) -> Result<Value, Response> {
    let user = path_number(user, "user")?;
    let filter = Filter::parse(call.query("filter").unwrap_or_default())
        .ok_or_else(|| invalid("The filter is not valid."))?;
    let page = PageQuery::for_call(shared, call)?;
    let state = shared.state();
    if !state.store.users.contains_key(&user) {
        return Err(not_found("The user"));
    }
    let now = OffsetDateTime::now_utc();
    let taken = QUOTAS.iter().filter(|quota| filter.takes(quota));
    let quotas = taken.map(|quota| quota.to_json(&state.store, user, now));
    Ok(page.cut("assetQuotas", quotas))
}

impl Quota {
    fn to_json(&self, store: &Store, user: u64, now: OffsetDateTime) -> Value {
        let usage = if self.kind == UPLOAD {
            store.uploads_of(user, self.asset_type.0)
        } else {
            0
        };
        let reset = if self.monthly {
            next_month(now.date())
        } else {
            now.date().next_day()
        };
        let reset = reset.map_or(now, |day| day.midnight().assume_utc());
        json!({
            "path": format!("users/{user}/asset-quotas/{}-{}", self.kind.0, self.asset_type.0),
            "quotaType": self.kind.1,
            "assetType": self.asset_type.1,
            "usage": usage,
            "capacity": self.capacity,
            "period": if self.monthly { "MONTH" } else { "DAY" },
            "usageResetTime": timestamp(reset),
        })
    }
}

/// The first day of the next month.
fn next_month(day: Date) -> Option<Date> {
    let later = day.replace_day(1).ok()?.checked_add(Duration::days(32))?;
    later.replace_day(1).ok()
}

/// `quotaType == RateLimitUpload && assetType == Audio`, or one of both, or nothing.
#[derive(Debug, Default)]
struct Filter<'a> {
    kind: Option<&'a str>,
    asset_type: Option<&'a str>,
}

impl<'a> Filter<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut filter = Self::default();
        if text.trim().is_empty() {
            return Some(filter);
        }
        for condition in text.split("&&") {
            let (field, value) = condition.split_once("==")?;
            let value = value.trim();
            let place = match field.trim() {
                "quotaType" if [UPLOAD.0, OFFER.0].contains(&value) => &mut filter.kind,
                "assetType" if is_name(value) => &mut filter.asset_type,
                _ => return None,
            };
            if place.replace(value).is_some() {
                return None;
            }
        }
        Some(filter)
    }

    fn takes(&self, quota: &Quota) -> bool {
        let fits = |wanted: Option<&str>, is: &str| wanted.is_none_or(|wanted| wanted == is);
        fits(self.kind, quota.kind.0) && fits(self.asset_type, quota.asset_type.0)
    }
}

/// Whether the text can be a type as filters name it; responses spell types otherwise.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
