//! Names and icons of badges, developer products and game passes in several languages.

use super::item_calls::{BADGES, ItemCalls, PASSES, PRODUCTS};
use super::universe::NAME_HISTORY;
use crate::asset_file::AssetFile;
use crate::call::Call;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::http::Form;
use crate::models::{
    IconSize, LanguageCode, LocalizedIcon, NameDescription, NameHistory, NameHistoryQuery,
    WholeList, validated_icon,
};
use crate::resource::{Badge, DeveloperProduct, GamePass};

impl Badge {
    /// Returns a handle for the names and icons of the badge in several languages. Sends no request.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// client.badge(111_111).localization().set_name("es", "Bienvenido")?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn localization(&self) -> ItemLocalization {
        ItemLocalization::new(&self.client, self.id.get(), &BADGES)
    }
}

impl DeveloperProduct {
    /// Returns a handle for the names and icons of the product in several languages. Sends no request.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// let coins = client.universe(13_058).developer_product(1_200_001);
    /// coins.localization().set_name("es", "100 monedas")?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn localization(&self) -> ItemLocalization {
        ItemLocalization::new(&self.universe.client, self.id.get(), &PRODUCTS)
    }
}

impl GamePass {
    /// Returns a handle for the names and icons of the pass in several languages. Sends no request.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// let vip = client.universe(13_058).game_pass(777_777);
    /// vip.localization().set_description("es", "Entra en todas las salas")?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn localization(&self) -> ItemLocalization {
        ItemLocalization::new(&self.universe.client, self.id.get(), &PASSES)
    }
}

/// A handle for names and icons of a badge, a developer product or a game pass in several languages. Created by
/// [`Badge::localization`], [`DeveloperProduct::localization`] and [`GamePass::localization`].
///
/// The languages are those of the universe, except for its source language: that one is changed with the item itself.
///
/// ```no_run
/// use rblx_open_cloud::AssetFile;
///
/// # let client = rblx_open_cloud::Client::from_env()?;
/// let badge = client.badge(111_111).localization();
/// badge.set_names("es", "Bienvenido", "Has entrado por primera vez")?;
/// badge.set_icon("es", AssetFile::open("bienvenido.png")?)?;
/// for names in badge.list_names()? {
///     println!("{:?}: {:?}", names.language_code, names.name);
/// }
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct ItemLocalization {
    client: Client,
    id: u64,
    calls: &'static ItemCalls,
}

impl ItemLocalization {
    fn new(client: &Client, id: u64, calls: &'static ItemCalls) -> Self {
        Self {
            client: client.clone(),
            id,
            calls,
        }
    }

    /// Lists names and descriptions in all languages.
    ///
    /// # Errors
    /// The call fails as a whole. `BadRequest` if the item does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/badges#get_legacy_game_internationalization_v1_badges__badgeId__name_description) ·
    /// scope `legacy-badge:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/developer-products#get_legacy_game_internationalization_v1_developer_products__developerProductId__name_description) ·
    /// scope `legacy-developer-product:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/game-passes#get_legacy_game_internationalization_v1_game_passes__gamePassId__name_description) ·
    /// scope `legacy-game-pass:manage` · 100 requests per minute · experimental
    pub fn list_names(&self) -> Result<Vec<NameDescription>> {
        let list: WholeList<_> = self.call(&self.calls.list_names).send()?;
        Ok(list.data)
    }

    /// Sets name and description in a language. Returns them as they were saved: moderation may have changed them.
    ///
    /// # Errors
    /// `ModeratedText` if a text is moderated; `BadRequest` if the universe does not have the language, it is the source
    /// language, or a text is too long.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/badges#patch_legacy_game_internationalization_v1_badges__badgeId__name_description_language_codes__languageCode_) ·
    /// scope `legacy-badge:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/developer-products#patch_legacy_game_internationalization_v1_developer_products__developerProductId__name_description_language_codes__languageCode_) ·
    /// scope `legacy-developer-product:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/game-passes#patch_legacy_game_internationalization_v1_game_passes__gamePassId__name_description_language_codes__languageCode_) ·
    /// scope `legacy-game-pass:manage` · 100 requests per minute · experimental
    pub fn set_names(
        &self,
        language: impl Into<LanguageCode>,
        name: impl Into<String>,
        description: impl Into<String>,
    ) -> Result<NameDescription> {
        let call = self.call_in(&self.calls.set_names, language);
        let body = ItemNames {
            name: Some(name.into()),
            description: Some(description.into()),
        };
        call.json(&body).send()
    }

    /// Sets the name in a language. Returns it as it was saved: moderation may have changed it.
    ///
    /// # Errors
    /// Those of [`set_names`](Self::set_names).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/badges#patch_legacy_game_internationalization_v1_badges__badgeId__name_language_codes__languageCode_) ·
    /// scope `legacy-badge:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/developer-products#patch_legacy_game_internationalization_v1_developer_products__developerProductId__name_language_codes__languageCode_) ·
    /// scope `legacy-developer-product:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/game-passes#patch_legacy_game_internationalization_v1_game_passes__gamePassId__name_language_codes__languageCode_) ·
    /// scope `legacy-game-pass:manage` · 100 requests per minute · experimental
    pub fn set_name(
        &self,
        language: impl Into<LanguageCode>,
        name: impl Into<String>,
    ) -> Result<NameDescription> {
        let call = self.call_in(&self.calls.set_name, language);
        let body = ItemNames {
            name: Some(name.into()),
            description: None,
        };
        call.json(&body).send()
    }

