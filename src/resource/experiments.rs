//! Experiments: variants of configs that a part of the players gets.

use time::OffsetDateTime;

use super::Universe;
use crate::call::Call;
use crate::endpoint::{Endpoint, PageStyle};
use crate::error::Result;
use crate::models::{
    self, CompleteBody, ExperimentFilter, ExperimentId, ExperimentResponse, ExperimentStats,
    ExperimentSummary, Finished, MdeQuery, MinimumEffect, NewExperiment, ScheduleBody, VariantId,
};
use crate::operation::{EXPERIMENT_STATS, Operation, optional_paths};
use crate::paging::Items;

const LIST: Endpoint = Endpoint::get(
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments",
)
.scopes(&["universe:read"])
.paginated("experiments", 100)
.default_page_size(50)
.page_style(PageStyle::Offset {
    size: "maxPageSize",
    skip: "skip",
});
const CREATE: Endpoint = Endpoint::post(
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments",
)
.scopes(&["universe:write"])
.operation_paths(optional_paths)
.holds_operation("experiment");
const MINIMUM_EFFECT: Endpoint = Endpoint::post(
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments:calculateMde",
)
.scopes(&["universe:read"])
.idempotent()
.holds_operation("mde")
.polled_by_repetition();
const GET: Endpoint = Endpoint::get(
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}",
)
.scopes(&["universe:read"])
.error_fields_are_data();
const REPLACE: Endpoint = Endpoint::patch(
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}",
)
.scopes(&["universe:write"])
.operation_paths(optional_paths)
.holds_operation("experiment");
const DISCARD: Endpoint = Endpoint::delete(
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}",
)
.scopes(&["universe:write"])
.operation_paths(optional_paths)
.holds_operation("experiment");
const START: Endpoint = Endpoint::post(
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}:start",
)
.scopes(&["universe:write"])
.operation_paths(optional_paths)
.holds_operation("experiment");
const SCHEDULE: Endpoint = Endpoint::post(
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}:schedule",
)
.scopes(&["universe:write"])
.idempotent()
.operation_paths(optional_paths)
.holds_operation("experiment");
const COMPLETE: Endpoint = Endpoint::post(
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}:complete",
)
.scopes(&["universe:write"])
.operation_paths(optional_paths)
.holds_operation("experiment");

pub(super) const ENDPOINTS: super::Endpoints = &[&[
    &LIST,
    &CREATE,
    &MINIMUM_EFFECT,
    &GET,
    &REPLACE,
    &DISCARD,
    &START,
    &SCHEDULE,
    &COMPLETE,
]];

impl Universe {
    /// Returns a handle for the experiments of the universe. Sends no request.
    pub fn experiments(&self) -> Experiments {
        Experiments {
            universe: self.clone(),
        }
    }

    /// Returns a handle for an experiment of the universe. Sends no request.
    pub fn experiment(&self, id: impl Into<ExperimentId>) -> Experiment {
        Experiment {
            universe: self.clone(),
            id: id.into(),
        }
    }
}

/// A handle for the experiments of a universe. Created by [`Universe::experiments`].
///
/// ```no_run
/// use std::time::Duration;
/// use rblx_open_cloud::models::{ConfigExperimentVariant, ExperimentFilter, ExperimentMetric, NewExperiment};
///
/// # let client = rblx_open_cloud::Client::from_env()?;
/// let experiments = client.universe(13_058).experiments();
/// let experiment = NewExperiment::new("LowerBossHealth")
///     .configs([
///         ConfigExperimentVariant::baseline("Control", "bossHealth").weight(50),
///         ConfigExperimentVariant::treatment("Weaker", "bossHealth", serde_json::json!(300)).weight(50),
///     ])
///     .exposure_percent(40)
///     .days(14)
///     .goal(ExperimentMetric::Day1Retention);
/// let experiment = experiments.create(experiment)?.wait(Duration::from_secs(60))?;
/// println!("experiment {} is {:?}", experiment.id, experiment.state);
/// for experiment in experiments.list(ExperimentFilter::all()) {
///     println!("{:?}", experiment?.name);
/// }
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct Experiments {
    universe: Universe,
}

impl Experiments {
    /// Lists experiments, without their variants.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/experiments#PublicExperimentation_ListExperiments) ·
    /// scope `universe:read` · 100 requests per minute · up to 100 items per page · experimental
    pub fn list(&self, filter: ExperimentFilter) -> Items<ExperimentSummary> {
        let call = self.universe.call(&LIST);
        call.queries_checked(filter.params()).list()
    }

    /// Creates an experiment, which is a draft until it is started. The request is not repeated.
    ///
    /// # Errors
    /// `BadRequest` if the service rejects the experiment at once. Later, the operation ends with `OperationFailed`; its code is
    /// the type of the error, such as `EXPERIMENT_API_ERROR_TYPE_INVALID_DURATION`.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/experiments#PublicExperimentation_CreateExperiment) ·
    /// scope `universe:write` · 10 requests per minute · experimental
    pub fn create(&self, experiment: NewExperiment) -> Result<Operation<models::Experiment>> {
        let call = self.universe.call(&CREATE);
        call.json_checked(experiment.validated()).operation()
    }

