//! The settings of an app.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::app::{App, Inner};
use crate::error::{Error, Result};
use crate::http::{Hosts, HttpClient, ProxyChoice, RetryPolicy, Settings};

/// The service takes no longer one.
const MAX_REDIRECT_URI_LENGTH: usize = 256;

/// Settings of an [`App`]. Made by [`App::builder`].
///
/// ```
/// use rblx_open_cloud::oauth2::App;
///
/// let app = App::builder("816547628409595165403873012", "https://example.com/callback")
///     .secret("RBX-…")
/// #   .base_url("http://127.0.0.1:4306")
///     .build()?;
/// assert!(!format!("{app:?}").contains("RBX"));
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Clone)]
pub struct AppBuilder {
    client_id: String,
    redirect_uri: String,
    secret: Option<String>,
    base_url: Option<String>,
    settings: Settings,
}

impl AppBuilder {
    pub(super) fn new(client_id: String, redirect_uri: String) -> Self {
        Self {
            client_id,
            redirect_uri,
            secret: None,
            base_url: None,
            settings: Settings::default(),
        }
    }

    /// The app's secret, for one that runs where nobody else can read it: a server. What is handed out to users has none.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Another origin in place of `https://apis.roblox.com`, such as a sandbox. Plain http is for loopback only.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The time that one attempt of a request may take; 30 seconds unless set.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeouts.request = limit;
        self
    }

    /// How often, and after which pauses, a failed request is sent again.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// The `user-agent` header, such as `my-tool/1.0`.
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.settings.user_agent = user_agent.into();
        self
    }

    /// Goes through this proxy, as [`ClientBuilder::proxy`](crate::ClientBuilder::proxy).
    #[must_use]
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.proxy = ProxyChoice::Url(url.into());
        self
    }

    /// Goes through no proxy, whatever the environment says.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.settings.proxy = ProxyChoice::None;
        self
    }

    /// Makes the app. Sends nothing.
    ///
    /// # Errors
    /// `InvalidInput` if the client id or the secret is empty, the redirect URI cannot be one (longer than 256
    /// characters, without a scheme, with a fragment), or a setting is refused as for a client.
    pub fn build(self) -> Result<App> {
        validate_client_id(&self.client_id)?;
        validate_redirect_uri(&self.redirect_uri)?;
        if self
            .secret
            .as_deref()
            .is_some_and(|secret| secret.trim().is_empty())
        {
            return Err(Error::invalid_input("the app's secret is empty"));
        }
        let origins = match &self.base_url {
            Some(url) => Hosts::from_base_url(url)?,
            None => Hosts::live()?,
        };
        let http = HttpClient::new(origins, None, self.settings.clone())?;
        Ok(App {
            inner: Arc::new(Inner {
                client_id: self.client_id,
                secret: self.secret,
                redirect_uri: self.redirect_uri,
                base_url: self.base_url,
                settings: self.settings,
                http,
                keys: Mutex::default(),
            }),
        })
    }
}

fn validate_client_id(client_id: &str) -> Result<()> {
    let is_printable = client_id.bytes().all(|byte| byte.is_ascii_graphic());
    if client_id.is_empty() || !is_printable {
        return Err(Error::invalid_input(
            "the client id is empty, or has characters that none has",
        ));
    }
    Ok(())
}

fn validate_redirect_uri(uri: &str) -> Result<()> {
    let refused = |why: &str| {
        Err(Error::invalid_input(format!(
            "the redirect URI {uri:?} is refused: {why}"
        )))
    };
    let scheme = uri.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    if !is_scheme {
        return refused("it begins with no scheme, such as https:// or http://localhost");
    }
    if uri.len() > MAX_REDIRECT_URI_LENGTH {
        return refused("it is longer than 256 characters");
    }
    if uri.contains('#') || !uri.bytes().all(|byte| byte.is_ascii_graphic()) {
        return refused("it has a fragment, a space or another character that no URI has");
    }
    Ok(())
}

impl fmt::Debug for AppBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AppBuilder")
            .field("client_id", &self.client_id)
            .field("redirect_uri", &self.redirect_uri)
            .field("base_url", &self.base_url)
            .field("has_secret", &self.secret.is_some())
            .finish_non_exhaustive()
    }
}
