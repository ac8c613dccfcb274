//! What a client can be told about the way its requests go.

use std::time::Duration;

use super::retry::RetryPolicy;

/// The sockets take neither zero nor for ever as a time-out.
pub(super) const SHORTEST: Duration = Duration::from_millis(1);
pub(super) const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// How requests are made.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) user_agent: String,
    pub(crate) proxy: ProxyChoice,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    /// Wait for the next window of a rate limit rather than be refused.
    pub(crate) is_paced: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            user_agent: concat!("rblx-open-cloud-rust/", env!("CARGO_PKG_VERSION")).to_owned(),
            proxy: ProxyChoice::default(),
            limits: Limits::default(),
            retry: RetryPolicy::default(),
            is_paced: false,
        }
    }
}

/// Which proxy requests go through.
#[derive(Clone, Default)]
pub(crate) enum ProxyChoice {
    /// What the environment says, but never for loopback.
    #[default]
    Environment,
    None,
    /// This one, for every address.
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

/// How long and how large things may get.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// One attempt of a JSON call, from connecting to the last byte of the answer.
    pub(crate) attempt: Duration,
    /// Resolving the name and connecting.
    pub(crate) connect: Duration,
    /// Nothing moving for this long, in either direction.
    pub(crate) stall: Duration,
    /// From the last byte sent to the head of the answer: the service's thinking time.
    pub(crate) first_byte: Duration,
    /// The size of an answer in bytes, after decompression.
    pub(crate) response: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            attempt: Duration::from_secs(30),
            connect: Duration::from_secs(10),
            stall: Duration::from_secs(60),
            first_byte: Duration::from_secs(300),
            response: 64 * 1024 * 1024,
        }
    }
}

impl Limits {
    /// The same, within what sockets take.
    pub(crate) fn within_reason(&self) -> Self {
        let attempt = self.attempt.clamp(SHORTEST, LONGEST);
        Self {
            attempt,
            connect: self.connect.clamp(SHORTEST, attempt),
            stall: self.stall.clamp(SHORTEST, LONGEST),
            first_byte: self.first_byte.clamp(SHORTEST, LONGEST),
            response: self.response,
        }
    }
}
