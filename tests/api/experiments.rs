//! Experiments: requests, responses, and operations that are wrapped in another object.

use std::time::Duration;

use crate::repetition::Repetition;
use crate::support::{MockServer, json, ok};
use rblx_open_cloud::models::{
    self, ConditionalRule, ConfigExperimentVariant, ExperimentFilter, ExperimentMetric,
    ExperimentProduct, ExperimentSort, ExperimentState, ExperimentStats, Finished,
    MatchmakingVariant, MdeQuery, NewExperiment, RawJson, RuleToken,
};
use rblx_open_cloud::resource::{Experiment, Universe};
use rblx_open_cloud::time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};
use rblx_open_cloud::{ErrorKind, Result};

const BASE: &str = "/creator-configs-public-api/v1/experimentation/universes/5";
const LIMIT: Duration = Duration::from_secs(10);
const RUNNING: &str = r#"{"operation":{"operationId":"op1","status":"OPERATIONAL_STATUS_CREATING","done":false,"error":null,"experiment":null}}"#;
const DONE: &str =
    r#"{"operation":{"operationId":"op1","done":true,"error":null,"experiment":{"id":"e1"}}}"#;
const DIGITS: &str = "123456789012345678901234567890.10";

/// The request of a call, decoded, with its body.
fn sent(call: impl FnOnce(Universe)) -> String {
    let peer = MockServer::replying([ok(DONE)]);
    call(peer.client().universe(5));
    peer.only_request().line()
}

fn one(universe: &Universe) -> Experiment {
    universe.experiment("e1")
}

fn config_experiment() -> NewExperiment {
    let digits: RawJson = DIGITS.parse().unwrap();
    let rule = ConditionalRule::new([RuleToken::attribute("country")]);
    NewExperiment::new("Lower")
        .description("d")
        .configs([
            ConfigExperimentVariant::baseline("Control", "boss").weight(50),
            ConfigExperimentVariant::treatment("A", "boss", digits)
                .weight(25)
                .description("v"),
        ])
        .exposure_percent(40)
        .targeting(rule)
        .days(14)
        .goal(ExperimentMetric::Day1Retention)
}

const CONFIG_EXPERIMENT: &str = r#"{"name":"Lower","description":"d","experimentConfiguration":{"productType":"EXPERIMENT_PRODUCT_TYPE_IN_GAME_CONFIGS","inGameConfigExperimentConfiguration":{"variants":[{"variantMeta":{"label":"Control","isBaseline":true,"weight":50},"configEntry":{"key":"boss"}},{"variantMeta":{"label":"A","isBaseline":false,"weight":25},"configEntry":{"key":"boss","entryValue":123456789012345678901234567890.10,"description":"v"}}]}},"exposurePercent":40,"targetingCriteria":{"rule":{"tokens":[{"operand":{"attributeReference":"country"}}]}},"durationSeconds":1209600,"universeGoalMetric":"UNIVERSE_EXPERIMENT_METRIC_DAY_1_RETENTION"}"#;

const MATCHMAKING_EXPERIMENT: &str = r#"{"name":"M","experimentConfiguration":{"productType":"EXPERIMENT_PRODUCT_TYPE_MATCHMAKING","matchmakingExperimentConfiguration":{"variants":[{"variantMeta":{"label":"C","isBaseline":true},"placeMatchmakingConfigs":[{"placeId":90,"usePlatformDefault":true}]},{"variantMeta":{"label":"T","isBaseline":false,"weight":1},"placeMatchmakingConfigs":[{"placeId":90,"matchmakingScoringConfigId":"s"}]}]}}}"#;

