//! Localization: names, icons and thumbnails in several languages, and tables of texts with their translations.

mod item;
mod item_calls;

mod universe;

mod languages;

mod table;

use crate::endpoint::CodeMeaning;

pub use item::ItemLocalization;
pub use table::LocalizationTable;
pub use universe::UniverseLocalization;

pub(super) const ENDPOINTS: super::Endpoints = &[
    item_calls::BADGE_ENDPOINTS,
    item_calls::PRODUCT_ENDPOINTS,
    item_calls::PASS_ENDPOINTS,
    universe::ENDPOINTS,
    languages::ENDPOINTS,
    table::ENDPOINTS,
];

/// Error codes of the service of names and images. The service of tables has different ones.
const CODES: &[(&str, CodeMeaning)] = &[
    ("17", CodeMeaning::FeatureDisabled),
    ("18", CodeMeaning::NotAllowed),
    ("20", CodeMeaning::ModeratedText),
    ("45", CodeMeaning::InvalidFile),
    ("46", CodeMeaning::InvalidFile),
    ("53", CodeMeaning::MissingLanguage),
];
