//! Settings: timeouts, proxy, certificates, retries.

use std::sync::Arc;
use std::time::Duration;

use super::event::EventHook;
use super::limiter::LimiterChoice;
use super::retry_policy::RetryPolicy;

// Sockets accept neither zero nor an infinite timeout.
pub(super) const MIN_TIMEOUT: Duration = Duration::from_millis(1);
pub(super) const MAX_TIMEOUT: Duration = Duration::from_secs(24 * 60 * 60);

/// The settings of a client.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) user_agent: String,
    pub(crate) proxy: ProxyChoice,
    /// PEM text with the certificates to trust in place of the built-in ones.
    pub(crate) root_certificates: Option<PemText>,
    pub(crate) timeouts: Timeouts,
    pub(crate) retry: RetryPolicy,
    pub(crate) events: EventHook,
    pub(crate) rate_limiter: Option<LimiterChoice>,
    /// The first and the maximum delay between polls, instead of those of each kind of operation.
    pub(crate) poll_interval: Option<(Duration, Duration)>,
    /// Whether to wait for the next window of a rate limit instead of failing with a 429.
    pub(crate) waits_on_rate_limit: bool,
    /// The run of the sandbox that the client belongs to.
    pub(crate) sandbox_run: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            user_agent: concat!("rblx-open-cloud-rust/", env!("CARGO_PKG_VERSION")).to_owned(),
            proxy: ProxyChoice::default(),
            root_certificates: None,
            timeouts: Timeouts::default(),
            retry: RetryPolicy::default(),
            events: EventHook::default(),
            rate_limiter: None,
            poll_interval: None,
            waits_on_rate_limit: false,
            sandbox_run: None,
        }
    }
}

/// The proxy of the requests.
#[derive(Clone, Default)]
pub(crate) enum ProxyChoice {
    /// The proxy of the environment, but never for loopback.
    #[default]
    Environment,
    None,
    /// This proxy, for every address.
    Url(String),
}

// The URL may hold a password.
impl std::fmt::Debug for ProxyChoice {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Environment => "Environment",
            Self::None => "None",
            Self::Url(_) => "Url([redacted])",
        })
    }
}

/// PEM text from the caller.
#[derive(Clone)]
pub(crate) struct PemText(Arc<[u8]>);

impl PemText {
    #[cfg(feature = "rustls")]
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(feature = "rustls")]
impl From<Vec<u8>> for PemText {
    fn from(pem: Vec<u8>) -> Self {
        Self(pem.into())
    }
}

// The text may hold a private key.
impl std::fmt::Debug for PemText {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "PemText({} bytes)", self.0.len())
    }
}

/// The timeouts of requests, and the maximum size of a response.
#[derive(Debug, Clone)]
pub(crate) struct Timeouts {
    /// For one attempt of a JSON call, from connecting to the last byte of the response.
    pub(crate) request: Duration,
    /// For resolving the name and connecting.
    pub(crate) connect: Duration,
    /// For a connection that transfers no byte in either direction.
    pub(crate) idle: Duration,
    /// From the last byte sent to the head of the response.
    pub(crate) response: Duration,
    /// The size of a response in bytes, after decompression.
    pub(crate) max_response_size: u64,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            request: Duration::from_secs(30),
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(60),
            response: Duration::from_secs(300),
            max_response_size: 64 * 1024 * 1024,
        }
    }
}

impl Timeouts {
    /// Returns the timeouts within the range that sockets accept.
    pub(crate) fn clamped(&self) -> Self {
        let request = self.request.clamp(MIN_TIMEOUT, MAX_TIMEOUT);
        Self {
            request,
            connect: self.connect.clamp(MIN_TIMEOUT, request),
            idle: self.idle.clamp(MIN_TIMEOUT, MAX_TIMEOUT),
            response: self.response.clamp(MIN_TIMEOUT, MAX_TIMEOUT),
            max_response_size: self.max_response_size,
        }
    }
}
