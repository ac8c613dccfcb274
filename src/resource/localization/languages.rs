//! Languages of a universe, automatic translation, and the table of its texts.

use super::{CODES, LocalizationTable, UniverseLocalization};
use crate::endpoint::{CodeMeaning, Endpoint, UserContent};
use crate::error::Result;
use crate::models::{
    AutoTable, LanguageChange, LanguageCode, LanguageSettings, TableId, TableSettings,
    TranslationSwitch, WholeList,
};

const SET_SOURCE_LANGUAGE: Endpoint =
    Endpoint::patch("/legacy-game-internationalization/v1/source-language/games/{gameId}")
        .scopes(&["legacy-universe:manage"])
        .user_content(UserContent::None)
        .error_codes(CODES);
const CHANGE_LANGUAGES: Endpoint =
    Endpoint::patch("/legacy-game-internationalization/v1/supported-languages/games/{gameId}")
        .scopes(&["legacy-universe:manage"])
        .user_content(UserContent::None)
        .error_codes(CODES);
const AUTOMATIC_TRANSLATION: Endpoint = Endpoint::get("/legacy-game-internationalization/v1/supported-languages/games/{gameId}/automatic-translation-status")
    .scopes(&["legacy-universe:manage"])
    .error_codes(CODES);
const SET_AUTOMATIC_TRANSLATION: Endpoint = Endpoint::patch("/legacy-game-internationalization/v1/supported-languages/games/{gameId}/languages/{languageCode}/automatic-translation-status")
    .scopes(&["legacy-universe:manage"])
    .user_content(UserContent::None)
    .error_codes(CODES);
/// The document names no scope.
const SET_IMAGE_TRANSLATION: Endpoint = Endpoint::patch("/legacy-game-internationalization/v1/supported-languages/games/{gameId}/languages/{languageCode}/image-translation-status")
    .user_content(UserContent::None)
    .error_codes(CODES);
const DISPLAY_INFO_TRANSLATION: Endpoint = Endpoint::get("/legacy-game-internationalization/v1/supported-languages/games/{gameId}/universe-display-info-automatic-translation-settings")
    .scopes(&["legacy-universe:manage"])
    .error_codes(CODES);
const SET_DISPLAY_INFO_TRANSLATION: Endpoint = Endpoint::patch("/legacy-game-internationalization/v1/supported-languages/games/{gameId}/languages/{languageCode}/universe-display-info-automatic-translation-settings")
    .scopes(&["legacy-universe:manage"])
    .user_content(UserContent::None)
    .error_codes(CODES);
const CREATE_TABLE: Endpoint = Endpoint::post(
    "/legacy-localization-tables/v1/autolocalization/games/{gameId}/autolocalizationtable",
)
.scopes(&["legacy-universe:manage"])
.user_content(UserContent::None)
.idempotent();
const SET_TABLE_SETTINGS: Endpoint =
    Endpoint::patch("/legacy-localization-tables/v1/autolocalization/games/{gameId}/settings")
        .scopes(&["legacy-universe:manage"])
        .user_content(UserContent::None)
        .error_codes(&[("17", CodeMeaning::FeatureDisabled)]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &SET_SOURCE_LANGUAGE,
    &CHANGE_LANGUAGES,
    &AUTOMATIC_TRANSLATION,
    &SET_AUTOMATIC_TRANSLATION,
    &SET_IMAGE_TRANSLATION,
    &DISPLAY_INFO_TRANSLATION,
    &SET_DISPLAY_INFO_TRANSLATION,
    &CREATE_TABLE,
    &SET_TABLE_SETTINGS,
];

