//! Configs: values that game servers read while they run, and their drafts and revisions.

mod change;
mod draft;
mod revision;
mod rules;
mod values;

pub use change::{ConfigChange, Publication};
pub use draft::{ConfigDraft, DraftEntry};
pub(crate) use draft::{HashResponse, PublishResponse};
pub use revision::{
    ConfigRevision, ConfigValueChange, RevisionRange, RuleChange, RulesChange, RulesOrderChange,
};
pub use rules::{ConditionalRule, ConditionalRules, RuleLiteral, RuleOperand, RuleToken};
pub(crate) use values::EntriesResponse;
pub use values::{ConfigEntry, ConfigFull, ConfigValues, ConfigVariant, ConfigVariantKind};

text_id! {
    /// Identifies a state of a draft. It changes with every change of the draft.
    DraftHash,
    /// Identifies a revision of a config repository.
    ConfigRevisionId,
}

open_enum! {
    /// A repository of configs of a universe.
    ConfigRepository,
    /// Configs that scripts read with `ConfigService`.
    InExperience = "InExperienceConfig",
    /// Settings of recommendations.
    RecommendationServices = "RecommendationServicesConfig",
    /// Settings of data stores.
    DataStores = "DataStoresConfig",
    /// Settings of extended services.
    ExtendedServices = "ExtendedServicesConfig",
    /// Settings of leaderboards.
    Leaderboards = "LeaderboardsConfig",
    /// Settings of the users of an experience.
    ExperienceUser = "ExperienceUserConfig",
    /// Settings of journeys.
    Journeys = "JourneysConfig",
    /// Settings of the protection against exploits.
    AntiCheat = "AntiCheatConfig",
}
