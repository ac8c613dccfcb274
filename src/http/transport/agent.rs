//! Configures ureq.

use std::sync::Arc;
use std::time::Duration;

use ureq::config::{Config, ConfigBuilder};
use ureq::typestate::AgentScope;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::Connector;
use ureq::{Agent, Proxy, ProxyProtocol};

use super::auth_header::{HeaderConnector, Secrets};
use super::connector::connector;
use super::error_body_limit::ErrorBodyLimitConnector;
use crate::error::{Error, Result};
use crate::http::base_url::BaseUrl;
#[cfg(feature = "rustls")]
use crate::http::config::PemText;
use crate::http::config::{ProxyChoice, Settings, Timeouts};
use crate::http::stop::StopSignal;

/// The maximum number of idle connections, and so of threads that can reuse one.
pub(super) const MAX_IDLE_CONNECTIONS: usize = 32;

/// The maximum time to read the body of an error: the status is what counts.
const MAX_ERROR_BODY_TIME: Duration = Duration::from_secs(10);

/// Creates an agent for calls, which carry the credential.
pub(super) fn agent(config: Config, timeouts: &Timeouts, secrets: &Arc<Secrets>) -> Agent {
    let connector = connector(&config)
        .chain(error_body_limit(timeouts))
        .chain(HeaderConnector(Arc::clone(secrets)));
    Agent::with_parts(config, connector, DefaultResolver::default())
}

/// Creates an agent for content, without the credential.
pub(super) fn anonymous_agent(config: Config, timeouts: &Timeouts) -> Agent {
    let connector = connector(&config).chain(error_body_limit(timeouts));
    Agent::with_parts(config, connector, DefaultResolver::default())
}

/// Returns the maximum time to read the body of an error.
pub(super) fn max_error_body_time(timeouts: &Timeouts) -> Duration {
    timeouts.request.min(MAX_ERROR_BODY_TIME)
}

fn error_body_limit(timeouts: &Timeouts) -> ErrorBodyLimitConnector {
    ErrorBodyLimitConnector(max_error_body_time(timeouts))
}

/// Closes the connections of an agent when the signal stops.
pub(super) fn end_on_stop(stop: &StopSignal, agent: &Agent) {
    let agent = agent.clone();
    stop.on_stop(move || agent.clone().shutdown());
}

/// Returns the settings that calls, uploads and downloads have in common.
pub(super) fn config(
    origin: &BaseUrl,
    settings: &Settings,
    timeouts: &Timeouts,
) -> Result<ConfigBuilder<AgentScope>> {
    let user_agent = settings.user_agent.as_str();
    if user_agent.is_empty() || !user_agent.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(Error::invalid_input(
            "the user agent must be printable ASCII text",
        ));
    }
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .user_agent(user_agent)
        .accept("application/json")
        .timeout_connect(Some(timeouts.connect))
        // A timeout for resolving costs a thread for each request, so it is omitted for an IP address.
        .timeout_resolve((!origin.is_address).then_some(timeouts.connect));
    #[cfg(feature = "rustls")]
    let config = config.tls_config(super::root_certificates::tls_config(
        settings.root_certificates.as_ref().map(PemText::bytes),
    )?);
    Ok(config.proxy(proxy(origin, settings)?))
}

/// Returns the proxy of the requests. Its URL may contain a password, so no error repeats it.
fn proxy(origin: &BaseUrl, settings: &Settings) -> Result<Option<Proxy>> {
    let rejected = |why: &str| Error::invalid_input(format!("the proxy is rejected: {why}"));
    let (proxy, advice) = match &settings.proxy {
        ProxyChoice::Environment if !origin.is_loopback => (
            environment_proxy().map_err(|variable| {
                rejected(&format!(
                    "the environment variable {variable} must be a URL such as http://user:password@host:3128"
                ))
            })?,
            "set another proxy in the environment, or use the setting `no_proxy`",
        ),
        ProxyChoice::Environment | ProxyChoice::None => return Ok(None),
        ProxyChoice::Url(url) => {
            let proxy = Proxy::new(url).map_err(|_| {
                rejected("it must be a URL such as http://user:password@host:3128")
            })?;
            (Some(proxy), "use an HTTP proxy")
        }
    };
    match proxy.as_ref().map(Proxy::protocol) {
        None | Some(ProxyProtocol::Http) => Ok(proxy),
        Some(ProxyProtocol::Https) if cfg!(feature = "rustls") => Ok(proxy),
        // The password would be sent in the clear.
        Some(ProxyProtocol::Https) => Err(rejected(
            "it is https, and this build has no TLS; enable the feature `rustls` of rblx-open-cloud",
        )),
        Some(_) => Err(rejected(&format!(
            "it is for SOCKS, which is not supported; {advice}"
        ))),
    }
}

/// Returns the proxy of the environment, or the name of an invalid variable, which ureq would silently ignore.
fn environment_proxy() -> std::result::Result<Option<Proxy>, &'static str> {
    let variables = [
        "ALL_PROXY",
        "all_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "HTTP_PROXY",
        "http_proxy",
    ];
    for name in variables {
        match std::env::var_os(name) {
            Some(value) if !value.is_empty() => {
                let proxy = value.to_str().map(Proxy::new);
                return match proxy {
                    // Also reads the exceptions in `NO_PROXY`.
                    Some(Ok(_)) => Ok(Proxy::try_from_env()),
                    _ => Err(name),
                };
            }
            _ => {}
        }
    }
    Ok(None)
}
