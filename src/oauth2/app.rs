//! An app, and the calls of the authorization server.

use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::app_builder::AppBuilder;
use super::authorization_flow::AuthorizationFlow;
use super::discovery::Discovery;
use super::endpoints::{DISCOVERY, INTROSPECT, RESOURCES, REVOKE, TOKEN};
use super::id_token::{Expected, IdTokenParts, invalid_id_token};
use super::introspection::Introspection;
use super::lifetime::Lifetime;
use super::oauth_error::map_oauth_error;
use super::resources::{TokenResources, TokenResourcesWire};
use super::secret::{IdToken, RefreshToken};
use super::signing_keys::SigningKeys;
use super::token::TokenSet;
use super::user_info::UserInfo;
use crate::auth::AccessToken;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Result};
use crate::http::{HttpClient, Request, SecretBody, Settings, without_secrets};
use crate::models::Scope;

/// An OAuth2 app that is registered on the Creator Dashboard. Clones are cheap and can be used from many threads.
///
/// ```
/// use rblx_open_cloud::oauth2::{App, Scope};
///
/// let app = App::builder("816547628409595165403873012", "http://localhost:4306/callback")
/// #   .base_url("http://127.0.0.1:4306")
///     .build()?;
/// let flow = app.sign_in([Scope::OpenId, Scope::Profile])?;
/// println!("open {}", flow.url());
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Clone)]
pub struct App {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) client_id: String,
    pub(super) secret: Option<String>,
    pub(super) redirect_uri: String,
    pub(super) base_url: Option<String>,
    pub(super) settings: Settings,
    pub(super) http: HttpClient,
    pub(super) keys: SigningKeys,
}

impl App {
    /// Creates an app of the live service without a secret, for a program that runs on its users' machines.
    ///
    /// The redirect URI must be registered for the app, in exactly the same spelling.
    ///
    /// # Errors
    /// `InvalidInput` if the client ID is empty or the redirect URI is invalid.
    pub fn new(client_id: impl Into<String>, redirect_uri: impl Into<String>) -> Result<Self> {
        Self::builder(client_id, redirect_uri).build()
    }

    /// Returns a builder for an app with a secret or with your own settings.
    #[must_use]
    pub fn builder(client_id: impl Into<String>, redirect_uri: impl Into<String>) -> AppBuilder {
        AppBuilder::new(client_id.into(), redirect_uri.into())
    }

