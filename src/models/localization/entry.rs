//! Entries of a localization table: texts with their translations.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{LanguageCode, Translator};
use crate::models::serde_helpers::{by_name_or_number, count, is_none, null_to_default, timestamp};

/// A text of a localization table, with its translations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an entry of a table")]
#[non_exhaustive]
pub struct TableEntry {
    /// Id.
    #[serde(default, deserialize_with = "null_to_default")]
    pub identifier: TableEntryId,
    /// Example and places of use.
    #[serde(skip_serializing_if = "is_none")]
    pub metadata: Option<TableEntryMetadata>,
    /// Translations.
    #[serde(default, deserialize_with = "null_to_default")]
    pub translations: Vec<TableTranslation>,
    /// Creation time.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub created_time: Option<OffsetDateTime>,
}

impl TableEntry {
    /// Returns the translation into a language, if the entry has one. The locale has to be spelled as the service does.
    ///
    /// ```
    /// use rblx_open_cloud::models::TableEntry;
    ///
    /// let entry: TableEntry = serde_json::from_str(
    ///     r#"{"identifier": {"source": "Play"}, "translations": [{"locale": "es", "translationText": "Jugar"}]}"#,
    /// )?;
    /// assert_eq!(entry.translation("es"), Some("Jugar"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn translation(&self, locale: &str) -> Option<&str> {
        let is_it = |translation: &&TableTranslation| {
            let known = translation.locale.as_ref();
            known.is_some_and(|known| known.as_str() == locale)
        };
        self.translations
            .iter()
            .find(is_it)?
            .translation_text
            .as_deref()
    }
}

/// Key, context and source text of an entry, which together identify it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the id of an entry")]
#[non_exhaustive]
pub struct TableEntryId {
    /// Key by which scripts find the text. Each key is in a table once.
    #[serde(skip_serializing_if = "is_none")]
    pub key: Option<String>,
    /// Context, for texts with several meanings.
    #[serde(skip_serializing_if = "is_none")]
    pub context: Option<String>,
    /// Text in the source language.
    #[serde(skip_serializing_if = "is_none")]
    pub source: Option<String>,
    /// Syntax of the text.
    #[serde(
        default,
        deserialize_with = "by_name_or_number",
        skip_serializing_if = "is_none"
    )]
    pub entry_format: Option<EntryFormat>,
}

impl TableEntryId {
    /// Creates the id of an entry, without a format. Entries without a key or a context have an empty one.
    ///
    /// ```
    /// use rblx_open_cloud::models::TableEntryId;
    ///
    /// let id = TableEntryId::new("menu.play", "", "Play");
    /// assert_eq!(id.to_string(), "\"menu.play\" (source \"Play\")");
    /// ```
    #[must_use]
    pub fn new(
        key: impl Into<String>,
        context: impl Into<String>,
        source: impl Into<String>,
    ) -> Self {
        Self {
            key: Some(key.into()),
            context: Some(context.into()),
            source: Some(source.into()),
            entry_format: None,
        }
    }

    /// Returns key, context and source. Absent ones are empty.
    pub(super) fn texts(&self) -> [&str; 3] {
        [&self.key, &self.context, &self.source].map(|text| text.as_deref().unwrap_or_default())
    }
}

/// Writes the key, the source, and the context unless it is empty.
impl std::fmt::Display for TableEntryId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [key, context, source] = self.texts();
        match key {
            "" => write!(formatter, "{source:?}")?,
            key => write!(formatter, "{key:?} (source {source:?})")?,
        }
        match context {
            "" => Ok(()),
            context => write!(formatter, " in the context {context:?}"),
        }
    }
}

/// Example and places of use of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "metadata of an entry")]
#[non_exhaustive]
pub struct TableEntryMetadata {
    /// Example, for translators.
    #[serde(skip_serializing_if = "is_none")]
    pub example: Option<String>,
    /// Places of use in the experience. `None` if the service does not report them.
    #[serde(skip_serializing_if = "is_none")]
    pub game_locations: Option<Vec<GameLocation>>,
    /// Syntax of the text.
    #[serde(
        default,
        deserialize_with = "by_name_or_number",
        skip_serializing_if = "is_none"
    )]
    pub entry_format: Option<EntryFormat>,
}

/// A place in an experience where a text is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "a place in an experience")]
#[non_exhaustive]
pub struct GameLocation {
    /// Path of the instance, such as `game.StarterGui.Menu.Play`.
    #[serde(skip_serializing_if = "is_none")]
    pub path: Option<String>,
}

open_enum! {
    /// The syntax of texts with parameters.
    EntryFormat,
    /// Not set.
    Invalid = "Invalid" | "0",
    /// The service's own syntax of parameters, which is the default.
    Legacy = "Legacy" | "1",
    /// Messages of ICU: `{count, plural, …}`.
    Icu = "Icu" | "2",
}

/// Returns the syntax of the service.
impl Default for EntryFormat {
    fn default() -> Self {
        Self::Legacy
    }
}

/// A translation of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a translation")]
#[non_exhaustive]
pub struct TableTranslation {
    /// Language, as the service writes it.
    #[serde(skip_serializing_if = "is_none")]
    pub locale: Option<LanguageCode>,
    /// Text.
    #[serde(skip_serializing_if = "is_none")]
    pub translation_text: Option<String>,
    /// Translator.
    #[serde(skip_serializing_if = "is_none")]
    pub translator: Option<Translator>,
    /// Time of the last change.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub updated_time: Option<OffsetDateTime>,
    /// Number of players who have left feedback about it.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub feedback_count: Option<u64>,
}
