//! Configs: requests, responses, and concurrent changes of drafts.

use crate::repetition::Repetition;
use crate::support::{MockServer, json, ok, response};
use rblx_open_cloud::models::{
    ConditionalRule, ConditionalRules, ConfigChange, ConfigRepository, ConfigRevision,
    ConfigValues, Publication, RawJson, RevisionRange, RuleToken,
};
use rblx_open_cloud::resource::Config;
use rblx_open_cloud::time::OffsetDateTime;
use rblx_open_cloud::{Client, ErrorKind, Result};

const BASE: &str =
    "/creator-configs-public-api/v1/configs/universes/5/repositories/InExperienceConfig";

/// A response that every call can decode.
const SUCCESS: &str = r#"{"draftHash":"h2","configVersion":3,"entries":{},"revisions":[]}"#;

/// A number with more digits than any number type of Rust has.
const DIGITS: &str = "123456789012345678901234567890.10";

fn config(client: &Client) -> Config {
    client.universe(5).config(ConfigRepository::InExperience)
}

/// The request of a call, decoded, with its body.
fn sent(call: impl FnOnce(Config)) -> String {
    let peer = MockServer::replying([ok(SUCCESS)]);
    call(config(&peer.client()));
    peer.only_request().line()
}

fn german() -> ConditionalRule {
    ConditionalRule::new([
        RuleToken::attribute("country"),
        RuleToken::text("DE"),
        RuleToken::operator("=="),
        RuleToken::boolean(true),
        RuleToken::integer(-5),
        RuleToken::double(1.5),
    ])
}

const GERMAN: &str = r#"{"tokens":[{"operand":{"attributeReference":"country"}},{"operand":{"literalValue":{"stringValue":"DE"}}},{"operator":"=="},{"operand":{"literalValue":{"booleanValue":"true"}}},{"operand":{"literalValue":{"integerValue":"-5"}}},{"operand":{"literalValue":{"doubleValue":"1.5"}}}]}"#;

