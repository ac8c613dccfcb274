//! Updates of several languages and of many entries: requests that the service accepts, and partial failures.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::{MockServer, Received, json, ok};
use rblx_open_cloud::models::{NameUpdate, TableEntryUpdate, TableOutcome, TableUpdate};
use rblx_open_cloud::{Error, ErrorKind, Result};
use serde_json::Value;

const ID: &str = "5f0e1d3c-0000-4000-8000-000000000001";

fn set_names(body: &str, languages: &[&str]) -> Result<Vec<String>> {
    let peer = MockServer::replying([ok(body)]);
    let names = languages
        .iter()
        .map(|language| NameUpdate::new(*language).name("n"));
    let outcome = peer
        .client()
        .universe(5)
        .localization()
        .set_names(names)
        .unwrap();
    let names = outcome.into_result()?.into_iter();
    Ok(names
        .map(|names| names.language_code.unwrap().as_str().to_owned())
        .collect())
}

#[test]
fn names_that_failed_are_an_error() {
    let failed = |body: &str, languages: &[&str]| set_names(body, languages).unwrap_err();
    let body = r#"{"successOperations":[{"name":"n","languageCode":"es"}],
        "failedOperations":[{"languageCode":"fr","errorCode":20},{"languageCode":"de","errorCode":20}]}"#;
    let error = failed(body, &["es", "fr", "de"]);
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::ModeratedText, Some("20"))
    );
    assert!(
        error.to_string().contains(
            "2 of 3 names were not updated: fr (code 20: moderated), de (code 20: moderated)"
        ),
        "{error}"
    );
    assert_eq!(error.details().unwrap()[0]["languageCode"], "fr");

    let body = r#"{"failedOperations":[{"languageCode":"fr","errorCode":20},{"languageCode":"xx","errorCode":22},{"errorCode":99}]}"#;
    let error = failed(body, &["fr", "xx"]);
    assert_eq!((error.kind(), error.code()), (ErrorKind::BadRequest, None));
    let words = "fr (code 20: moderated), xx (code 22: no such language), a language without a code (code 99)";
    assert!(error.to_string().contains(words), "{error}");

    let body = r#"{"failedOperations":[{"languageCode":"fr","errorCode":18}]}"#;
    assert_eq!(failed(body, &["fr"]).kind(), ErrorKind::PermissionDenied);
}

#[test]
fn names_that_the_service_does_not_report_are_not_updated() {
    let body = r#"{"successOperations":[{"name":"n","languageCode":"es"}],"failedOperations":[]}"#;
    let error = set_names(body, &["es", "fr"]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    let words = "1 of 2 names were not updated: fr (the service did not report it)";
    assert!(error.to_string().contains(words), "{error}");
    for body in [
        "{}",
        r#"{"successOperations":null,"failedOperations":null}"#,
    ] {
        assert!(set_names(body, &["es"]).is_err(), "{body}");
    }
    // In another notation it is the same language.
    let body = r#"{"successOperations":[{"languageCode":"pt_BR"}]}"#;
    assert_eq!(set_names(body, &["pt-br"]).unwrap(), ["pt_BR"]);
}

fn entry(key: &str, source: &str) -> TableEntryUpdate {
    TableEntryUpdate::new(key, "", source).translation("es", "x")
}

#[test]
fn entries_that_failed_are_an_error() {
    let body = r#"{"modifiedEntriesAndTranslations":[],"failedEntriesAndTranslations":[
        {"identifier":{"key":"a","context":"","source":"A"},"error":{"errorCode":43,"errorMessage":"Invalid translation."}}]}"#;
    let peer = MockServer::replying([ok(body)]);
    let table = peer.client().localization_table(ID);
    let update = TableUpdate::new().entries([entry("a", "A"), entry("b", "B"), entry("c", "C")]);
    let outcome = table.update(update).unwrap();
    let unconfirmed: Vec<_> = outcome
        .unconfirmed
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(unconfirmed, [r#""b" (source "B")"#, r#""c" (source "C")"#]);
    let error = outcome.into_result().unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::BadRequest, Some("43"))
    );
    let text = error.to_string();
    let words = r#"1 entry was not saved: "a" (source "A"): Invalid translation (code 43)"#;
    assert!(text.contains(words), "{text}");
    assert!(
        text.contains("2 other entries of the same requests may not have been saved either"),
        "{text}"
    );

    // Without failures the list of changes may be shorter: what was the same is not changed.
    let peer = MockServer::replying([ok(
        r#"{"modifiedEntriesAndTranslations":[{"identifier":{"source":"A"}}]}"#,
    )]);
    let update = TableUpdate::new().entries([entry("a", "A"), entry("b", "B")]);
    let outcome = peer.client().localization_table(ID).update(update).unwrap();
    assert_eq!(outcome.into_result().unwrap().len(), 1);
}

