//! The settings of a client.

use std::ffi::OsString;
use std::fmt;
use std::time::Duration;

use super::{Client, environment};
use crate::auth::Credential;
use crate::error::Result;
#[cfg(feature = "rustls")]
use crate::http::PemText;
use crate::http::{
    ClientEvent, EventHook, Hosts, HttpClient, LimiterChoice, ProxyChoice, RetryPolicy, Settings,
    without_secrets,
};
use crate::rate_limit::RateLimiter;

/// Builds a [`Client`] with custom settings. Created by [`Client::builder`].
///
/// ```
/// use std::time::Duration;
/// use rblx_open_cloud::Client;
///
/// let client = Client::builder("api-key")
///     .base_url("http://127.0.0.1:4306")
///     .timeout(Duration::from_secs(10))
///     .user_agent("my-tool/1.0")
///     .build()?;
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    credential: Credential,
    base_url: Option<String>,
    /// The base URL of the environment. [`ClientBuilder::base_url`] overrides it.
    environment_url: Option<OsString>,
    settings: Settings,
}

impl ClientBuilder {
    pub(crate) fn from_parts(
        credential: Credential,
        base_url: Option<String>,
        settings: Settings,
    ) -> Self {
        Self {
            credential,
            base_url,
            environment_url: None,
            settings,
        }
    }

    /// Creates a builder with the API key and the base URL of the environment: see [`Client::from_env`] for the
    /// variables. [`base_url`](Self::base_url) overrides the base URL of the environment.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use rblx_open_cloud::ClientBuilder;
    ///
    /// let client = ClientBuilder::from_env()?.timeout(Duration::from_secs(10)).user_agent("my-tool/1.0").build()?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if the environment sets no key variable or both of them, or the file with the key cannot be read.
    /// [`build`](Self::build) reports an invalid base URL.
    pub fn from_env() -> Result<Self> {
        Ok(Self {
            environment_url: environment::base_url(),
            ..Client::builder(environment::credential()?)
        })
    }

