//! The agents that fetch content. They have no credential.

use std::sync::OnceLock;

use ureq::Agent;
use ureq::config::Config;

use super::agent::{MAX_IDLE_CONNECTIONS, anonymous_agent, config, end_on_stop};
use super::connection::connecting_agent;
use crate::error::Result;
use crate::http::base_url::BaseUrl;
use crate::http::config::Settings;
use crate::http::stop::StopSignal;

/// The connections for content, opened when they are first needed.
#[derive(Debug)]
pub(super) struct DownloadAgents {
    settings: Settings,
    stop: StopSignal,
    /// Without the proxy of the environment, which does not apply to loopback.
    local: OnceLock<Agent>,
    remote: OnceLock<Agent>,
    /// These only connect, for content behind URLs that no log may show.
    connecting_local: OnceLock<Agent>,
    connecting_remote: OnceLock<Agent>,
}

impl DownloadAgents {
    pub(super) fn new(settings: &Settings, stop: &StopSignal) -> Self {
        Self {
            settings: settings.clone(),
            stop: stop.clone(),
            local: OnceLock::new(),
            remote: OnceLock::new(),
            connecting_local: OnceLock::new(),
            connecting_remote: OnceLock::new(),
        }
    }

    /// Returns the agent for this host.
    pub(super) fn agent(&self, origin: &BaseUrl) -> Result<&Agent> {
        let agent = if origin.is_loopback {
            &self.local
        } else {
            &self.remote
        };
        self.get_or_create(agent, origin, |config| {
            anonymous_agent(config, &self.settings.timeouts.clamped())
        })
    }

    /// Returns an agent that connects to this host and sends nothing.
    pub(super) fn connecting_agent(&self, origin: &BaseUrl) -> Result<&Agent> {
        let agent = if origin.is_loopback {
            &self.connecting_local
        } else {
            &self.connecting_remote
        };
        self.get_or_create(agent, origin, connecting_agent)
    }

    fn get_or_create<'a>(
        &self,
        agent: &'a OnceLock<Agent>,
        origin: &BaseUrl,
        create: impl FnOnce(Config) -> Agent,
    ) -> Result<&'a Agent> {
        if let Some(agent) = agent.get() {
            return Ok(agent);
        }
        let config = self.config(origin)?;
        Ok(agent.get_or_init(|| {
            let agent = create(config);
            end_on_stop(&self.stop, &agent);
            agent
        }))
    }

    fn config(&self, origin: &BaseUrl) -> Result<Config> {
        let timeouts = self.settings.timeouts.clamped();
        // No total timeout, only an idle timeout.
        Ok(config(origin, &self.settings, &timeouts)?
            .accept("*/*")
            .max_idle_connections(MAX_IDLE_CONNECTIONS)
            .max_idle_connections_per_host(MAX_IDLE_CONNECTIONS)
            .timeout_resolve(Some(timeouts.connect))
            .timeout_recv_response(Some(timeouts.response))
            .timeout_per_write(Some(timeouts.idle))
            .timeout_per_read(Some(timeouts.idle))
            .build())
    }
}
