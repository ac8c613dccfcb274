//! Localization: names, icons and thumbnails in several languages, and tables of texts with their translations.

mod item;

mod universe;

mod languages;

mod table;

use crate::endpoint::CodeMeaning;

pub use item::ItemLocalization;
pub use table::LocalizationTable;
pub use universe::UniverseLocalization;

pub(super) const ENDPOINTS: super::Endpoints = &[
    item::BADGE_ENDPOINTS,
    item::PRODUCT_ENDPOINTS,
    item::PASS_ENDPOINTS,
    universe::ENDPOINTS,
    languages::ENDPOINTS,
    table::ENDPOINTS,
];

/// The codes of the service of names and images. That of tables has other ones.
const CODES: &[(&str, CodeMeaning)] = &[
    ("17", CodeMeaning::FeatureDisabled),
    ("18", CodeMeaning::NotAllowed),
    ("20", CodeMeaning::ModeratedText),
    ("45", CodeMeaning::InvalidFile),
    ("46", CodeMeaning::InvalidFile),
    ("53", CodeMeaning::OtherLanguage),
];
