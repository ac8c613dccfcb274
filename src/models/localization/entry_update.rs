//! Updates of the entries of a localization table, in requests that the service accepts.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{EntryFormat, GameLocation, LanguageCode, TableEntryId, TableEntryMetadata};
use crate::error::{Error, Result};
use crate::models::open_enum::validate_all;
use crate::models::serde_helpers::{by_name_or_number, is_none, timestamp};

/// An update of a localization table in one request: at most
/// [`max_entries_per_update`](crate::models::LocalizationLimits::max_entries_per_update) entries.
///
/// ```
/// use rblx_open_cloud::models::{TableEntryUpdate, TableUpdate};
///
/// let play = TableEntryUpdate::new("menu.play", "", "Play").translation("es", "Jugar");
/// let update = TableUpdate::new().name("Texts").entries([play]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[must_use]
pub struct TableUpdate {
    #[serde(skip_serializing_if = "is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entries: Vec<TableEntryUpdate>,
}

impl TableUpdate {
    /// Creates an update that changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name of the table.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Adds updates of entries.
    pub fn entries(mut self, entries: impl IntoIterator<Item = TableEntryUpdate>) -> Self {
        self.entries.extend(entries);
        self
    }

    /// Returns an error if nothing is set, or for the wrong case of a known value.
    pub(crate) fn validated(&self) -> Result<&Self> {
        if self.name.is_none() && self.entries.is_empty() {
            let why = "the update of a table changes nothing; set the name or an entry";
            return Err(Error::invalid_input(why));
        }
        for entry in &self.entries {
            entry.validated()?;
        }
        Ok(self)
    }

    pub(crate) fn identifiers(&self) -> impl Iterator<Item = &TableEntryId> {
        self.entries.iter().map(|entry| &entry.identifier)
    }
}

/// An update of an entry. If the table has no entry with this key, context and source, it is created.
///
/// Translations that are not named do not change. Keys are unique in a table: to give an entry another source or context,
/// delete it first, in a separate request.
///
/// ```
/// use rblx_open_cloud::models::TableEntryUpdate;
///
/// let update = TableEntryUpdate::new("menu.play", "", "Play")
///     .example("The button that starts a round")
///     .translation("es", "Jugar")
///     .translation("fr", "Jouer")
///     .remove_translation("de");
/// let gone = TableEntryUpdate::new("menu.old", "", "Old").delete();
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[must_use]
pub struct TableEntryUpdate {
    identifier: TableEntryId,
    #[serde(skip_serializing_if = "is_none")]
    metadata: Option<TableEntryMetadata>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    translations: Vec<TableTranslationUpdate>,
    #[serde(skip_serializing_if = "is_none")]
    delete: Option<bool>,
}

impl TableEntryUpdate {
    /// Creates an update of the entry with this key, context and source text. Key and context may be empty.
    pub fn new(
        key: impl Into<String>,
        context: impl Into<String>,
        source: impl Into<String>,
    ) -> Self {
        Self::of(TableEntryId::new(key, context, source))
    }

    /// Creates an update of the entry with this id, such as that of a listed entry.
    pub fn of(identifier: TableEntryId) -> Self {
        Self {
            identifier,
            metadata: None,
            translations: Vec::new(),
            delete: None,
        }
    }

    /// Sets the syntax of the text.
    pub fn format(mut self, format: EntryFormat) -> Self {
        self.identifier.entry_format = Some(format.clone());
        if let Some(metadata) = &mut self.metadata {
            metadata.entry_format = Some(format);
        }
        self
    }

    /// Sets the example for translators.
    pub fn example(mut self, example: impl Into<String>) -> Self {
        self.metadata().example = Some(example.into());
        self
    }

    /// Sets where the text is used: paths of instances.
    pub fn game_locations(mut self, paths: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let locations = paths.into_iter().map(|path| GameLocation {
            path: Some(path.into()),
        });
        self.metadata().game_locations = Some(locations.collect());
        self
    }

    /// Sets a translation.
    pub fn translation(self, locale: impl Into<LanguageCode>, text: impl Into<String>) -> Self {
        self.translation_update(TableTranslationUpdate::new(locale, text))
    }

    /// Removes a translation.
    pub fn remove_translation(self, locale: impl Into<LanguageCode>) -> Self {
        self.translation_update(TableTranslationUpdate::remove(locale))
    }

    /// Adds an update of a translation.
    pub fn translation_update(mut self, update: TableTranslationUpdate) -> Self {
        self.translations.push(update);
        self
    }

    /// Deletes the entry with all its translations.
    pub fn delete(mut self) -> Self {
        self.delete = Some(true);
        self
    }

    fn metadata(&mut self) -> &mut TableEntryMetadata {
        let format = self.identifier.entry_format.clone();
        self.metadata.get_or_insert_with(|| TableEntryMetadata {
            entry_format: format,
            ..TableEntryMetadata::default()
        })
    }

