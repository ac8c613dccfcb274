//! Notifications of webhooks, for tests of receivers.

use time::OffsetDateTime;

use crate::webhooks::{WebhookEvent, sign};

/// Signs an event as the service does. Returns the header `roblox-signature` and the body to pass to a receiver.
///
/// To test with an old notification, verify it with [`Webhook::verify_at`](crate::webhooks::Webhook::verify_at).
///
/// ```
/// use rblx_open_cloud::models::RawJson;
/// use rblx_open_cloud::sandbox::signed_webhook;
/// use rblx_open_cloud::webhooks::{EventType, Webhook, WebhookEvent};
///
/// let payload = RawJson::from_text(r#"{"UserId":156,"GameIds":[90]}"#)?;
/// let event = WebhookEvent::new(EventType::RightToErasureRequest, &payload)?;
/// let (header, body) = signed_webhook("secret", &event);
/// assert_eq!(Webhook::new("secret").verify(&header, &body)?, event);
/// assert!(Webhook::new("another secret").verify(&header, &body).is_err());
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[must_use]
pub fn signed_webhook(secret: impl AsRef<[u8]>, event: &WebhookEvent) -> (String, Vec<u8>) {
    // Only a time before the year 0 cannot be written. The body is empty then, which receivers reject.
    let body = serde_json::to_vec(event).unwrap_or_default();
    let now = OffsetDateTime::now_utc().unix_timestamp();
    (sign(secret.as_ref(), now, &body), body)
}
