//! Restarts game servers and follows the progress.

use super::Universe;
use super::restart::{LIST, Restart};
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::models::{
    ForecastResponse, LaunchResponse, PlaceFile, PlaceForecast, PlaceId, RestartId, RestartPlan,
    RestartStatus, RestartsResponse,
};

const FORECAST: Endpoint =
    Endpoint::get("/server-management/v1/universes/{universeId}/restarts:forecast")
        .scopes(&["universe:read"]);
const LAUNCH: Endpoint = Endpoint::post("/server-management/v1/universes/{universeId}/restarts")
    .scopes(&["universe:write"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&FORECAST, &LAUNCH];

impl Universe {
    /// Publishes a file as the new version of a place, then restarts servers.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    /// use rblx_open_cloud::AssetFile;
    /// use rblx_open_cloud::models::{PlaceVersions, RestartPlan};
    ///
    /// let file = AssetFile::bytes("game.rbxlx", b"<roblox version=\"4\"></roblox>".to_vec());   // or "game.rbxl", a path
    /// let plan = RestartPlan::for_place(90, PlaceVersions::ExceptCurrent);
    /// client
    ///     .universe(13_058)
    ///     .publish_and_restart(90, file, plan)?
    ///     .on_progress(|state| println!("{} players left", state.remaining_players()))
    ///     .wait(Duration::from_secs(600))?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Place::publish`](super::Place::publish) and [`launch_restart`](Self::launch_restart). If only the restart
    /// failed, the message names the version that was published.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#Places_CreatePlaceVersionApiKey) ·
    /// scope `universe-places:write` · API key only · 30 requests per minute · beta\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/universes#Restarts_LaunchRestart) ·
    /// scope `universe:write` · 100 requests per minute · beta
    pub fn publish_and_restart(
        &self,
        place: impl Into<PlaceId>,
        file: impl Into<PlaceFile>,
        plan: RestartPlan,
    ) -> Result<Restart> {
        // Reject an invalid plan before publishing.
        plan.body()?;
        let version = self.place(place).publish(file)?;
        let restart = self.launch_restart(plan);
        let restart = restart.map_err(|error| not_restarted(version, error))?;
        Ok(restart.after_publishing(version))
    }

    /// Restarts servers of the universe, so that they run the published version.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    /// use rblx_open_cloud::models::{PlaceVersions, RestartPlan};
    ///
    /// let plan = RestartPlan::for_place(90, PlaceVersions::ExceptCurrent).bleed_off(10);
    /// let mut restart = client.universe(13_058).launch_restart(plan)?;
    /// println!("{:?} players will move", restart.players_impacted());
    /// # sandbox.advance(Duration::from_secs(600));
    /// restart.wait(Duration::from_secs(20 * 60))?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request is not retried if the restart may have been launched; [`restarts`](Self::restarts) shows whether it was.
    ///
    /// # Errors
    /// `InvalidInput` if the servers are to bleed off for 0 or more than 240 minutes, a place is named without a version, or
    /// the attributes are not a JSON object of up to 500 bytes (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#Restarts_LaunchRestart) ·
    /// scope `universe:write` · 100 requests per minute · beta
    pub fn launch_restart(&self, plan: RestartPlan) -> Result<Restart> {
        let call = self.call(&LAUNCH).json(&plan.body()?);
        let launched: LaunchResponse = call.send()?;
        Ok(Restart::launched(self.clone(), launched))
    }

    /// Resumes a restart by its id. Sends no request.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// let id = std::fs::read_to_string("restart.txt").unwrap_or_default();
    /// client.universe(13_058).restart(id.trim()).wait(std::time::Duration::from_secs(600))?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn restart(&self, id: impl Into<RestartId>) -> Restart {
        Restart::new(self.clone(), id.into())
    }

    /// Returns the restarts of the universe that the service still knows, with their progress.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for restart in client.universe(13_058).restarts()? {
    ///     println!("{}: {} players left", restart.id, restart.remaining_players());
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the universe does not exist. The list comes in one response and fails as a whole.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#Restarts_ListRestartStatuses) ·
    /// scope `universe:read` · 100 requests per minute · beta
    pub fn restarts(&self) -> Result<Vec<RestartStatus>> {
        let response: RestartsResponse = self.call(&LIST).send()?;
        Ok(response.restart_statuses)
    }

    /// Returns how many players and servers a restart would affect, for each place with running servers.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for place in client.universe(13_058).forecast_restart()? {
    ///     println!("place {}: {:?} of {:?} players", place.place_id, place.players_impacted, place.total_players);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the universe does not exist. The list comes in one response and fails as a whole.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/universes#Restarts_ForecastRestart) ·
    /// scope `universe:read` · 100 requests per minute · beta
    pub fn forecast_restart(&self) -> Result<Vec<PlaceForecast>> {
        let response: ForecastResponse = self.call(&FORECAST).send()?;
        Ok(response.place_forecasts)
    }
}

/// Adds the published version to the error of a restart.
fn not_restarted(version: u64, error: Error) -> Error {
    error.map(|inner| {
        let message = &inner.message;
        inner.message =
            format!("version {version} was published, but no server was restarted: {message}");
    })
}
