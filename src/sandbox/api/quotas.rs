//! Upload quotas of users.

use serde_json::{Value, json};
use time::{Date, Duration, OffsetDateTime};

use super::call::Call;
use super::page::Paging;
use super::rejection::{Rejection, invalid};
use super::users;
use super::values::field_and_value;
use crate::sandbox::clock::timestamp;
use crate::sandbox::state::store::Store;

/// The limited actions, as named in filters and in responses.
const UPLOAD: (&str, &str) = ("RateLimitUpload", "RATE_LIMIT_UPLOAD");
const OFFER: (&str, &str) = (
    "RateLimitCreatorStoreDistribute",
    "RATE_LIMIT_CREATOR_STORE_DISTRIBUTE",
);

#[derive(Debug)]
struct Quota {
    kind: (&'static str, &'static str),
    /// The type as named in filters and uploads, and in responses.
    asset_type: (&'static str, &'static str),
    capacity: u64,
    monthly: bool,
}

/// The quotas of all users. They are not enforced.
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

pub(crate) fn list(call: &mut Call<'_>) -> Result<Value, Rejection> {
    let user = call.id("user_id")?;
    let filter = Filter::parse(call.filter()).ok_or_else(|| invalid("The filter is not valid."))?;
    let page = call.page(&Paging::TOKENS)?;
    let state = call.state();
    users::find(&state.store, user)?;
    let now = state.now();
    let quotas = QUOTAS.iter().filter(|quota| filter.matches(quota));
    let quotas = quotas.map(|quota| quota.to_json(&state.store, user, now));
    Ok(page.respond("assetQuotas", quotas))
}

impl Quota {
    fn to_json(&self, store: &Store, user: u64, now: OffsetDateTime) -> Value {
        let usage = if self.kind == UPLOAD {
            store.upload_count(user, self.asset_type.0)
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

/// Returns the first day of the next month.
fn next_month(day: Date) -> Option<Date> {
    let later = day.replace_day(1).ok()?.checked_add(Duration::days(32))?;
    later.replace_day(1).ok()
}

/// A filter such as `quotaType == RateLimitUpload && assetType == Audio`. Both conditions are optional.
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
            let (field, value) = field_and_value(condition)?;
            let place = match field {
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

    fn matches(&self, quota: &Quota) -> bool {
        let fits = |wanted: Option<&str>, is: &str| wanted.is_none_or(|wanted| wanted == is);
        fits(self.kind, quota.kind.0) && fits(self.asset_type, quota.asset_type.0)
    }
}

/// Returns whether the text can be an asset type as named in filters.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
