//! Languages of a universe, and automatic translation.

use serde::{Deserialize, Serialize};

use super::{LanguageCode, ThumbnailId};
use crate::models::UniverseId;
use crate::models::serde_helpers::{by_name_or_number, is_none, optional_id, required_id};

/// A language to add to or remove from those of a universe.
///
/// ```
/// use rblx_open_cloud::models::LanguageChange;
///
/// let changes = [LanguageChange::add("es"), LanguageChange::add("pt-br").locale(), LanguageChange::remove("fr")];
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct LanguageChange {
    language_code_type: LanguageCodeType,
    language_code: LanguageCode,
    delete: bool,
}

impl LanguageChange {
    /// Adds a language.
    pub fn add(language: impl Into<LanguageCode>) -> Self {
        Self {
            language_code_type: LanguageCodeType::Language,
            language_code: language.into(),
            delete: false,
        }
    }

    /// Removes a language.
    pub fn remove(language: impl Into<LanguageCode>) -> Self {
        Self {
            delete: true,
            ..Self::add(language)
        }
    }

    /// Treats the code as a locale: a language of a region.
    pub fn locale(mut self) -> Self {
        self.language_code_type = LanguageCodeType::Locale;
        self
    }

    pub(crate) fn validated(&self) -> crate::Result<&Self> {
        self.language_code.validated().map(|_| self)
    }
}

open_enum! {
    /// The kind of a language code.
    LanguageCodeType,
    /// A language, such as `es`.
    Language = "Language",
    /// A language of a region, such as `pt-br`.
    Locale = "Locale",
}

/// A language of a universe, and whether it is translated automatically.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the settings of a language")]
#[non_exhaustive]
pub struct LanguageSettings {
    /// Language.
    #[serde(skip_serializing_if = "is_none")]
    pub language_code: Option<LanguageCode>,
    /// Kind of the code.
    #[serde(
        default,
        deserialize_with = "by_name_or_number",
        skip_serializing_if = "is_none"
    )]
    pub language_code_type: Option<LanguageCodeType>,
    /// Whether texts are translated automatically.
    #[serde(skip_serializing_if = "is_none")]
    pub is_automatic_translation_enabled: Option<bool>,
    /// Whether images are translated automatically.
    #[serde(skip_serializing_if = "is_none")]
    pub is_image_translation_enabled: Option<bool>,
}

/// Whether something of a universe is translated automatically into a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    expecting = "whether a translation is switched on"
)]
#[non_exhaustive]
pub struct TranslationSwitch {
    /// Universe. `None` in lists.
    #[serde(
        rename = "gameId",
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub universe_id: Option<UniverseId>,
    /// Language.
    #[serde(skip_serializing_if = "is_none")]
    pub language_code: Option<LanguageCode>,
    /// Whether it is on. The name of this field depends on the kind of translation.
    #[serde(
        alias = "isAutomaticTranslationEnabled",
        alias = "isImageTranslationEnabled",
        alias = "isUniverseDisplayInfoAutomaticTranslationEnabled",
        skip_serializing_if = "is_none"
    )]
    pub is_enabled: Option<bool>,
}

/// The response to a new thumbnail.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an uploaded thumbnail")]
pub(crate) struct AddThumbnailResponse {
    #[serde(deserialize_with = "required_id")]
    pub(crate) media_asset_id: ThumbnailId,
}
