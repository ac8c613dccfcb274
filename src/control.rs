//! Methods of a client that control its calls: operations, rate limits, deadlines and shutdown.

use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::client::Client;
use crate::endpoint::Method;
use crate::operation::Operation;
use crate::rate_limit::report::RateLimit;

impl Client {
    /// Resumes an operation by its path, as returned by [`Operation::path`]. Sends no request.
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
        Operation::resume(self.http().clone(), path.into())
    }

    /// Returns what the last response of a call reported about its rate limit, by the documented path such as
    /// `/cloud/v2/users/{user_id}`; `None` before the first response, or if it reported nothing.
    ///
    /// If several methods share the path, use [`rate_limit_of`](Self::rate_limit_of).
    #[must_use]
    pub fn rate_limit(&self, endpoint: &str) -> Option<RateLimit> {
        self.http().rate_limit(None, endpoint)
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
        self.http().rate_limit(Some(method), endpoint)
    }

    /// Returns a clone whose calls take at most this long, including all attempts and the delays between them. It
    /// shares everything else with this client.
    ///
    /// The limit applies to each request, to each page of a list and to a whole upload; [`Operation::wait`] uses the
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
        self.http().clone().with_deadline(limit).into()
    }

    /// Ends every call of this client and its clones, permanently. Can be called from any thread. A call that is blocked
    /// in a connection, a delay or a wait returns an error of kind [`Shutdown`](crate::ErrorKind::Shutdown) within 100
    /// milliseconds, and so does every later call.
    ///
    /// Two things can take longer: resolving a name and connecting (at most `connect_timeout`), and a reader or callback
    /// of your own. [`Error::outcome_unknown`](crate::Error::outcome_unknown) says whether a request may have been
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
        self.http().stop_signal().stop();
    }
}
