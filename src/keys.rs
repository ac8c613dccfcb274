//! The permissions of the client's own API key.

use crate::client::Client;
use crate::endpoint::{Endpoint, Method};
use crate::endpoints;
use crate::error::{Error, Result};
use crate::http::SecretBody;
use crate::models::{KeyInfo, RequiredScopes, Scope};

/// The guide to API keys documents it; the official list of operations does not.
const INTROSPECT: Endpoint = Endpoint::post("/api-keys/v1/introspect").idempotent();

impl Client {
    /// Returns the permissions, the owner and the expiration time of the client's own API key.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::Scope;
    ///
    /// let key = client.key_info()?;
    /// for problem in key.problems([Scope::AssetRead.for_user(156), Scope::AssetWrite.for_user(156)]) {
    ///     eprintln!("{problem}");
    /// }
    /// # assert_eq!(key.name.as_deref(), Some("sandbox"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request sends the key in its body, which no log shows. The service also checks where the request comes from: it
    /// rejects a key that is not allowed from this IP address.
    ///
    /// # Errors
    /// `InvalidKey` if the key is invalid or not allowed from this IP address; `InvalidInput` if the client uses an access
    /// token instead of an API key.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/auth/api-keys#introspect-api-keys) · no scope
    pub fn key_info(&self) -> Result<KeyInfo> {
        let key = self.http().api_key().ok_or_else(|| {
            Error::invalid_input(
                "this client has an access token; only the permissions of an API key can be read",
            )
        })?;
        let body = SecretBody::json("apiKey", &key);
        self.call(&INTROSPECT).secret_body(body).send()
    }
}

impl RequiredScopes {
    /// Returns the scopes that a call needs, by its method and documented path.
    ///
    /// ```
    /// use rblx_open_cloud::Method;
    /// use rblx_open_cloud::models::{RequiredScopes, Scope};
    ///
    /// let upload = RequiredScopes::of_call(Method::Post, "/assets/v1/assets")?.for_user(156);
    /// assert_eq!(upload.scopes(), [Scope::AssetRead, Scope::AssetWrite]);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// It omits optional scopes, which only add fields to the response: `user.get()` requires none. If the call needs only
    /// one of several scopes, a key that has one of them has no problem.
    ///
    /// # Errors
    /// `InvalidInput` if this crate has no method for such a call.
    pub fn of_call(method: Method, path: &str) -> Result<Self> {
        let endpoint = endpoints::all()
            .into_iter()
            .find(|endpoint| endpoint.matches(method, path))
            .ok_or_else(|| {
                Error::invalid_input(format!("no method of this crate calls {method} {path:?}"))
            })?;
        let (scopes, one_is_enough) = endpoint.required_scopes();
        let scopes = scopes.iter().map(|scope| Scope::from(*scope));
        Ok(Self::new(scopes.collect(), one_is_enough))
    }
}
