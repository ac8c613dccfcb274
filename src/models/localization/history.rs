//! Earlier translations.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::LanguageCode;
use crate::error::{Error, Result};
use crate::models::open_enum::OpenEnum as _;
use crate::models::serde_helpers::{
    by_name_or_number, is_none, non_empty_text, null_to_default, optional_signed, timestamp,
};

/// The numbers of translations that a page of a history can have.
const PAGE_SIZES: std::ops::RangeInclusive<u32> = 1..=49;

/// A query of earlier names or descriptions in one language.
///
/// ```
/// use rblx_open_cloud::models::{NameHistoryQuery, SortOrder};
///
/// let query = NameHistoryQuery::names("es").count(10).order(SortOrder::Descending);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct NameHistoryQuery {
    is_description: bool,
    language: LanguageCode,
    cursor: Option<String>,
    count: Option<u32>,
    order: Option<SortOrder>,
}

impl NameHistoryQuery {
    /// Queries names.
    pub fn names(language: impl Into<LanguageCode>) -> Self {
        Self {
            is_description: false,
            language: language.into(),
            cursor: None,
            count: None,
            order: None,
        }
    }

    /// Queries descriptions.
    pub fn descriptions(language: impl Into<LanguageCode>) -> Self {
        Self {
            is_description: true,
            ..Self::names(language)
        }
    }

    /// Starts after an earlier page: at its [`last_evaluated_id`](NameHistory::last_evaluated_id).
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.cursor = Some(cursor.into());
        self
    }

    /// Sets how many translations to return: 1 to 49.
    pub fn count(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    /// Sets the order.
    pub fn order(mut self, order: SortOrder) -> Self {
        self.order = Some(order);
        self
    }

    /// Returns the body of the request about an item or a universe.
    pub(crate) fn body(&self, id: u64, content: &NamedContent) -> Result<NameHistoryBody<'_>> {
        if let Some(count) = self.count.filter(|count| !PAGE_SIZES.contains(count)) {
            return Err(Error::invalid_input(format!(
                "a history has {} to {} translations a page, not {count}",
                PAGE_SIZES.start(),
                PAGE_SIZES.end(),
            )));
        }
        Ok(NameHistoryBody {
            content_id: id,
            content_type: if self.is_description {
                content.descriptions
            } else {
                content.names
            },
            language_code: self.language.validated()?,
            cursor: self.cursor.as_deref(),
            count: self.count,
            sort_order: self.order.as_ref().map(SortOrder::validated).transpose()?,
        })
    }
}

/// The names that the service has for the names and the descriptions of one kind of item.
#[derive(Debug)]
pub(crate) struct NamedContent {
    pub(crate) names: &'static str,
    pub(crate) descriptions: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NameHistoryBody<'a> {
    content_id: u64,
    content_type: &'static str,
    language_code: &'a str,
    #[serde(skip_serializing_if = "is_none")]
    cursor: Option<&'a str>,
    #[serde(skip_serializing_if = "is_none")]
    count: Option<u32>,
    #[serde(skip_serializing_if = "is_none")]
    sort_order: Option<&'a str>,
}

open_enum! {
    /// The order of a history.
    SortOrder,
    /// The oldest first.
    Ascending = "Asc",
    /// The newest first.
    Descending = "Desc",
}

/// A page of earlier names or descriptions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a history")]
#[non_exhaustive]
pub struct NameHistory {
    /// Translations.
    #[serde(default, deserialize_with = "null_to_default")]
    pub history: Vec<TranslationRecord>,
    /// Cursor of the next page. `None` after the last page.
    #[serde(
        default,
        deserialize_with = "non_empty_text",
        skip_serializing_if = "is_none"
    )]
    pub last_evaluated_id: Option<String>,
}

/// An earlier translation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an earlier translation")]
#[non_exhaustive]
pub struct TranslationRecord {
    /// Text.
    #[serde(skip_serializing_if = "is_none")]
    pub translation_text: Option<String>,
    /// Translator.
    #[serde(skip_serializing_if = "is_none")]
    pub translator: Option<Translator>,
    /// Time of the translation.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub created: Option<OffsetDateTime>,
}

/// A translator: a user or the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a translator")]
#[non_exhaustive]
pub struct Translator {
    /// Id of the user, if it is one.
    #[serde(
        default,
        deserialize_with = "optional_signed",
        skip_serializing_if = "is_none"
    )]
    pub id: Option<i64>,
    /// Whether it is a user.
    #[serde(
        default,
        deserialize_with = "by_name_or_number",
        skip_serializing_if = "is_none"
    )]
    pub agent_type: Option<TranslatorType>,
}

open_enum! {
    /// The kind of a translator.
    TranslatorType,
    /// A user.
    User = "User" | "0",
    /// The service.
    Automation = "Automation" | "1",
}
