//! The details of events.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use time::OffsetDateTime;

use crate::json::scalar_text;
use crate::models::serde_helpers::{
    Timestamp, id_or_path, is_none, null_to_default, required_id, timestamp,
};
use crate::models::{PlaceId, SubscriptionProductId, UniverseId, UserId};

/// A test that was started on the Creator Dashboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", expecting = "a sample notification")]
#[non_exhaustive]
pub struct SampleNotification {
    /// User who started the test.
    #[serde(deserialize_with = "required_id")]
    pub user_id: UserId,
}

/// A user's request to erase their data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", expecting = "a request for erasure")]
#[non_exhaustive]
pub struct RightToErasureRequest {
    /// User whose data has to be erased.
    #[serde(deserialize_with = "required_id")]
    pub user_id: UserId,
    /// Start places of the universes that the user played, as the service documents it. Despite the name of the field these
    /// are not ids of universes.
    #[serde(default, deserialize_with = "null_to_default")]
    pub game_ids: Vec<PlaceId>,
}

/// A change of a subscription.
///
/// The service documents that the payload names the subscription and the subscriber, and the reason of a cancellation, but
/// not its fields. This type reads the forms that the service uses elsewhere, so each field may be absent;
/// [`WebhookEvent::payload`](super::WebhookEvent) has everything. For the state of a subscription, call
/// [`Universe::subscription`](crate::resource::Universe::subscription).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct SubscriptionEvent {
    /// User who subscribed.
    #[serde(skip_serializing_if = "is_none")]
    pub user_id: Option<UserId>,
    /// Product that the user subscribed to.
    #[serde(skip_serializing_if = "is_none")]
    pub product_id: Option<SubscriptionProductId>,
    /// Universe of the product.
    #[serde(skip_serializing_if = "is_none")]
    pub universe_id: Option<UniverseId>,
    /// Reason of the cancellation, as the service writes it.
    #[serde(skip_serializing_if = "is_none")]
    pub cancellation_reason: Option<String>,
}

/// An order of a product that is sold outside of Roblox, such as merchandise. The service may send an event of it more
/// than once, each with a new id: recognize orders by [`order_id`](Self::order_id) and [`state`](Self::state).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CommerceProductOrder {
    /// Unique id of the order.
    pub order_id: String,
    /// Commerce product that was ordered.
    #[serde(skip_serializing_if = "is_none")]
    pub commerce_product_id: Option<String>,
    /// Universe that sells the product.
    #[serde(skip_serializing_if = "is_none")]
    pub universe_id: Option<UniverseId>,
    /// User who ordered.
    #[serde(skip_serializing_if = "is_none")]
    pub user: Option<UserId>,
    /// State of the order.
    #[serde(skip_serializing_if = "is_none")]
    pub state: Option<CommerceOrderState>,
    /// Merchant who delivers.
    #[serde(skip_serializing_if = "is_none")]
    pub merchant: Option<CommerceMerchant>,
    /// Id of the order at the merchant.
    #[serde(skip_serializing_if = "is_none")]
    pub merchant_order_id: Option<String>,
    /// Creation time.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub create_time: Option<OffsetDateTime>,
    /// Time of the last change.
    #[serde(with = "timestamp::option", skip_serializing_if = "is_none")]
    pub update_time: Option<OffsetDateTime>,
}

open_enum! {
    /// The state of an order.
    CommerceOrderState,
    /// Not specified by the service.
    Unspecified = "STATE_UNSPECIFIED",
    /// Paid.
    Paid = "STATE_PAID" | "PAID",
    /// Refunded.
    Refunded = "STATE_REFUNDED" | "REFUNDED",
}

open_enum! {
    /// The merchant who delivers the orders of commerce products.
    CommerceMerchant,
    /// Not specified by the service.
    Unspecified = "MERCHANT_PLATFORM_UNSPECIFIED",
    /// Shopify.
    Shopify = "SHOPIFY",
}

/// The fields of a payload by their names in lower case: the envelope of a notification is written in Pascal case, the
/// resources of the service in camel case.
struct Fields(BTreeMap<String, Value>);

