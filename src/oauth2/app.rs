//! An app as it was registered: the calls of the authorization server.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use serde::de::DeserializeOwned;

use super::app_builder::AppBuilder;
use super::authorization_flow::AuthorizationFlow;
use super::discovery::Discovery;
use super::endpoints::{CERTS, DISCOVERY, INTROSPECT, RESOURCES, REVOKE, TOKEN};
use super::id_token::{Expected, IdTokenParts, JwksWire, VerifyingKey, invalid_id_token};
use super::introspection::Introspection;
use super::lifetime::Lifetime;
use super::oauth_error::map_oauth_error;
use super::resources::{TokenResources, TokenResourcesWire};
use super::secret::{IdToken, RefreshToken};
use super::token::TokenSet;
use super::user_info::UserInfo;
use crate::auth::AccessToken;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Result};
use crate::http::{HttpClient, Request, SecretBody, Settings};
use crate::models::Scope;

/// An OAuth2 app of the Creator Dashboard. Cheap to clone and safe to share between threads.
///
/// ```
/// use rblx_open_cloud::oauth2::{App, Scope};
///
/// let app = App::builder("816547628409595165403873012", "http://localhost:4306/callback")
/// #   .base_url("http://127.0.0.1:4306")
///     .build()?;
/// let sign_in = app.sign_in([Scope::OpenId, Scope::Profile])?;
/// println!("open {}", sign_in.url());
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
    /// The keys for ID tokens as they were published last.
    pub(super) keys: Mutex<Option<Arc<Vec<VerifyingKey>>>>,
}

impl App {
    /// An app without a secret, of the live service: one that runs on its users' machines.
    ///
    /// The redirect URI has to be one that was registered for the app, letter for letter.
    ///
    /// # Errors
    /// `InvalidInput` if the client id is empty or the redirect URI cannot be one.
    pub fn new(client_id: impl Into<String>, redirect_uri: impl Into<String>) -> Result<Self> {
        Self::builder(client_id, redirect_uri).build()
    }

    /// An app with a secret, or with settings of your own.
    #[must_use]
    pub fn builder(client_id: impl Into<String>, redirect_uri: impl Into<String>) -> AppBuilder {
        AppBuilder::new(client_id.into(), redirect_uri.into())
    }

