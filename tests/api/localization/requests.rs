//! Every call with all parameters, and without the optional ones.

use super::{PNG, image};
use crate::form;
use crate::support::{MockServer, ok};
use rblx_open_cloud::models::{
    ChangeAgent, ChangeAgentType, EntryFormat, IconSize, LanguageChange, NameHistoryQuery,
    NameUpdate, SortOrder, TableEntryId, TableEntryUpdate, TableHistoryQuery, TableSettings,
    TableTranslationUpdate, TableUpdate,
};
use rblx_open_cloud::resource::{ItemLocalization, LocalizationTable, UniverseLocalization};
use rblx_open_cloud::time::OffsetDateTime;
use rblx_open_cloud::{Client, Result};

const NAMES: &str = "/legacy-game-internationalization/v1";
const TABLES: &str = "/legacy-localization-tables/v1";
const ID: &str = "5f0e1d3c-0000-4000-8000-000000000001";

/// A response that every call can decode.
const SUCCESS: &str = r#"{"successOperations":[{"languageCode":"es"},{"languageCode":"fr"}],"mediaAssetId":"9","entryCount":3,"data":[]}"#;

/// Method, path and query, content type, and body of the one request that a call sends.
fn sent(call: impl FnOnce(&Client)) -> (String, Option<String>, Vec<u8>) {
    let peer = MockServer::replying([ok(SUCCESS)]);
    call(&peer.client());
    let mut requests = peer.requests();
    assert_eq!(requests.len(), 1, "one request");
    let request = requests.remove(0);
    let content_type = request.header("content-type").map(str::to_owned);
    let line = format!("{} {}", request.method, request.target);
    (line, content_type, request.body)
}

/// Asserts that a call sends this, as JSON if there is a body.
fn assert_sends<T>(line: &str, body: &str, call: impl FnOnce(&Client) -> Result<T>) {
    let (known, content_type, sent) = sent(|client| drop(call(client).unwrap()));
    assert_eq!(known, line);
    let is_json = (!body.is_empty()).then_some("application/json");
    assert_eq!(content_type.as_deref(), is_json, "{line}");
    assert_eq!(String::from_utf8(sent).unwrap(), body, "{line}");
}

/// Asserts that a call sends one file in the part of this name.
fn assert_uploads<T>(line: &str, part: &str, call: impl FnOnce(&Client) -> Result<T>) {
    let (known, content_type, sent) = sent(|client| drop(call(client).unwrap()));
    assert_eq!(known, line);
    let parts = form::parts(&content_type.unwrap(), &sent);
    let [file] = &parts[..] else {
        panic!("{parts:?}");
    };
    assert_eq!(file.name, part, "{line}");
    assert_eq!(file.file_name.as_deref(), Some("a.png"));
    assert_eq!(file.content_type.as_deref(), Some("image/png"));
    assert_eq!(file.content, PNG);
}

fn items(client: &Client) -> [(&'static str, &'static str, ItemLocalization); 3] {
    let universe = client.universe(5);
    [
        ("badges/6", "Badge", client.badge(6).localization()),
        (
            "developer-products/6",
            "DeveloperProduct",
            universe.developer_product(6).localization(),
        ),
        (
            "game-passes/6",
            "GamePass",
            universe.game_pass(6).localization(),
        ),
    ]
}