    fn validated(&self) -> Result<&Self> {
        validate_all(&self.identifier.entry_format)?;
        for translation in &self.translations {
            translation.locale.validated()?;
            if let Some(agent) = &translation.change_agent {
                validate_all(&agent.change_agent_type)?;
            }
        }
        Ok(self)
    }

    fn is_deletion(&self) -> bool {
        self.delete == Some(true)
    }
}

/// An update of one translation of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct TableTranslationUpdate {
    locale: LanguageCode,
    #[serde(skip_serializing_if = "is_none")]
    translation_text: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    delete: Option<bool>,
    #[serde(skip_serializing_if = "is_none")]
    change_agent: Option<ChangeAgent>,
    #[serde(
        serialize_with = "timestamp::in_utc::option::serialize",
        skip_serializing_if = "is_none"
    )]
    updated_time: Option<OffsetDateTime>,
}

impl TableTranslationUpdate {
    /// Sets the translation into a language.
    pub fn new(locale: impl Into<LanguageCode>, text: impl Into<String>) -> Self {
        Self {
            locale: locale.into(),
            translation_text: Some(text.into()),
            delete: None,
            change_agent: None,
            updated_time: None,
        }
    }

    /// Removes the translation into a language.
    pub fn remove(locale: impl Into<LanguageCode>) -> Self {
        Self {
            translation_text: None,
            delete: Some(true),
            ..Self::new(locale, "")
        }
    }

    /// Sets the author of the change.
    pub fn change_agent(mut self, agent: ChangeAgent) -> Self {
        self.change_agent = Some(agent);
        self
    }

    /// Sets the time of the change.
    pub fn updated_time(mut self, time: OffsetDateTime) -> Self {
        self.updated_time = Some(time);
        self
    }
}

/// The author of a change of a translation.
///
/// ```
/// use rblx_open_cloud::models::{ChangeAgent, ChangeAgentType};
///
/// let agent = ChangeAgent::new(ChangeAgentType::User).id("156");
/// assert_eq!(serde_json::to_string(&agent)?, r#"{"ChangeAgentType":"User","Id":"156"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", expecting = "the author of a change")]
#[non_exhaustive]
pub struct ChangeAgent {
    /// Kind.
    #[serde(
        default,
        deserialize_with = "by_name_or_number",
        skip_serializing_if = "is_none"
    )]
    pub change_agent_type: Option<ChangeAgentType>,
    /// Id of the user or of the automation.
    #[serde(skip_serializing_if = "is_none")]
    pub id: Option<String>,
}

impl ChangeAgent {
    /// Creates an agent of this kind.
    #[must_use]
    pub fn new(kind: ChangeAgentType) -> Self {
        Self {
            change_agent_type: Some(kind),
            id: None,
        }
    }

    /// Sets the id.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

open_enum! {
    /// The kind of the author of a change.
    ChangeAgentType,
    /// Not set.
    Invalid = "Invalid" | "0",
    /// A user.
    User = "User" | "1",
    /// The service.
    Automation = "Automation" | "2",
    /// The default.
    Default = "Default" | "3",
}

/// Splits updates into requests of at most `max` entries each.
///
/// Deletions come first, since keys are unique in a table and new entries may reuse them. Entries with the
/// same source and context, which the service rejects in one request, come in different ones, in their order.
pub(crate) fn batches(
    updates: impl IntoIterator<Item = TableEntryUpdate>,
    max: usize,
) -> Vec<TableUpdate> {
    let (deletions, others): (Vec<_>, Vec<_>) =
        updates.into_iter().partition(TableEntryUpdate::is_deletion);
    let mut requests = split_into_requests(deletions, max);
    requests.extend(split_into_requests(others, max));
    requests
}

fn split_into_requests(updates: Vec<TableEntryUpdate>, max: usize) -> Vec<TableUpdate> {
    let mut requests: Vec<TableUpdate> = Vec::new();
    // The texts of each request that has room, by its index.
    let mut open: Vec<(usize, HashSet<[String; 2]>)> = Vec::new();
    for update in updates {
        let [_, context, source] = update.identifier.texts().map(str::to_owned);
        let texts = [context, source];
        let found = open.iter().position(|(_, known)| !known.contains(&texts));
        let at = found.unwrap_or_else(|| {
            open.push((requests.len(), HashSet::new()));
            requests.push(TableUpdate::new());
            open.len().saturating_sub(1)
        });
        let Some((index, known)) = open.get_mut(at) else {
            continue;
        };
        known.insert(texts);
        if let Some(request) = requests.get_mut(*index) {
            request.entries.push(update);
            if request.entries.len() >= max {
                open.remove(at);
            }
        }
    }
    requests
}
