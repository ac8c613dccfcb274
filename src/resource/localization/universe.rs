//! Names, icons and thumbnails of a universe in several languages.

use super::CODES;
use crate::asset_file::AssetFile;
use crate::call::Call;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::Result;
use crate::http::Form;
use crate::models::ids::at_least_one;
use crate::models::{
    AddThumbnailResponse, IconSize, LanguageCode, LocalizedIcon, NameHistory, NameHistoryQuery,
    NameUpdate, NamedContent, NamesOutcome, ThumbnailId, WholeList, validated_icon,
    validated_image,
};
use crate::resource::Universe;

// The service calls the id of the universe `gameId`.
const LIST_ICONS: Endpoint =
    Endpoint::get("/legacy-game-internationalization/v1/game-icon/games/{gameId}")
        .scopes(&["legacy-universe:manage"])
        .error_codes(CODES);
const SET_ICON: Endpoint = Endpoint::post(
    "/legacy-game-internationalization/v1/game-icon/games/{gameId}/language-codes/{languageCode}",
)
.scopes(&["legacy-universe:manage"])
.user_content(UserContent::File)
.error_codes(CODES);
const REMOVE_ICON: Endpoint = Endpoint::delete(
    "/legacy-game-internationalization/v1/game-icon/games/{gameId}/language-codes/{languageCode}",
)
.scopes(&["legacy-universe:manage"])
.error_codes(CODES);
const ADD_THUMBNAIL: Endpoint = Endpoint::post("/legacy-game-internationalization/v1/game-thumbnails/games/{gameId}/language-codes/{languageCode}/image")
    .scopes(&["legacy-universe:manage"])
    .user_content(UserContent::File)
    .error_codes(CODES);
const SET_THUMBNAIL_TEXT: Endpoint = Endpoint::post("/legacy-game-internationalization/v1/game-thumbnails/games/{gameId}/language-codes/{languageCode}/alt-text")
    .scopes(&["legacy-universe:manage"])
    .idempotent()
    .error_codes(CODES);
const ORDER_THUMBNAILS: Endpoint = Endpoint::post("/legacy-game-internationalization/v1/game-thumbnails/games/{gameId}/language-codes/{languageCode}/images/order")
    .scopes(&["legacy-universe:manage"])
    .idempotent()
    .error_codes(CODES);
const REMOVE_THUMBNAIL: Endpoint = Endpoint::delete("/legacy-game-internationalization/v1/game-thumbnails/games/{gameId}/language-codes/{languageCode}/images/{imageId}")
    .scopes(&["legacy-universe:manage"])
    .error_codes(CODES);
const SET_NAMES: Endpoint =
    Endpoint::patch("/legacy-game-internationalization/v1/name-description/games/{gameId}")
        .scopes(&["legacy-universe:manage"])
        .error_codes(CODES);
pub(super) const NAME_HISTORY: Endpoint = Endpoint::post(
    "/legacy-game-internationalization/v1/name-description/games/translation-history",
)
.scopes(&["legacy-universe:manage"])
.user_content(UserContent::None)
.idempotent()
.error_codes(CODES);

const CONTENT: NamedContent = NamedContent {
    names: "UniverseDisplayNames",
    descriptions: "UniverseDisplayDescriptions",
};

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &LIST_ICONS,
    &SET_ICON,
    &REMOVE_ICON,
    &ADD_THUMBNAIL,
    &SET_THUMBNAIL_TEXT,
    &ORDER_THUMBNAILS,
    &REMOVE_THUMBNAIL,
    &SET_NAMES,
    &NAME_HISTORY,
];

impl Universe {
    /// Returns a handle for names, images and languages of the universe. Sends no request.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// let localization = client.universe(13_058).localization();
    /// for language in localization.automatic_translation()? {
    ///     println!("{:?}", language.language_code);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn localization(&self) -> UniverseLocalization {
        UniverseLocalization {
            universe: self.clone(),
        }
    }
}

