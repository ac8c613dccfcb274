//! Controls the authorization server of a running sandbox.

use std::time::Duration;

use crate::models::{Scope, UserId};
use crate::oauth2::{App, AppBuilder};
use crate::sandbox::instance::{Sandbox, quick_retry};
use crate::sandbox::oauth2::authorize::consent;
use crate::sandbox::server::parse_query;
use crate::sandbox::state::authority::SandboxApp;
use crate::{AccessToken, Error, ErrorKind};

impl Sandbox {
    /// Registers an app, or replaces the one with the same id. Returns the settings of an [`App`] that uses the sandbox.
    #[allow(
        clippy::must_use_candidate,
        reason = "many callers only register an app"
    )]
    pub fn add_app(&self, app: SandboxApp) -> AppBuilder {
        let mut builder = App::builder(&app.client_id, &app.redirect_uri)
            .base_url(self.url())
            .retry(quick_retry());
        if let Some(secret) = &app.secret {
            builder = builder.secret(secret);
        }
        let apps = &mut self.shared.state().authority.apps;
        apps.insert(app.client_id.clone(), app);
        builder
    }

    /// Opens the URL of a sign-in as a browser does: the user consents. Returns the URL that the user is redirected to.
    ///
    /// # Errors
    /// `BadRequest` if the app is unknown or the redirect URI is not one of the app: then there is no redirect.
    pub fn consent(&self, url: &str) -> crate::Result<String> {
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let state = &mut *self.shared.state();
        let now = state.clock.now();
        let location = consent(&mut state.authority, &parse_query(query), now);
        location.map_err(|response| {
            let body = String::from_utf8_lossy(&response.body).into_owned();
            Error::new(ErrorKind::BadRequest, body)
        })
    }

    /// Returns an access token of this user with these scopes.
    pub fn access_token<S: Into<Scope>>(
        &self,
        user: impl Into<UserId>,
        scopes: impl IntoIterator<Item = S>,
    ) -> AccessToken {
        let scopes = scopes.into_iter().map(Into::into);
        let scopes = scopes.map(|scope: Scope| scope.to_string()).collect();
        let state = &mut *self.shared.state();
        let now = state.clock.now();
        let authority = &mut state.authority;
        let grant = authority.grant("sandbox", user.into().get(), scopes, now);
        AccessToken::from(authority.new_access_token(&grant, now))
    }

    /// Sets the user who consents. The default is user 156.
    pub fn consent_as(&self, user: impl Into<UserId>) {
        self.shared.state().authority.user = user.into().get();
    }

    /// Sets whether users decline instead of consenting.
    pub fn decline_consent(&self, yes: bool) {
        self.shared.state().authority.declines = yes;
    }

    /// Sets the lifetime of access tokens that are issued from now on. The default is 899 seconds.
    pub fn access_tokens_live(&self, time: Duration) {
        self.shared.state().authority.access_token_lifetime = time;
    }

    /// Moves the sandbox's clock forward, so that codes and tokens expire without waiting. The same as
    /// [`advance`](Self::advance).
    pub fn pass_time(&self, time: Duration) {
        self.advance(time);
    }

    /// Makes all access tokens invalid that were issued so far. Refresh tokens stay valid.
    pub fn refuse_access_tokens(&self) {
        self.shared.state().authority.access_tokens.clear();
    }

    /// Revokes all authorizations that were granted so far, as users can do.
    pub fn revoke_authorizations(&self) {
        let authority = &mut self.shared.state().authority;
        authority.access_tokens.clear();
        authority.refresh_tokens.clear();
    }

    /// Replaces the key that signs ID tokens. Only the new one is published.
    pub fn rotate_signing_key(&self) {
        self.shared.state().authority.signing_key = None;
    }
}