    /// Returns the client ID.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.inner.client_id
    }

    /// Returns the redirect URI, which browsers return to after the consent page.
    #[must_use]
    pub fn redirect_uri(&self) -> &str {
        &self.inner.redirect_uri
    }

    /// Starts the sign-in of one user. Sends no request.
    ///
    /// # Errors
    /// `InvalidInput` if there is no scope, or a scope contains a character that is not allowed in scopes.
    pub fn sign_in<S: Into<Scope>>(
        &self,
        scopes: impl IntoIterator<Item = S>,
    ) -> Result<AuthorizationFlow> {
        AuthorizationFlow::new(self.clone(), scopes.into_iter().map(Into::into).collect())
    }

    /// Exchanges a refresh token for new tokens. **It works once:** save the new tokens before you do anything else. A
    /// [`Session`](super::Session) does all of that.
    ///
    /// # Errors
    /// `SignInRequired` if there is no refresh token, or it is used, expired or revoked.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/auth/oauth2-reference#post-v1token) · no scope · beta
    pub fn refresh(&self, tokens: &TokenSet) -> Result<TokenSet> {
        let refresh_token = tokens
            .refresh_token()
            .ok_or_else(|| Error::new(ErrorKind::SignInRequired, "there is no refresh token"))?;
        let form = SecretBody::default()
            .field("grant_type", "refresh_token")
            .secret_field("refresh_token", refresh_token.as_str());
        Ok(self.request_tokens(form)?.completed_from(tokens))
    }

    /// Revokes an authorization: its refresh token, and all tokens that came from it.
    ///
    /// # Errors
    /// `InvalidApp` if the service does not know the app.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/auth/oauth2-reference#post-v1tokenrevoke) · no scope · beta
    pub fn revoke(&self, token: &RefreshToken) -> Result<()> {
        let form = SecretBody::default().secret_field("token", token.as_str());
        let request = Request::new(&REVOKE).secret_body(self.with_client_auth(form));
        let sent = self.inner.http.send_no_content(&request);
        sent.map_err(map_oauth_error)
    }

    /// Returns whether a token is active, and for which user, app and scopes.
    ///
    /// # Errors
    /// `InvalidApp` if the service does not know the app. An inactive token is not an error.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/auth/oauth2-reference#post-v1tokenintrospect) · no scope · beta
    pub fn introspect(&self, token: &AccessToken) -> Result<Introspection> {
        let form = SecretBody::default().secret_field("token", token.as_str());
        self.post_form(&INTROSPECT, form)
    }

    /// Returns the resources that a token gives access to: universes, and the users and groups it can create things for.
    ///
    /// # Errors
    /// `InvalidApp` if the service does not know the app, `BadRequest` if it does not know the token.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/auth/oauth2-reference#post-v1tokenresources) · no scope · beta
    pub fn token_resources(&self, token: &AccessToken) -> Result<Vec<TokenResources>> {
        let form = SecretBody::default().secret_field("token", token.as_str());
        let wire = self.post_form(&RESOURCES, form);
        wire.map(TokenResourcesWire::into_resources)
    }

    /// Returns the OpenID Connect discovery document of the authorization server.
    ///
    /// # Errors
    /// Those of every call.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/auth/oauth2-reference#get-well-knownopenid-configuration) · no
    /// scope · beta
    pub fn discovery(&self) -> Result<Discovery> {
        self.inner.http.send(&Request::new(&DISCOVERY))
    }

    /// Verifies an ID token and returns the user it was issued for. With the nonce of a sign-in, verifies that the token
    /// belongs to it; [`AuthorizationFlow`] does that for its own token.
    ///
    /// The service's keys are fetched once, and again for a token with an unknown key, but not twice within 30 seconds.
    ///
    /// # Errors
    /// `InvalidIdToken` if the service did not sign it for this app, or it has expired.
    pub fn verify_id_token(&self, token: &IdToken, nonce: Option<&str>) -> Result<UserInfo> {
        let parts = IdTokenParts::parse(token.as_str())?;
        let issuer = self.issuer();
        let expected = Expected {
            issuer: &issuer,
            client_id: &self.inner.client_id,
            nonce,
        };
        let http = &self.inner.http;
        let mut keys = self.inner.keys.get(http)?;
        if parts.key(&keys).is_none() {
            keys = self.inner.keys.refetch(http)?;
        }
        let key = parts.key(&keys);
        let key = key.ok_or_else(|| invalid_id_token("its key is not one of the service's"))?;
        parts.verify(key, &expected)
    }

    /// Shuts down the app and all its clones, permanently: calls and sign-ins in progress end within a tenth of a
    /// second, and later ones send nothing; their errors have the kind `Shutdown`.
    ///
    /// Clients of its sessions are shut down by [`Client::shutdown`](crate::Client::shutdown). They continue until
    /// their access token expires, since the app renews it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use rblx_open_cloud::ErrorKind;
    /// # use rblx_open_cloud::sandbox::{Sandbox, SandboxApp};
    ///
    /// # let sandbox = Sandbox::start()?;
    /// # let app = sandbox.add_app(SandboxApp::new("app", "http://localhost/callback")).build()?;
    /// let flow = app.login_on_loopback(0, ["openid"])?;
    /// let waiting = std::thread::spawn(move || flow.wait(Duration::from_secs(300)));
    /// app.shutdown(); // such as in a handler of Ctrl-C
    /// let error = waiting.join().unwrap().unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Shutdown);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn shutdown(&self) {
        self.inner.http.stop_signal().stop();
    }

    /// Returns the issuer of ID tokens. It follows the base URL.
    pub(super) fn issuer(&self) -> String {
        format!("{}/oauth/", self.inner.http.base_url())
    }

    /// Sends a request to the token endpoint.
    pub(super) fn request_tokens(&self, form: SecretBody) -> Result<TokenSet> {
        let lifetime = Lifetime::start();
        let response = self.post_form(&TOKEN, form)?;
        TokenSet::issued(response, lifetime)
    }

    fn post_form<T: DeserializeOwned>(
        &self,
        endpoint: &'static Endpoint,
        form: SecretBody,
    ) -> Result<T> {
        let request = Request::new(endpoint).secret_body(self.with_client_auth(form));
        self.inner.http.send(&request).map_err(map_oauth_error)
    }

    /// Adds the client ID and, if there is one, the secret.
    fn with_client_auth(&self, form: SecretBody) -> SecretBody {
        let form = form.field("client_id", &self.inner.client_id);
        match &self.inner.secret {
            Some(secret) => form.secret_field("client_secret", secret),
            None => form,
        }
    }
}

impl fmt::Debug for App {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("App")
            .field("client_id", &self.inner.client_id)
            .field("redirect_uri", &without_secrets(&self.inner.redirect_uri))
            .field("base_url", &self.inner.http.base_url())
            .field("has_secret", &self.inner.secret.is_some())
            .finish_non_exhaustive()
    }
}
