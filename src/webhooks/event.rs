//! The event in a notification.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::error::{Error, ErrorKind, Result};
use crate::http::idempotency_key;
use crate::models::RawJson;
use crate::models::serde_helpers::timestamp;

/// The maximum length of a decoding error, in characters: it may quote the body.
const MAX_QUOTED: usize = 200;

/// An event that a webhook was notified of.
///
/// ```
/// use rblx_open_cloud::webhooks::{EventType, RightToErasureRequest, WebhookEvent};
///
/// let event: WebhookEvent = serde_json::from_str(r#"{
///     "NotificationId": "b7e6a3c1",
///     "EventType": "RightToErasureRequest",
///     "EventTime": "2023-12-30T16:24:24.2118874Z",
///     "EventPayload": {"UserId": 1, "GameIds": [1234, 2345]}
/// }"#)?;
/// assert_eq!(event.event_type, EventType::RightToErasureRequest);
/// assert_eq!(event.time.nanosecond(), 211_887_400);
/// let request: RightToErasureRequest = event.payload()?;
/// assert_eq!(request.user_id.get(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an event of a webhook")]
#[non_exhaustive]
pub struct WebhookEvent {
    /// Unique id of the notification. A repeated delivery has the same id: see
    /// [`SeenNotifications`](super::SeenNotifications).
    #[serde(rename = "NotificationId")]
    pub notification_id: String,
    /// Type of the event.
    #[serde(rename = "EventType")]
    pub event_type: EventType,
    /// Time of the event, with up to 7 digits of a second.
    #[serde(rename = "EventTime", with = "timestamp")]
    pub time: OffsetDateTime,
    /// Details of the event, as they were sent; `null` if there are none.
    #[serde(rename = "EventPayload", default)]
    pub payload: RawJson,
}

open_enum! {
    /// The type of an event.
    EventType,
    /// A test of the webhook on the Creator Dashboard: [`SampleNotification`](super::SampleNotification).
    SampleNotification = "SampleNotification",
    /// A user requests the erasure of their data: [`RightToErasureRequest`](super::RightToErasureRequest).
    RightToErasureRequest = "RightToErasureRequest",
    /// A user subscribed: [`SubscriptionEvent`](super::SubscriptionEvent).
    SubscriptionPurchased = "SubscriptionPurchased",
    /// A subscription was renewed: [`SubscriptionEvent`](super::SubscriptionEvent).
    SubscriptionRenewed = "SubscriptionRenewed",
    /// A user subscribed again: [`SubscriptionEvent`](super::SubscriptionEvent).
    SubscriptionResubscribed = "SubscriptionResubscribed",
    /// A user was refunded: [`SubscriptionEvent`](super::SubscriptionEvent).
    SubscriptionRefunded = "SubscriptionRefunded",
    /// A user cancelled a subscription: [`SubscriptionEvent`](super::SubscriptionEvent).
    SubscriptionCancelled = "SubscriptionCancelled" | "SubscriptionCanceled",
    /// A user paid for an order: [`CommerceProductOrder`](super::CommerceProductOrder).
    CommerceProductOrderPaid = "CommerceProductOrderPaid",
    /// An order was refunded or cancelled: [`CommerceProductOrder`](super::CommerceProductOrder).
    CommerceProductOrderRefunded = "CommerceProductOrderRefunded",
}

impl WebhookEvent {
    /// Creates an event with the current time and a new id, for tests.
    ///
    /// # Errors
    /// `InvalidInput` if the payload cannot be written as JSON.
    pub fn new(
        event_type: impl Into<EventType>,
        payload: &(impl Serialize + ?Sized),
    ) -> Result<Self> {
        Ok(Self {
            notification_id: idempotency_key(),
            event_type: event_type.into(),
            time: OffsetDateTime::now_utc(),
            payload: RawJson::new(payload)?,
        })
    }

    /// Decodes a body whose signature was verified.
    pub(super) fn from_body(body: &[u8]) -> Result<Self> {
        serde_json::from_slice(body).map_err(|error| {
            let reason: String = error.to_string().chars().take(MAX_QUOTED).collect();
            let message = format!("the body is not an event of a webhook: {reason}");
            let advice = "Check that the body is passed on whole";
            Error::new(ErrorKind::Decode, message).map(|inner| inner.advice = Some(advice.into()))
        })
    }

    /// Decodes the details of the event. Look at [`event_type`](Self::event_type) first: it says which type they have.
    ///
    /// # Errors
    /// `Decode` if the payload is not a `T`.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        self.payload.parse_as()
    }
}