#[test]
fn requests_are_the_documented_ones() {
    let digits: RawJson = DIGITS.parse().unwrap();
    let change = ConfigChange::new()
        .set("b", digits)
        .set("a", ["x"])
        .remove("old")
        .rules(
            ConditionalRules::new()
                .rule("german", german())
                .without("old")
                .order(["german"]),
        )
        .if_draft("h1");
    let replacement = ConfigChange::new().set("a", 1).remove("b").no_rules();
    let time = OffsetDateTime::from_unix_timestamp(1_700_000_000).unwrap();
    let range = RevisionRange::all()
        .since(time)
        .until(time)
        .search("boss & co")
        .oldest_first();
    let newest = RevisionRange::all().newest_first();
    let calls: Vec<(String, String)> = vec![
        (
            sent(|config| drop(config.get().unwrap())),
            format!("GET {BASE}"),
        ),
        (
            sent(|config| drop(config.get_as::<RawJson>().unwrap())),
            format!("GET {BASE}"),
        ),
        (
            sent(|config| drop(config.get_full().unwrap())),
            format!("GET {BASE}/full"),
        ),
        (
            sent(|config| drop(config.draft().unwrap())),
            format!("GET {BASE}/draft"),
        ),
        (
            sent(|config| drop(config.change(change).unwrap())),
            format!(
                r#"PATCH {BASE}/draft {{"draftHash":"h1","entries":{{"a":["x"],"b":{DIGITS},"old":null}},"conditionalRules":{{"rules":{{"german":{GERMAN},"old":null}},"rulesOrder":["german"]}}}}"#
            ),
        ),
        (
            sent(|config| drop(config.change(ConfigChange::new().set("a", 1)).unwrap())),
            format!(r#"PATCH {BASE}/draft {{"entries":{{"a":1}}}}"#),
        ),
        (
            sent(|config| drop(config.replace(replacement.if_draft("h1")).unwrap())),
            format!(r#"PUT {BASE}/draft:overwrite {{"draftHash":"h1","entries":{{"a":1}}}}"#),
        ),
        (
            sent(|config| {
                let rules = ConditionalRules::new().rule("german", german());
                drop(config.replace(ConfigChange::new().rules(rules)).unwrap());
            }),
            format!(
                r#"PUT {BASE}/draft:overwrite {{"entries":{{}},"conditionalRules":{{"rules":{{"german":{GERMAN}}}}}}}"#
            ),
        ),
        (
            sent(|config| drop(config.reset_draft(Some("h1".into())).unwrap())),
            format!(r#"DELETE {BASE}/draft {{"draftHash":"h1"}}"#),
        ),
        (
            sent(|config| drop(config.reset_draft(None).unwrap())),
            format!("DELETE {BASE}/draft {{}}"),
        ),
        (
            sent(|config| {
                let publication = Publication::gradual().message("m");
                assert_eq!(config.publish("h1", publication).unwrap(), 3);
            }),
            format!(
                r#"POST {BASE}/publish {{"draftHash":"h1","message":"m","deploymentStrategy":"GradualRollout"}}"#
            ),
        ),
        (
            sent(|config| assert_eq!(config.publish("h1", Publication::immediate()).unwrap(), 3)),
            format!(r#"POST {BASE}/publish {{"draftHash":"h1","deploymentStrategy":"Immediate"}}"#),
        ),
        (
            sent(|config| drop(config.list_revisions(range).next())),
            format!(
                "GET {BASE}/revisions?startTime=2023-11-14T22:13:20Z&endTime=2023-11-14T22:13:20Z&SearchKey=boss & co\
                 &SortOrder=SORT_ORDER_ASCENDING&SortKey=SORT_KEY_LAST_MODIFIED_TIME&MaxPageSize=50"
            ),
        ),
        (
            sent(|config| {
                drop(
                    config
                        .list_revisions(newest)
                        .page_size(9)
                        .starting_at("18")
                        .next(),
                );
            }),
            format!(
                "GET {BASE}/revisions?SortOrder=SORT_ORDER_DESCENDING&SortKey=SORT_KEY_LAST_MODIFIED_TIME&MaxPageSize=9&Skip=18"
            ),
        ),
        (
            sent(|config| drop(config.restore("r/1").unwrap())),
            format!("POST {BASE}/revisions/r/1/restore"),
        ),
    ];
    for (sent, expected) in calls {
        assert_eq!(sent, expected);
    }
    let peer = MockServer::replying([ok(SUCCESS)]);
    config(&peer.client()).restore("r/1").unwrap();
    config(&peer.client()).reset_draft(None).unwrap();
    let requests = peer.requests();
    assert!(requests[0].target.ends_with("/revisions/r%2F1/restore"));
    assert_eq!(
        requests[1].header("content-type"),
        Some("application/json"),
        "DELETE with a body"
    );
}

#[test]
fn invalid_input_is_not_sent() {
    let long = "ä".repeat(257);
    let many = (0..101).fold(ConfigChange::new(), |change, key| {
        change.set(format!("key {key}"), key)
    });
    let changes: Vec<(ConfigChange, &str)> = vec![
        (ConfigChange::new(), "changes nothing"),
        (
            ConfigChange::new().rules(ConditionalRules::new()),
            "changes nothing",
        ),
        (ConfigChange::new().set("a", 1).no_rules(), "use `replace`"),
        (ConfigChange::new().set("", 1), "cannot be empty"),
        (ConfigChange::new().set(&long, 1), "256 characters, not 257"),
        (ConfigChange::new().remove(&long), "256 characters, not 257"),
        (many, "at most 100 keys, not 101"),
        (ConfigChange::new().set("a", None::<u8>), "use `remove`"),
        (
            ConfigChange::new().set("a", 1).if_draft(""),
            "cannot be empty",
        ),
    ];
    let peer = MockServer::replying([ok(SUCCESS)]);
    let config = config(&peer.client());
    let rejected = |result: Result<()>, why: &str| {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
        assert!(error.to_string().contains(why), "{why}: {error}");
    };
    for (change, why) in changes {
        rejected(config.change(change).map(drop), why);
    }
    let bare = ConfigChange::new().set("a", 1);
    rejected(config.replace(bare).map(drop), "no_rules");
    let publish = config.publish("", Publication::immediate());
    rejected(publish.map(drop), "cannot be empty");
    let reset = config.reset_draft(Some("".into()));
    rejected(reset.map(drop), "cannot be empty");
    rejected(config.restore("..").map(drop), "cannot be \"..\"");
    assert!(peer.requests().is_empty());

    // Values at the limits are allowed.
    let full = (0..100).fold(ConfigChange::new(), |change, key| {
        change.set(format!("{key}{}", "ä".repeat(250)), key)
    });
    config.change(full.remove("one more")).unwrap();
}

/// The service lists the branches of conditional rules among the entries, under special keys.
#[test]
fn branches_of_rules_do_not_count_as_keys() {
    let branch = format!(".RBX.conditional.german.{}", "k".repeat(256));
    let rules = ConditionalRules::new().rule("german", ConditionalRule::new([]));
    let full = (0..100).fold(ConfigChange::new().rules(rules), |change, key| {
        change.set(format!("key {key}"), key)
    });
    let peer = MockServer::replying([ok(SUCCESS)]);
    let copy = full.set(&branch, 300);
    config(&peer.client()).replace(copy).unwrap();
    let body = String::from_utf8_lossy(&peer.requests()[0].body).into_owned();
    assert!(body.contains(&format!(r#""{branch}":300"#)), "{body}");
}

#[test]
fn values_keep_every_digit() {
    let body = format!(
        r#"{{"metadata":{{"configVersion":"7"}},"entries":{{"rate":{DIGITS},"error":{{"code":1,"message":"a value"}},"errors":[1.10]}},"conditionalRules":null}}"#
    );
    let peer = MockServer::replying([ok(&body)]);
    let config = config(&peer.client());
    let values = config.get().unwrap();
    assert_eq!(values.version, Some(7));
    assert_eq!(values.entries["rate"].as_str(), DIGITS);
    assert_eq!(values.get::<Vec<f64>>("errors").unwrap(), Some(vec![1.1]));
    assert_eq!(values.get::<u8>("missing").unwrap(), None);
    let error = values.get::<u8>("error").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(
        error
            .to_string()
            .contains("the value of \"error\" is not a u8: invalid type"),
        "{error}"
    );

    #[derive(serde::Deserialize)]
    struct Mine {
        rate: RawJson,
        #[serde(default)]
        other: u8,
    }
    let mine: Mine = config.get_as().unwrap();
    assert_eq!((mine.rate.as_str(), mine.other), (DIGITS, 0));

    // The values that were read keep every digit in a replacement, too.
    let change = ConfigChange::from_values(&values).set("new", 1);
    let request = sent(|config| drop(config.replace(change).unwrap()));
    assert!(
        request.contains(&format!(r#""rate":{DIGITS}"#)),
        "{request}"
    );
    assert!(!request.contains("conditionalRules"), "there are none");
}

#[test]
fn a_replacement_of_what_was_read_keeps_the_rules() {
    let rules = format!(r#"{{"rules":{{"german":{GERMAN}}},"rulesOrder":["german"]}}"#);
    let body = format!(r#"{{"entries":{{"a":1}},"conditionalRules":{rules}}}"#);
    let values: ConfigValues = serde_json::from_str(&body).unwrap();
    let change = ConfigChange::from_values(&values);
    assert_eq!(
        sent(|config| drop(config.replace(change.remove("a")).unwrap())),
        format!(r#"PUT {BASE}/draft:overwrite {{"entries":{{}},"conditionalRules":{rules}}}"#)
    );
}

#[test]
fn responses_in_all_forms() {
    let get = |body: &str| {
        let peer = MockServer::replying([ok(body)]);
        config(&peer.client()).get()
    };
    for body in [
        "{}",
        r#"{"metadata":null,"entries":null,"conditionalRules":null}"#,
        r#"{"metadata":{},"entries":{},"unknown":1}"#,
    ] {
        assert_eq!(get(body).unwrap(), ConfigValues::default(), "{body}");
    }
    let peer = MockServer::replying([ok(r#"{"entries":null}"#)]);
    let empty: std::collections::BTreeMap<String, u8> = config(&peer.client()).get_as().unwrap();
    assert!(empty.is_empty());

    let draft = r#"{"draftHash":"h","entries":{"a":{"value":null,"description":""},"b":{"value":1.10}},"conditionalRules":{"rules":{"gone":null,"empty":{"tokens":[]}},"rulesOrder":null}}"#;
    let peer = MockServer::replying([ok(draft)]);
    let draft = config(&peer.client()).draft().unwrap();
    assert_eq!(draft.entries["a"].value, None, "to be removed");
    assert_eq!(draft.entries["b"].value.as_ref().unwrap().as_str(), "1.10");
    let rules = draft.conditional_rules.unwrap();
    assert_eq!(rules.rules["gone"], None);
    assert!(rules.rules["empty"].as_ref().unwrap().tokens.is_empty());

    let tokens = r#"{"tokens":[{"operator":null,"operand":{"literalValue":{"integerValue":5,"booleanValue":false,"stringValue":null}}},{}]}"#;
    let rule: ConditionalRule = serde_json::from_str(tokens).unwrap();
    let literal = rule.tokens[0].operand.as_ref().unwrap();
    let literal = literal.literal_value.as_ref().unwrap();
    assert_eq!(literal.integer_value.as_deref(), Some("5"));
    assert_eq!(literal.boolean_value.as_deref(), Some("false"));
    assert_eq!(literal.string_value, None);

    let revision = r#"{"revisionId":"r","version":2,"time":"2026-01-02T03:04:05.1234567Z","publishedBy":"","message":null,"autoRestoreToVersion":-1,"changes":{"a":{"before":null,"after":1.10}}}"#;
    let revision: ConfigRevision = serde_json::from_str(revision).unwrap();
    assert_eq!(revision.auto_restore_to_version, None);
    assert_eq!(revision.published_by, None);
    assert_eq!(revision.changes["a"].before, None);
    assert_eq!(
        revision.changes["a"].after.as_ref().unwrap().as_str(),
        "1.10"
    );

    let peer = MockServer::replying([ok(r#"{"draftHash":null}"#)]);
    let error = config(&peer.client()).restore("r").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("draftHash"), "{error}");
}

#[test]
fn a_list_is_paged_by_the_number_of_revisions_before() {
    let page = |ids: &[u32]| {
        let revisions: Vec<String> = ids
            .iter()
            .map(|id| format!(r#"{{"revisionId":"{id}","version":{id}}}"#))
            .collect();
        ok(format!(r#"{{"revisions":[{}]}}"#, revisions.join(",")))
    };
    let pages = [page(&[9, 8]), page(&[7]), page(&[6, 5]), page(&[])];
    let peer = MockServer::replying(pages);
    let mut list = config(&peer.client())
        .list_revisions(RevisionRange::all())
        .page_size(2);
    let versions: Vec<u64> = list
        .by_ref()
        .map(|revision| revision.unwrap().version.unwrap())
        .collect();
    assert_eq!(versions, [9, 8, 7, 6, 5]);
    assert_eq!(list.resume_token().unwrap().as_str(), "5");
    let skipped: Vec<_> = peer
        .requests()
        .iter()
        .map(|request| (request.query("MaxPageSize"), request.query("Skip")))
        .collect();
    let size = || Some("2".to_owned());
    assert_eq!(
        skipped,
        [
            (size(), None),
            (size(), Some("2".to_owned())),
            (size(), Some("3".to_owned())),
            (size(), Some("5".to_owned())),
        ]
    );

    // An item that cannot be decoded counts toward the limit, beyond which no page is requested.
    let malformed = ok(r#"{"revisions":[{"version":"x"},{"version":1}]}"#);
    let peer = MockServer::replying([malformed, page(&[])]);
    let list = config(&peer.client()).list_revisions(RevisionRange::all());
    let results: Vec<_> = list.collect();
    assert!(results[0].as_ref().unwrap_err().is_item() && results[1].is_ok());
    assert_eq!(peer.requests()[1].query("Skip").as_deref(), Some("2"));
    let peer = MockServer::replying([page(&[3, 2])]);
    let list = config(&peer.client()).list_revisions(RevisionRange::all());
    assert_eq!(list.limit(2).count(), 2);
    assert_eq!(peer.requests().len(), 1);
    let wrong = config(&peer.client()).list_revisions(RevisionRange::all());
    let error = wrong.starting_at("abc").next().unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

#[test]
fn a_publication_names_the_draft_that_the_change_made() {
    let stale = json(409, r#"{"title":"Conflict","status":409,"traceId":"t"}"#);
    let peer = MockServer::replying([ok(SUCCESS), ok(SUCCESS)]);
    let change = || ConfigChange::new().set("a", 1);
    let version = config(&peer.client()).set_and_publish(change(), "m");
    assert_eq!(version.unwrap(), 3);
    let published = String::from_utf8(peer.requests()[1].body.clone()).unwrap();
    assert_eq!(
        published,
        r#"{"draftHash":"h2","message":"m","deploymentStrategy":"Immediate"}"#
    );

    // Somebody else changed the draft in between: the service rejects the publication, and nothing else is sent.
    let peer = MockServer::replying([ok(SUCCESS), stale]);
    let error = config(&peer.client())
        .set_and_publish(change(), Publication::gradual())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    let text = error.to_string();
    assert!(
        text.contains("the change is in the draft, but was not published"),
        "{text}"
    );
    assert!(
        text.contains("Somebody else changed or published the draft"),
        "{text}"
    );
    assert_eq!(peer.requests().len(), 2);

    // A change that fails is not published.
    let peer = MockServer::replying([json(403, "{}")]);
    let error = config(&peer.client()).set_and_publish(change(), "m");
    assert_eq!(error.unwrap_err().kind(), ErrorKind::PermissionDenied);
    assert_eq!(peer.requests().len(), 1);

    // After a lost response it may have been published.
    let peer = MockServer::replying([ok(SUCCESS), Vec::new()]);
    let error = config(&peer.client()).set_and_publish(change(), "m");
    let error = error.unwrap_err();
    assert!(error.outcome_unknown());
    assert!(
        error.to_string().contains("may have been published"),
        "{error}"
    );
}

#[test]
fn a_stale_hash_is_a_conflict_in_every_form() {
    for (response, kind) in [
        (
            json(409, r#"{"title":"Conflict","status":409}"#),
            ErrorKind::Conflict,
        ),
        (
            json(
                400,
                r#"{"errors":[{"code":3,"message":"DraftHash mismatch."}]}"#,
            ),
            ErrorKind::Conflict,
        ),
        (
            json(
                400,
                r#"{"title":"The draft hash does not match.","status":400}"#,
            ),
            ErrorKind::Conflict,
        ),
        (json(412, "{}"), ErrorKind::Conflict),
        (
            json(
                400,
                r#"{"title":"The draft hash is required.","status":400}"#,
            ),
            ErrorKind::BadRequest,
        ),
        // A value that the caller reads is not a moderated text.
        (
            json(
                400,
                r#"{"title":"The value \"fully moderated text\" is too long"}"#,
            ),
            ErrorKind::BadRequest,
        ),
    ] {
        let text = String::from_utf8_lossy(&response).into_owned();
        let peer = MockServer::replying([response]);
        let change = ConfigChange::new().set("a", 1).if_draft("h1");
        let error = config(&peer.client()).change(change).unwrap_err();
        assert_eq!(error.kind(), kind, "{text}");
    }
}

type Call = fn(&Config) -> Result<()>;

/// Each call, and whether it is sent again if its outcome is unknown. A call that depends on a hash is not: a repeated success
/// looks like a conflict.
const REPETITION: &[(&str, bool, Call)] = &[
    ("get", true, |config| config.get().map(drop)),
    ("get_full", true, |config| config.get_full().map(drop)),
    ("draft", true, |config| config.draft().map(drop)),
    ("change", true, |config| {
        config.change(ConfigChange::new().set("a", 1)).map(drop)
    }),
    ("change of a draft", false, |config| {
        let change = ConfigChange::new().set("a", 1);
        config.change(change.if_draft("h")).map(drop)
    }),
    ("replace", true, |config| {
        config.replace(ConfigChange::new().no_rules()).map(drop)
    }),
    ("replace a draft", false, |config| {
        let change = ConfigChange::new().no_rules();
        config.replace(change.if_draft("h")).map(drop)
    }),
    ("reset", true, |config| config.reset_draft(None).map(drop)),
    ("reset a draft", false, |config| {
        config.reset_draft(Some("h".into())).map(drop)
    }),
    ("publish", false, |config| {
        config.publish("h", "m").map(drop)
    }),
    ("list", true, |config| {
        let mut list = config.list_revisions(RevisionRange::all());
        list.next().transpose().map(drop)
    }),
    ("restore", true, |config| config.restore("r").map(drop)),
];

#[test]
fn only_idempotent_calls_are_sent_again() {
    for (name, expected, call) in REPETITION {
        for failure in [
            json(503, "{}"),
            Vec::new(),
            response(502, "text/html", "<html>"),
        ] {
            let repetition =
                Repetition::after(&failure, SUCCESS, name, |client| call(&config(client)));
            assert_eq!(repetition.is_repeated(), *expected, "{name}");
        }
    }
}
