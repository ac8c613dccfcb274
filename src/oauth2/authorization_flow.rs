//! The sign-in of one user: the URL to open, and the redirect that comes back.

use std::fmt;

use super::app::App;
use super::crypto::{code_challenge, random_string, secure_eq};
use super::endpoints::AUTHORIZE;
use super::oauth_error::redirect_error;
use super::token::TokenSet;
use crate::error::{Error, ErrorKind, Result};
use crate::http::{Request, SecretBody, query_pairs};
use crate::models::Scope;

/// The pages to show the user. Apps other than the service's own cannot skip some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Prompt {
    /// No page: the redirect has an error if one is needed.
    None,
    /// The sign-in page, even if the user is signed in.
    Login,
    /// The consent page, even if the user consented before.
    Consent,
    /// The choice of account.
    SelectAccount,
}

impl Prompt {
    fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Login => "login",
            Self::Consent => "consent",
            Self::SelectAccount => "select_account",
        }
    }
}

/// The sign-in of one user, for one use. Created by [`App::sign_in`].
///
/// On a server, keep it with the session of the browser that it was created for, until that browser comes back. If another
/// browser comes with its `state`, an attacker sent it.
#[derive(Clone)]
pub struct AuthorizationFlow {
    pub(super) app: App,
    scopes: Vec<Scope>,
    prompt: Option<Prompt>,
    pub(super) redirect_uri: String,
    state: String,
    nonce: String,
    verifier: String,
}

impl AuthorizationFlow {
    pub(super) fn new(app: App, scopes: Vec<Scope>) -> Result<Self> {
        scopes.iter().try_for_each(validate_scope)?;
        if scopes.is_empty() {
            return Err(Error::invalid_input(
                "a sign-in needs at least one scope; `openid` returns who the user is",
            ));
        }
        Ok(Self {
            redirect_uri: app.redirect_uri().to_owned(),
            app,
            scopes,
            prompt: None,
            state: random_string()?,
            nonce: random_string()?,
            verifier: random_string()?,
        })
    }

    /// Sets which pages to show the user.
    #[must_use]
    pub fn prompt(mut self, prompt: Prompt) -> Self {
        self.prompt = Some(prompt);
        self
    }

    /// Returns the URL to open in the user's browser.
    #[must_use]
    pub fn url(&self) -> String {
        let scopes: Vec<&str> = self.scopes.iter().map(Scope::as_str).collect();
        let request = Request::new(&AUTHORIZE)
            .query("client_id", self.app.client_id())
            .query("redirect_uri", &self.redirect_uri)
            .query("response_type", "code")
            .query("scope", scopes.join(" "))
            .query("state", &self.state)
            .query("nonce", &self.nonce)
            .query("code_challenge", code_challenge(&self.verifier))
            .query("code_challenge_method", "S256")
            .query_opt("prompt", self.prompt.map(Prompt::as_str));
        self.app.inner.http.url(&request)
    }

    /// Returns the `state` parameter, which the redirect repeats. It identifies this sign-in.
    #[must_use]
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Exchanges the code in a redirect for tokens. `redirect` is the URL that the browser was redirected to, or its query.
    ///
    /// With the scope `openid` it verifies the ID token, and [`TokenSet::user`] returns the user.
    ///
    /// # Errors
    /// `InvalidInput`, before a request is sent, if the state is missing or belongs to another sign-in. `ConsentDenied` if
    /// the user declined. `SignInRequired` if the code was used before or is older than a minute. `InvalidIdToken` if the
    /// scope `openid` was requested and the ID token is missing or not valid.
    pub fn finish(&self, redirect: &str) -> Result<TokenSet> {
        self.exchange(&self.code(redirect)?)
    }

    /// Returns the code in a redirect, if the redirect belongs to this sign-in.
    pub(super) fn code(&self, redirect: &str) -> Result<String> {
        let query = redirect
            .split_once('?')
            .map_or(redirect, |(_, query)| query);
        let pairs = query_pairs(query.split('#').next().unwrap_or_default());
        let value = |name: &str| single_value(&pairs, name);
        let state = value("state")?.unwrap_or_default();
        if !secure_eq(state, &self.state) {
            return Err(Error::invalid_input(
                "the redirect does not belong to this sign-in: its `state` is missing or differs; start the sign-in again",
            ));
        }
        if let Some(error) = value("error")? {
            return Err(redirect_error(error, value("error_description")?));
        }
        let code = value("code")?.filter(|code| !code.is_empty());
        code.map(str::to_owned)
            .ok_or_else(|| Error::invalid_input("the redirect has neither a code nor an error"))
    }

    /// Exchanges a code for tokens.
    pub(super) fn exchange(&self, code: &str) -> Result<TokenSet> {
        // The code works once: fetch the keys first, or the tokens could not be verified.
        let needs_id_token = self.scopes.contains(&Scope::OpenId);
        if needs_id_token {
            let app = &self.app.inner;
            app.keys.get(&app.http)?;
        }
        let form = SecretBody::default()
            .field("grant_type", "authorization_code")
            .secret_field("code", code)
            .secret_field("code_verifier", &self.verifier)
            .field("redirect_uri", &self.redirect_uri);
        let mut tokens = self.app.request_tokens(form)?;
        tokens.user = match &tokens.id_token {
            Some(token) => Some(self.app.verify_id_token(token, Some(&self.nonce))?),
            None if needs_id_token => {
                return Err(Error::new(
                    ErrorKind::InvalidIdToken,
                    "the service returned no ID token, although the scope `openid` was requested",
                ));
            }
            None => None,
        };
        Ok(tokens)
    }
}

/// Rejects characters that RFC 6749 does not allow in scopes.
fn validate_scope(scope: &Scope) -> Result<()> {
    let text = scope.as_str();
    let is_allowed = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\');
    if text.is_empty() || !text.bytes().all(is_allowed) {
        return Err(Error::invalid_input(format!(
            "{text:?} is not a valid scope; scopes look like `asset:read`"
        )));
    }
    Ok(())
}

/// Returns the value of a parameter that must not be repeated.
fn single_value<'a>(pairs: &'a [(String, String)], name: &str) -> Result<Option<&'a str>> {
    let mut values = pairs.iter().filter(|(known, _)| known == name);
    let value = values.next().map(|(_, value)| value.as_str());
    if values.next().is_some() {
        return Err(Error::invalid_input(format!(
            "the redirect has the parameter `{name}` twice"
        )));
    }
    Ok(value)
}

impl fmt::Debug for AuthorizationFlow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AuthorizationFlow")
            .field("app", &self.app)
            .field("scopes", &self.scopes)
            .field("prompt", &self.prompt)
            .finish_non_exhaustive()
    }
}
