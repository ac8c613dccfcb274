//! Errors: codes of the service, input that is rejected before anything is sent, and retries.

use std::time::Duration;

use super::image;
use crate::support::{MockServer, json, ok};
use rblx_open_cloud::models::{
    IconSize, LanguageChange, NameHistoryQuery, NameUpdate, TableEntryId, TableEntryUpdate,
    TableHistoryQuery, TableSettings, TableUpdate,
};
use rblx_open_cloud::{AssetFile, Client, ErrorKind, Result, RetryPolicy};

const ID: &str = "5f0e1d3c-0000-4000-8000-000000000001";

type Call = fn(&Client) -> Result<()>;

/// Each call, and whether it is sent again if its outcome is unknown.
const TABLE: &[(&str, bool, Call)] = &[
    ("list names", true, |client| {
        client.badge(6).localization().list_names().map(drop)
    }),
    ("set names of an item", true, |client| {
        client
            .badge(6)
            .localization()
            .set_names("es", "n", "d")
            .map(drop)
    }),
    ("remove names", true, |client| {
        client.badge(6).localization().remove_names("es")
    }),
    ("set an icon of an item", false, |client| {
        client.badge(6).localization().set_icon("es", image())
    }),
    ("remove an icon of an item", true, |client| {
        client.badge(6).localization().remove_icon("es")
    }),
    ("list icons", true, |client| {
        let universe = client.universe(5).localization();
        universe.list_icons(IconSize::default()).map(drop)
    }),
    ("set an icon", false, |client| {
        client.universe(5).localization().set_icon("es", image())
    }),
    ("add a thumbnail", false, |client| {
        let universe = client.universe(5).localization();
        universe.add_thumbnail("es", image()).map(drop)
    }),
    ("set the text of a thumbnail", true, |client| {
        let universe = client.universe(5).localization();
        universe.set_thumbnail_text("es", 9, "a").map(drop)
    }),
    ("order thumbnails", true, |client| {
        client
            .universe(5)
            .localization()
            .order_thumbnails("es", [9])
    }),
    ("set names", true, |client| {
        let names = [NameUpdate::new("es").name("n")];
        client.universe(5).localization().set_names(names).map(drop)
    }),
    ("history of names", true, |client| {
        let query = NameHistoryQuery::names("es");
        client
            .universe(5)
            .localization()
            .name_history(query)
            .map(drop)
    }),
    ("change languages", true, |client| {
        let changes = [LanguageChange::add("es")];
        client.universe(5).localization().change_languages(changes)
    }),
    ("create a table", true, |client| {
        client.universe(5).localization().create_table().map(drop)
    }),
    ("set the settings of a table", true, |client| {
        let settings = TableSettings::new().use_table(true);
        client
            .universe(5)
            .localization()
            .set_table_settings(settings)
    }),
    ("update a table", true, |client| {
        let update = TableUpdate::new().name("n");
        client.localization_table(ID).update(update).map(drop)
    }),
    ("history of entries", true, |client| {
        let query = TableHistoryQuery::new(TableEntryId::new("k", "", "s"));
        client
            .localization_table(ID)
            .history("es", [query])
            .map(drop)
    }),
];

/// Two attempts, almost without a delay between them.
fn quick() -> RetryPolicy {
    let policy = RetryPolicy::default().max_attempts(2);
    policy.initial_backoff(Duration::from_millis(1))
}

#[test]
fn only_idempotent_calls_are_sent_again() {
    for (name, is_repeated, call) in TABLE {
        let success = r#"{"mediaAssetId":"9"}"#;
        let peer = MockServer::replying([
            json(500, r#"{"errors":[{"code":0,"message":"m"}]}"#),
            ok(success),
        ]);
        let client = peer.builder().retry(quick()).build().unwrap();
        let result = call(&client);
        let (requests, is_ok) = if *is_repeated { (2, true) } else { (1, false) };
        assert_eq!(
            (peer.requests().len(), result.is_ok()),
            (requests, is_ok),
            "{name}: {result:?}"
        );
        if let Err(error) = result {
            assert!(error.outcome_unknown(), "{name}: {error}");
        }
    }
}

#[test]
fn a_disabled_feature_is_not_requested_again() {
    for (name, _, call) in TABLE.iter().filter(|(name, ..)| *name != "create a table") {
        let body = r#"{"errors":[{"code":17,"message":"Feature is disabled"}]}"#;
        let peer = MockServer::replying([json(503, body)]);
        let client = peer.builder().retry(quick()).build().unwrap();
        let error = call(&client).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ServiceUnavailable, "{name}");
        assert_eq!(peer.requests().len(), 1, "{name}");
        let text = error.to_string();
        assert!(text.contains("repeating the call does not help"), "{text}");
    }
}

