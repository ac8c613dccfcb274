//! Responses.

use crate::support::{MockServer, ok};
use rblx_open_cloud::models::{
    EntryFormat, IconSize, ImageState, LanguageCode, LanguageCodeType, NameHistoryQuery, SortOrder,
    TableEntryId, TableHistoryQuery, TranslatorType,
};
use rblx_open_cloud::{Client, ErrorKind};

fn client(body: &str) -> Client {
    MockServer::replying([ok(body)]).client()
}

#[test]
fn names_and_icons() {
    let listed = r#"{"data":[{"name":"La isla","description":"","updateType":null,"languageCode":"es"},{"name":null,"languageCode":"pt-br","new":1}]}"#;
    let names = client(listed).badge(6).localization().list_names().unwrap();
    assert_eq!(names[0].name.as_deref(), Some("La isla"));
    assert_eq!(names[1].language_code, Some(LanguageCode::from("pt-br")));
    assert_eq!((names[1].name.as_deref(), names.len()), (None, 2));

    let saved = client("{\"name\":\"####\"}");
    let saved = saved.badge(6).localization().set_name("es", "n").unwrap();
    assert_eq!(saved.name.as_deref(), Some("####"));

    let icons = r#"{"data":[{"imageId":"7000000001","imageUrl":"https://tr.rbxcdn.com/1","state":"Approved","languageCode":"es"},
        {"imageId":null,"imageUrl":"","state":"UnAvailable","languageCode":"fr"},{"state":"Blurred"}]}"#;
    let universe = client(icons).universe(5).localization();
    let icons = universe.list_icons(IconSize::default()).unwrap();
    assert_eq!(icons[0].image_id.unwrap().get(), 7_000_000_001);
    assert_eq!(icons[0].state, Some(ImageState::Approved));
    assert_eq!(icons[1].state, Some(ImageState::Unavailable));
    assert_eq!(icons[1].image_id, None);
    assert_eq!(icons[2].state, Some(ImageState::from("Blurred")));
    for empty in ["{}", r#"{"data":null}"#, r#"{"data":[]}"#] {
        let badge = client(empty).badge(6).localization();
        assert!(badge.list_names().unwrap().is_empty(), "{empty}");
    }
}

