//! What a test can tell the authorization server to do.

use std::time::Duration;

use super::app::SandboxApp;
use super::authorize::consent;
use crate::models::{Scope, UserId};
use crate::oauth2::{App, AppBuilder};
use crate::sandbox::server::parse_query;
use crate::sandbox::{Sandbox, quick_retry};
use crate::{AccessToken, Error, ErrorKind};

impl Sandbox {
    /// Registers an app, or replaces the one with the same id, and gives the settings of one that is used here.
    #[allow(
        clippy::must_use_candidate,
        reason = "to register an app is enough for many"
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

    /// Does what a browser does with the address of a sign-in: the user consents, and comes back to this address.
    ///
    /// # Errors
    /// `BadRequest` if the app is not known here, or the redirect URI is not the app's: then users are not sent back.
    pub fn consent(&self, url: &str) -> crate::Result<String> {
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let back = consent(&mut self.shared.state().authority, &parse_query(query));
        back.map_err(|response| {
            let body = String::from_utf8_lossy(&response.body).into_owned();
            Error::new(ErrorKind::BadRequest, body)
        })
    }

    /// An access token that this user granted with these scopes.
    pub fn access_token<S: Into<Scope>>(
        &self,
        user: impl Into<UserId>,
        scopes: impl IntoIterator<Item = S>,
    ) -> AccessToken {
        let scopes = scopes.into_iter().map(Into::into);
        let scopes = scopes.map(|scope: Scope| scope.to_string()).collect();
        let authority = &mut self.shared.state().authority;
        let grant = authority.grant("sandbox", user.into().get(), scopes);
        AccessToken::from(authority.new_access(&grant))
    }

    /// Sets who consents: user 156 without this call.
    pub fn consent_as(&self, user: impl Into<UserId>) {
        self.shared.state().authority.user = user.into().get();
    }

    /// Sets whether users decline instead of consenting.
    pub fn decline_consent(&self, yes: bool) {
        self.shared.state().authority.declines = yes;
    }

    /// Sets how long access tokens live that are issued from now on: 899 seconds without this call.
    pub fn access_tokens_live(&self, time: Duration) {
        self.shared.state().authority.access_lives = time;
    }

    /// Sets the clock of the authorization server forward: codes and tokens grow old without waiting.
    pub fn pass_time(&self, time: Duration) {
        let ahead = &mut self.shared.state().authority.ahead;
        *ahead = ahead.saturating_add(time);
    }

    /// Makes the sandbox reject every access token that was issued so far. Refresh tokens go on working.
    pub fn refuse_access_tokens(&self) {
        self.shared.state().authority.access.clear();
    }

    /// Ends every authorization that was granted so far, as users can.
    pub fn revoke_authorizations(&self) {
        let authority = &mut self.shared.state().authority;
        authority.access.clear();
        authority.refresh.clear();
    }

    /// Makes the sandbox sign ID tokens with another key from now on, and publish that one alone.
    pub fn rotate_signing_key(&self) {
        self.shared.state().authority.key = None;
    }
}