    /// Computes the smallest effect that a planned experiment can detect. It changes nothing.
    ///
    /// The operation has no path: only this value can poll it, by sending the request again.
    ///
    /// # Errors
    /// `BadRequest` if the service rejects the plan.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/experiments#PublicExperimentation_CalculateExperimentMde) ·
    /// scope `universe:read` · 10 requests per minute · experimental
    pub fn minimum_effect(&self, plan: MdeQuery) -> Result<Operation<MinimumEffect>> {
        let call = self.universe.call(&MINIMUM_EFFECT);
        call.json_checked(plan.validated()).operation()
    }
}

/// A handle for an experiment. Created by [`Universe::experiment`].
///
/// ```no_run
/// use std::time::Duration;
///
/// # let client = rblx_open_cloud::Client::from_env()?;
/// let experiment = client.universe(13_058).experiment("1234567890");
/// experiment.start()?.wait(Duration::from_secs(60))?;
/// // … days later …
/// if experiment.stats()?.wait(Duration::from_secs(60))?.is_srm_detected == Some(false) {
///     experiment.complete(Some("variant-2".into()))?.wait(Duration::from_secs(60))?;
/// }
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct Experiment {
    universe: Universe,
    id: ExperimentId,
}

impl Experiment {
    /// Returns the id of the experiment. Sends no request.
    #[must_use]
    pub fn id(&self) -> &ExperimentId {
        &self.id
    }

    /// Returns the experiment, with its variants.
    ///
    /// # Errors
    /// `NotFound` if the experiment does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/experiments#PublicExperimentation_GetExperiment) ·
    /// scope `universe:read` · 100 requests per minute · experimental
    pub fn get(&self) -> Result<models::Experiment> {
        Ok(self.call(&GET).send::<ExperimentResponse>()?.experiment)
    }

    /// Replaces the experiment, as long as it is a draft. **Fields that are not set are lost**: start from
    /// [`NewExperiment::from_experiment`].
    ///
    /// # Errors
    /// `NotFound` if the experiment does not exist; `BadRequest` if the service rejects it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/experiments#PublicExperimentation_UpdateExperiment) ·
    /// scope `universe:write` · 10 requests per minute · experimental
    pub fn replace(&self, experiment: NewExperiment) -> Result<Operation<models::Experiment>> {
        let call = self.call(&REPLACE);
        call.json_checked(experiment.validated()).operation()
    }

    /// Discards the experiment. The service keeps its record.
    ///
    /// # Errors
    /// `NotFound` if the experiment does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/experiments#PublicExperimentation_DiscardExperiment) ·
    /// scope `universe:write` · 10 requests per minute · experimental
    pub fn discard(&self) -> Result<Operation<Finished>> {
        self.call(&DISCARD).operation()
    }

    /// Starts the experiment now. The request is not repeated.
    ///
    /// # Errors
    /// `NotFound` if the experiment does not exist; `BadRequest` if it cannot be started.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/experiments#PublicExperimentation_StartExperiment) ·
    /// scope `universe:write` · 10 requests per minute · experimental
    pub fn start(&self) -> Result<Operation<models::Experiment>> {
        self.call(&START).operation()
    }

    /// Schedules the start of the experiment.
    ///
    /// # Errors
    /// `NotFound` if the experiment does not exist; `BadRequest` if it cannot be scheduled.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/experiments#PublicExperimentation_ScheduleExperiment) ·
    /// scope `universe:write` · 10 requests per minute · experimental
    pub fn schedule(&self, start: OffsetDateTime) -> Result<Operation<models::Experiment>> {
        let body = ScheduleBody {
            scheduled_start_time: start,
        };
        self.call(&SCHEDULE).json(&body).operation()
    }

    /// Completes the experiment, and publishes the value of the winner. Without a winner, the previous value
    /// is restored. The request is not repeated.
    ///
    /// # Errors
    /// `NotFound` if the experiment does not exist; `BadRequest` if it is not running.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/experiments#PublicExperimentation_CompleteExperiment) ·
    /// scope `universe:write` · 10 requests per minute · experimental
    pub fn complete(&self, winner: Option<VariantId>) -> Result<Operation<models::Experiment>> {
        let winner = winner.as_ref().map(VariantId::validated).transpose();
        let body = winner.map(|variant_id| CompleteBody { variant_id });
        self.call(&COMPLETE).json_checked(body).operation()
    }

    /// Returns statistics of the experiment, which the service computes on request.
    ///
    /// # Errors
    /// `NotFound` if the experiment does not exist. Later, the operation ends with `OperationFailed`, such as when the experiment
    /// has run for less than a day.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/experiments#PublicExperimentation_GetExperimentStats) ·
    /// scope `universe:read` · 100 requests per minute · experimental
    pub fn stats(&self) -> Result<Operation<ExperimentStats>> {
        self.call(&EXPERIMENT_STATS).operation()
    }

    /// Starts a call about the experiment.
    fn call(&self, endpoint: &'static Endpoint) -> Call {
        let call = self.universe.call(endpoint);
        call.path_param_checked(self.id.validated())
    }
}
