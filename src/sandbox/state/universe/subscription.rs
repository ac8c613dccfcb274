//! Subscriptions of users.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::models::SubscriptionState;
use crate::sandbox::clock::{later, timestamp};
use crate::sandbox::object::set_field;

const MONTH: Duration = Duration::from_secs(30 * 24 * 60 * 60);

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Subscription {
    pub(crate) state: SubscriptionState,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created: OffsetDateTime,
}

impl Subscription {
    /// Writes the fields of the view `FULL`, or of `BASIC`.
    pub(crate) fn to_json(&self, path: &str, user: u64, is_full: bool) -> Value {
        let is_active = !matches!(self.state, SubscriptionState::Expired);
        let will_renew = matches!(
            self.state,
            SubscriptionState::WillRenew | SubscriptionState::RenewalPaymentPending
        );
        let mut fields = json!({ "path": path, "active": is_active, "willRenew": will_renew });
        if !is_full {
            return fields;
        }
        let end = timestamp(later(self.created, MONTH));
        let end_name = if will_renew {
            "nextRenewTime"
        } else {
            "expireTime"
        };
        set_field(&mut fields, "user", format!("users/{user}"));
        set_field(&mut fields, "state", json!(self.state));
        for name in ["createTime", "updateTime", "lastBillingTime"] {
            set_field(&mut fields, name, timestamp(self.created));
        }
        set_field(&mut fields, end_name, end);
        if !is_active {
            let details = json!({ "reason": "SUBSCRIBER_CANCELLED" });
            set_field(&mut fields, "expirationDetails", details);
        }
        set_field(&mut fields, "purchasePlatform", "DESKTOP");
        set_field(&mut fields, "paymentProvider", "ROBUX");
        fields
    }
}
