//! Builds apps.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::app::{App, Inner};
use super::signing_keys::SigningKeys;
use crate::error::{Error, Result};
#[cfg(feature = "rustls")]
use crate::http::PemText;
use crate::http::{Hosts, HttpClient, ProxyChoice, RetryPolicy, Settings, without_secrets};

/// The service's limit.
const MAX_REDIRECT_URI_LENGTH: usize = 256;

/// Builds an [`App`]. Created by [`App::builder`].
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

    /// Sets the app's secret. Only for servers: a program that you give to users must not contain it.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Sets the base URL, instead of `https://apis.roblox.com`; such as that of a sandbox. Plain http is for loopback only.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the timeout of one attempt of a request. 30 seconds by default.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeouts.request = limit;
        self
    }

    /// Sets how often, and after which delays, failed requests are retried.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Sets the `user-agent` header, such as `my-tool/1.0`.
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.settings.user_agent = user_agent.into();
        self
    }

    /// Trusts these certificates, and no others, as [`ClientBuilder::root_certificates`](crate::ClientBuilder::root_certificates).
    #[cfg(feature = "rustls")]
    #[must_use]
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.settings.root_certificates = Some(PemText::from(pem.into()));
        self
    }

    /// Uses this proxy, as [`ClientBuilder::proxy`](crate::ClientBuilder::proxy).
    #[must_use]
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.proxy = ProxyChoice::Url(url.into());
        self
    }

    /// Uses no proxy, even if the environment names one.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.settings.proxy = ProxyChoice::None;
        self
    }

    /// Builds the app. Sends no request.
    ///
    /// # Errors
    /// `InvalidInput` if the client ID or the secret is empty, the redirect URI is invalid (longer than 256 characters,
    /// without a scheme, or with a fragment), or a setting is invalid as for a client.
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
        let hosts = match &self.base_url {
            Some(url) => Hosts::from_base_url(url)?,
            None => Hosts::live()?,
        };
        let http = HttpClient::new(hosts, None, self.settings.clone())?;
        Ok(App {
            inner: Arc::new(Inner {
                client_id: self.client_id,
                secret: self.secret,
                redirect_uri: self.redirect_uri,
                base_url: self.base_url,
                settings: self.settings,
                http,
                keys: SigningKeys::default(),
            }),
        })
    }
}

fn validate_client_id(client_id: &str) -> Result<()> {
    let is_printable = client_id.bytes().all(|byte| byte.is_ascii_graphic());
    if client_id.is_empty() || !is_printable {
        return Err(Error::invalid_input(
            "the client ID is empty, or contains a space or another character that client IDs do not have",
        ));
    }
    Ok(())
}

fn validate_redirect_uri(uri: &str) -> Result<()> {
    let invalid = |reason: &str| {
        let uri = without_secrets(uri);
        let message = format!("the redirect URI {uri:?} is invalid: {reason}");
        Err(Error::invalid_input(message))
    };
    let scheme = uri.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    if !is_scheme {
        return invalid("it has no scheme, such as https:// or http://localhost");
    }
    if uri.len() > MAX_REDIRECT_URI_LENGTH {
        return invalid("it is longer than 256 characters");
    }
    if uri.contains('#') || !uri.bytes().all(|byte| byte.is_ascii_graphic()) {
        return invalid("it has a fragment, a space or another character that URIs do not have");
    }
    Ok(())
}

impl fmt::Debug for AppBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AppBuilder")
            .field("client_id", &self.client_id)
            .field("redirect_uri", &without_secrets(&self.redirect_uri))
            .field("base_url", &self.base_url.as_deref().map(without_secrets))
            .field("has_secret", &self.secret.is_some())
            .finish_non_exhaustive()
    }
}
