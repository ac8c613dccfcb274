//! Localization: names, icons and thumbnails in several languages, and tables of texts with their translations.

mod entry;
mod entry_update;
mod history;
mod ids;
mod item;
mod languages;
mod names;
mod table;
mod table_history;
mod table_outcome;

pub use entry::{
    EntryFormat, GameLocation, TableEntry, TableEntryId, TableEntryMetadata, TableTranslation,
};
pub(crate) use entry_update::batches;
pub use entry_update::{
    ChangeAgent, ChangeAgentType, TableEntryUpdate, TableTranslationUpdate, TableUpdate,
};
pub(crate) use history::NamedContent;
pub use history::{
    NameHistory, NameHistoryQuery, SortOrder, TranslationRecord, Translator, TranslatorType,
};
pub use ids::{LanguageCode, TableId, ThumbnailId};
pub use item::{IconSize, ImageState, LocalizedIcon};
pub(crate) use languages::AddThumbnailResponse;
pub use languages::{LanguageChange, LanguageCodeType, LanguageSettings, TranslationSwitch};
pub use names::{FailedName, NameDescription, NameUpdate, NameUpdateType, NamesOutcome};
pub(crate) use table::EntryCount;
pub use table::{
    AutoTable, AutomaticLocalizationInfo, EntryLimits, LocalizationLimits, LocalizationTable,
    TableLimits, TableOwnerType, TableSettings,
};
pub(crate) use table_history::TableHistoryBody;
pub use table_history::{
    FailedTableEntryHistory, TableEntryHistory, TableHistory, TableHistoryQuery,
};
pub use table_outcome::{FailedTableEntry, ModifiedTableEntry, TableEntryError, TableOutcome};
