//! Every call about configs and experiments, with every parameter.

use rblx_open_cloud::models::{
    self, ConditionalRule, ConditionalRules, ConfigChange, ConfigExperimentVariant,
    ConfigRepository, ExperimentFilter, ExperimentMetric, ExperimentProduct, ExperimentSort,
    ExperimentState, MatchmakingVariant, MdeQuery, NewExperiment, Publication, RevisionRange,
    RuleToken,
};
use rblx_open_cloud::time::OffsetDateTime;
use rblx_open_cloud::{Client, Error, ErrorKind};
use serde_json::json;

use crate::universes::{accepted, some};

fn rule() -> ConditionalRule {
    ConditionalRule::new([
        RuleToken::attribute("country"),
        RuleToken::text("DE"),
        RuleToken::boolean(true),
        RuleToken::integer(5),
        RuleToken::double(1.5),
        RuleToken::operator("=="),
    ])
}

pub(crate) fn call(client: &Client) {
    let config = client.universe(123).config(ConfigRepository::InExperience);
    accepted(config.get());
    accepted(config.get_as::<serde_json::Value>());
    accepted(config.get_full());
    accepted(config.draft());
    let rules = || ConditionalRules::new().rule("r", rule()).order(["r"]);
    let change = || {
        ConfigChange::new()
            .set("number", 1)
            .set("text", "x")
            .set("list", [1, 2])
            .set("object", json!({"a": {"b": null}}))
            .rules(rules())
            .if_draft("h")
    };
    accepted(config.change(change()));
    accepted(config.replace(change()));
    accepted(config.replace(ConfigChange::new().no_rules()));
    accepted(config.reset_draft(Some("h".into())));
    accepted(config.reset_draft(None));
    accepted(config.publish("h", Publication::gradual().message("m")));
    accepted(config.publish("h", Publication::immediate()));
    accepted(config.set_and_publish(change(), "m"));
    let time = OffsetDateTime::UNIX_EPOCH;
    let range = RevisionRange::all().since(time).until(time).search("boss");
    some(config.list_revisions(range.oldest_first()).starting_at("2"));
    some(config.list_revisions(RevisionRange::all().newest_first()));
    accepted(config.restore("r"));
    experiments(client);
}

fn experiments(client: &Client) {
    let universe = client.universe(123);
    let experiments = universe.experiments();
    let filter = ExperimentFilter::all()
        .search("boss")
        .states([ExperimentState::Draft, ExperimentState::Running])
        .product(ExperimentProduct::Matchmaking)
        .sort_by(ExperimentSort::StartTime)
        .ascending();
    some(experiments.list(filter).starting_at("2"));
    some(experiments.list(ExperimentFilter::all().descending()));
    let new = NewExperiment::new("n")
        .description("d")
        .exposure_percent(40)
        .targeting(rule())
        .days(14)
        .goal(ExperimentMetric::Day1Retention);
    let of_configs = new.clone().configs([
        ConfigExperimentVariant::baseline("Control", "boss").weight(50),
        ConfigExperimentVariant::treatment("A", "boss", json!({"a": 1})).description("d"),
    ]);
    let of_matchmaking = new.matchmaking([
        MatchmakingVariant::baseline("Control").platform_default(90),
        MatchmakingVariant::treatment("A").place(90, "s").weight(50),
    ]);
    accepted(experiments.create(of_configs.clone()));
    accepted(experiments.create(of_matchmaking));
    let plan = MdeQuery::new(ExperimentMetric::PlaytimePerUser, 14)
        .exposure_percent(40)
        .weights(50.0, [25.0, 25.0])
        .targeting(rule());
    accepted(experiments.minimum_effect(plan));
    let experiment = universe.experiment("7");
    accepted(experiment.get());
    accepted(experiment.replace(of_configs));
    accepted(experiment.discard());
    accepted(experiment.start());
    accepted(experiment.schedule(OffsetDateTime::UNIX_EPOCH));
    accepted(experiment.complete(Some("v".into())));
    accepted(experiment.complete(None));
    accepted(experiment.stats());
    let path = "creator-configs-public-api/v1/experimentation/universes/123/operations/op1";
    let mut operation = client.operation::<models::Experiment>(path);
    // An operation of the mock may have failed.
    let failed = |error: &Error| error.kind() == ErrorKind::OperationFailed;
    match operation.poll() {
        Err(error) if failed(&error) => {}
        result => accepted(result),
    }
}

/// Makes every call that the sandbox supports.
pub(crate) fn call_sandbox(client: &Client) {
    let config = client
        .universe(13_058)
        .config(ConfigRepository::InExperience);
    config.get().unwrap();
    config.get_full().unwrap();
    let rules = ConditionalRules::new().rule("r", rule()).order(["r"]);
    let change = ConfigChange::new().set("a", json!({"b": 1})).remove("motd");
    let version = config.set_and_publish(change.rules(rules), "m").unwrap();
    assert_eq!(version, 2);
    config.get().unwrap();
    config.get_full().unwrap();
    let hash = config.draft().unwrap().draft_hash.unwrap();
    let hash = config
        .change(ConfigChange::new().set("a", 2).if_draft(hash))
        .unwrap();
    config.draft().unwrap();
    config.reset_draft(Some(hash)).unwrap();
    config
        .replace(ConfigChange::new().set("a", 1).no_rules())
        .unwrap();
    let range = RevisionRange::all().newest_first();
    let revisions: Vec<_> = config.list_revisions(range).map(Result::unwrap).collect();
    assert_eq!(revisions.len(), 2);
    let hash = config
        .restore(revisions[1].revision_id.clone().unwrap())
        .unwrap();
    config
        .publish(hash, Publication::gradual().message("Rollback"))
        .unwrap();
}