#[test]
fn the_eight_calls_of_each_kind_of_item() {
    for kind in 0..3 {
        let item = |client: &Client| items(client)[kind].2.clone();
        let (path, content, _) = items(&MockServer::replying([ok("{}")]).client())[kind];
        let path = format!("{NAMES}/{path}");
        assert_sends(&format!("GET {path}/name-description"), "", |client| {
            item(client).list_names()
        });
        assert_sends(
            &format!("PATCH {path}/name-description/language-codes/es"),
            r#"{"name":"n","description":"d\n\"é\""}"#,
            |client| item(client).set_names("es", "n", "d\n\"é\""),
        );
        assert_sends(
            &format!("PATCH {path}/name/language-codes/pt-br"),
            r#"{"name":"n"}"#,
            |client| item(client).set_name("pt-br", "n"),
        );
        assert_sends(
            &format!("PATCH {path}/description/language-codes/es"),
            r#"{"description":""}"#,
            |client| item(client).set_description("es", ""),
        );
        assert_sends(
            &format!("DELETE {path}/name-description/language-codes/es"),
            "",
            |client| item(client).remove_names("es"),
        );
        assert_sends(&format!("GET {path}/icons"), "", |client| {
            item(client).list_icons(IconSize::default())
        });
        assert_sends(
            &format!("GET {path}/icons?width=420&height=150"),
            "",
            |client| item(client).list_icons(IconSize::new(420, 150)),
        );
        assert_uploads(
            &format!("POST {path}/icons/language-codes/es"),
            "Files",
            |client| item(client).set_icon("es", image()),
        );
        assert_sends(
            &format!("DELETE {path}/icons/language-codes/es"),
            "",
            |client| item(client).remove_icon("es"),
        );
        let history = format!("POST {NAMES}/name-description/games/translation-history");
        let body = |part: &str| {
            format!(r#"{{"contentId":6,"contentType":"{content}{part}","languageCode":"es"}}"#)
        };
        assert_sends(&history, &body("DisplayName"), |client| {
            item(client).name_history(NameHistoryQuery::names("es"))
        });
        assert_sends(&history, &body("DisplayDescription"), |client| {
            item(client).name_history(NameHistoryQuery::descriptions("es"))
        });
    }
}

#[test]
fn names_and_images_of_a_universe() {
    fn of(client: &Client) -> UniverseLocalization {
        client.universe(5).localization()
    }
    assert_sends(
        &format!("PATCH {NAMES}/name-description/games/5"),
        r#"{"data":[{"name":"n","description":"d","languageCode":"es"},{"name":"n","updateType":"Name","languageCode":"fr"},{"description":"d","updateType":"Description","languageCode":"fr"}]}"#,
        |client| {
            of(client).set_names([
                NameUpdate::new("es").name("n").description("d"),
                NameUpdate::new("fr").name("n"),
                NameUpdate::new("fr").description("d"),
            ])
        },
    );
    let history = format!("POST {NAMES}/name-description/games/translation-history");
    assert_sends(
        &history,
        r#"{"contentId":5,"contentType":"UniverseDisplayNames","languageCode":"es","cursor":"c","count":49,"sortOrder":"Asc"}"#,
        |client| {
            let query = NameHistoryQuery::names("es").cursor("c").count(49);
            of(client).name_history(query.order(SortOrder::Ascending))
        },
    );
    assert_sends(
        &history,
        r#"{"contentId":5,"contentType":"UniverseDisplayDescriptions","languageCode":"es","count":1,"sortOrder":"Desc"}"#,
        |client| {
            let query = NameHistoryQuery::descriptions("es").count(1);
            of(client).name_history(query.order(SortOrder::Descending))
        },
    );
    assert_sends(&format!("GET {NAMES}/game-icon/games/5"), "", |client| {
        of(client).list_icons(IconSize::default())
    });
    assert_sends(
        &format!("GET {NAMES}/game-icon/games/5?width=256&height=256"),
        "",
        |client| of(client).list_icons(IconSize::square(256)),
    );
    let icon = format!("{NAMES}/game-icon/games/5/language-codes/es");
    assert_uploads(&format!("POST {icon}"), "request.files", |client| {
        of(client).set_icon("es", image())
    });
    assert_sends(&format!("DELETE {icon}"), "", |client| {
        of(client).remove_icon("es")
    });
    let thumbnails = format!("{NAMES}/game-thumbnails/games/5/language-codes/es");
    assert_uploads(
        &format!("POST {thumbnails}/image"),
        "gameThumbnailRequest.files",
        |client| of(client).add_thumbnail("es", image()),
    );
    assert_sends(
        &format!("POST {thumbnails}/alt-text"),
        r#"{"thumbnailId":18446744073709551615,"altText":"a"}"#,
        |client| of(client).set_thumbnail_text("es", u64::MAX, "a"),
    );
    assert_sends(
        &format!("POST {thumbnails}/images/order"),
        r#"{"mediaAssetIds":[8,7]}"#,
        |client| of(client).order_thumbnails("es", [8, 7]),
    );
    assert_sends(&format!("DELETE {thumbnails}/images/8"), "", |client| {
        of(client).remove_thumbnail("es", 8)
    });
}

#[test]
fn languages_of_a_universe() {
    fn of(client: &Client) -> UniverseLocalization {
        client.universe(5).localization()
    }
    assert_sends(
        &format!("PATCH {NAMES}/source-language/games/5?languageCode=zh-hans"),
        "",
        |client| of(client).set_source_language("zh-hans"),
    );
    let languages = format!("{NAMES}/supported-languages/games/5");
    assert_sends(
        &format!("PATCH {languages}"),
        r#"[{"languageCodeType":"Language","languageCode":"es","delete":false},{"languageCodeType":"Locale","languageCode":"pt-br","delete":true}]"#,
        |client| {
            let changes = [
                LanguageChange::add("es"),
                LanguageChange::remove("pt-br").locale(),
            ];
            of(client).change_languages(changes)
        },
    );
    assert_sends(
        &format!("GET {languages}/automatic-translation-status"),
        "",
        |client| of(client).automatic_translation(),
    );
    for (is_on, body) in [(true, "true"), (false, "false")] {
        assert_sends(
            &format!("PATCH {languages}/languages/es/automatic-translation-status"),
            body,
            |client| of(client).set_automatic_translation("es", is_on),
        );
        assert_sends(
            &format!("PATCH {languages}/languages/es/image-translation-status"),
            body,
            |client| of(client).set_image_translation("es", is_on),
        );
        assert_sends(
            &format!(
                "PATCH {languages}/languages/es/universe-display-info-automatic-translation-settings"
            ),
            body,
            |client| of(client).set_display_info_translation("es", is_on),
        );
    }
    assert_sends(
        &format!("GET {languages}/universe-display-info-automatic-translation-settings"),
        "",
        |client| of(client).display_info_translation(),
    );
    assert_sends(
        &format!("POST {TABLES}/autolocalization/games/5/autolocalizationtable"),
        "",
        |client| of(client).create_table(),
    );
    let settings = format!("PATCH {TABLES}/autolocalization/games/5/settings");
    assert_sends(
        &settings,
        r#"{"isAutolocalizationEnabled":true,"isAutomaticEntriesDeletionsEnabled":false,"isAutomaticEntriesSettingEnabled":true,"shouldUseLocalizationTable":false}"#,
        |client| {
            let settings = TableSettings::new().autolocalization(true);
            let settings = settings.automatic_entries(true).use_table(false);
            of(client).set_table_settings(settings.automatic_entry_deletions(false))
        },
    );
    assert_sends(
        &settings,
        r#"{"shouldUseLocalizationTable":true}"#,
        |client| of(client).set_table_settings(TableSettings::new().use_table(true)),
    );
}

#[test]
fn tables_with_and_without_their_universe() {
    fn alone(client: &Client) -> LocalizationTable {
        client.localization_table(ID)
    }
    fn of(client: &Client) -> LocalizationTable {
        client.universe(5).localization().table(ID)
    }
    let table = format!("{TABLES}/localization-table/tables/{ID}");
    assert_sends(
        &format!("GET {TABLES}/localization-table/limits"),
        "",
        Client::localization_limits,
    );
    assert_sends(
        &format!("GET {TABLES}/autolocalization/metadata"),
        "",
        Client::automatic_localization_info,
    );
    assert_sends(
        &format!("GET {TABLES}/localization-table/tables/42"),
        "",
        |client| client.localization_table_for_asset(42),
    );
    assert_sends(&format!("GET {table}"), "", |client| alone(client).get());
    assert_sends(&format!("GET {table}"), "", |client| of(client).get());
    assert_sends(
        &format!("GET {table}/entry-count?entryFormat=Legacy"),
        "",
        |client| alone(client).count_entries(EntryFormat::Legacy),
    );
    assert_sends(
        &format!("GET {table}/entry-count?gameId=5&entryFormat=Icu"),
        "",
        |client| of(client).count_entries(EntryFormat::Icu),
    );
    assert_sends(
        &format!("GET {table}/entries?entryFormat=Legacy"),
        "",
        |client| {
            alone(client)
                .list_entries(EntryFormat::Legacy)
                .next()
                .transpose()
        },
    );
    assert_sends(
        &format!("GET {table}/entries?gameId=5&entryFormat=Icu&cursor=a%20b"),
        "",
        |client| {
            let entries = of(client).list_entries(EntryFormat::Icu);
            entries.page_size(10).starting_at("a b").next().transpose()
        },
    );
    assert_sends(&format!("PATCH {table}"), r#"{"name":"Texts"}"#, |client| {
        alone(client).update(TableUpdate::new().name("Texts"))
    });
    let play = TableEntryId::new("menu.play", "", "Play");
    assert_sends(
        &format!("POST {table}/entries/translation-history"),
        r#"{"locale":"es","entries":[{"identifier":{"key":"menu.play","context":"","source":"Play"}}]}"#,
        |client| alone(client).history("es", [TableHistoryQuery::new(play.clone())]),
    );
    assert_sends(
        &format!("POST {table}/entries/translation-history?gameId=5"),
        r#"{"locale":"es","entries":[{"cursor":"c","identifier":{"key":"menu.play","context":"","source":"Play"},"count":10,"sortOrder":"Desc"}]}"#,
        |client| {
            let query = TableHistoryQuery::new(play).cursor("c").count(10);
            of(client).history("es", [query.order(SortOrder::Descending)])
        },
    );
}

