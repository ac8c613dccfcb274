//! A running sandbox.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::builder::SandboxBuilder;
use super::random::random_text;
use super::server::Server;
use super::state::Shared;
use crate::{Client, ClientBuilder, RetryPolicy};

/// A running sandbox. Dropping it stops the server and ends its connections and threads.
pub struct Sandbox {
    pub(crate) shared: Arc<Shared>,
    pub(super) server: Server,
    pub(super) client: Client,
}

impl Sandbox {
    /// Starts a sandbox on a free port, with a random key and the resources that the module's documentation lists.
    ///
    /// # Errors
    /// `Transport` if no port can be opened or no thread can be started.
    pub fn start() -> crate::Result<Self> {
        Self::builder().start()
    }

    /// Starts a sandbox on this port; 0 takes a free one.
    ///
    /// # Errors
    /// `Transport` if the port cannot be opened or no thread can be started.
    pub fn start_on(port: u16) -> crate::Result<Self> {
        Self::builder().port(port).start()
    }

    /// Starts a sandbox on this port with this API key.
    ///
    /// # Errors
    /// `Transport` if the port cannot be opened or no thread can be started.
    pub fn start_with_key(port: u16, api_key: &str) -> crate::Result<Self> {
        Self::builder().port(port).api_key(api_key).start()
    }

    /// Returns the settings of a sandbox that is not started yet.
    ///
    /// ```
    /// use rblx_open_cloud::sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::builder().api_key("my-key").enforce_rate_limits(true).clock_speed(60.0).start()?;
    /// assert_eq!(sandbox.api_key(), "my-key");
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::new(format!("sandbox-{}", random_text()))
    }

    /// Returns a client of this sandbox. It waits for milliseconds where a client of the live service waits for seconds.
    ///
    /// Keep the sandbox in a variable: once it is dropped, all calls of the client fail.
    #[must_use]
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// Returns the settings of [`client`](Self::client), so that some of them can be changed.
    pub fn client_builder(&self) -> ClientBuilder {
        client_builder(self.server.address(), &self.shared)
    }

    /// Returns the base URL, such as `http://127.0.0.1:40000`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Returns the key that the sandbox accepts, as `x-api-key` or as a bearer token.
    #[must_use]
    pub fn api_key(&self) -> &str {
        &self.shared.api_key
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}

pub(super) fn client_builder(address: SocketAddr, shared: &Shared) -> ClientBuilder {
    let (first, max) = (Duration::from_millis(1), Duration::from_millis(20));
    Client::builder(&*shared.api_key)
        .sandbox_run(&shared.run)
        .base_url(format!("http://{address}"))
        .poll_interval(first, max)
        .retry(quick_retry())
}

/// Returns the default policy with milliseconds in place of seconds.
pub(super) fn quick_retry() -> RetryPolicy {
    RetryPolicy::default()
        .initial_backoff(Duration::from_millis(1))
        .max_backoff(Duration::from_millis(20))
}
