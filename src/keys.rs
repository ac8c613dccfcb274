//! What the client's own key may do.

use crate::client::Client;
use crate::endpoint::{Endpoint, Method};
use crate::error::{Error, Result};
use crate::http::{Request, SecretBody};
use crate::models::{KeyInfo, RequiredScopes, Scope};
use crate::{operation, resource};

/// In no official list of operations, but in its guide to API keys. Asking changes nothing.
const INTROSPECT: Endpoint = Endpoint::post("/api-keys/v1/introspect").idempotent();

impl Client {
    /// What the client's own key may do, until when, and for whom.
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
    /// The key goes in the body of this request, and in no header; neither is shown in any log. The service also looks
    /// at where the request comes from: a key that is not accepted from this address is refused here too.
    ///
    /// # Errors
    /// `InvalidKey` if the key is wrong, or not accepted from this address; `InvalidInput` if the client has no API key
    /// but a token.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/auth/api-keys#introspect-api-keys) · no scope
    pub fn key_info(&self) -> Result<KeyInfo> {
        let key = self.http().api_key().ok_or_else(|| {
            Error::invalid_input(
                "the client acts with a token, and this is a question about an API key",
            )
        })?;
        let body = SecretBody::json("apiKey", &key);
        self.http()
            .send(&Request::new(&INTROSPECT).secret_body(body))
    }
}

impl RequiredScopes {
    /// The scopes that a call needs, by its method and documented path.
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
    /// Scopes that only add fields to an answer are not among them: `user.get()` needs none.
    ///
    /// # Errors
    /// `InvalidInput` if no method of this crate makes such a call.
    pub fn of_call(method: Method, path: &str) -> Result<Self> {
        let mut all = resource::endpoints().chain(operation::ENDPOINTS.iter().copied());
        let endpoint = all
            .find(|endpoint| endpoint.is(method, path))
            .ok_or_else(|| {
                Error::invalid_input(format!("no method here calls {method} {path:?}"))
            })?;
        let (scopes, _) = endpoint.required_scopes();
        Ok(Self::new(
            scopes.iter().map(|scope| Scope::from(*scope)).collect(),
        ))
    }
}
