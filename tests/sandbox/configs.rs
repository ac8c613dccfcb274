//! Configs of the sandbox: several people and one draft, history, limits.

use rblx_open_cloud::models::{
    ConditionalRule, ConditionalRules, ConfigChange, ConfigRepository, ExperimentFilter,
    Publication, RawJson, RevisionRange, RuleToken,
};
use rblx_open_cloud::resource::Config;
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use rblx_open_cloud::{ErrorKind, Result};

use crate::common::Raw;

const PATH: &str =
    "/creator-configs-public-api/v1/configs/universes/13058/repositories/InExperienceConfig";

fn config(sandbox: &Sandbox) -> Config {
    let universe = sandbox.client().universe(13_058);
    universe.config(ConfigRepository::InExperience)
}

fn value(config: &Config, key: &str) -> Option<String> {
    let values = config.get().unwrap();
    values.entries.get(key).map(RawJson::to_string)
}

#[test]
fn a_draft_takes_effect_when_it_is_published() {
    let sandbox = Sandbox::start().unwrap();
    let config = config(&sandbox);
    let digits: RawJson = "123456789012345678901234567890.10".parse().unwrap();
    let change = ConfigChange::new().set("rate", &digits).remove("motd");
    let hash = config.change(change).unwrap();
    assert_eq!(value(&config, "rate"), None);
    let draft = config.draft().unwrap();
    assert_eq!(draft.draft_hash.as_ref(), Some(&hash));
    assert_eq!(draft.entries["rate"].value.as_ref(), Some(&digits));
    assert_eq!(draft.entries["motd"].value, None);

    assert_eq!(config.publish(&hash, "Rates").unwrap(), 2);
    assert_eq!(value(&config, "rate").as_deref(), Some(digits.as_str()));
    assert_eq!(value(&config, "motd"), None);
    assert_eq!(value(&config, "bossHealth").as_deref(), Some("500"));
    assert!(config.draft().unwrap().entries.is_empty());
    assert_ne!(config.draft().unwrap().draft_hash, Some(hash));
    let full = config.get_full().unwrap();
    assert_eq!(full.version, Some(2));
    assert!(
        full.entries["rate"].last_modified_time > full.entries["bossHealth"].last_modified_time
    );

    // A snapshot keeps every digit, too.
    let again = Sandbox::start().unwrap();
    again.restore(sandbox.snapshot().unwrap()).unwrap();
    let config = self::config(&again);
    assert_eq!(value(&config, "rate").as_deref(), Some(digits.as_str()));
}

#[test]
fn concurrent_changes_are_not_overwritten() {
    let sandbox = Sandbox::start().unwrap();
    let (mine, theirs) = (config(&sandbox), config(&sandbox));
    let set = |key: &str| ConfigChange::new().set(key, 1);
    let hash = mine.change(set("mine")).unwrap();
    let newer = theirs.change(set("theirs")).unwrap();
    let rejected = |result: Result<()>| {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
        assert!(error.to_string().contains("hash"), "{error}");
    };
    rejected(mine.publish(&hash, "m").map(drop));
    rejected(mine.change(set("more").if_draft(&hash)).map(drop));
    rejected(
        mine.replace(set("more").no_rules().if_draft(&hash))
            .map(drop),
    );
    rejected(mine.reset_draft(Some(hash)).map(drop));
    let draft = mine.draft().unwrap();
    assert_eq!(
        draft.entries.into_keys().collect::<Vec<_>>(),
        ["mine", "theirs"]
    );
    assert_eq!(value(&mine, "mine"), None);
    let newer = mine.change(set("more").if_draft(newer)).unwrap();
    assert_eq!(mine.publish(newer, Publication::gradual()).unwrap(), 2);
    assert_eq!(value(&theirs, "theirs").as_deref(), Some("1"));

    // A hash of before a publication is of no use after it.
    let hash = mine.change(set("a")).unwrap();
    theirs.publish(&hash, "m").unwrap();
    mine.change(set("b")).unwrap();
    rejected(mine.publish(hash, "m").map(drop));
}

