//! The client: one pool of connections, one credential, shared by every handle made from it.

use std::fmt;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::auth::Credential;
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::error::{Error, Result};
use crate::http::{
    ClientEvent, EventHook, Hosts, HttpClient, ProxyChoice, RateLimit, RetryPolicy, Settings,
};
use crate::operation::Operation;

/// The environment variable that [`Client::from_env`] reads.
const API_KEY_VARIABLE: &str = "ROBLOX_API_KEY";

/// A Roblox Open Cloud client. Clones are cheap and share one connection pool, one credential and one count of rate
/// limits; they can be used from many threads at once.
///
/// ```no_run
/// use rblx_open_cloud::Client;
///
/// let client = Client::from_env()?;
/// let user = client.user(156).get()?;
/// println!("{} (@{})", user.display_name, user.name);
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Clone)]
pub struct Client {
    http: HttpClient,
}

impl Client {
    /// A client with an API key and default settings.
    ///
    /// # Errors
    /// `InvalidInput` if the key cannot be one (empty, or with spaces or line breaks); the text never holds the key.
    pub fn new(credential: impl Into<Credential>) -> Result<Self> {
        Self::builder(credential).build()
    }

    /// A client with the API key in the environment variable `ROBLOX_API_KEY`.
    ///
    /// # Errors
    /// `InvalidInput` if the variable is not set or its value cannot be a key.
    pub fn from_env() -> Result<Self> {
        let advice = "set it to an API key made on the Creator Dashboard";
        let key = std::env::var(API_KEY_VARIABLE).map_err(|error| {
            // The value may be a key in the wrong encoding, so only the reason is told.
            let why = match error {
                std::env::VarError::NotPresent => "is not set",
                std::env::VarError::NotUnicode(_) => "is not Unicode text",
            };
            Error::invalid_input(format!(
                "the environment variable {API_KEY_VARIABLE} {why}; {advice}"
            ))
        })?;
        if key.is_empty() {
            // What a CI system gives where a secret is missing.
            return Err(Error::invalid_input(format!(
                "the environment variable {API_KEY_VARIABLE} is empty; {advice}"
            )));
        }
        let credential = Credential::from(key);
        credential.header().map_err(|error| {
            error.map(|inner| inner.message = format!("{API_KEY_VARIABLE}: {}", inner.message))
        })?;
        Self::new(credential)
    }

    /// A client with settings of your own.
    pub fn builder(credential: impl Into<Credential>) -> ClientBuilder {
        ClientBuilder::from_parts(credential.into(), None, Settings::default())
    }

    /// Resumes an operation by its path, as [`Operation::path`] gave it. Sends no request.
    ///
    /// ```no_run
    /// use rblx_open_cloud::{Client, models::Asset};
    ///
    /// let client = Client::from_env()?;
    /// let path = std::fs::read_to_string("upload.txt").unwrap_or_default();
    /// match client.operation::<Asset>(path.trim()).poll()? {
    ///     Some(asset) => println!("asset {}", asset.asset_id),
    ///     None => println!("still being processed"),
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn operation<T: DeserializeOwned + Clone>(&self, path: impl Into<String>) -> Operation<T> {
        Operation::resume(self.http.clone(), path.into())
    }

    /// Returns what the last response of a call reported about its rate limit, by the documented path such as
    /// `/cloud/v2/users/{user_id}`; `None` before the first response, or if it reported nothing.
    ///
    /// If several methods share the path, [`rate_limit_of`](Self::rate_limit_of) tells them apart.
    #[must_use]
    pub fn rate_limit(&self, endpoint: &str) -> Option<RateLimit> {
        self.http.rate_limit(None, endpoint)
    }

    /// Returns what the last response of a call reported about its rate limit, by method and documented path.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::Method;
    ///
    /// client.user(156).get()?;
    /// let limit = client.rate_limit_of(Method::Get, "/cloud/v2/users/{user_id}");
    /// println!("{:?} requests left", limit.and_then(|limit| limit.remaining));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn rate_limit_of(&self, method: Method, endpoint: &str) -> Option<RateLimit> {
        self.http.rate_limit(Some(method), endpoint)
    }

    /// Returns a clone whose calls take at most this long, with all attempts and the delays between them. It shares
    /// everything else with this client.
    ///
    /// The limit counts for each request, for each page of a list and for a whole upload; [`Operation::wait`] takes the
    /// smaller of both limits.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    ///
    /// let quick = client.with_deadline(Duration::from_secs(2));
    /// println!("{}", quick.user(156).get()?.name);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn with_deadline(&self, limit: Duration) -> Self {
        self.http.clone().with_deadline(limit).into()
    }

    /// Ends every call of this client and its clones, from any thread and for good: what is blocked in a connection, a
    /// delay or a wait returns an error of kind [`Shutdown`](crate::ErrorKind::Shutdown) within 100 milliseconds, and so
    /// does every later call.
    ///
    /// Resolving a name and connecting end after `connect_timeout` at the latest, and a reader or callback of your own
    /// when it returns. [`Error::outcome_unknown`](crate::Error::outcome_unknown) says whether a request may have been
    /// carried out.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::ErrorKind;
    ///
    /// let worker = std::thread::spawn({
    ///     let client = client.clone();
    ///     move || client.user(156).get()
    /// });
    /// client.shutdown();
    /// let _ = worker.join();
    /// assert_eq!(client.user(156).get().unwrap_err().kind(), ErrorKind::Shutdown);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn shutdown(&self) {
        self.http.stop_signal().stop();
    }

    /// Starts a call of an endpoint.
    pub(crate) fn call(&self, endpoint: &'static Endpoint) -> Call {
        Call::new(&self.http, endpoint)
    }

    pub(crate) fn http(&self) -> &HttpClient {
        &self.http
    }
}

