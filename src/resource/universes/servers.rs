//! The game servers of a place.

use super::Place;
use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{
    FilterOptionsResponse, GameServer, GameServerLog, JobId, ServerCountResponse, ServerFilter,
    ServerFilterOption, ServerLogFilter,
};
use crate::paging::Items;

const LIST: Endpoint = Endpoint::get(
    "/server-management/v1/universes/{universeId}/places/{placeId}/versions/{versionNumber}/game-servers",
)
.scopes(&["universe:read"])
.paginated("gameServers", 100)
.page_query("MaxPageSize", "PageToken")
.partial_flags(&["activeServersFetchError", "shutdownServersFetchError"]);
const LIST_LOGS: Endpoint = Endpoint::get(
    "/server-management/v1/universes/{universeId}/places/{placeId}/versions/{versionNumber}/game-servers/{jobId}/logs",
)
.scopes(&["universe:read"])
.paginated("gameServerLogs", 100)
.page_query("MaxPageSize", "PageToken");
const LIST_FILTERS: Endpoint = Endpoint::get(
    "/server-management/v1/universes/{universeId}/places/{placeId}/game-servers:filter-options",
)
.scopes(&["universe:read"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST, &LIST_LOGS, &LIST_FILTERS];

impl Place {
    /// Lists the servers that run a version of the place, and those that ran it and were shut down.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::ServerFilter;
    ///
    /// let running = ServerFilter::all().shut_down(false).order_by_descending("uptime");
    /// for server in client.universe(13_058).place(90).list_servers(1, running) {
    ///     let server = server?;
    ///     println!("{:?}: {:?} players, up {:?}", server.job_id, server.occupancy, server.uptime);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list. If the service could not read the running or the ended servers, the last item of the page is
    /// such an error of the kind `ServiceUnavailable`.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#GameServers_ListGameServers) ·
    /// scope `universe:read` · 100 requests per minute · up to 100 items per page · beta
    pub fn list_servers(&self, version: u64, filter: ServerFilter) -> Items<GameServer> {
        self.servers_call(version, filter).list()
    }

    /// Returns the number of servers that run or ran a version of the place. `None` if the service could not count them all.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::ServerFilter;
    ///
    /// let place = client.universe(13_058).place(90);
    /// println!("{:?} full servers", place.count_servers(1, ServerFilter::all().full(true))?);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the place does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#GameServers_ListGameServers) ·
    /// scope `universe:read` · 100 requests per minute · beta
    pub fn count_servers(&self, version: u64, filter: ServerFilter) -> Result<Option<u64>> {
        // A page of size 0 contains the total.
        let call = self.servers_call(version, filter).query("MaxPageSize", 0);
        let count: ServerCountResponse = call.send_or_error()?;
        Ok(count.total_count)
    }

    /// Lists the lines of a server's log.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{LogSeverity, ServerFilter, ServerLogFilter};
    ///
    /// let place = client.universe(13_058).place(90);
    /// let server = place.list_servers(1, ServerFilter::all()).next().transpose()?;
    /// if let Some(job) = server.and_then(|server| server.job_id) {
    ///     for line in place.list_server_logs(1, job, ServerLogFilter::all().at_least(LogSeverity::Warning)) {
    ///         let line = line?;
    ///         println!("{:?} {}", line.message_time, line.message.unwrap_or_default());
    ///     }
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list. `InvalidInput` if the id is empty.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#GameServers_ListGameServerLogs) ·
    /// scope `universe:read` · 100 requests per minute · up to 100 items per page · beta
    pub fn list_server_logs(
        &self,
        version: u64,
        job: impl Into<JobId>,
        filter: ServerLogFilter,
    ) -> Items<GameServerLog> {
        let job = job.into();
        let call = self.call(&LIST_LOGS).path_param(version);
        let call = call.path_param_checked(job.validated());
        with_filter(call, filter.into_params()).list()
    }

    /// Returns the fields by which servers can be filtered, each with the values that occur.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for option in client.universe(13_058).place(90).server_filters()? {
    ///     println!("{}: {:?}", option.field, option.values);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the place does not exist. The list comes in one response and fails as a whole.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#GameServers_GetFilterOptions) ·
    /// scope `universe:read` · 100 requests per minute · beta
    pub fn server_filters(&self) -> Result<Vec<ServerFilterOption>> {
        let response: FilterOptionsResponse = self.call(&LIST_FILTERS).send()?;
        Ok(response.filters)
    }

    fn servers_call(&self, version: u64, filter: ServerFilter) -> Call {
        let call = self.call(&LIST).path_param(version);
        with_filter(call, filter.into_params())
    }
}

fn with_filter(call: Call, (filter, order): (Option<String>, Option<String>)) -> Call {
    call.query_opt("OrderBy", order).query_opt("Filter", filter)
}
