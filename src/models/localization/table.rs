//! Localization tables, their settings and limits.

use serde::{Deserialize, Serialize};

use super::{LanguageCode, TableId};
use crate::models::AssetId;
use crate::models::serde_helpers::{
    by_name_or_number, count, integer, is_none, null_to_default, optional_id,
};

/// The number of entries in a request if the service does not report a limit.
const DEFAULT_BATCH_SIZE: usize = 50;

/// A localization table: the texts of an experience with their translations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a localization table")]
#[non_exhaustive]
pub struct LocalizationTable {
    /// Table id.
    #[serde(skip_serializing_if = "is_none")]
    pub id: Option<TableId>,
    /// Name.
    #[serde(skip_serializing_if = "is_none")]
    pub name: Option<String>,
    /// Whether a user or a group owns it.
    #[serde(
        default,
        deserialize_with = "by_name_or_number",
        skip_serializing_if = "is_none"
    )]
    pub owner_type: Option<TableOwnerType>,
    /// Id of that user or group.
    #[serde(default, deserialize_with = "count", skip_serializing_if = "is_none")]
    pub owner_id: Option<u64>,
    /// Asset that holds the table.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub asset_id: Option<AssetId>,
}

open_enum! {
    /// The kind of the owner of a table.
    TableOwnerType,
    /// A user.
    User = "User" | "0",
    /// A group.
    Group = "Group" | "1",
}

/// The table of a universe whose texts are found and translated automatically, and its settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the table of a universe")]
#[non_exhaustive]
pub struct AutoTable {
    /// Table id.
    #[serde(rename = "autoLocalizationTableId", skip_serializing_if = "is_none")]
    pub table_id: Option<TableId>,
    /// Asset that holds the table.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub asset_id: Option<AssetId>,
    /// Language of the texts.
    #[serde(skip_serializing_if = "is_none")]
    pub source_language: Option<LanguageCode>,
    /// Whether texts are localized automatically.
    #[serde(skip_serializing_if = "is_none")]
    pub is_autolocalization_enabled: Option<bool>,
    /// Whether texts of the experience become entries automatically.
    #[serde(skip_serializing_if = "is_none")]
    pub is_automatic_entries_setting_enabled: Option<bool>,
    /// Whether entries that are not used are deleted automatically.
    #[serde(
        alias = "isAutomaticEntriesDeletionsEnabled",
        skip_serializing_if = "is_none"
    )]
    pub is_automatic_entries_deletion_enabled: Option<bool>,
    /// Whether the experience shows the translations of the table.
    #[serde(skip_serializing_if = "is_none")]
    pub should_use_localization_table: Option<bool>,
}

change! {
    /// A change of the settings of a universe's table. Only what is set is changed.
    ///
    /// ```
    /// use rblx_open_cloud::models::TableSettings;
    ///
    /// let settings = TableSettings::new().use_table(true).automatic_entries(false);
    /// ```
    #[derive(Debug, Clone, PartialEq, Eq)]
    TableSettings: "the change of the settings of a table",
    /// Sets whether texts are localized automatically.
    autolocalization = "isAutolocalizationEnabled": bool,
    /// Sets whether texts of the experience become entries automatically, which needs automatic localization.
    automatic_entries = "isAutomaticEntriesSettingEnabled": bool,
    /// Sets whether entries that are not used are deleted automatically.
    automatic_entry_deletions = "isAutomaticEntriesDeletionsEnabled": bool,
    /// Sets whether the experience shows the translations of the table.
    use_table = "shouldUseLocalizationTable": bool,
}

/// The limits of localization tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "limits of localization tables")]
#[non_exhaustive]
pub struct LocalizationLimits {
    /// Limits of each entry.
    #[serde(
        rename = "entryOperationLimits",
        default,
        deserialize_with = "null_to_default"
    )]
    pub entries: EntryLimits,
    /// Limits of each request.
    #[serde(
        rename = "tableOperationLimits",
        default,
        deserialize_with = "null_to_default"
    )]
    pub tables: TableLimits,
}

impl LocalizationLimits {
    /// Returns the maximum number of entries that a request may update. `None` if the service does not report it.
    #[must_use]
    pub fn max_entries_per_update(&self) -> Option<u64> {
        self.tables.max_entries_per_update.filter(|max| *max > 0)
    }

    /// Returns the number of entries to update in a request.
    pub(crate) fn batch_size(&self) -> usize {
        let max = self.max_entries_per_update();
        max.and_then(|max| max.try_into().ok())
            .unwrap_or(DEFAULT_BATCH_SIZE)
    }
}

/// The maximum lengths of texts of an entry, in characters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "limits of entries")]
#[non_exhaustive]
pub struct EntryLimits {
    /// Context.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub max_context_length: Option<u64>,
    /// Key.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub max_key_length: Option<u64>,
    /// Source text.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub max_source_length: Option<u64>,
    /// Example.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub max_example_length: Option<u64>,
    /// Path of a place of use.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub max_game_location_path_length: Option<u64>,
}

/// The limits of requests about tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "limits of tables")]
#[non_exhaustive]
pub struct TableLimits {
    /// Maximum number of entries that a request may update.
    #[serde(deserialize_with = "count", skip_serializing_if = "is_none")]
    pub max_entries_per_update: Option<u64>,
}

/// The settings of automatic localization that the service shows on its own pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    expecting = "information about automatic localization"
)]
#[non_exhaustive]
pub struct AutomaticLocalizationInfo {
    /// Whether the settings are shown by its newer pages.
    #[serde(skip_serializing_if = "is_none")]
    pub is_react_version_enabled_for_auto_localization_settings: Option<bool>,
    /// Whether the page of localization has tabs.
    #[serde(
        rename = "isTabbedUIEnabledForConfigureLocalizationPage",
        skip_serializing_if = "is_none"
    )]
    pub is_tabbed_ui_enabled_for_configure_localization_page: Option<bool>,
    /// Whether there is a switch of automatic translation.
    #[serde(
        rename = "isAutomaticTranslationToggleUIEnabled",
        skip_serializing_if = "is_none"
    )]
    pub is_automatic_translation_toggle_ui_enabled: Option<bool>,
    /// Whether the quota of automatic translation is shown.
    #[serde(
        rename = "isAutomaticTranslationQuotaUIEnabled",
        skip_serializing_if = "is_none"
    )]
    pub is_automatic_translation_quota_ui_enabled: Option<bool>,
}

/// The response to a count of entries.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a number of entries")]
pub(crate) struct EntryCount {
    #[serde(deserialize_with = "integer")]
    pub(crate) entry_count: u64,
}