#[test]
fn requests_are_the_documented_ones() {
    let of_matchmaking = NewExperiment::new("M").matchmaking([
        MatchmakingVariant::baseline("C").platform_default(90),
        MatchmakingVariant::treatment("T").place(90, "s").weight(1),
    ]);
    let filter = ExperimentFilter::all()
        .search("boss")
        .states([ExperimentState::Draft, ExperimentState::Running])
        .descending()
        .sort_by(ExperimentSort::Relevance)
        .product(ExperimentProduct::Configs);
    let plan = MdeQuery::new(ExperimentMetric::AverageSessionTime, 30)
        .exposure_percent(40)
        .weights(50.0, [25.0, 25.0])
        .targeting(ConditionalRule::new([]));
    let start = OffsetDateTime::from_unix_timestamp(1_780_000_000).unwrap();
    let offset = UtcOffset::from_hms(2, 0, 0).unwrap();
    let table: Vec<(String, String)> = vec![
        (
            sent(|universe| drop(universe.experiments().list(filter).next())),
            format!(
                "GET {BASE}/experiments?searchKey=boss&stateFilters=EXPERIMENT_STATE_DRAFT&stateFilters=EXPERIMENT_STATE_RUNNING\
                 &sortOrder=SORT_ORDER_DESCENDING&sortKey=LIST_EXPERIMENT_SORT_KEY_RELEVANCE\
                 &productTypeFilter=EXPERIMENT_PRODUCT_TYPE_IN_GAME_CONFIGS&maxPageSize=50"
            ),
        ),
        (
            sent(|universe| {
                let list = universe
                    .experiments()
                    .list(ExperimentFilter::all().ascending());
                drop(list.page_size(20).starting_at("40").next());
            }),
            format!("GET {BASE}/experiments?sortOrder=SORT_ORDER_ASCENDING&maxPageSize=20&skip=40"),
        ),
        (
            sent(|universe| drop(universe.experiments().create(config_experiment()).unwrap())),
            format!("POST {BASE}/experiments {CONFIG_EXPERIMENT}"),
        ),
        (
            sent(|universe| drop(universe.experiments().create(of_matchmaking).unwrap())),
            format!("POST {BASE}/experiments {MATCHMAKING_EXPERIMENT}"),
        ),
        (
            sent(|universe| drop(universe.experiments().minimum_effect(plan))),
            format!(
                r#"POST {BASE}/experiments:calculateMde {{"exposurePercent":40,"durationSeconds":2592000,"baselineWeight":50.0,"variantWeights":[25.0,25.0],"universeGoalMetric":"UNIVERSE_EXPERIMENT_METRIC_AVERAGE_SESSION_TIME","targetingCriteria":{{"rule":{{"tokens":[]}}}}}}"#
            ),
        ),
        (
            sent(|universe| drop(one(&universe).get())),
            format!("GET {BASE}/experiments/e1"),
        ),
        (
            sent(|universe| drop(one(&universe).replace(config_experiment()).unwrap())),
            format!("PATCH {BASE}/experiments/e1 {CONFIG_EXPERIMENT}"),
        ),
        (
            sent(|universe| drop(one(&universe).discard().unwrap())),
            format!("DELETE {BASE}/experiments/e1"),
        ),
        (
            sent(|universe| drop(one(&universe).start().unwrap())),
            format!("POST {BASE}/experiments/e1:start"),
        ),
        (
            sent(|universe| drop(one(&universe).schedule(start.to_offset(offset)).unwrap())),
            format!(
                r#"POST {BASE}/experiments/e1:schedule {{"scheduledStartTime":"2026-05-28T20:26:40Z"}}"#
            ),
        ),
        (
            sent(|universe| drop(one(&universe).complete(Some("v2".into())).unwrap())),
            format!(r#"POST {BASE}/experiments/e1:complete {{"variantId":"v2"}}"#),
        ),
        (
            sent(|universe| drop(one(&universe).complete(None).unwrap())),
            format!("POST {BASE}/experiments/e1:complete {{}}"),
        ),
        (
            sent(|universe| drop(one(&universe).stats())),
            format!("GET {BASE}/experiments/e1/stats"),
        ),
    ];
    for (sent, expected) in table {
        assert_eq!(sent, expected);
    }
    let peer = MockServer::replying([ok(DONE)]);
    let error = peer.client().universe(5).experiment("").start();
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidInput);
    assert!(peer.requests().is_empty());
}

