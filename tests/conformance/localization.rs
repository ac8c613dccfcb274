//! Every call about names, images, languages and tables, with every parameter.

use rblx_open_cloud::models::{
    ChangeAgent, ChangeAgentType, EntryFormat, IconSize, LanguageChange, NameHistoryQuery,
    NameUpdate, SortOrder, TableEntryId, TableEntryUpdate, TableHistoryQuery, TableSettings,
    TableTranslationUpdate, TableUpdate,
};
use rblx_open_cloud::resource::ItemLocalization;
use rblx_open_cloud::time::OffsetDateTime;
use rblx_open_cloud::{AssetFile, Client};

use crate::universes::{accepted, some};

/// The proxies read bodies as text, so the content is text; of the formats of images only this one may be.
fn image() -> AssetFile {
    AssetFile::bytes("image.tga", b"an image".to_vec())
}

pub(crate) fn call(client: &Client) {
    let universe = client.universe(123);
    item(&client.badge(7).localization());
    item(&universe.developer_product(7).localization());
    item(&universe.game_pass(7).localization());
    of_universe(client);
    tables(client);
}

fn item(item: &ItemLocalization) {
    accepted(item.list_names());
    accepted(item.set_names("es", "n", "d"));
    accepted(item.set_name("es", "n"));
    accepted(item.set_description("es", "d"));
    accepted(item.remove_names("es"));
    accepted(item.list_icons(IconSize::new(420, 150)));
    accepted(item.set_icon("es", image()));
    accepted(item.remove_icon("es"));
    accepted(item.name_history(history()));
    let descriptions = NameHistoryQuery::descriptions("es");
    accepted(item.name_history(descriptions));
}

fn history() -> NameHistoryQuery {
    let query = NameHistoryQuery::names("es").cursor("c").count(49);
    query.order(SortOrder::Ascending)
}

fn of_universe(client: &Client) {
    let universe = client.universe(123).localization();
    accepted(universe.set_names([
        NameUpdate::new("es").name("n").description("d"),
        NameUpdate::new("fr").name("n"),
        NameUpdate::new("de").description("d"),
    ]));
    accepted(universe.name_history(history()));
    let descriptions = NameHistoryQuery::descriptions("es").order(SortOrder::Descending);
    accepted(universe.name_history(descriptions));
    accepted(universe.list_icons(IconSize::square(512)));
    accepted(universe.set_icon("es", image()));
    accepted(universe.remove_icon("es"));
    accepted(universe.add_thumbnail("es", image()));
    accepted(universe.set_thumbnail_text("es", 9, "a"));
    accepted(universe.order_thumbnails("es", [9, 8]));
    accepted(universe.remove_thumbnail("es", 9));
    accepted(universe.set_source_language("es"));
    accepted(universe.change_languages([
        LanguageChange::add("es"),
        LanguageChange::remove("pt-br").locale(),
    ]));
    accepted(universe.automatic_translation());
    // Prism takes `false` for a missing body.
    accepted(universe.set_automatic_translation("es", true));
    accepted(universe.set_image_translation("es", true));
    accepted(universe.display_info_translation());
    accepted(universe.set_display_info_translation("es", true));
    accepted(universe.create_table());
    let settings = TableSettings::new().autolocalization(true).use_table(true);
    let settings = settings.automatic_entries(true);
    accepted(universe.set_table_settings(settings.automatic_entry_deletions(false)));
}

fn tables(client: &Client) {
    let id = "5f0e1d3c-0000-4000-8000-000000000001";
    let table = client.localization_table(id).in_universe(123);
    accepted(client.localization_limits());
    accepted(client.automatic_localization_info());
    // Not by its asset: the paths differ in the name of the id alone, and Prism takes each for the one with a UUID.
    accepted(table.get());
    accepted(table.count_entries(EntryFormat::Icu));
    some(table.list_entries(EntryFormat::Legacy).starting_at("c"));
    let agent = ChangeAgent::new(ChangeAgentType::User).id("156");
    let los = TableTranslationUpdate::new("de", "Los").change_agent(agent);
    let play = TableEntryUpdate::new("menu.play", "button", "Play")
        .example("e")
        .format(EntryFormat::Icu)
        .game_locations(["game.StarterGui"])
        .translation("es", "Jugar")
        .remove_translation("fr")
        .translation_update(los.updated_time(OffsetDateTime::UNIX_EPOCH));
    let gone = TableEntryUpdate::new("", "", "Old").delete();
    let update = TableUpdate::new().name("n").entries([play, gone]);
    accepted(table.update(update));
    let query = TableHistoryQuery::new(TableEntryId::new("menu.play", "", "Play"));
    let query = query.cursor("c").count(10).order(SortOrder::Descending);
    accepted(table.history("es", [query]));
}
