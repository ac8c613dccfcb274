//! The way of one user through the browser, and what comes back from there.

use std::fmt;

use super::app::App;
use super::crypto::{code_challenge, random_string, secure_eq};
use super::endpoints::AUTHORIZE;
use super::oauth_error::redirect_error;
use super::token::TokenSet;
use crate::error::{Error, Result};
use crate::http::{Request, SecretBody, query_pairs};
use crate::models::Scope;

/// Which pages the user is shown. Some cannot be left out for apps that are not the service's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Prompt {
    /// None: an error comes back if one is needed.
    None,
    /// Signing in, also if the user is signed in.
    Login,
    /// Consent, also if it was given before.
    Consent,
    /// The choice of an account.
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

/// One user on the way through the browser. Made by [`App::sign_in`], for one user and one time.
///
/// On a server, keep it with the session of the browser that it was made for, until that one comes back: another browser
/// that comes with its `state` was sent by somebody.
#[derive(Clone)]
pub struct AuthorizationFlow {
    app: App,
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
                "there is no scope to ask for; `openid` tells who the user is",
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

    /// Sets which pages the user is shown.
    #[must_use]
    pub fn prompt(mut self, prompt: Prompt) -> Self {
        self.prompt = Some(prompt);
        self
    }

    /// The address to open in the user's browser.
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

    /// What comes back with the user, and tells this sign-in from others.
    #[must_use]
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Exchanges the code for tokens, from the address that the browser was sent back to (or its query alone).
    ///
    /// With the scope `openid` the ID token is verified, and [`TokenSet::user`] tells who signed in.
    ///
    /// # Errors
    /// `InvalidInput`, before anything is sent, if the state is missing or another one: somebody else's redirect.
    /// `ConsentDenied` if the user said no. `SignInRequired` if the code was used before or is older than a minute.
    /// `InvalidIdToken` if the ID token is not valid.
    pub fn finish(&self, redirect: &str) -> Result<TokenSet> {
        self.exchange(&self.code(redirect)?)
    }

    /// The code in a redirect, if the redirect belongs to this sign-in.
    pub(super) fn code(&self, redirect: &str) -> Result<String> {
        let query = redirect
            .split_once('?')
            .map_or(redirect, |(_, query)| query);
        let pairs = query_pairs(query.split('#').next().unwrap_or_default());
        let value = |name: &str| single_value(&pairs, name);
        let state = value("state")?.unwrap_or_default();
        if !secure_eq(state, &self.state) {
            return Err(Error::invalid_input(
                "the redirect does not belong to this sign-in: its state is missing or another one; begin again",
            ));
        }
        if let Some(error) = value("error")? {
            return Err(redirect_error(error, value("error_description")?));
        }
        let code = value("code")?.filter(|code| !code.is_empty());
        code.map(str::to_owned)
            .ok_or_else(|| Error::invalid_input("the redirect brings neither a code nor an error"))
    }

    /// Tokens for a code.
    pub(super) fn exchange(&self, code: &str) -> Result<TokenSet> {
        // Without the keys the tokens would be there and could not be trusted, and the code works once.
        if self.scopes.contains(&Scope::OpenId) {
            self.app.keys()?;
        }
        let form = SecretBody::default()
            .field("grant_type", "authorization_code")
            .secret_field("code", code)
            .secret_field("code_verifier", &self.verifier)
            .field("redirect_uri", &self.redirect_uri);
        let mut tokens = self.app.issue(form)?;
        tokens.user = match &tokens.id_token {
            Some(token) => Some(self.app.verify_id_token(token, Some(&self.nonce))?),
            None => None,
        };
        Ok(tokens)
    }
}

/// The characters that RFC 6749 allows.
fn validate_scope(scope: &Scope) -> Result<()> {
    let text = scope.as_str();
    let is_allowed = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\');
    if text.is_empty() || !text.bytes().all(is_allowed) {
        return Err(Error::invalid_input(format!(
            "{text:?} is no scope such as asset:read"
        )));
    }
    Ok(())
}

/// The value of a parameter that comes once.
fn single_value<'a>(pairs: &'a [(String, String)], name: &str) -> Result<Option<&'a str>> {
    let mut values = pairs.iter().filter(|(known, _)| known == name);
    let value = values.next().map(|(_, value)| value.as_str());
    if values.next().is_some() {
        return Err(Error::invalid_input(format!(
            "the redirect brings `{name}` twice"
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
