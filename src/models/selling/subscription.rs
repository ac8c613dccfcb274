//! Subscriptions of users to products of a universe.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use crate::models::serde_helpers::{id_in_path, is_none, null_to_default, optional_id, timestamp};
use crate::models::{SubscriptionProductId, UniverseId, UserId};

/// A subscription of a user.
///
/// The service writes universe, product and user in a resource path, and the reason for the end in a separate object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Subscription {
    /// User who subscribed.
    pub user: UserId,
    /// Universe.
    #[serde(skip_serializing_if = "is_none")]
    pub universe_id: Option<UniverseId>,
    /// Product that the user subscribed to.
    #[serde(skip_serializing_if = "is_none")]
    pub product_id: Option<SubscriptionProductId>,
    /// Whether it is active.
    pub is_active: bool,
    /// Whether it will be renewed.
    pub will_renew: bool,
    /// State.
    #[serde(skip_serializing_if = "is_none")]
    pub state: Option<SubscriptionState>,
    /// Creation time.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
    /// Time of the last payment.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub last_billing_time: Option<OffsetDateTime>,
    /// Time of the next renewal.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub next_renew_time: Option<OffsetDateTime>,
    /// Time at which it ends or ended.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub expire_time: Option<OffsetDateTime>,
    /// Reason for the end.
    #[serde(skip_serializing_if = "is_none")]
    pub expiration_reason: Option<SubscriptionExpirationReason>,
    /// Platform of the purchase.
    #[serde(skip_serializing_if = "is_none")]
    pub purchase_platform: Option<PurchasePlatform>,
    /// Provider of the payments.
    #[serde(skip_serializing_if = "is_none")]
    pub payment_provider: Option<PaymentProvider>,
}

open_enum! {
    /// The state of a subscription.
    SubscriptionState,
    /// Not specified by the service.
    Unspecified = "STATE_UNSPECIFIED",
    /// Active, and will be renewed.
    WillRenew = "SUBSCRIBED_WILL_RENEW",
    /// Active, and will end.
    WillNotRenew = "SUBSCRIBED_WILL_NOT_RENEW",
    /// Active, while the payment for the renewal is pending.
    RenewalPaymentPending = "SUBSCRIBED_RENEWAL_PAYMENT_PENDING",
    /// Ended.
    Expired = "EXPIRED",
}

open_enum! {
    /// The reason for the end of a subscription.
    SubscriptionExpirationReason,
    /// Not specified by the service.
    Unspecified = "EXPIRATION_REASON_UNSPECIFIED",
    /// The product is inactive.
    ProductInactive = "PRODUCT_INACTIVE",
    /// The product was deleted.
    ProductDeleted = "PRODUCT_DELETED",
    /// The user cancelled it.
    SubscriberCancelled = "SUBSCRIBER_CANCELLED",
    /// The user requested a refund.
    SubscriberRefunded = "SUBSCRIBER_REFUNDED",
    /// The payment did not arrive.
    Lapsed = "LAPSED",
}

open_enum! {
    /// The platform that a subscription was bought on.
    PurchasePlatform,
    /// Not specified by the service.
    Unspecified = "PURCHASE_PLATFORM_UNSPECIFIED",
    /// On the website.
    Desktop = "DESKTOP",
    /// In the mobile app.
    Mobile = "MOBILE",
}

open_enum! {
    /// The provider of the payments of a subscription.
    PaymentProvider,
    /// Not specified by the service.
    Unspecified = "PAYMENT_PROVIDER_UNSPECIFIED",
    /// Stripe.
    Stripe = "STRIPE",
    /// Apple.
    Apple = "APPLE",
    /// Google.
    Google = "GOOGLE",
    /// Credit on Roblox.
    RobloxCredit = "ROBLOX_CREDIT",
    /// Robux.
    Robux = "ROBUX",
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a subscription")]
struct SubscriptionWire {
    path: Option<String>,
    #[serde(default, deserialize_with = "optional_id")]
    user: Option<UserId>,
    #[serde(default, deserialize_with = "optional_id")]
    universe_id: Option<UniverseId>,
    product_id: Option<SubscriptionProductId>,
    #[serde(default, alias = "isActive", deserialize_with = "null_to_default")]
    active: bool,
    #[serde(default, deserialize_with = "null_to_default")]
    will_renew: bool,
    state: Option<SubscriptionState>,
    #[serde(default, with = "timestamp::option")]
    create_time: Option<OffsetDateTime>,
    #[serde(default, with = "timestamp::option")]
    update_time: Option<OffsetDateTime>,
    #[serde(default, with = "timestamp::option")]
    last_billing_time: Option<OffsetDateTime>,
    #[serde(default, with = "timestamp::option")]
    next_renew_time: Option<OffsetDateTime>,
    #[serde(default, with = "timestamp::option")]
    expire_time: Option<OffsetDateTime>,
    #[serde(default, deserialize_with = "null_to_default")]
    expiration_details: ExpirationWire,
    expiration_reason: Option<SubscriptionExpirationReason>,
    purchase_platform: Option<PurchasePlatform>,
    payment_provider: Option<PaymentProvider>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "the details of an expiration")]
struct ExpirationWire {
    reason: Option<SubscriptionExpirationReason>,
}

/// Returns the text after `subscription-products/` in a path.
fn product_in_path(path: &str) -> Option<SubscriptionProductId> {
    let mut segments = path.split('/');
    segments.find(|segment| *segment == "subscription-products")?;
    segments.next().map(SubscriptionProductId::from)
}

impl<'de> Deserialize<'de> for Subscription {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = SubscriptionWire::deserialize(deserializer)?;
        let path = wire.path.as_deref().unwrap_or_default();
        let user = || id_in_path(path, "subscriptions").map(UserId::from);
        let universe = || id_in_path(path, "universes").map(UniverseId::from);
        Ok(Self {
            user: wire
                .user
                .or_else(user)
                .ok_or_else(|| D::Error::missing_field("user"))?,
            universe_id: wire.universe_id.or_else(universe),
            product_id: wire.product_id.or_else(|| product_in_path(path)),
            is_active: wire.active,
            will_renew: wire.will_renew,
            state: wire.state,
            create_time: wire.create_time,
            update_time: wire.update_time,
            last_billing_time: wire.last_billing_time,
            next_renew_time: wire.next_renew_time,
            expire_time: wire.expire_time,
            expiration_reason: wire.expiration_reason.or(wire.expiration_details.reason),
            purchase_platform: wire.purchase_platform,
            payment_provider: wire.payment_provider,
        })
    }
}