#[test]
fn thumbnails() {
    // The document has a text, other programs have read a number.
    for body in [
        r#"{"mediaAssetId":"9007199254740993"}"#,
        r#"{"mediaAssetId":9007199254740993}"#,
    ] {
        let universe = client(body).universe(5).localization();
        let id = universe.add_thumbnail("es", super::image()).unwrap();
        assert_eq!(id.get(), 9_007_199_254_740_993);
    }
    // A bare text; any other body does not make a success an error.
    for (body, text) in [
        (r#""A red ##### \"isla\"""#, Some("A red ##### \"isla\"")),
        ("A red island", Some("A red island")),
        ("", None),
        ("null", None),
        ("{}", None),
    ] {
        let universe = client(body).universe(5).localization();
        let saved = universe
            .set_thumbnail_text("es", 9, "A red island")
            .unwrap();
        assert_eq!(saved.as_deref(), text, "{body}");
    }
}

#[test]
fn languages_and_switches() {
    let listed = r#"{"data":[{"languageCodeType":"Locale","languageCode":"pt-br","isAutomaticTranslationEnabled":true,"isImageTranslationEnabled":false}]}"#;
    let languages = client(listed)
        .universe(5)
        .localization()
        .automatic_translation()
        .unwrap();
    assert_eq!(
        languages[0].language_code_type,
        Some(LanguageCodeType::Locale)
    );
    assert_eq!(languages[0].is_automatic_translation_enabled, Some(true));
    assert_eq!(languages[0].is_image_translation_enabled, Some(false));

    let of = |name: &str| {
        let body = format!(r#"{{"gameId":5,"languageCode":"es","{name}":true}}"#);
        client(&body).universe(5).localization()
    };
    let switches = [
        of("isAutomaticTranslationEnabled").set_automatic_translation("es", true),
        of("isImageTranslationEnabled").set_image_translation("es", true),
        of("isUniverseDisplayInfoAutomaticTranslationEnabled")
            .set_display_info_translation("es", true),
    ];
    for switch in switches.map(Result::unwrap) {
        assert_eq!(switch.is_enabled, Some(true));
        assert_eq!(switch.universe_id.unwrap(), 5.into());
    }
    let listed = r#"{"data":[{"languageCode":"es","isUniverseDisplayInfoAutomaticTranslationEnabled":false}]}"#;
    let listed = client(listed)
        .universe(5)
        .localization()
        .display_info_translation()
        .unwrap();
    assert_eq!(
        (listed[0].is_enabled, listed[0].universe_id),
        (Some(false), None)
    );
}

#[test]
fn histories_end_without_a_cursor() {
    let page = r#"{"history":[{"translationText":"La isla","translator":{"id":156,"agentType":"User"},"created":"2023-07-05T12:34:56.1234567Z"},
        {"translationText":"Isla","translator":{"id":0,"agentType":"Automation"}}],"lastEvaluatedId":"c1"}"#;
    let peer = MockServer::replying([ok(page), ok(r#"{"history":[],"lastEvaluatedId":""}"#)]);
    let universe = peer.client().universe(5).localization();
    let query = || NameHistoryQuery::names("es").order(SortOrder::Descending);
    let page = universe.name_history(query()).unwrap();
    let translator = page.history[0].translator.clone().unwrap();
    assert_eq!(
        (translator.id, translator.agent_type),
        (Some(156), Some(TranslatorType::User))
    );
    assert_eq!(page.history[0].created.unwrap().nanosecond(), 123_456_700);
    let next = query().cursor(page.last_evaluated_id.unwrap());
    assert_eq!(universe.name_history(next).unwrap().last_evaluated_id, None);
    let body = String::from_utf8(peer.requests()[1].body.clone()).unwrap();
    assert!(body.contains(r#""cursor":"c1""#), "{body}");
}

#[test]
fn tables_limits_and_counts() {
    // The settings are written with `Deletion` here, and with `Deletions` in a request.
    for name in [
        "isAutomaticEntriesDeletionEnabled",
        "isAutomaticEntriesDeletionsEnabled",
    ] {
        let body = format!(
            r#"{{"isAutolocalizationEnabled":true,"isAutomaticEntriesSettingEnabled":false,"{name}":true,
            "shouldUseLocalizationTable":false,"autoLocalizationTableId":"5f0e1d3c","sourceLanguage":"en","assetId":42}}"#
        );
        let table = client(&body)
            .universe(5)
            .localization()
            .create_table()
            .unwrap();
        assert_eq!(table.table_id.unwrap().as_str(), "5f0e1d3c");
        assert_eq!(table.is_automatic_entries_deletion_enabled, Some(true));
        assert_eq!(table.is_automatic_entries_setting_enabled, Some(false));
        assert_eq!(table.is_autolocalization_enabled, Some(true));
        assert_eq!(table.should_use_localization_table, Some(false));
        assert_eq!(table.source_language.unwrap().as_str(), "en");
    }
    let info = [true, false].map(|is_on| {
        let body = format!(
            r#"{{"isReactVersionEnabledForAutoLocalizationSettings":{is_on},"isTabbedUIEnabledForConfigureLocalizationPage":{},
            "isAutomaticTranslationToggleUIEnabled":{is_on},"isAutomaticTranslationQuotaUIEnabled":{}}}"#,
            !is_on, !is_on
        );
        let info = client(&body).automatic_localization_info().unwrap();
        [
            info.is_react_version_enabled_for_auto_localization_settings,
            info.is_tabbed_ui_enabled_for_configure_localization_page,
            info.is_automatic_translation_toggle_ui_enabled,
            info.is_automatic_translation_quota_ui_enabled,
        ]
        .map(Option::unwrap)
    });
    assert_eq!(
        info,
        [[true, false, true, false], [false, true, false, true]]
    );

    let limits = client(
        r#"{"entryOperationLimits":{"maxKeyLength":300},"tableOperationLimits":{"maxEntriesPerUpdate":25}}"#,
    );
    let limits = limits.localization_limits().unwrap();
    assert_eq!(limits.max_entries_per_update(), Some(25));
    assert_eq!(limits.entries.max_key_length, Some(300));
    let count = client(r#"{"id":"5f0e1d3c","entryCount":1234}"#).localization_table("5f0e1d3c");
    assert_eq!(count.count_entries(EntryFormat::Legacy).unwrap(), 1234);
    let none = client("{}").localization_table("5f0e1d3c");
    let error = none.count_entries(EntryFormat::Legacy).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "no number is not 0");
}

#[test]
fn the_cursor_leads_through_the_entries() {
    let first = r#"{"previousPageCursor":null,"nextPageCursor":"c/2","data":[
        {"identifier":{"key":"menu.play","context":"","source":"Play","entryFormat":"Legacy"},"metadata":{"example":"e","gameLocations":null},
         "translations":[{"locale":"es","translationText":"Jugar","translator":{"id":1,"agentType":"Automation"},"updatedTime":"2023-07-05T12:34:56Z","feedbackCount":2}],
         "createdTime":"2023-07-05T12:34:56Z"},
        {"identifier":7}]}"#;
    let last = r#"{"previousPageCursor":"c/1","nextPageCursor":null,"data":[{"identifier":{"source":"Quit"},"translations":null}]}"#;
    let peer = MockServer::replying([ok(first), ok(last)]);
    let table = peer.client().localization_table("5f0e1d3c");
    let entries: Vec<_> = table.list_entries(EntryFormat::Legacy).collect();
    assert_eq!(peer.requests().len(), 2);
    assert_eq!(peer.requests()[1].query("cursor").as_deref(), Some("c/2"));
    assert_eq!(
        peer.requests()[1].query("entryFormat").as_deref(),
        Some("Legacy")
    );
    assert_eq!(entries.len(), 3);
    let play = entries[0].as_ref().unwrap();
    assert_eq!(play.identifier.key.as_deref(), Some("menu.play"));
    assert_eq!(play.translation("es"), Some("Jugar"));
    assert_eq!(play.translation("fr"), None);
    assert_eq!(play.translations[0].feedback_count, Some(2));
    assert!(entries[1].as_ref().unwrap_err().is_item());
    let quit = entries[2].as_ref().unwrap();
    assert_eq!(quit.identifier.source.as_deref(), Some("Quit"));
    assert!(quit.translations.is_empty());
}

#[test]
fn a_history_of_entries_shows_what_failed() {
    let body = r#"{"tableId":"5f0e1d3c","locale":"es",
        "entries":[{"identifier":{"source":"Play"},"history":[{"translationText":"Jugar"}],"nextCursor":"c"}],
        "failedEntries":[{"identifier":{"key":"menu.quit","context":"","source":"Quit"},"count":1,"error":{"errorCode":38,"errorMessage":"Invalid entry identifier."}}]}"#;
    let table = client(body).localization_table("5f0e1d3c");
    let query = TableHistoryQuery::new(TableEntryId::new("", "", "Play"));
    let history = table.history("es", [query]).unwrap();
    assert_eq!(history.entries[0].next_cursor.as_deref(), Some("c"));
    assert_eq!(history.failed[0].error.error_code, Some(38));
    let error = history.into_result().unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::BadRequest, Some("38"))
    );
    assert!(
        error.to_string().contains(
            r#"1 entry has no history: "menu.quit" (source "Quit"): Invalid entry identifier (code 38)"#
        ),
        "{error}"
    );
}