#[test]
fn a_replacement_starts_from_what_the_experiment_is() {
    let metrics = r#""universeMetricConfiguration":{"goalMetric":"UNIVERSE_EXPERIMENT_METRIC_DAY_1_RETENTION","learningMetrics":null}"#;
    let goal = r#","universeGoalMetric":"UNIVERSE_EXPERIMENT_METRIC_DAY_1_RETENTION"}"#;
    let fields = CONFIG_EXPERIMENT.strip_suffix(goal).unwrap();
    let body = format!(r#"{{"experiment":{fields},{metrics},"id":"e1"}}}}"#);
    let peer = MockServer::replying([ok(body)]);
    let experiment = one(&peer.client().universe(5)).get().unwrap();
    let replacement = NewExperiment::from_experiment(&experiment);
    assert_eq!(
        serde_json::to_string(&replacement).unwrap(),
        CONFIG_EXPERIMENT
    );
}

/// A draft has variants without ids, which the service may write as empty texts.
#[test]
fn an_empty_id_of_a_variant_is_none() {
    let body = r#"{"experiment":{"id":"e1","experimentConfiguration":{"inGameConfigExperimentConfiguration":{"variants":[{"variantMeta":{"variantId":"","label":"A"}}]}}}}"#;
    let peer = MockServer::replying([ok(body)]);
    let experiment = one(&peer.client().universe(5)).get().unwrap();
    let configs = experiment.experiment_configuration.clone().unwrap().configs;
    let variant = &configs.unwrap().variants[0];
    assert_eq!(variant.variant_meta.as_ref().unwrap().variant_id, None);
    let replacement = NewExperiment::from_experiment(&experiment);
    let sent = serde_json::to_string(&replacement).unwrap();
    assert!(!sent.contains("variantId"), "{sent}");
}

/// Every variant except the baseline has a value, so null is a value.
#[test]
fn a_replacement_keeps_the_value_null() {
    let experiment = NewExperiment::new("n").configs([
        ConfigExperimentVariant::baseline("Control", "boss"),
        ConfigExperimentVariant::treatment("A", "boss", serde_json::Value::Null),
    ]);
    let fields = serde_json::to_string(&experiment).unwrap();
    assert!(fields.contains(r#""entryValue":null"#), "{fields}");
    let body = fields.replacen('{', r#"{"experiment":{"id":"e1","#, 1) + "}";
    let peer = MockServer::replying([ok(body)]);
    let read = one(&peer.client().universe(5)).get().unwrap();
    let replacement = NewExperiment::from_experiment(&read);
    assert_eq!(serde_json::to_string(&replacement).unwrap(), fields);
}

#[test]
fn a_start_that_has_no_utc_time_is_an_error() {
    let west = UtcOffset::from_hms(-2, 0, 0).unwrap();
    let last = PrimitiveDateTime::MAX.assume_offset(west);
    let peer = MockServer::replying([ok(DONE)]);
    let error = one(&peer.client().universe(5)).schedule(last).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
    assert!(peer.requests().is_empty());
}

#[test]
fn an_operation_is_found_within_another_object() {
    let digits = format!(
        r#"{{"operation":{{"operationId":"op1","done":true,"experiment":{{"id":"e1","name":"n","state":"EXPERIMENT_STATE_NEW","experimentConfiguration":{{"inGameConfigExperimentConfiguration":{{"variants":[{{"configEntry":{{"key":"k","entryValue":{DIGITS}}}}}]}}}}}}}}}}"#
    );
    let peer = MockServer::replying([ok(RUNNING), ok(RUNNING), ok(&digits)]);
    let client = peer.client();
    let started = client.universe(5).experiments().create(config_experiment());
    let mut operation = started.unwrap();
    assert!(!operation.is_done());
    let path = operation.path().to_owned();
    assert_eq!(path, format!("{}/operations/op1", &BASE[1..]));
    let experiment = operation.wait(LIMIT).unwrap();
    assert_eq!(experiment.id.as_str(), "e1");
    assert_eq!(experiment.state.unwrap().as_str(), "EXPERIMENT_STATE_NEW");
    let configuration = experiment.experiment_configuration.unwrap();
    let variants = configuration.configs.unwrap().variants;
    let entry = variants[0].config_entry.as_ref().unwrap();
    assert_eq!(entry.entry_value.as_ref().unwrap().as_str(), DIGITS);
    let requests = peer.requests();
    assert_eq!(requests[1].line(), format!("GET {BASE}/operations/op1"));

    // In another process.
    let peer = MockServer::replying([ok(RUNNING), ok(DONE)]);
    let mut operation = peer.client().operation::<models::Experiment>(&path);
    assert!(operation.poll().unwrap().is_none());
    assert_eq!(operation.poll().unwrap().unwrap().id.as_str(), "e1");
    assert_eq!(peer.requests()[1].target, format!("{BASE}/operations/op1"));
}

#[test]
fn an_operation_without_its_wrapper_is_an_error() {
    for body in [
        "{}",
        r#"{"operation":null}"#,
        r#"{"operationId":"op1","done":true}"#,
        "[]",
    ] {
        let peer = MockServer::replying([ok(body)]);
        let error = one(&peer.client().universe(5)).start().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
        assert!(error.outcome_unknown(), "{body}");
    }
}

#[test]
fn errors_of_an_operation_have_their_own_codes() {
    let failed = r#"{"operation":{"operationId":"op1","done":true,"error":{"errorType":"EXPERIMENT_API_ERROR_TYPE_INVALID_DURATION","errorCode":"E7","errorMessage":"Too short.","errorContext":{"field":"durationSeconds"}}}}"#;
    let peer = MockServer::replying([ok(RUNNING), ok(failed)]);
    let client = peer.client();
    let mut operation = client
        .universe(5)
        .experiments()
        .create(config_experiment())
        .unwrap();
    let error = operation.wait(LIMIT).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OperationFailed);
    let code = "EXPERIMENT_API_ERROR_TYPE_INVALID_DURATION";
    assert_eq!(error.code(), Some(code));
    assert!(error.to_string().contains("Too short"), "{error}");
    let details = error.details().unwrap().to_string();
    assert_eq!(details, r#"{"field":"durationSeconds"}"#);
    // An error counts only once the operation is done.
    let early = failed.replace("\"done\":true", "\"done\":false");
    let peer = MockServer::replying([ok(early), ok(DONE)]);
    let mut operation = one(&peer.client().universe(5)).start().unwrap();
    assert_eq!(operation.wait(LIMIT).unwrap().id.as_str(), "e1");
    // At once, with the status of an error.
    let peer = MockServer::replying([json(400, failed)]);
    let error = one(&peer.client().universe(5)).start().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadRequest);
    assert!(error.to_string().contains("Too short"), "{error}");
}

#[test]
fn a_discarded_experiment_leaves_nothing_and_another_call_may_not() {
    let nothing =
        r#"{"operation":{"operationId":"op1","done":true,"error":null,"experiment":null}}"#;
    let peer = MockServer::replying([ok(nothing)]);
    let mut operation = one(&peer.client().universe(5)).discard().unwrap();
    assert_eq!(operation.wait(LIMIT).unwrap(), Finished::default());
    let peer = MockServer::replying([ok(DONE)]);
    let mut operation = one(&peer.client().universe(5)).discard().unwrap();
    assert_eq!(operation.wait(LIMIT).unwrap(), Finished::default());
    let peer = MockServer::replying([ok(nothing)]);
    let mut operation = one(&peer.client().universe(5)).start().unwrap();
    let error = operation.wait(LIMIT).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OperationFailed);
}

#[test]
fn statistics_are_requested_until_they_are_computed() {
    let running = r#"{"operation":{"experimentId":7,"lastModifiedTime":null,"done":false,"error":null,"experimentStats":null}}"#;
    let done =
        r#"{"operation":{"experimentId":7,"done":true,"experimentStats":{"isSrmDetected":false}}}"#;
    let peer = MockServer::replying([ok(running), ok(running), ok(done)]);
    let mut operation = one(&peer.client().universe(5)).stats().unwrap();
    let path = operation.path().to_owned();
    let stats = operation.wait(LIMIT).unwrap();
    assert_eq!(stats.is_srm_detected, Some(false));
    for request in peer.requests() {
        assert_eq!(request.line(), format!("GET {BASE}/experiments/e1/stats"));
    }
    let peer = MockServer::replying([ok(done)]);
    let mut operation = peer.client().operation::<ExperimentStats>(path);
    assert_eq!(operation.poll().unwrap(), Some(stats));
    assert_eq!(
        peer.requests()[0].line(),
        format!("GET {BASE}/experiments/e1/stats")
    );
}

#[test]
fn a_plan_is_sent_again_until_it_is_computed() {
    let running = r#"{"operation":{"operationId":"m1","done":false,"error":null,"mde":null}}"#;
    let done = r#"{"operation":{"operationId":"m1","done":true,"mde":{"totalSampleSize":1000,"mdeRelativePercentages":[1.5,2],"minimumSampleSizeThreshold":null}}}"#;
    let peer = MockServer::replying([ok(running), ok(running), ok(done)]);
    let plan = MdeQuery::new(ExperimentMetric::Day7Retention, 14);
    let mut operation = peer
        .client()
        .universe(5)
        .experiments()
        .minimum_effect(plan)
        .unwrap();
    assert_eq!(
        operation.path(),
        "",
        "the operation of this id has no result"
    );
    let effect = operation.wait(LIMIT).unwrap();
    assert_eq!(effect.total_sample_size, Some(1000));
    assert_eq!(effect.mde_relative_percentages, [1.5, 2.0]);
    let requests = peer.requests();
    assert_eq!(requests.len(), 3);
    assert!(
        requests
            .iter()
            .all(|request| request.line() == requests[0].line())
    );
    assert!(requests[0].line().contains(r#""durationSeconds":1209600"#));
}

#[test]
fn a_list_ends_with_its_total() {
    let page = |ids: &[u32], total: &str| {
        let items: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
        ok(format!(r#"{{"experiments":[{}]{total}}}"#, items.join(",")))
    };
    for (pages, requests) in [
        (
            vec![page(&[1, 2], r#","total":3"#), page(&[3], r#","total":3"#)],
            2,
        ),
        (vec![page(&[1, 2, 3], r#","total":"3""#)], 1),
        (
            vec![
                page(&[1, 2], ""),
                page(&[3], r#","total":null"#),
                page(&[], ""),
            ],
            3,
        ),
    ] {
        let peer = MockServer::replying(pages);
        let list = peer.client().universe(5).experiments();
        let ids: Vec<String> = list
            .list(ExperimentFilter::all())
            .map(|experiment| experiment.unwrap().id.to_string())
            .collect();
        assert_eq!(ids, ["1", "2", "3"]);
        assert_eq!(peer.requests().len(), requests);
    }
}

type Call = fn(&Universe) -> Result<()>;

/// Each call, and whether it is sent again if its outcome is unknown.
const REPETITION: &[(&str, bool, Call)] = &[
    ("list", true, |universe| {
        let mut list = universe.experiments().list(ExperimentFilter::all());
        list.next().transpose().map(drop)
    }),
    ("create", false, |universe| {
        universe
            .experiments()
            .create(NewExperiment::new("n"))
            .map(drop)
    }),
    ("minimum effect", true, |universe| {
        let plan = MdeQuery::new(ExperimentMetric::Day7Retention, 14);
        universe.experiments().minimum_effect(plan).map(drop)
    }),
    ("get", true, |universe| one(universe).get().map(drop)),
    ("replace", true, |universe| {
        one(universe).replace(NewExperiment::new("n")).map(drop)
    }),
    ("discard", true, |universe| {
        one(universe).discard().map(drop)
    }),
    ("start", false, |universe| one(universe).start().map(drop)),
    ("schedule", true, |universe| {
        one(universe).schedule(OffsetDateTime::UNIX_EPOCH).map(drop)
    }),
    ("complete", false, |universe| {
        one(universe).complete(None).map(drop)
    }),
    ("stats", true, |universe| one(universe).stats().map(drop)),
];

#[test]
fn only_idempotent_calls_are_sent_again() {
    let success = r#"{"operation":{"operationId":"o","done":false},"experiment":{"id":"e1"},"experiments":[]}"#;
    for (name, expected, call) in REPETITION {
        let failure = json(503, "{}");
        let repetition =
            Repetition::after(&failure, success, name, |client| call(&client.universe(5)));
        assert_eq!(repetition.is_repeated(), *expected, "{name}");
    }
}
