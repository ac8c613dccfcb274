//! How ureq is set up.

use std::sync::Arc;

use ureq::config::{Config, ConfigBuilder};
use ureq::typestate::AgentScope;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::{Agent, Proxy, ProxyProtocol};

use super::auth_header::{Secrets, connector};
use crate::error::{Error, Result};
use crate::http::base_url::BaseUrl;
use crate::http::config::{ProxyChoice, Settings, Timeouts};

pub(super) fn agent(config: Config, secrets: &Arc<Secrets>) -> Agent {
    Agent::with_parts(
        config,
        connector(Arc::clone(secrets)),
        DefaultResolver::default(),
    )
}

/// What calls and uploads have in common.
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
        // A limit on resolving costs a thread for each request, so it is left out where nothing is resolved.
        .timeout_resolve((!origin.is_address).then_some(timeouts.connect));
    #[cfg(feature = "platform-verifier")]
    let config = config.tls_config(
        ureq::tls::TlsConfig::builder()
            .root_certs(ureq::tls::RootCerts::PlatformVerifier)
            .build(),
    );
    let refused = |why: &str| Error::invalid_input(format!("the proxy is refused: {why}"));
    let is_socks =
        |proxy: &Proxy| !matches!(proxy.protocol(), ProxyProtocol::Http | ProxyProtocol::Https);
    match &settings.proxy {
        ProxyChoice::Environment if !origin.is_loopback => match Proxy::try_from_env() {
            // It would be passed by in silence.
            Some(proxy) if is_socks(&proxy) => Err(refused(
                "the environment names one for SOCKS, which is not supported; name one for HTTP, or use `ClientBuilder::no_proxy`",
            )),
            proxy => Ok(config.proxy(proxy)),
        },
        ProxyChoice::Environment | ProxyChoice::None => Ok(config.proxy(None)),
        // The URL may hold a password, so it is not repeated.
        ProxyChoice::Url(url) => match Proxy::new(url) {
            Ok(proxy) if is_socks(&proxy) => Err(refused("SOCKS is not supported, only HTTP")),
            Ok(proxy) => Ok(config.proxy(Some(proxy))),
            Err(_) => Err(refused(
                "it must be a URL such as http://user:password@host:3128",
            )),
        },
    }
}