impl From<HttpClient> for Client {
    fn from(http: HttpClient) -> Self {
        Self { http }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("base_url", &self.http.base_url())
            .finish_non_exhaustive()
    }
}

/// Settings of a [`Client`]. Made by [`Client::builder`].
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
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    credential: Credential,
    base_url: Option<String>,
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
            settings,
        }
    }

    /// UserContent every request to another origin, such as a sandbox; also those that go to another host of the service. It may carry a path. Plain http is for loopback only.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The time that one attempt of a JSON call may take, from connecting to the last byte; 30 seconds unless set.
    ///
    /// Where the base URL is a bare address, a peer that stalls in the middle of its answer can stretch it to twice
    /// that.
    ///
    /// Uploads have no total limit, since a slow line is no fault; [`idle_timeout`](Self::idle_timeout) ends them.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeouts.request = limit;
        self
    }

    /// The time for resolving the name and connecting, TLS included; 10 seconds unless set.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.timeouts.connect = limit;
        self
    }

    /// The time from the last byte sent to the head of the answer; 5 minutes unless set, which counts for uploads
    /// (a JSON call has no more than its `timeout`).
    pub fn response_timeout(mut self, limit: Duration) -> Self {
        self.settings.timeouts.response = limit;
        self
    }

    /// The time in which at least something must move, in either direction; a minute unless set.
    ///
    /// Below half a minute it may break uploads over slow lines.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.timeouts.idle = limit;
        self
    }

    /// The largest answer that is read, in bytes after decompression; 64 MiB unless set.
    pub fn max_response_size(mut self, bytes: u64) -> Self {
        self.settings.timeouts.max_response_size = bytes;
        self
    }

    /// How often, and after which pauses, a failed request is sent again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Whether to wait for the next window where the service says that this one is used up, rather than to be refused.
    ///
    /// The service tells with its answers how many requests of a call are left in the window and when the next one
    /// begins, usually within a minute; no wait is longer than 2 minutes. Clones and threads share the count.
    ///
    /// ```
    /// # use rblx_open_cloud::Client;
    /// let patient = Client::builder("api-key").base_url("http://127.0.0.1:4306").wait_on_rate_limit(true).build()?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn wait_on_rate_limit(mut self, yes: bool) -> Self {
        self.settings.waits_on_rate_limit = yes;
        self
    }

    /// The `user-agent` header, such as `my-tool/1.0`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.settings.user_agent = user_agent.into();
        self
    }

    /// How long [`Operation::wait`] pauses between two questions: `first`, then twice as long each time, up to
    /// `longest`. Half a second and 15 seconds unless set.
    pub fn poll_interval(mut self, first: Duration, longest: Duration) -> Self {
        self.settings.poll_interval = Some((first, longest));
        self
    }

    /// Reports what the client does to a callback: attempts, responses, retries and waits.
    ///
    /// The callback runs in the thread of the call, which waits for it. Events hold no secrets.
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

    /// Goes through this proxy, such as `http://user:password@host:3128`, instead of what the environment says.
    ///
    /// Without it the variables `ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY` (the first that is set) and `NO_PROXY` count,
    /// but never for loopback. Proxies for SOCKS are refused by [`build`](Self::build).
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.proxy = ProxyChoice::Url(url.into());
        self
    }

    /// Goes through no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.settings.proxy = ProxyChoice::None;
        self
    }

    /// Makes the client. UserContent nothing.
    ///
    /// # Errors
    /// `InvalidInput` if the credential cannot stand in a header, the base URL is no URL or would send the key in the
    /// clear, the proxy (also one of the environment) is malformed or for SOCKS, the user agent is malformed, or the
    /// URL is https and the crate was built without TLS.
    pub fn build(self) -> Result<Client> {
        let origins = match &self.base_url {
            Some(url) => Hosts::from_base_url(url)?,
            None => Hosts::live()?,
        };
        let http = HttpClient::new(origins, Some(&self.credential), self.settings)?;
        Ok(Client { http })
    }
}
