//! The client: one pool of connections, one credential, shared by every handle made from it.

mod builder;
mod environment;

use std::fmt;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::auth::Credential;
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::error::Result;
use crate::http::{HttpClient, RateLimit, Settings};
use crate::operation::Operation;

pub use builder::ClientBuilder;

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
    /// Makes a client with an API key and default settings.
    ///
    /// # Errors
    /// `InvalidInput` if the key cannot be one (empty, or with spaces or line breaks); the text never holds the key.
    pub fn new(credential: impl Into<Credential>) -> Result<Self> {
        Self::builder(credential).build()
    }

    /// Makes a client with the API key, and the base URL, that the environment names.
    ///
    /// | variable | meaning |
    /// | --- | --- |
    /// | `ROBLOX_API_KEY` | the API key |
    /// | `ROBLOX_API_KEY_FILE` | instead of it, a file that holds the key and nothing else; a line break at its end does not count |
    /// | `ROBLOX_OPEN_CLOUD_URL` | a base URL, such as that of a sandbox, as for [`ClientBuilder::base_url`]; without it requests go to the live API |
    /// | `ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` | the proxy, for every client: see [`ClientBuilder::proxy`] |
    ///
    /// [`ClientBuilder::from_env`] reads the same and takes further settings.
    ///
    /// # Errors
    /// `InvalidInput` if no key or two are named, the file cannot be read, or a value is not valid. The text names the
    /// variable and the file; it never holds a key.
    pub fn from_env() -> Result<Self> {
        ClientBuilder::from_env()?.build()
    }

    /// Starts the settings of a client.
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
