//! Restarts servers in one call.

use super::Universe;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::RestartServers;

const RESTART: Endpoint = Endpoint::post("/cloud/v2/universes/{universe_id}:restartServers")
    .scopes(&["universe:write"])
    .idempotent();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&RESTART];

impl Universe {
    /// Restarts servers of the universe. The progress cannot be polled.
    ///
    /// [`launch_restart`](Self::launch_restart) has more options, and returns a [`Restart`](super::Restart) that can be
    /// waited for.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::RestartServers;
    ///
    /// client.universe(13_058).restart_servers(RestartServers::outdated().bleed_off(10))?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if the servers are to bleed off for 0 or more than 60 minutes (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#Cloud_RestartUniverseServers) ·
    /// scope `universe:write` · 30 requests per minute · stable
    #[doc(alias = "shutdown_servers")]
    pub fn restart_servers(&self, restart: RestartServers) -> Result<()> {
        let call = self.call(&RESTART).json(&restart.body()?);
        // A retry would also restart the servers that the first request started.
        let call = call.never_repeat_if(restart.restarts_current());
        call.send_no_content()
    }
}
