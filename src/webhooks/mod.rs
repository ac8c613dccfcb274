//! Webhooks: verifies the notifications that Roblox sends to your server, and decodes their events.
//!
//! A receiver passes the header `roblox-signature` and the body, as it arrived, to [`Webhook::verify`]. The crate has no
//! HTTP server: any server or framework that provides these two will do.
//!
//! ```
//! use rblx_open_cloud::webhooks::{EventType, RightToErasureRequest, SeenNotifications, Webhook};
//!
//! /// Returns the status to respond with.
//! fn receive(webhook: &Webhook, seen: &SeenNotifications, header: &str, body: &[u8]) -> u16 {
//!     let Ok(event) = webhook.verify(header, body) else {
//!         return 403;
//!     };
//!     if !seen.insert(&event.notification_id) {
//!         return 200; // a duplicate
//!     }
//!     match event.event_type {
//!         EventType::RightToErasureRequest => match event.payload::<RightToErasureRequest>() {
//!             Ok(request) => println!("erase the data of user {}", request.user_id),
//!             Err(_) => {
//!                 seen.remove(&event.notification_id); // so that the next delivery is handled
//!                 return 500;
//!             }
//!         },
//!         _ => {} // a test, or an event that is of no interest here
//!     }
//!     200
//! }
//!
//! use rblx_open_cloud::sandbox;
//! # use rblx_open_cloud::webhooks::WebhookEvent;
//! # #[derive(serde::Serialize)] #[serde(rename_all = "PascalCase")] struct Payload { user_id: u64 }
//! let webhook = Webhook::new("secret");
//! let seen = SeenNotifications::default();
//! # let event = WebhookEvent::new(EventType::SampleNotification, &Payload { user_id: 156 })?;
//! let (header, body) = sandbox::signed_webhook("secret", &event);
//! assert_eq!(receive(&webhook, &seen, &header, &body), 200);
//! assert_eq!(receive(&webhook, &seen, "t=1700000000", &body), 403);
//! # let event = WebhookEvent::new(EventType::RightToErasureRequest, &())?;
//! # let (header, body) = sandbox::signed_webhook("secret", &event);
//! # assert_eq!([(); 2].map(|()| receive(&webhook, &seen, &header, &body)), [500; 2]);
//! # Ok::<(), rblx_open_cloud::Error>(())
//! ```

mod event;
mod header;
mod payload;
mod seen;
mod webhook;

pub use event::{EventType, WebhookEvent};
#[cfg(feature = "sandbox")]
pub(crate) use header::sign;
pub use payload::{
    CommerceMerchant, CommerceOrderState, CommerceProductOrder, RightToErasureRequest,
    SampleNotification, SubscriptionEvent,
};
pub use seen::SeenNotifications;
pub use webhook::Webhook;