impl UniverseLocalization {
    /// Sets the source language, from which texts are translated.
    ///
    /// # Errors
    /// `BadRequest` if the service does not know the language.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#patch_legacy_game_internationalization_v1_source_language_games__gameId_) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn set_source_language(&self, language: impl Into<LanguageCode>) -> Result<()> {
        let language = language.into();
        let call = self.universe.call(&SET_SOURCE_LANGUAGE);
        let code = language.validated().map(Some);
        call.query_checked("languageCode", code).send_no_content()
    }

    /// Adds languages to the universe, and removes some.
    ///
    /// # Errors
    /// `BadRequest` if the service does not know a language, or one is named twice.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#patch_legacy_game_internationalization_v1_supported_languages_games__gameId_) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn change_languages(
        &self,
        changes: impl IntoIterator<Item = LanguageChange>,
    ) -> Result<()> {
        let changes: Vec<_> = changes.into_iter().collect();
        let body: Result<Vec<_>> = changes.iter().map(LanguageChange::validated).collect();
        let call = self.universe.call(&CHANGE_LANGUAGES);
        call.json_checked(body).send_no_content()
    }

    /// Lists the languages of the universe, and whether texts and images are translated automatically into them.
    ///
    /// # Errors
    /// The call fails as a whole. `PermissionDenied` if the caller may not manage the universe.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#get_legacy_game_internationalization_v1_supported_languages_games__gameId__automatic_translation_status) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn automatic_translation(&self) -> Result<Vec<LanguageSettings>> {
        let list: WholeList<_> = self.universe.call(&AUTOMATIC_TRANSLATION).send()?;
        Ok(list.data)
    }

    /// Switches the automatic translation of texts into a language on or off. Returns whether it is on.
    ///
    /// # Errors
    /// `BadRequest` if the universe does not have the language, or the service does not translate into it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#patch_legacy_game_internationalization_v1_supported_languages_games__gameId__languages__languageCode__automatic_translation_status) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn set_automatic_translation(
        &self,
        language: impl Into<LanguageCode>,
        enabled: bool,
    ) -> Result<TranslationSwitch> {
        let call = self.call_in(&SET_AUTOMATIC_TRANSLATION, language);
        call.json(&enabled).send()
    }

    /// Switches the automatic translation of images into a language on or off. Returns whether it is on.
    ///
    /// # Errors
    /// `BadRequest` if the universe does not have the language, or the service does not translate images into it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#patch_legacy_game_internationalization_v1_supported_languages_games__gameId__languages__languageCode__image_translation_status) ·
    /// no scope · 100 requests per minute · legacy
    pub fn set_image_translation(
        &self,
        language: impl Into<LanguageCode>,
        enabled: bool,
    ) -> Result<TranslationSwitch> {
        let call = self.call_in(&SET_IMAGE_TRANSLATION, language);
        call.json(&enabled).send()
    }

    /// Lists the languages into which name and description of the universe are translated automatically.
    ///
    /// # Errors
    /// The call fails as a whole. `PermissionDenied` if the caller may not manage the universe.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#get_legacy_game_internationalization_v1_supported_languages_games__gameId__universe_display_info_automatic_translation_settings) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn display_info_translation(&self) -> Result<Vec<TranslationSwitch>> {
        let list: WholeList<_> = self.universe.call(&DISPLAY_INFO_TRANSLATION).send()?;
        Ok(list.data)
    }

    /// Switches the automatic translation of name and description into a language on or off. Returns whether it is on.
    ///
    /// # Errors
    /// `BadRequest` if the service does not translate for the universe.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#patch_legacy_game_internationalization_v1_supported_languages_games__gameId__languages__languageCode__universe_display_info_automatic_translation_settings) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn set_display_info_translation(
        &self,
        language: impl Into<LanguageCode>,
        enabled: bool,
    ) -> Result<TranslationSwitch> {
        let call = self.call_in(&SET_DISPLAY_INFO_TRANSLATION, language);
        call.json(&enabled).send()
    }

    /// Creates the table for the texts of the universe, or returns the one that exists.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// let localization = client.universe(13_058).localization();
    /// if let Some(id) = localization.create_table()?.table_id {
    ///     println!("{} entries", localization.table(id).list_entries(Default::default()).count());
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `PermissionDenied` if the caller may not manage the universe.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#post_legacy_localization_tables_v1_autolocalization_games__gameId__autolocalizationtable) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · legacy
    pub fn create_table(&self) -> Result<AutoTable> {
        self.universe.call(&CREATE_TABLE).send()
    }

    /// Changes the settings of the table of the universe.
    ///
    /// # Errors
    /// `InvalidInput` if nothing is set (before anything is sent); `BadRequest` for automatic entries without automatic
    /// localization.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#patch_legacy_localization_tables_v1_autolocalization_games__gameId__settings) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · legacy
    pub fn set_table_settings(&self, settings: TableSettings) -> Result<()> {
        let call = self.universe.call(&SET_TABLE_SETTINGS);
        call.json_checked(settings.validated()).send_no_content()
    }

    /// Returns a handle for a localization table of the universe, whose requests name the universe. Sends no request.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// let table = client.universe(13_058).localization().table("5f0e1d3c-0000-4000-8000-000000000001");
    /// println!("{:?}", table.get()?.name);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn table(&self, id: impl Into<TableId>) -> LocalizationTable {
        let client = &self.universe.client;
        client.localization_table(id).in_universe(self.universe.id)
    }
}
