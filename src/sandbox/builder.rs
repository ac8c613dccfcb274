//! The settings of a sandbox before it is started.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use super::clock::Clock;
use super::instance::{Sandbox, client_builder};
use super::server::{Server, listen};
use super::service::Service;
use super::state::settings::Settings;
use super::state::{Shared, State, fixtures};
use crate::{Error, ErrorKind};

/// The settings of a sandbox. [`Sandbox::builder`] returns them.
#[must_use]
pub struct SandboxBuilder {
    port: u16,
    api_key: String,
    enforce_rate_limits: bool,
    clock_speed: f64,
}

impl SandboxBuilder {
    pub(super) fn new(api_key: String) -> Self {
        Self {
            port: 0,
            api_key,
            enforce_rate_limits: false,
            clock_speed: 1.0,
        }
    }

    /// Sets the port. The default, 0, takes a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the API key. The default is a random one.
    pub fn api_key(mut self, api_key: &str) -> Self {
        api_key.clone_into(&mut self.api_key);
        self
    }

    /// Sets whether requests beyond the documented rate limit of an operation get a 429. Without it the limit is only
    /// shown.
    ///
    /// Limits count per operation, and per API key or access token, in windows of a minute or a second of the sandbox's
    /// clock. The headers give waits in the client's time. As in the service, `retry-after` is at most 5 seconds even
    /// if the window ends later: only `x-ratelimit-reset` is exact.
    ///
    /// ```
    /// use rblx_open_cloud::RetryPolicy;
    /// use rblx_open_cloud::sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::builder().enforce_rate_limits(true).clock_speed(0.0).start()?;
    /// let client = sandbox.client_builder().retry(RetryPolicy::none()).build()?;
    /// for _ in 0..150 {
    ///     client.group(7).get()?;
    /// }
    /// assert!(client.group(7).get().is_err(), "150 requests per minute");
    /// sandbox.advance(std::time::Duration::from_secs(60));
    /// assert!(client.group(7).get().is_ok());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn enforce_rate_limits(mut self, enforce: bool) -> Self {
        self.enforce_rate_limits = enforce;
        self
    }

    /// Sets how many seconds pass on the sandbox's clock per real second. The default is 1; with 60, a minute lasts a
    /// second; with 0, only [`advance`](Sandbox::advance) moves the clock.
    pub fn clock_speed(mut self, speed: f64) -> Self {
        self.clock_speed = speed;
        self
    }

    /// Starts the sandbox.
    ///
    /// # Errors
    /// `InvalidInput` if the speed of the clock is negative or not finite; `Transport` if the port cannot be opened or no
    /// thread can be started.
    pub fn start(self) -> crate::Result<Sandbox> {
        if !self.clock_speed.is_finite() || self.clock_speed < 0.0 {
            let message = "the clock speed of a sandbox must be a number that is not negative";
            return Err(Error::new(ErrorKind::InvalidInput, message.to_owned()));
        }
        let port = self.port;
        let failed = |error: std::io::Error| {
            let reason = error.kind();
            let message = format!("the sandbox cannot listen on port {port} ({reason})");
            let advice = match reason {
                std::io::ErrorKind::AddrInUse => {
                    "End the program that uses the port, or choose another one; 0 is any that is free"
                }
                std::io::ErrorKind::PermissionDenied => {
                    "Choose a port above 1023; 0 is any that is free"
                }
                _ => "Choose another port; 0 is any that is free",
            };
            Error::new(ErrorKind::Transport, message)
                .with_source(error)
                .with_advice(advice)
        };
        let listener = listen(port).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let shared = Arc::new(self.into_shared(address));
        let service = Service::new(Arc::clone(&shared));
        let server = Server::start(listener, Arc::new(service)).map_err(failed)?;
        let client = client_builder(address, &shared).build()?;
        Ok(Sandbox {
            shared,
            server,
            client,
        })
    }

    fn into_shared(self, address: SocketAddr) -> Shared {
        let state = State {
            clock: Clock::new(self.clock_speed),
            store: fixtures::store(),
            settings: Settings {
                enforce_rate_limits: self.enforce_rate_limits,
                ..Settings::default()
            },
            ..State::default()
        };
        Shared::new(self.api_key, address, state)
    }
}

impl fmt::Debug for SandboxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxBuilder")
            .field("port", &self.port)
            .field("enforce_rate_limits", &self.enforce_rate_limits)
            .field("clock_speed", &self.clock_speed)
            .finish_non_exhaustive()
    }
}