#[test]
fn a_full_update_of_a_table() {
    let agent = ChangeAgent::new(ChangeAgentType::User).id("156");
    let time = OffsetDateTime::from_unix_timestamp(1_700_000_000).unwrap();
    let play = TableEntryUpdate::new("menu.play", "button", "Play")
        .example("Starts a round")
        .format(EntryFormat::Icu)
        .game_locations(["game.StarterGui.Menu.Play"])
        .translation("es", "Jugar")
        .remove_translation("fr")
        .translation_update(
            TableTranslationUpdate::new("de", "Los")
                .change_agent(agent)
                .updated_time(time),
        );
    let gone = TableEntryUpdate::new("", "", "Old").delete();
    assert_sends(
        &format!("PATCH {TABLES}/localization-table/tables/{ID}?gameId=5"),
        concat!(
            r#"{"name":"Texts","entries":["#,
            r#"{"identifier":{"key":"menu.play","context":"button","source":"Play","entryFormat":"Icu"},"#,
            r#""metadata":{"example":"Starts a round","gameLocations":[{"path":"game.StarterGui.Menu.Play"}],"entryFormat":"Icu"},"#,
            r#""translations":[{"locale":"es","translationText":"Jugar"},{"locale":"fr","delete":true},"#,
            r#"{"locale":"de","translationText":"Los","changeAgent":{"ChangeAgentType":"User","Id":"156"},"updatedTime":"2023-11-14T22:13:20Z"}]},"#,
            r#"{"identifier":{"key":"","context":"","source":"Old"},"delete":true}]}"#
        ),
        |client| {
            let update = TableUpdate::new().name("Texts").entries([play, gone]);
            client.localization_table(ID).in_universe(5).update(update)
        },
    );
}