/// The keys of the entries of each request, and `-` before those of deletions.
fn keys(requests: &[Received]) -> Vec<Vec<String>> {
    let updates = requests.iter().filter(|request| request.method == "PATCH");
    updates
        .map(|request| {
            let body: Value = serde_json::from_slice(&request.body).unwrap();
            let entries = body["entries"].as_array().unwrap().iter();
            entries
                .map(|entry| {
                    let sign = if entry["delete"] == true { "-" } else { "" };
                    format!("{sign}{}", entry["identifier"]["key"].as_str().unwrap())
                })
                .collect()
        })
        .collect()
}

/// Updates these entries, of which a request may contain `max`. Returns the keys of each request.
fn update_all(max: &str, entries: impl IntoIterator<Item = TableEntryUpdate>) -> Vec<Vec<String>> {
    let limits = format!(r#"{{"tableOperationLimits":{{"maxEntriesPerUpdate":{max}}}}}"#);
    let peer = MockServer::replying([ok(limits), ok("{}")]);
    let table = peer.client().localization_table(ID).in_universe(5);
    table.update_all(entries).unwrap().into_result().unwrap();
    let requests = peer.requests();
    assert_eq!(
        requests[0].target,
        "/legacy-localization-tables/v1/localization-table/limits"
    );
    assert!(
        requests[1..]
            .iter()
            .all(|request| request.target.ends_with("?gameId=5"))
    );
    keys(&requests)
}

#[test]
fn entries_are_split_into_requests_that_the_service_accepts() {
    let entries = |count: usize| {
        (0..count).map(|number| entry(&format!("k{number}"), &format!("source {number}")))
    };
    let sizes = |max: &str, count: usize| -> Vec<usize> {
        let requests = update_all(max, entries(count));
        let order: Vec<_> = requests.concat();
        let expected: Vec<_> = (0..count).map(|number| format!("k{number}")).collect();
        assert_eq!(order, expected, "each once, in their order");
        requests.iter().map(Vec::len).collect()
    };
    assert_eq!(sizes("2", 5), [2, 2, 1]);
    assert_eq!(sizes("5", 5), [5]);
    assert_eq!(sizes("1", 2), [1, 1]);
    assert_eq!(sizes("25", 0), [0; 0]);
    for unknown in ["null", "0"] {
        assert_eq!(sizes(unknown, 120), [50, 50, 20], "{unknown}");
    }
}

#[test]
fn entries_with_equal_texts_are_sent_in_different_requests() {
    let requests = update_all(
        "3",
        [
            entry("menu.shop", "Shop"),
            entry("title.shop", "Shop"),
            entry("menu.play", "Play"),
            entry("sign.shop", "Shop"),
            TableEntryUpdate::new("door.shop", "door", "Shop").translation("es", "x"),
            entry("menu.quit", "Quit"),
        ],
    );
    assert_eq!(
        requests,
        [
            vec!["menu.shop", "menu.play", "door.shop"],
            vec!["title.shop", "menu.quit"],
            vec!["sign.shop"]
        ]
    );
    // The last update of an entry comes last.
    let twice = update_all("1", [entry("a", "A"), entry("b", "B"), entry("a", "A")]);
    assert_eq!(twice, [["a"], ["b"], ["a"]]);
}

#[test]
fn deletions_come_first_and_not_with_other_updates() {
    let requests = update_all(
        "10",
        [
            entry("menu.play", "Play now"),
            TableEntryUpdate::new("menu.play", "", "Play").delete(),
            entry("menu.quit", "Quit"),
            TableEntryUpdate::new("menu.old", "", "Old").delete(),
        ],
    );
    assert_eq!(
        requests,
        [["-menu.play", "-menu.old"], ["menu.play", "menu.quit"]]
    );
}

/// Updates four entries in requests of one entry each, with these responses.
fn interrupted(responses: [Vec<u8>; 3]) -> (Result<TableOutcome>, usize) {
    let limits = ok(r#"{"tableOperationLimits":{"maxEntriesPerUpdate":1}}"#);
    let [first, second, rest] = responses;
    let peer = MockServer::replying([limits, first, second, rest]);
    let entries = ["a", "b", "c", "d"].map(|key| entry(key, key));
    let result = peer.client().localization_table(ID).update_all(entries);
    (result, peer.requests().len())
}

const FAILED: &str = r#"{"failedEntriesAndTranslations":[{"identifier":{"key":"a","context":"","source":"a"},"error":{"errorCode":38}}]}"#;

#[test]
fn failures_of_all_requests_are_collected() {
    let (outcome, requests) = interrupted([ok(FAILED), ok("{}"), ok(FAILED.replace("38", "43"))]);
    let outcome = outcome.unwrap();
    assert_eq!(requests, 5, "a failed entry does not end it");
    let codes: Vec<_> = outcome
        .failed
        .iter()
        .map(|failure| failure.error.error_code)
        .collect();
    assert_eq!(codes, [Some(38), Some(43), Some(43)]);
    assert_eq!(
        outcome.unconfirmed.len(),
        2,
        "another entry of the last two requests"
    );
    let error = outcome.into_result().unwrap_err();
    assert_eq!(error.code(), None);
    assert!(
        error.to_string().contains("3 entries were not saved"),
        "{error}"
    );
}

#[test]
fn an_error_of_a_later_request_reports_the_progress() {
    let denied = || {
        json(
            403,
            r#"{"errors":[{"code":6,"message":"You do not have permission to create this table."}]}"#,
        )
    };
    let text = |result: Result<TableOutcome>| -> (Error, String) {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::PermissionDenied);
        let text = error.to_string();
        (error, text)
    };
    let (result, requests) = interrupted([ok(FAILED), ok("{}"), denied()]);
    let (error, text) = text(result);
    assert_eq!(requests, 4);
    let words =
        "create this table (2 of 4 requests were carried out before, in which 1 entry failed)";
    assert!(text.contains(words), "{text}");
    assert_eq!(error.code(), Some("6"));
    let (result, requests) = interrupted([denied(), denied(), denied()]);
    let text = result.unwrap_err().to_string();
    assert!(!text.contains("requests were carried out"), "{text}");
    assert_eq!(requests, 2);
}

#[test]
fn without_limits_nothing_is_updated() {
    let updates = std::sync::Arc::new(AtomicUsize::new(0));
    let seen = std::sync::Arc::clone(&updates);
    let peer = MockServer::new(move |_, request| {
        if request.method == "PATCH" {
            seen.fetch_add(1, Ordering::Relaxed);
        }
        json(
            401,
            r#"{"errors":[{"code":0,"message":"Authorization has been denied for this request."}]}"#,
        )
    });
    let error = peer
        .client()
        .localization_table(ID)
        .update_all([entry("a", "A")])
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidKey);
    assert_eq!(updates.load(Ordering::Relaxed), 0);
}
