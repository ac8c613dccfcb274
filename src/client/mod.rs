//! The client: one connection pool and one credential, which its handles share.

mod builder;
mod environment;

use std::fmt;

use crate::auth::Credential;
use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::http::{HttpClient, Settings};

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
    /// Creates a client with the API key and the base URL of the environment.
    ///
    /// | variable | meaning |
    /// | --- | --- |
    /// | `ROBLOX_API_KEY` | the API key |
    /// | `ROBLOX_API_KEY_FILE` | instead of it, a file that contains only the key; a line break at its end is ignored |
    /// | `ROBLOX_OPEN_CLOUD_URL` | a base URL, such as that of a sandbox, as for [`ClientBuilder::base_url`]; without it requests go to the live API |
    /// | `ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` | the proxy, for every client: see [`ClientBuilder::proxy`] |
    ///
    /// [`ClientBuilder::from_env`] reads the same variables and accepts further settings.
    ///
    /// # Errors
    /// `InvalidInput` if the environment sets no key variable or both of them, the file cannot be read, or a value is
    /// not valid. The error names the variable and the file, but never shows a key.
    pub fn from_env() -> Result<Self> {
        ClientBuilder::from_env()?.build()
    }

    /// Creates a client with an API key or an access token, and default settings.
    ///
    /// # Errors
    /// `InvalidInput` if the key is empty or has spaces or line breaks; the error never shows the key.
    pub fn new(credential: impl Into<Credential>) -> Result<Self> {
        Self::builder(credential).build()
    }

    /// Returns a builder for a client with other settings.
    pub fn builder(credential: impl Into<Credential>) -> ClientBuilder {
        ClientBuilder::from_parts(credential.into(), None, Settings::default())
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
