//! Experiments: variants of configs that a part of the players gets.

mod experiment;
mod filter;
mod kinds;
mod new_experiment;
mod results;
mod variants;

pub(crate) use experiment::{CompleteBody, ExperimentResponse, ScheduleBody};
pub use experiment::{Experiment, ExperimentMetrics, ExperimentSummary, TargetingCriteria};
pub use filter::{ExperimentFilter, ExperimentSort};
pub use kinds::{ExperimentMetric, ExperimentProduct, ExperimentState, OperationalStatus};
pub use new_experiment::{MdeQuery, NewExperiment};
pub use results::{ExperimentStats, MinimumEffect};
pub use variants::{
    ConfigExperimentVariant, ConfigExperimentVariants, ExperimentConfigEntry,
    ExperimentConfiguration, MatchmakingVariant, MatchmakingVariants, PlaceScoring, VariantMeta,
};

text_id! {
    /// Identifies an experiment.
    ExperimentId,
    /// Identifies a variant of an experiment that has started.
    VariantId,
}