    /// Sets the description in a language. Returns it as it was saved: moderation may have changed it.
    ///
    /// # Errors
    /// Those of [`set_names`](Self::set_names).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/badges#patch_legacy_game_internationalization_v1_badges__badgeId__description_language_codes__languageCode_) ·
    /// scope `legacy-badge:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/developer-products#patch_legacy_game_internationalization_v1_developer_products__developerProductId__description_language_codes__languageCode_) ·
    /// scope `legacy-developer-product:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/game-passes#patch_legacy_game_internationalization_v1_game_passes__gamePassId__description_language_codes__languageCode_) ·
    /// scope `legacy-game-pass:manage` · 100 requests per minute · experimental
    pub fn set_description(
        &self,
        language: impl Into<LanguageCode>,
        description: impl Into<String>,
    ) -> Result<NameDescription> {
        let call = self.call_in(&self.calls.set_description, language);
        let body = ItemNames {
            name: None,
            description: Some(description.into()),
        };
        call.json(&body).send()
    }

    /// Removes name and description in a language.
    ///
    /// # Errors
    /// `BadRequest` if the universe does not have the language, or it is the source language.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/badges#delete_legacy_game_internationalization_v1_badges__badgeId__name_description_language_codes__languageCode_) ·
    /// scope `legacy-badge:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/developer-products#delete_legacy_game_internationalization_v1_developer_products__developerProductId__name_description_language_codes__languageCode_) ·
    /// scope `legacy-developer-product:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/game-passes#delete_legacy_game_internationalization_v1_game_passes__gamePassId__name_description_language_codes__languageCode_) ·
    /// scope `legacy-game-pass:manage` · 100 requests per minute · experimental
    pub fn remove_names(&self, language: impl Into<LanguageCode>) -> Result<()> {
        self.call_in(&self.calls.remove_names, language)
            .send_no_content()
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
        let body = query.body(self.id, &self.calls.content);
        let call = self.client.call(&NAME_HISTORY);
        call.json_checked(body).send()
    }

    /// Lists the icons in all languages, in this size. The service offers some sizes only.
    ///
    /// # Errors
    /// The call fails as a whole. `BadRequest` if the service does not offer the size.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/badges#get_legacy_game_internationalization_v1_badges__badgeId__icons) ·
    /// scope `legacy-badge:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/developer-products#get_legacy_game_internationalization_v1_developer_products__developerProductId__icons) ·
    /// scope `legacy-developer-product:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/game-passes#get_legacy_game_internationalization_v1_game_passes__gamePassId__icons) ·
    /// scope `legacy-game-pass:manage` · 100 requests per minute · experimental
    pub fn list_icons(&self, size: IconSize) -> Result<Vec<LocalizedIcon>> {
        let call = self.call(&self.calls.list_icons);
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
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/badges#post_legacy_game_internationalization_v1_badges__badgeId__icons_language_codes__languageCode_) ·
    /// scope `legacy-badge:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/developer-products#post_legacy_game_internationalization_v1_developer_products__developerProductId__icons_language_codes__languageCode_) ·
    /// scope `legacy-developer-product:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/game-passes#post_legacy_game_internationalization_v1_game_passes__gamePassId__icons_language_codes__languageCode_) ·
    /// scope `legacy-game-pass:manage` · 100 requests per minute · experimental
    pub fn set_icon(&self, language: impl Into<LanguageCode>, icon: AssetFile) -> Result<()> {
        let (file, content_type) = validated_icon(icon)?;
        let form = Form::new().file("Files", file, content_type);
        self.call_in(&self.calls.set_icon, language)
            .upload_no_content(form)
    }

    /// Removes the icon in a language.
    ///
    /// # Errors
    /// `BadRequest` if the universe does not have the language, or it is the source language.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/badges#delete_legacy_game_internationalization_v1_badges__badgeId__icons_language_codes__languageCode_) ·
    /// scope `legacy-badge:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/developer-products#delete_legacy_game_internationalization_v1_developer_products__developerProductId__icons_language_codes__languageCode_) ·
    /// scope `legacy-developer-product:manage` · 100 requests per minute · experimental\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/game-passes#delete_legacy_game_internationalization_v1_game_passes__gamePassId__icons_language_codes__languageCode_) ·
    /// scope `legacy-game-pass:manage` · 100 requests per minute · experimental
    pub fn remove_icon(&self, language: impl Into<LanguageCode>) -> Result<()> {
        self.call_in(&self.calls.remove_icon, language)
            .send_no_content()
    }

    /// Starts a call about the item in a language.
    fn call_in(&self, endpoint: &'static Endpoint, language: impl Into<LanguageCode>) -> Call {
        let language = language.into();
        self.call(endpoint).path_param_checked(language.validated())
    }

    /// Starts a call about the item.
    fn call(&self, endpoint: &'static Endpoint) -> Call {
        self.client.call(endpoint).path_param(self.id)
    }
}

#[derive(serde::Serialize)]
struct ItemNames {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}
