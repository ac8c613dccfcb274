//! The settings of a sandbox before it is started.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use super::clock::Clock;
use super::control_api::ControlApi;
use super::control_api::log::MAX_REQUESTS;
use super::instance::{Sandbox, client_builder};
use super::recorder::{Recorder, Replayer};
use super::server::{Handler, Server, listen};
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
    control: bool,
    seeds: Vec<Value>,
    mode: Mode,
}

/// Where responses come from.
enum Mode {
    Emulate,
    Record { folder: PathBuf, upstream: String },
    Replay(PathBuf),
}

impl SandboxBuilder {
    pub(super) fn new(api_key: String) -> Self {
        Self {
            port: 0,
            api_key,
            enforce_rate_limits: false,
            clock_speed: 1.0,
            control: false,
            seeds: Vec::new(),
            mode: Mode::Emulate,
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

    /// Sets whether the sandbox can be controlled over HTTP, under `/sandbox/`, without a key.
    ///
    /// For tests in other languages, and for a person with a browser: `/sandbox/` is a page that shows requests and
    /// resources. The program `open-cloud-sandbox` has it on. The guide about testing offline describes the interface.
    /// Only the last 1000 requests are kept.
    pub fn control_api(mut self, on: bool) -> Self {
        self.control = on;
        self
    }

    /// Changes the resources at the start by a JSON merge patch (RFC 7396) of a [snapshot](Sandbox::snapshot).
    ///
    /// ```
    /// use rblx_open_cloud::sandbox::Sandbox;
    /// use serde_json::json;
    ///
    /// let seed = json!({ "users": { "5": { "name": "somebody" }, "2": null } });
    /// let sandbox = Sandbox::builder().seed(seed).start()?;
    /// assert_eq!(sandbox.client().user(5).get()?.name, "somebody");
    /// assert!(sandbox.client().user(2).get().is_err());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn seed(mut self, seed: Value) -> Self {
        self.seeds.push(seed);
        self
    }

    /// Forwards requests to another server, such as `https://apis.roblox.com`, with the credential of the caller, and
    /// records them with the responses as files in this folder.
    ///
    /// Keys, tokens and the signatures of URLs are masked in the files, but not the data: look at a recording before you
    /// give it away. [`replay`](Self::replay) responds from it. Requests of more than 64 MiB are rejected.
    pub fn record(mut self, folder: impl Into<PathBuf>, upstream: &str) -> Self {
        self.mode = Mode::Record {
            folder: folder.into(),
            upstream: upstream.to_owned(),
        };
        self
    }

    /// Responds from a recording. Method, path and query of a request must be those of a recorded one. Equal requests get
    /// their responses in the order of the recording; after that, the last response is repeated. Any credential is accepted.
    pub fn replay(mut self, folder: impl Into<PathBuf>) -> Self {
        self.mode = Mode::Replay(folder.into());
        self
    }

    /// Starts the sandbox.
    ///
    /// # Errors
    /// `InvalidInput` if the speed of the clock is negative or not finite, if a seed does not fit, or if a recording cannot
    /// be read or written; `Transport` if the port cannot be opened or no thread can be started.
    pub fn start(mut self) -> crate::Result<Sandbox> {
        if !self.clock_speed.is_finite() || self.clock_speed < 0.0 {
            let message = "the clock speed of a sandbox must be a number that is not negative";
            return Err(Error::new(ErrorKind::InvalidInput, message.to_owned()));
        }
        let port = self.port;
        let listener = listen(port).map_err(|error| port_error(port, error))?;
        let address = listener
            .local_addr()
            .map_err(|error| port_error(port, error))?;
        let control = self.control;
        let mode = std::mem::replace(&mut self.mode, Mode::Emulate);
        let shared = Arc::new(self.into_shared(address));
        shared.state().apply_seeds().map_err(|error| {
            Error::invalid_input(format!(
                "the seed does not fit the resources of the sandbox: {error}"
            ))
        })?;
        let service: Arc<dyn Handler> = match mode {
            Mode::Emulate => Arc::new(Service::new(Arc::clone(&shared))),
            Mode::Record { folder, upstream } => Arc::new(Recorder::new(&folder, &upstream)?),
            Mode::Replay(folder) => Arc::new(Replayer::new(&folder)?),
        };
        let handler = if control {
            Arc::new(ControlApi::new(Arc::clone(&shared), service))
        } else {
            service
        };
        let server = Server::start(listener, handler).map_err(|error| {
            let message = "the sandbox cannot start a thread".to_owned();
            Error::new(ErrorKind::Transport, message).with_source(error)
        })?;
        let client = client_builder(address, &shared).build()?;
        Ok(Sandbox {
            shared,
            server,
            client,
        })
    }

    fn into_shared(self, address: SocketAddr) -> Shared {
        let clock = Clock::new(self.clock_speed);
        let state = State {
            store: fixtures::store(clock.now()),
            clock,
            seeds: self.seeds,
            settings: Settings {
                enforce_rate_limits: self.enforce_rate_limits,
                kept_requests: self.control.then_some(MAX_REQUESTS),
                ..Settings::default()
            },
            ..State::default()
        };
        Shared::new(self.api_key, address, state)
    }
}

fn port_error(port: u16, error: io::Error) -> Error {
    let reason = error.kind();
    let message = format!("the sandbox cannot listen on port {port} ({reason})");
    let advice = match reason {
        io::ErrorKind::AddrInUse => {
            "End the program that uses the port, or choose another one; 0 takes a free one"
        }
        io::ErrorKind::PermissionDenied => "Choose a port above 1023; 0 takes a free one",
        _ => "Choose another port; 0 takes a free one",
    };
    Error::new(ErrorKind::Transport, message)
        .with_source(error)
        .with_advice(advice)
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