/// A handle for names, icons, thumbnails and languages of a universe. Created by [`Universe::localization`].
///
/// The source language is changed with the universe and its root place, not here.
///
/// ```no_run
/// use rblx_open_cloud::AssetFile;
/// use rblx_open_cloud::models::{LanguageChange, NameUpdate};
///
/// # let client = rblx_open_cloud::Client::from_env()?;
/// let localization = client.universe(13_058).localization();
/// localization.change_languages([LanguageChange::add("es")])?;
/// let names = [NameUpdate::new("es").name("La isla").description("Explora la isla")];
/// localization.set_names(names)?.into_result()?;
/// localization.set_icon("es", AssetFile::open("icono.png")?)?;
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct UniverseLocalization {
    pub(super) universe: Universe,
}

impl UniverseLocalization {
    /// Sets names and descriptions in several languages. **Some may fail** although the call succeeds:
    /// [`into_result`](NamesOutcome::into_result) turns that into an error.
    ///
    /// # Errors
    /// `InvalidInput` if the list is empty or an update sets nothing (before anything is sent); `BadRequest` or `ModeratedText` if the service
    /// rejects all of them.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#patch_legacy_game_internationalization_v1_name_description_games__gameId_) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn set_names(&self, names: impl IntoIterator<Item = NameUpdate>) -> Result<NamesOutcome> {
        let names: Vec<NameUpdate> = at_least_one("language", names)?;
        let languages = names.iter().map(|name| name.validated().cloned());
        let languages: Vec<_> = languages.collect::<Result<_>>()?;
        let call = self.universe.call(&SET_NAMES);
        let outcome: NamesOutcome = call.json(&Names { data: &names }).send()?;
        Ok(outcome.with_unreported(languages))
    }

    /// Returns a page of earlier names or descriptions in a language. Nothing is recorded about the source language.
    ///
    /// # Errors
    /// `InvalidInput` if the count is not 1 to 49 (before anything is sent); `PermissionDenied` if the caller may not manage
    /// the universe.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#post_legacy_game_internationalization_v1_name_description_games_translation_history) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn name_history(&self, query: NameHistoryQuery) -> Result<NameHistory> {
        let body = query.body(self.universe.id.get(), &CONTENT);
        let call = self.universe.client.call(&NAME_HISTORY);
        call.json_checked(body).send()
    }

    /// Lists the icons in all languages, in this size. The service offers some sizes only.
    ///
    /// # Errors
    /// The call fails as a whole. `BadRequest` if the service does not offer the size.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#get_legacy_game_internationalization_v1_game_icon_games__gameId_) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn list_icons(&self, size: IconSize) -> Result<Vec<LocalizedIcon>> {
        let call = self.universe.call(&LIST_ICONS);
        let list: WholeList<_> = call.queries_checked(Ok(size.params())).send()?;
        Ok(list.data)
    }

    /// Uploads the icon in a language: a png, jpg, bmp or tga file.
    ///
    /// The request is not repeated if the icon may have been uploaded already.
    ///
    /// # Errors
    /// `InvalidAsset` if the content of the file is not an image (before anything is sent), or the service rejects it; `BadRequest` if
    /// the universe does not have the language, or it is the source language.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#post_legacy_game_internationalization_v1_game_icon_games__gameId__language_codes__languageCode_) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn set_icon(&self, language: impl Into<LanguageCode>, icon: AssetFile) -> Result<()> {
        let (file, content_type) = validated_icon(icon)?;
        let form = Form::new().file("request.files", file, content_type);
        self.call_in(&SET_ICON, language).upload_no_content(form)
    }

    /// Removes the icon in a language.
    ///
    /// # Errors
    /// `BadRequest` if the universe does not have the language, or it is the source language.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#delete_legacy_game_internationalization_v1_game_icon_games__gameId__language_codes__languageCode_) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn remove_icon(&self, language: impl Into<LanguageCode>) -> Result<()> {
        self.call_in(&REMOVE_ICON, language).send_no_content()
    }

    /// Uploads a thumbnail in a language, a png, jpg, bmp or tga file, and returns its id. It comes after the others.
    ///
    /// The request is not repeated if the thumbnail may have been uploaded already: that would add it twice.
    ///
    /// # Errors
    /// `InvalidAsset` if the content of the file is not an image (before anything is sent); `BadRequest` if the universe does not have
    /// the language, or it is the source language.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#post_legacy_game_internationalization_v1_game_thumbnails_games__gameId__language_codes__languageCode__image) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn add_thumbnail(
        &self,
        language: impl Into<LanguageCode>,
        image: AssetFile,
    ) -> Result<ThumbnailId> {
        let (file, content_type) = validated_image(image, "a thumbnail")?;
        let form = Form::new().file("gameThumbnailRequest.files", file, content_type);
        let uploaded: AddThumbnailResponse = self.call_in(&ADD_THUMBNAIL, language).upload(form)?;
        Ok(uploaded.media_asset_id)
    }

    /// Sets the alternative text of a thumbnail. Returns the text that the service responds with, if it does.
    ///
    /// # Errors
    /// `ModeratedText` if the text is moderated; `BadRequest` if it is empty or too long.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#post_legacy_game_internationalization_v1_game_thumbnails_games__gameId__language_codes__languageCode__alt_text) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn set_thumbnail_text(
        &self,
        language: impl Into<LanguageCode>,
        thumbnail: impl Into<ThumbnailId>,
        text: impl Into<String>,
    ) -> Result<Option<String>> {
        let body = ThumbnailText {
            thumbnail_id: thumbnail.into().get(),
            alt_text: text.into(),
        };
        let call = self.call_in(&SET_THUMBNAIL_TEXT, language).json(&body);
        call.send_with(|received| Ok(bare_text(received.as_str())))
    }

    /// Puts the thumbnails in a language in this order.
    ///
    /// # Errors
    /// `BadRequest` if the universe does not have the language, or it is the source language.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#post_legacy_game_internationalization_v1_game_thumbnails_games__gameId__language_codes__languageCode__images_order) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn order_thumbnails(
        &self,
        language: impl Into<LanguageCode>,
        thumbnails: impl IntoIterator<Item = impl Into<ThumbnailId>>,
    ) -> Result<()> {
        let ids = thumbnails.into_iter().map(|id| id.into().get()).collect();
        let body = ThumbnailOrder {
            media_asset_ids: ids,
        };
        let call = self.call_in(&ORDER_THUMBNAILS, language);
        call.json(&body).send_no_content()
    }

    /// Removes a thumbnail in a language.
    ///
    /// # Errors
    /// `BadRequest` if the universe does not have the language, or it is the source language.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/localization#delete_legacy_game_internationalization_v1_game_thumbnails_games__gameId__language_codes__languageCode__images__imageId_) ·
    /// scope `legacy-universe:manage` · 100 requests per minute · experimental
    pub fn remove_thumbnail(
        &self,
        language: impl Into<LanguageCode>,
        thumbnail: impl Into<ThumbnailId>,
    ) -> Result<()> {
        let call = self.call_in(&REMOVE_THUMBNAIL, language);
        call.path_param(thumbnail.into()).send_no_content()
    }

    /// Starts a call about the universe in a language.
    pub(super) fn call_in(
        &self,
        endpoint: &'static Endpoint,
        language: impl Into<LanguageCode>,
    ) -> Call {
        let language = language.into();
        let call = self.universe.call(endpoint);
        call.path_param_checked(language.validated())
    }
}

/// Returns the text of a response that is a text, with or without the quotes of JSON.
fn bare_text(response: &str) -> Option<String> {
    match serde_json::from_str(response) {
        Ok(serde_json::Value::String(text)) => Some(text),
        Ok(_) => None,
        Err(_) => Some(response.trim().to_owned()).filter(|text| !text.is_empty()),
    }
}

#[derive(serde::Serialize)]
struct Names<'a> {
    data: &'a [NameUpdate],
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct ThumbnailText {
    thumbnail_id: u64,
    alt_text: String,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct ThumbnailOrder {
    media_asset_ids: Vec<u64>,
}