    /// The client id.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.inner.client_id
    }

    /// Where users come back to.
    #[must_use]
    pub fn redirect_uri(&self) -> &str {
        &self.inner.redirect_uri
    }

    /// Begins the way of one user through the browser. Asks nothing yet.
    ///
    /// # Errors
    /// `InvalidInput` if a scope has characters that none has, or there is none.
    pub fn sign_in<S: Into<Scope>>(
        &self,
        scopes: impl IntoIterator<Item = S>,
    ) -> Result<AuthorizationFlow> {
        AuthorizationFlow::new(self.clone(), scopes.into_iter().map(Into::into).collect())
    }

    /// New tokens for a refresh token. **It works once:** save the new ones before anything else happens. A
    /// [`Session`](super::Session) does all that.
    ///
    /// # Errors
    /// `SignInRequired` if the refresh token is used, expired or revoked, or there is none.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/auth/oauth2-reference#post-v1token) · no scope · beta
    pub fn refresh(&self, tokens: &TokenSet) -> Result<TokenSet> {
        let refresh_token = tokens
            .refresh_token()
            .ok_or_else(|| Error::new(ErrorKind::SignInRequired, "there is no refresh token"))?;
        let form = SecretBody::default()
            .field("grant_type", "refresh_token")
            .secret_field("refresh_token", refresh_token.text());
        Ok(self.issue(form)?.following(tokens))
    }

    /// Ends an authorization: its refresh token, and with it all that came and would come of it.
    ///
    /// # Errors
    /// `InvalidApp` if the service does not know the app.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/auth/oauth2-reference#post-v1tokenrevoke) · no scope · beta
    pub fn revoke(&self, token: &RefreshToken) -> Result<()> {
        let form = SecretBody::default().secret_field("token", token.text());
        let request = Request::new(&REVOKE).secret_body(self.with_client_auth(form));
        self.inner
            .http
            .send_no_content(&request)
            .map_err(map_oauth_error)
    }

    /// Whether a token is active, and what it stands for.
    ///
    /// # Errors
    /// `InvalidApp` if the service does not know the app. A token that is not active is no error.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/auth/oauth2-reference#post-v1tokenintrospect) · no scope · beta
    pub fn introspect(&self, token: &AccessToken) -> Result<Introspection> {
        let form = SecretBody::default().secret_field("token", token.text());
        self.post_form(&INTROSPECT, form)
    }

    /// What a token reaches: universes, and users and groups in whose name it can make things.
    ///
    /// # Errors
    /// `InvalidApp` if the service does not know the app, `BadRequest` if it does not know the token.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/auth/oauth2-reference#post-v1tokenresources) · no scope · beta
    pub fn token_resources(&self, token: &AccessToken) -> Result<Vec<TokenResources>> {
        let form = SecretBody::default().secret_field("token", token.text());
        self.post_form(&RESOURCES, form)
            .map(TokenResourcesWire::into_resources)
    }

    /// What the authorization server says about itself.
    ///
    /// # Errors
    /// As for every call.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/auth/oauth2-reference#get-well-knownopenid-configuration) · no
    /// scope · beta
    pub fn discovery(&self) -> Result<Discovery> {
        self.inner.http.send(&Request::new(&DISCOVERY))
    }

    /// Whom an ID token speaks of, if the service signed it for this app and it has not expired. With the nonce of the
    /// sign-in that it should belong to, that is checked as well; [`AuthorizationFlow`] does so with its own.
    ///
    /// # Errors
    /// `InvalidIdToken` if it is not valid.
    pub fn verify_id_token(&self, token: &IdToken, nonce: Option<&str>) -> Result<UserInfo> {
        let parts = IdTokenParts::parse(token.text())?;
        let issuer = self.issuer();
        let expected = Expected {
            issuer: &issuer,
            client_id: &self.inner.client_id,
            nonce,
        };
        let keys = self.keys()?;
        if let Some(key) = parts.key(&keys) {
            return parts.verify(key, &expected);
        }
        // Keys change. Those that are published now are fetched once more, and that is all.
        let keys = self.fetch_keys()?;
        let key = parts.key(&keys);
        parts.verify(
            key.ok_or_else(|| invalid_id_token("its key is none of the service's"))?,
            &expected,
        )
    }

    /// Who issues the tokens. It follows the base URL.
    pub(super) fn issuer(&self) -> String {
        format!("{}/oauth/", self.inner.http.base_url())
    }

    /// A request of the token endpoint.
    pub(super) fn issue(&self, form: SecretBody) -> Result<TokenSet> {
        let started = Lifetime::start();
        let answer = self.post_form(&TOKEN, form)?;
        TokenSet::issued(answer, started)
    }

    /// The keys for ID tokens.
    pub(super) fn keys(&self) -> Result<Arc<Vec<VerifyingKey>>> {
        let known = self.inner.keys.lock();
        let known = known.unwrap_or_else(PoisonError::into_inner).clone();
        known.map_or_else(|| self.fetch_keys(), Ok)
    }

    fn fetch_keys(&self) -> Result<Arc<Vec<VerifyingKey>>> {
        let wire: JwksWire = self.inner.http.send(&Request::new(&CERTS))?;
        let keys = Arc::new(wire.into_keys());
        let known = self.inner.keys.lock();
        *known.unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&keys));
        Ok(keys)
    }

    fn post_form<T: DeserializeOwned>(
        &self,
        endpoint: &'static Endpoint,
        form: SecretBody,
    ) -> Result<T> {
        let request = Request::new(endpoint).secret_body(self.with_client_auth(form));
        self.inner.http.send(&request).map_err(map_oauth_error)
    }

    /// The form, with who asks.
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
            .field("redirect_uri", &self.inner.redirect_uri)
            .field("base_url", &self.inner.http.base_url())
            .field("has_secret", &self.inner.secret.is_some())
            .finish_non_exhaustive()
    }
}