#[test]
fn a_value_that_is_published_already_is_not_a_change() {
    let sandbox = Sandbox::start().unwrap();
    let config = config(&sandbox);
    let before = config.draft().unwrap().draft_hash.unwrap();
    config
        .change(ConfigChange::new().set("bossHealth", 1))
        .unwrap();
    let back = ConfigChange::new().set("bossHealth", 500).remove("nothing");
    assert_eq!(config.change(back).unwrap(), before);
    assert!(config.draft().unwrap().entries.is_empty());
}

#[test]
fn a_replacement_removes_what_it_does_not_name() {
    let sandbox = Sandbox::start().unwrap();
    let config = config(&sandbox);
    let rule = ConditionalRule::new([RuleToken::attribute("a")]);
    let rules = ConditionalRules::new().rule("r", rule.clone()).order(["r"]);
    let change = ConfigChange::new().rules(rules.clone());
    config.set_and_publish(change, "m").unwrap();
    assert_eq!(config.get().unwrap().conditional_rules, Some(rules.clone()));

    // A change adds rules, and leaves those that it does not name.
    let more = ConditionalRules::new().rule("s", rule);
    config.change(ConfigChange::new().rules(more)).unwrap();
    let staged = config.draft().unwrap().conditional_rules.unwrap();
    assert_eq!(staged.rules.into_keys().collect::<Vec<_>>(), ["r", "s"]);
    config.reset_draft(None).unwrap();

    let all = ConfigChange::from_values(&config.get().unwrap()).remove("motd");
    let hash = config.replace(all).unwrap();
    config.publish(hash, "m").unwrap();
    let values = config.get().unwrap();
    assert_eq!(values.conditional_rules, Some(rules));
    assert_eq!(
        values.entries.into_keys().collect::<Vec<_>>(),
        ["bossHealth"]
    );
    let hash = config.replace(ConfigChange::new().set("a", 1).no_rules());
    config.publish(hash.unwrap(), "m").unwrap();
    let values = config.get().unwrap();
    assert_eq!(values.conditional_rules, None);
    assert_eq!(values.entries.into_keys().collect::<Vec<_>>(), ["a"]);
}