impl Fields {
    /// Reads a payload that may hold resources in fields of these names.
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        resources: &[&str],
    ) -> Result<Self, D::Error> {
        let mut fields = Self::lower(BTreeMap::deserialize(deserializer)?);
        for resource in resources {
            if let Some(Value::Object(_)) = fields.0.get(*resource)
                && let Some(Value::Object(nested)) = fields.0.remove(*resource)
            {
                fields.0.extend(Self::lower(nested).0);
            }
        }
        Ok(fields)
    }

    fn lower(fields: impl IntoIterator<Item = (String, Value)>) -> Self {
        let fields = fields.into_iter();
        Self(
            fields
                .map(|(name, value)| (name.to_ascii_lowercase(), value))
                .collect(),
        )
    }

    /// Returns the first of these fields that holds a number or a text that is not empty.
    fn text(&self, names: &[&str]) -> Option<String> {
        let values = names.iter().filter_map(|name| self.0.get(*name));
        let mut texts = values.filter_map(scalar_text);
        texts.find(|text| !text.is_empty())
    }

    fn id(&self, names: &[&str], collection: &str) -> Option<u64> {
        let mut texts = names.iter().filter_map(|name| self.text(&[name]));
        texts.find_map(|text| id_or_path(&text, collection))
    }

    /// Returns the segment after `collection/` in the path of the resource.
    fn in_path(&self, path: &[&str], collection: &str) -> Option<String> {
        let path = self.text(path)?;
        let mut segments = path.split('/').skip_while(|segment| *segment != collection);
        segments.nth(1).map(str::to_owned)
    }

    fn time<E: serde::de::Error>(&self, name: &str) -> Result<Option<OffsetDateTime>, E> {
        let Some(value) = self.0.get(name) else {
            return Ok(None);
        };
        let time = Timestamp::deserialize(value).map_err(E::custom)?;
        Ok(time.0)
    }
}

impl<'de> Deserialize<'de> for SubscriptionEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Fields::read(deserializer, &["subscription", "subscriber"])?;
        let paths = ["path", "subscription"];
        let users = ["userid", "subscriberid", "subscriber", "user"];
        let products = ["productid", "subscriptionproductid", "subscriptionid"];
        let in_path = |collection| fields.in_path(&paths, collection);
        // A bare id of the subscription, which is not a path.
        let bare = || {
            fields
                .text(&["subscription"])
                .filter(|text| !text.contains('/'))
        };
        let product = fields.text(&products);
        let product = product
            .or_else(|| in_path("subscription-products"))
            .or_else(bare);
        let id_in_path = |collection| in_path(collection).and_then(|text| text.parse().ok());
        let user = fields
            .id(&users, "users")
            .or_else(|| id_in_path("subscriptions"));
        let universe = fields.id(&["universeid", "universe"], "universes");
        let universe = universe.or_else(|| id_in_path("universes"));
        Ok(Self {
            user_id: user.map(UserId::from),
            product_id: product.map(SubscriptionProductId::from),
            universe_id: universe.map(UniverseId::from),
            cancellation_reason: fields.text(&["cancellationreason", "cancelreason", "reason"]),
        })
    }
}

impl<'de> Deserialize<'de> for CommerceProductOrder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Fields::read(deserializer, &["commerceproductorder"])?;
        let in_path = |collection| fields.in_path(&["path"], collection);
        let order = fields.text(&["orderid"]).or_else(|| in_path("orders"));
        let product = fields.text(&["commerceproductid"]);
        let universe = fields.id(&["universeid", "path"], "universes");
        let state = fields.text(&["state"]);
        let merchant = fields.text(&["merchant"]);
        Ok(Self {
            order_id: order.ok_or_else(|| D::Error::missing_field("path"))?,
            commerce_product_id: product.or_else(|| in_path("commerce-products")),
            universe_id: universe.map(UniverseId::from),
            user: fields.id(&["user", "userid"], "users").map(UserId::from),
            state: state.map(|text| CommerceOrderState::from(text.as_str())),
            merchant: merchant.map(|text| CommerceMerchant::from(text.as_str())),
            merchant_order_id: fields.text(&["merchantorderid"]),
            create_time: fields.time("createtime")?,
            update_time: fields.time("updatetime")?,
        })
    }
}
