//! The verification of notifications.

use std::fmt;
use std::time::Duration;

use time::OffsetDateTime;

use super::event::WebhookEvent;
use super::header::{Header, rejected};
use crate::error::{Error, Result};

/// The maximum age of a notification, unless another one is set.
const DEFAULT_TOLERANCE: Duration = Duration::from_secs(600);

/// The maximum number of seconds that the clock of the sender may be ahead.
const MAX_SECONDS_AHEAD: i128 = 60;

/// Verifies the notifications of a webhook, with the secret that is set on the Creator Dashboard.
///
/// ```
/// use rblx_open_cloud::ErrorKind;
/// use rblx_open_cloud::webhooks::Webhook;
///
/// let webhook = Webhook::new("secret");
/// let body = br#"{"NotificationId":"1","EventType":"SampleNotification"}"#;
/// let error = webhook.verify("t=1700000000,v1=AAAA", body).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::InvalidSignature);
/// assert_eq!(format!("{webhook:?}"), "Webhook { secrets: 1, tolerance: 600s, .. }");
/// ```
#[derive(Clone)]
pub struct Webhook {
    secrets: Vec<Vec<u8>>,
    tolerance: Duration,
}

impl Webhook {
    /// The name of the header to pass to [`verify`](Self::verify). Names of headers are compared without case.
    pub const HEADER: &str = "roblox-signature";

    /// Accepts only notifications that are signed with this secret.
    ///
    /// The secret is used as it is: remove the line break that a file may end with.
    #[must_use]
    pub fn new(secret: impl AsRef<[u8]>) -> Self {
        Self::unsigned().or_secret(secret)
    }

    /// Accepts notifications without a signature, for a webhook that has no secret. **Anybody who knows the address of the
    /// receiver can send them.**
    #[must_use]
    pub fn unsigned() -> Self {
        Self {
            secrets: Vec::new(),
            tolerance: DEFAULT_TOLERANCE,
        }
    }

    /// Also accepts notifications that are signed with this secret, while the secret is replaced by another one.
    ///
    /// ```
    /// use rblx_open_cloud::webhooks::Webhook;
    ///
    /// # let (current, previous) = ("2", "1");
    /// let webhook = Webhook::new(current).or_secret(previous);
    /// ```
    #[must_use]
    pub fn or_secret(mut self, secret: impl AsRef<[u8]>) -> Self {
        self.secrets.push(secret.as_ref().to_vec());
        self
    }

    /// Sets the maximum age of a notification: 10 minutes unless set. It may always be up to a minute in the future.
    #[must_use]
    pub fn tolerance(mut self, age: Duration) -> Self {
        self.tolerance = age;
        self
    }

    /// Verifies a notification that arrives now, and decodes its event.
    ///
    /// `header` is the content of the header [`roblox-signature`](Self::HEADER), or an empty text if there is none. `body`
    /// has to be what was received, byte for byte: JSON that was decoded and encoded again has another signature.
    ///
    /// # Errors
    /// `InvalidSignature` if the notification is not signed with a secret of this webhook, is too old or in the future, or if
    /// the header is malformed. `Decode` if the signature is valid, but the body is not an event. `InvalidInput` if a
    /// secret is empty.
    pub fn verify(&self, header: &str, body: &[u8]) -> Result<WebhookEvent> {
        self.verify_at(header, body, OffsetDateTime::now_utc())
    }

    /// Verifies a notification that arrived at this time, such as one from a queue.
    ///
    /// # Errors
    /// The same as [`verify`](Self::verify).
    pub fn verify_at(
        &self,
        header: &str,
        body: &[u8],
        received: OffsetDateTime,
    ) -> Result<WebhookEvent> {
        let header = Header::parse(header)?;
        self.check_signature(&header, body)?;
        self.check_time(&header, received)?;
        WebhookEvent::from_body(body)
    }

    fn check_signature(&self, header: &Header<'_>, body: &[u8]) -> Result<()> {
        if self.secrets.is_empty() {
            return Ok(());
        }
        if self.secrets.iter().any(Vec::is_empty) {
            return Err(Error::invalid_input("the secret of the webhook is empty"));
        }
        if !header.has_signature() {
            return Err(rejected("the header has no signature (`v1=`)"));
        }
        let mut secrets = self.secrets.iter();
        if secrets.any(|secret| header.is_signed_with(secret, body)) {
            return Ok(());
        }
        Err(rejected("no signature of the header matches the body"))
    }

    fn check_time(&self, header: &Header<'_>, received: OffsetDateTime) -> Result<()> {
        let received = i128::from(received.unix_timestamp());
        let age = received.saturating_sub(i128::from(header.seconds));
        let limit = i128::from(self.tolerance.as_secs());
        let message = if age > limit {
            format!("the notification was sent {age} s ago, and at most {limit} s are accepted")
        } else if age < -MAX_SECONDS_AHEAD {
            let ahead = age.saturating_neg();
            format!("the notification was sent {ahead} s in the future")
        } else {
            return Ok(());
        };
        let advice = "It may be a replay; if not, check the clock of this machine";
        Err(rejected(message).map(|inner| inner.advice = Some(advice.into())))
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Webhook")
            .field("secrets", &self.secrets.len())
            .field("tolerance", &self.tolerance)
            .finish_non_exhaustive()
    }
}