#[test]
fn history_goes_back_and_forth() {
    let sandbox = Sandbox::start().unwrap();
    let config = config(&sandbox);
    for number in 1..=12 {
        sandbox.advance(std::time::Duration::from_secs(60));
        let change = ConfigChange::new().set(format!("key{number}"), number);
        config
            .set_and_publish(change, format!("number {number}"))
            .unwrap();
    }
    let list = |range: RevisionRange| -> Vec<_> {
        let list = config.list_revisions(range).page_size(5);
        list.collect::<Result<_>>().unwrap()
    };
    let oldest: Vec<_> = list(RevisionRange::all().oldest_first());
    let versions: Vec<_> = oldest.iter().filter_map(|one| one.version).collect();
    assert_eq!(versions, (1..=13).collect::<Vec<_>>());
    let newest = list(RevisionRange::all());
    assert_eq!(newest[0], oldest[12]);
    assert_eq!(newest[0].message.as_deref(), Some("number 12"));
    assert_eq!(newest[0].published_by, Some(156.into()));
    assert_eq!(newest[0].changes["key12"].before, None);
    let range = RevisionRange::all().since(oldest[3].time.unwrap());
    assert_eq!(list(range.until(oldest[5].time.unwrap())).len(), 3);
    assert_eq!(
        list(RevisionRange::all().search("KEY1")).len(),
        4,
        "1, 10, 11, 12"
    );

    // Going back discards what is staged, and is published like any other change.
    config.change(ConfigChange::new().set("staged", 1)).unwrap();
    let target = oldest[2].revision_id.clone().unwrap();
    let hash = config.restore(target).unwrap();
    assert_eq!(
        value(&config, "key12").as_deref(),
        Some("12"),
        "not published yet"
    );
    assert_eq!(config.publish(hash, "Rollback").unwrap(), 14);
    let keys: Vec<_> = config.get().unwrap().entries.into_keys().collect();
    assert_eq!(keys, ["bossHealth", "key1", "key2", "motd"]);
    let error = config.restore("nothing").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[test]
fn repositories_are_apart_and_universes_must_exist() {
    let sandbox = Sandbox::start().unwrap();
    let universe = sandbox.client().universe(13_058);
    let stores = universe.config(ConfigRepository::DataStores);
    assert_eq!(stores.get().unwrap().version, Some(0));
    assert!(stores.get().unwrap().entries.is_empty());
    stores
        .set_and_publish(ConfigChange::new().set("a", 1), "m")
        .unwrap();
    assert_eq!(value(&config(&sandbox), "a"), None);
    let kind = |config: Config| config.get().unwrap_err().kind();
    let wrong = universe.config(ConfigRepository::from("Nonsense"));
    assert_eq!(kind(wrong), ErrorKind::BadRequest);
    let nobody = sandbox.client().universe(404);
    let nobody = nobody.config(ConfigRepository::InExperience);
    assert_eq!(kind(nobody), ErrorKind::NotFound);
}

#[test]
fn requests_beyond_the_document_are_rejected() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let long = "k".repeat(257);
    let many: Vec<String> = (0..99).map(|key| format!("\"k{key}\":1")).collect();
    for (method, path, body) in [
        (
            "PATCH",
            "/draft",
            r#"{"previousDraftHash":"h","entries":{}}"#.to_owned(),
        ),
        ("PATCH", "/draft", r#"{"entries":[]}"#.to_owned()),
        (
            "PATCH",
            "/draft",
            format!(r#"{{"entries":{{"{long}":1}}}}"#),
        ),
        // With the two that are published there are too many.
        (
            "PATCH",
            "/draft",
            format!(r#"{{"entries":{{{}}}}}"#, many.join(",")),
        ),
        ("PUT", "/draft:overwrite", r#"{"namespaces":{}}"#.to_owned()),
        (
            "POST",
            "/publish",
            r#"{"deploymentStrategy":"Invalid"}"#.to_owned(),
        ),
    ] {
        let path = format!("{PATH}{path}");
        let reply = raw.json(method, &path, &body);
        assert_eq!(reply.status, 400, "{method} {path}: {}", reply.text());
    }
    let draft = raw.get(&format!("{PATH}/draft"));
    assert_eq!(
        draft.json()["entries"],
        serde_json::json!({}),
        "nothing is staged"
    );
    // DELETE comes with and without a body.
    let path = format!("{PATH}/draft");
    assert_eq!(raw.json("DELETE", &path, "{}").status, 200);
    assert_eq!(raw.bare("DELETE", &path).status, 200);
    for query in ["Skip=x", "MaxPageSize=-1", "SortOrder=up", "startTime=now"] {
        let reply = raw.get(&format!("{PATH}/revisions?{query}"));
        assert_eq!(reply.status, 400, "{query}");
    }
}

#[test]
fn an_operation_without_a_route_names_what_can_be_done() {
    let sandbox = Sandbox::start().unwrap();
    let experiments = sandbox.client().universe(13_058).experiments();
    let list = || experiments.list(ExperimentFilter::default()).next();
    let text = list().unwrap().unwrap_err().to_string();
    assert!(
        text.ends_with(
            "Not implemented: the sandbox does not support GET \
             /creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments; \
             `Sandbox::fail_on` with `Fault::raw`, or the fault `raw` of `POST /sandbox/faults`, sets a response"
        ),
        "{text}"
    );
    let empty = Fault::raw(200, "application/json", r#"{"experiments":[]}"#);
    sandbox.fail_on(
        "GET /creator-configs-public-api/v1/experimentation/universes/{universe_id}/experiments",
        empty,
    );
    assert!(list().is_none());
}
