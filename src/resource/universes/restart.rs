//! A restart of game servers in progress.

use std::fmt;
use std::time::Duration;

use super::Universe;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Result};
use crate::models::{LaunchResponse, RestartId, RestartStatus, RestartsResponse};
use crate::operation::{Cadence, Poll, wait_until};

pub(super) const LIST: Endpoint =
    Endpoint::get("/server-management/v1/universes/{universeId}/restarts")
        .scopes(&["universe:read"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST];

/// A restart of game servers. Created by [`Universe::launch_restart`] and [`Universe::restart`].
///
/// It continues without this value. Keep its [`id`](Self::id) to resume it in another process.
#[must_use = "the restart continues without it, but its progress is known only by polling"]
pub struct Restart {
    universe: Universe,
    id: RestartId,
    players_impacted: Option<u64>,
    instances_impacted: Option<u64>,
    published_version: Option<u64>,
    on_progress: Option<OnProgress>,
    last: Option<RestartStatus>,
}

/// Called with each state that the service reports.
type OnProgress = Box<dyn FnMut(&RestartStatus) + Send>;

impl Restart {
    pub(super) fn new(universe: Universe, id: RestartId) -> Self {
        Self {
            universe,
            id,
            players_impacted: None,
            instances_impacted: None,
            published_version: None,
            on_progress: None,
            last: None,
        }
    }

    pub(super) fn launched(universe: Universe, launched: LaunchResponse) -> Self {
        Self {
            players_impacted: launched.players_impacted,
            instances_impacted: launched.instances_impacted,
            ..Self::new(universe, launched.id)
        }
    }

    pub(super) fn after_publishing(mut self, version: u64) -> Self {
        self.published_version = Some(version);
        self
    }

    /// Returns the id of the restart. Sends no request.
    #[must_use]
    pub fn id(&self) -> &RestartId {
        &self.id
    }

    /// Returns the number of players in the servers that will close. `None` for a restart that was resumed by its id.
    #[must_use]
    pub fn players_impacted(&self) -> Option<u64> {
        self.players_impacted
    }

    /// Returns the number of servers that will close. `None` for a restart that was resumed by its id.
    #[must_use]
    pub fn instances_impacted(&self) -> Option<u64> {
        self.instances_impacted
    }

    /// Returns the version that [`Universe::publish_and_restart`] published before.
    #[must_use]
    pub fn published_version(&self) -> Option<u64> {
        self.published_version
    }

    /// Calls `report` with every state that [`poll`](Self::poll) and [`wait`](Self::wait) receive.
    pub fn on_progress(mut self, report: impl FnMut(&RestartStatus) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(report));
        self
    }

    /// Polls once. Returns the last state, or `None` while servers are still to be closed.
    ///
    /// # Errors
    /// Every error of a request; the restart continues after it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#Restarts_ListRestartStatuses) ·
    /// scope `universe:read` · 100 requests per minute · beta
    pub fn poll(&mut self) -> Result<Option<RestartStatus>> {
        self.poll_once(None)
    }

    /// Waits until every place has been restarted or `limit` is over. Polls with growing delays.
    ///
    /// Transient errors (429, 5xx, a lost connection) do not end the wait. The delays grow from 1 to 10 seconds, unless
    /// [`ClientBuilder::poll_interval`](crate::ClientBuilder::poll_interval) sets others.
    ///
    /// # Errors
    /// Those of [`poll`](Self::poll) that are not transient, and `StillRunning` when the limit is over. The restart can
    /// then be waited for again.
    pub fn wait(&mut self, limit: Duration) -> Result<RestartStatus> {
        let http = self.universe.client.http().clone();
        wait_until(&http, Cadence::RESTARTS, limit, self)
    }

    fn poll_once(&mut self, time: Option<Duration>) -> Result<Option<RestartStatus>> {
        self.id.validated()?;
        let call = self.universe.call(&LIST).time_budget_opt(time);
        let response: RestartsResponse = call.send()?;
        let listed = response.find(&self.id);
        if let (Some(restart), Some(report)) = (&listed, &mut self.on_progress) {
            report(restart);
        }
        let restart = listed.unwrap_or_else(|| RestartStatus::unlisted(self.id.clone()));
        // If there is no server to close, the service may list no places.
        let has_nothing_to_do = restart.places.is_empty() && self.instances_impacted == Some(0);
        let is_done = restart.is_done() || has_nothing_to_do;
        self.last = Some(restart.clone());
        Ok(is_done.then_some(restart))
    }
}

impl Poll<RestartStatus> for Restart {
    fn poll_within(&mut self, time: Duration) -> Result<Option<RestartStatus>> {
        self.poll_once(Some(time))
    }

    fn is_fresh(&self) -> bool {
        self.last.is_some()
    }

    fn still_running(&self, limit: Duration, elapsed: Duration) -> Error {
        let state = self.last.as_ref().map(RestartStatus::summary);
        let state = state.unwrap_or_default();
        let message = format!(
            "restart {} is not finished after {limit:?}: {state}",
            self.id
        );
        Error::new(ErrorKind::StillRunning, message).map(|inner| {
            inner.elapsed = elapsed;
            inner.advice = Some("It continues; wait longer, or resume it by its id".into());
        })
    }
}

impl fmt::Debug for Restart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Restart")
            .field("universe", &self.universe.id)
            .field("id", &self.id)
            .field("last", &self.last)
            .finish_non_exhaustive()
    }
}
