//! States, products and metrics of experiments.

open_enum! {
    /// The state of an experiment.
    ExperimentState,
    /// Not started yet: it can be changed.
    Draft = "EXPERIMENT_STATE_DRAFT",
    /// Starts at a time.
    Scheduled = "EXPERIMENT_STATE_SCHEDULED",
    /// Running.
    Running = "EXPERIMENT_STATE_RUNNING",
    /// Completed, with or without a winner.
    Completed = "EXPERIMENT_STATE_COMPLETED",
    /// Cancelled.
    Cancelled = "EXPERIMENT_STATE_CANCELLED",
    /// Discarded.
    Deleted = "EXPERIMENT_STATE_DELETED",
}

open_enum! {
    /// The product that an experiment varies.
    ExperimentProduct,
    /// The value of a config key.
    Configs = "EXPERIMENT_PRODUCT_TYPE_IN_GAME_CONFIGS",
    /// The scoring of matchmaking.
    Matchmaking = "EXPERIMENT_PRODUCT_TYPE_MATCHMAKING",
}

open_enum! {
    /// A metric that an experiment observes.
    ExperimentMetric,
    /// Average session time in minutes.
    AverageSessionTime = "UNIVERSE_EXPERIMENT_METRIC_AVERAGE_SESSION_TIME",
    /// Play time per user in minutes.
    PlaytimePerUser = "UNIVERSE_EXPERIMENT_METRIC_PLAYTIME_PER_USER",
    /// Share of players who come back after a day.
    Day1Retention = "UNIVERSE_EXPERIMENT_METRIC_DAY_1_RETENTION",
    /// Share of players who come back after seven days.
    Day7Retention = "UNIVERSE_EXPERIMENT_METRIC_DAY_7_RETENTION",
    /// Share of players who buy something.
    PayerConversionRate = "UNIVERSE_EXPERIMENT_METRIC_PAYER_CONVERSION_RATE",
    /// Average revenue per user.
    AverageRevenuePerUser = "UNIVERSE_EXPERIMENT_METRIC_AVERAGE_REVENUE_PER_USER",
    /// Average revenue per paying user.
    AverageRevenuePerPayingUser = "UNIVERSE_EXPERIMENT_METRIC_AVERAGE_REVENUE_PER_PAYING_USER",
}

open_enum! {
    /// The task that the service carries out on an experiment.
    OperationalStatus,
    /// No task.
    Ready = "OPERATIONAL_STATUS_READY",
    /// Creating it.
    Creating = "OPERATIONAL_STATUS_CREATING",
    /// Updating it.
    Updating = "OPERATIONAL_STATUS_UPDATING",
    /// Starting it.
    Starting = "OPERATIONAL_STATUS_STARTING",
    /// Stopping it.
    Stopping = "OPERATIONAL_STATUS_STOPPING",
    /// Scheduling it.
    Scheduling = "OPERATIONAL_STATUS_SCHEDULING",
    /// Deleting it.
    Deleting = "OPERATIONAL_STATUS_DELETING",
    /// Increasing the share of players.
    RampingUp = "OPERATIONAL_STATUS_RAMPING_UP",
    /// Synchronizing it.
    Syncing = "OPERATIONAL_STATUS_SYNCING",
    /// Rolling out the winner.
    RollingOut = "OPERATIONAL_STATUS_ROLLING_OUT",
}