    /// Sends every request to another origin, such as a sandbox, including those for other hosts of the service.
    ///
    /// The URL may have a path. Plain http is accepted for loopback only.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the timeout of one attempt of a JSON call, from connecting to the last byte; 30 seconds by default.
    ///
    /// If the host of the base URL is an IP address, an attempt can take up to twice as long when the server stalls in
    /// the middle of its response.
    ///
    /// Uploads and downloads have no total timeout, only an idle timeout: see [`idle_timeout`](Self::idle_timeout).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeouts.request = limit;
        self
    }

    /// Sets the timeout for resolving the name and connecting, TLS included; 10 seconds by default.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.timeouts.connect = limit;
        self
    }

    /// Sets the timeout from the last byte sent to the head of the response, for uploads and downloads; 5 minutes by
    /// default. For a JSON call, [`timeout`](Self::timeout) applies as well, and for a download,
    /// [`idle_timeout`](Self::idle_timeout).
    pub fn response_timeout(mut self, limit: Duration) -> Self {
        self.settings.timeouts.response = limit;
        self
    }

    /// Sets how long a connection may be idle, that is transfer no bytes, before it is closed; a minute by default.
    ///
    /// Less than half a minute may break uploads over slow connections.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.timeouts.idle = limit;
        self
    }

    /// Sets the maximum size of a response, in bytes after decompression; 64 MiB by default.
    pub fn max_response_size(mut self, bytes: u64) -> Self {
        self.settings.timeouts.max_response_size = bytes;
        self
    }

    /// Sets how often failed requests are retried, and after which delays.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Sets whether a call waits for the next window of a rate limit when the current one is used up, instead of
    /// failing with a 429.
    ///
    /// The responses of the service say how many requests of a call are left in the window and when the next one
    /// starts, usually within a minute; no wait is longer than 2 minutes. Clones and threads share the count.
    ///
    /// ```
    /// use rblx_open_cloud::Client;
    /// let patient = Client::builder("api-key").base_url("http://127.0.0.1:4306").wait_on_rate_limit(true).build()?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn wait_on_rate_limit(mut self, yes: bool) -> Self {
        self.settings.waits_on_rate_limit = yes;
        self
    }

    /// Shares the count of rate limits with other processes or machines; without it clones and threads of this client
    /// share one. See [`rate_limit`](crate::rate_limit).
    ///
    /// Calls wait only with [`wait_on_rate_limit`](Self::wait_on_rate_limit); without it the client only records the
    /// reports of its responses, for the others.
    ///
    /// ```
    /// # let path = std::env::temp_dir().join(format!("limits-doc-builder-{}", std::process::id()));
    /// use rblx_open_cloud::Client;
    /// use rblx_open_cloud::rate_limit::FileLimiter;
    ///
    /// let client = Client::builder("api-key")
    ///     .base_url("http://127.0.0.1:4306")
    ///     .wait_on_rate_limit(true)
    ///     .rate_limiter(FileLimiter::open(&path)?)
    ///     .build()?;
    /// # std::fs::remove_file(path).ok();
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn rate_limiter(mut self, limiter: impl RateLimiter + 'static) -> Self {
        self.settings.rate_limiter = Some(LimiterChoice::new(limiter));
        self
    }

    /// Sets the `user-agent` header, such as `my-tool/1.0`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.settings.user_agent = user_agent.into();
        self
    }

    /// Sets the delays between the polls of [`Operation::wait`](crate::Operation::wait): `first`, then twice as long each
    /// time, up to `longest`. By default each kind of operation has its own: half a second and 15 seconds for assets.
    pub fn poll_interval(mut self, first: Duration, longest: Duration) -> Self {
        self.settings.poll_interval = Some((first, longest));
        self
    }

    /// Calls `hook` for each attempt, response, retry and wait of the client, and for failures of its rate limiter.
    ///
    /// The callback runs in the thread of the call, which waits for it. Events contain no secrets.
    ///
    /// ```
    /// use rblx_open_cloud::Client;
    ///
    /// let client = Client::builder("api-key")
    ///     .base_url("http://127.0.0.1:4306")
    ///     .on_event(|event| eprintln!("{event}"))
    ///     .build()?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn on_event(mut self, hook: impl Fn(&ClientEvent<'_>) + Send + Sync + 'static) -> Self {
        self.settings.events = EventHook::new(hook);
        self
    }

    /// Trusts only these root certificates: PEM text with one or more certificates.
    ///
    /// Use it behind a company proxy that inspects TLS, or with a server of your own. They replace the built-in
    /// certificates, or with the feature `platform-verifier` those of the operating system, so include all that you need.
    /// They also apply to downloads and to the proxy itself.
    ///
    /// ```no_run
    /// use rblx_open_cloud::ClientBuilder;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let pem = std::fs::read("company-ca.pem")?;
    /// let client = ClientBuilder::from_env()?.root_certificates(pem).build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "rustls")]
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.settings.root_certificates = Some(PemText::from(pem.into()));
        self
    }

    /// Connects through this proxy, such as `http://user:password@host:3128`, instead of the one of the environment.
    ///
    /// By default the environment decides: the first of `ALL_PROXY`, `HTTPS_PROXY` and `HTTP_PROXY` that is set, and
    /// `NO_PROXY`, but never for loopback. [`build`](Self::build) rejects SOCKS proxies.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.proxy = ProxyChoice::Url(url.into());
        self
    }

    /// Connects without a proxy. Ignores the environment.
    pub fn no_proxy(mut self) -> Self {
        self.settings.proxy = ProxyChoice::None;
        self
    }

    /// Sets the run of the sandbox that the client belongs to.
    #[cfg(feature = "sandbox")]
    pub(crate) fn sandbox_run(mut self, run: &str) -> Self {
        self.settings.sandbox_run = Some(run.to_owned());
        self
    }

    /// Creates the client. Sends no request.
    ///
    /// # Errors
    /// `InvalidInput` if the credential cannot be sent in a header, the base URL (also one of the environment) is not
    /// valid or would send the key in the clear, the proxy (also one of the environment) is malformed or for SOCKS, the
    /// root certificates are damaged, the user agent is malformed, or the URL is https and the crate was built without
    /// TLS.
    pub fn build(self) -> Result<Client> {
        let hosts = match (&self.base_url, self.environment_url) {
            (Some(url), _) => Hosts::from_base_url(url)?,
            (None, Some(url)) => environment::hosts(url)?,
            (None, None) => Hosts::live()?,
        };
        Ok(HttpClient::new(hosts, Some(&self.credential), self.settings)?.into())
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("credential", &self.credential)
            .field("base_url", &self.base_url.as_deref().map(without_secrets))
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