#[test]
fn codes_have_their_own_meaning() {
    let set_names: Call = |client| {
        client
            .badge(6)
            .localization()
            .set_names("es", "n", "d")
            .map(drop)
    };
    let set_icon: Call = |client| client.badge(6).localization().set_icon("es", image());
    let history: Call = |client| {
        let query = NameHistoryQuery::names("es");
        client
            .universe(5)
            .localization()
            .name_history(query)
            .map(drop)
    };
    let table: Call = |client| {
        let query = TableHistoryQuery::new(TableEntryId::new("k", "", "s"));
        client
            .localization_table(ID)
            .history("es", [query])
            .map(drop)
    };
    use ErrorKind::{BadRequest, InvalidAsset, ModeratedText, PermissionDenied, RateLimited};
    for (call, status, code, message, kind, words) in [
        (
            set_names,
            400,
            20,
            "New name or description is moderated",
            ModeratedText,
            "Choose another text",
        ),
        (
            set_names,
            400,
            19,
            "New name is null or whitespaces",
            BadRequest,
            "null or whitespaces",
        ),
        (
            set_names,
            400,
            26,
            "You can't update translations for source language",
            BadRequest,
            "source language",
        ),
        (
            set_names,
            400,
            53,
            "Language is not supported for the game.",
            BadRequest,
            "`change_languages`",
        ),
        (
            set_names,
            403,
            18,
            "You do not have permission to manage this game",
            PermissionDenied,
            "legacy-badge:manage",
        ),
        // The service reports this with a 400.
        (
            history,
            400,
            18,
            "You do not have permission to manage this game",
            PermissionDenied,
            "legacy-universe:manage",
        ),
        (
            set_icon,
            400,
            45,
            "File uploaded does not match known image format",
            InvalidAsset,
            "file is intact",
        ),
        (
            set_icon,
            400,
            46,
            "File not present in request",
            InvalidAsset,
            "file is intact",
        ),
        (
            set_icon,
            429,
            24,
            "Too many attempts.Please try again later.",
            RateLimited,
            "Too many attempts",
        ),
        // The same number of another service.
        (
            table,
            400,
            45,
            "Invalid exclusive start id.",
            BadRequest,
            "start id",
        ),
        (
            table,
            403,
            2,
            "You do not have permission to get this table.",
            PermissionDenied,
            "legacy-universe:manage",
        ),
    ] {
        let body = format!(
            r#"{{"errors":[{{"code":{code},"message":"{message}","userFacingMessage":"m"}}]}}"#
        );
        let peer = MockServer::replying([json(status, body)]);
        let error = call(&peer.client()).unwrap_err();
        assert_eq!(
            (error.kind(), error.code()),
            (kind, Some(&*code.to_string())),
            "{error}"
        );
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn invalid_input_is_reported_before_anything_is_sent() {
    let peer = MockServer::replying([ok("{}")]);
    let client = peer.client();
    let universe = client.universe(5).localization();
    let badge = client.badge(6).localization();
    let table = client.localization_table(ID);
    let query = || TableHistoryQuery::new(TableEntryId::new("k", "", "s"));
    for (result, words) in [
        (
            badge.set_name("", "n").map(drop),
            "the LanguageCode cannot be empty",
        ),
        (badge.remove_icon(".."), "the LanguageCode cannot be \"..\""),
        (
            universe.set_source_language(""),
            "the LanguageCode cannot be empty",
        ),
        (
            universe.set_names([]).map(drop),
            "name at least one language",
        ),
        (
            universe.set_names([NameUpdate::new("es")]).map(drop),
            "in \"es\" changes nothing",
        ),
        (
            universe
                .set_names([NameUpdate::new("").name("n")])
                .map(drop),
            "cannot be empty",
        ),
        (
            universe.change_languages([LanguageChange::add("")]),
            "cannot be empty",
        ),
        (
            universe.set_table_settings(TableSettings::new()),
            "changes nothing",
        ),
        (
            universe
                .name_history(NameHistoryQuery::names("es").count(0))
                .map(drop),
            "1 to 49 translations a page, not 0",
        ),
        (
            badge
                .name_history(NameHistoryQuery::names("es").count(50))
                .map(drop),
            "1 to 49 translations a page, not 50",
        ),
        (
            table.update(TableUpdate::new()).map(drop),
            "changes nothing",
        ),
        (table.history("es", []).map(drop), "at least one entry"),
        (table.history("es", [query().count(0)]).map(drop), "not 0"),
        (
            table.history("", [query()]).map(drop),
            "the LanguageCode cannot be empty",
        ),
        (
            client.localization_table("").get().map(drop),
            "the TableId cannot be empty",
        ),
        (
            client
                .localization_table("")
                .update(TableUpdate::new().name("n"))
                .map(drop),
            "the TableId cannot be empty",
        ),
    ] {
        let error = result.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::InvalidInput, 0),
            "{error}"
        );
        assert!(error.to_string().contains(words), "{error}");
    }
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    let file = |name: &str, content: &[u8]| AssetFile::bytes(name, content.to_vec());
    for (result, words) in [
        (
            badge.set_icon("es", file("a.gif", b"GIF89a")),
            "an icon accepts png",
        ),
        (universe.set_icon("es", file("a.png", pointer)), "Git LFS"),
        (
            universe
                .add_thumbnail("es", file("a.mp3", b"ID3"))
                .map(drop),
            "a thumbnail accepts png",
        ),
        (
            universe.add_thumbnail("es", file("a.png", b"")).map(drop),
            "is empty",
        ),
    ] {
        let error = result.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::InvalidAsset, 0),
            "{error}"
        );
        assert!(error.to_string().contains(words), "{error}");
    }
    assert!(peer.requests().is_empty());
}

#[test]
fn a_success_that_holds_an_error_is_one() {
    let body = r#"{"errors":[{"code":0,"message":"Something went wrong"}]}"#;
    let peer = MockServer::replying([ok(body)]);
    let table = peer.client().localization_table(ID);
    let update = TableUpdate::new().entries([TableEntryUpdate::new("k", "", "s")]);
    assert!(table.update(update).is_err());
    let names = [NameUpdate::new("es").name("n")];
    let universe = peer.client().universe(5).localization();
    assert!(universe.set_names(names).is_err());
    assert!(universe.set_thumbnail_text("es", 9, "a").is_err());
}
