//! Methods of a client that follow up on calls: operations and rate limits.

use serde::de::DeserializeOwned;

use crate::client::Client;
use crate::endpoint::Method;
use crate::http::RateLimit;
use crate::operation::Operation;

impl Client {
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
        Operation::resume(self.http().clone(), path.into())
    }

    /// Returns what the last response of a call reported about its rate limit, by the documented path such as
    /// `/cloud/v2/users/{user_id}`; `None` before the first response, or if it reported nothing.
    ///
    /// If several methods share the path, [`rate_limit_of`](Self::rate_limit_of) tells them apart.
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
}
