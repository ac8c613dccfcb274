//! Names and descriptions in several languages, their updates and the outcomes.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::LanguageCode;
use crate::error::{Error, ErrorKind, Result};
use crate::models::partial_failure::{common, some_failed};
use crate::models::serde_helpers::{by_name_or_number, is_none, null_to_default, optional_signed};

/// Name and description of something in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a name and a description")]
#[non_exhaustive]
pub struct NameDescription {
    /// Language. `None` where the request named it.
    #[serde(skip_serializing_if = "is_none")]
    pub language_code: Option<LanguageCode>,
    /// Name.
    #[serde(skip_serializing_if = "is_none")]
    pub name: Option<String>,
    /// Description.
    #[serde(skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// The part that was updated, in the outcome of an update.
    #[serde(
        default,
        deserialize_with = "by_name_or_number",
        skip_serializing_if = "is_none"
    )]
    pub update_type: Option<NameUpdateType>,
}

open_enum! {
    /// The part of names that an update sets.
    NameUpdateType,
    /// No part.
    Invalid = "Invalid",
    /// The name.
    Name = "Name",
    /// The description.
    Description = "Description",
}

/// An update of the name, the description, or both, of a universe in one language.
///
/// A part that is not set does not change.
///
/// ```
/// use rblx_open_cloud::models::NameUpdate;
///
/// let updates = [
///     NameUpdate::new("es").name("La isla").description("Explora la isla"),
///     NameUpdate::new("fr").name("L'île"),
/// ];
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct NameUpdate {
    #[serde(skip_serializing_if = "is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    update_type: Option<NameUpdateType>,
    language_code: LanguageCode,
}

impl NameUpdate {
    /// Creates an update in this language that sets nothing yet.
    pub fn new(language: impl Into<LanguageCode>) -> Self {
        Self {
            name: None,
            description: None,
            update_type: None,
            language_code: language.into(),
        }
    }

    /// Sets the name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self.with_type()
    }

    /// Sets the description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self.with_type()
    }

    /// Sets the type of the update to the part that is set. Without a type, the service sets both.
    fn with_type(mut self) -> Self {
        self.update_type = match (&self.name, &self.description) {
            (Some(_), None) => Some(NameUpdateType::Name),
            (None, Some(_)) => Some(NameUpdateType::Description),
            _ => None,
        };
        self
    }

    /// Returns the language, or an error if nothing is set.
    pub(crate) fn validated(&self) -> Result<&LanguageCode> {
        self.language_code.validated()?;
        if self.name.is_none() && self.description.is_none() {
            let language = &self.language_code;
            return Err(Error::invalid_input(format!(
                "the update of the names in {language:?} changes nothing; set the name or the description",
                language = language.as_str()
            )));
        }
        Ok(&self.language_code)
    }
}

/// The outcome of an update of names in several languages. **Some of them may have failed** although the call succeeded.
///
/// ```
/// use rblx_open_cloud::models::NamesOutcome;
///
/// let outcome: NamesOutcome = serde_json::from_str(
///     r#"{"successOperations": [{"name": "La isla", "languageCode": "es"}],
///         "failedOperations": [{"languageCode": "fr", "errorCode": 20}]}"#,
/// )?;
/// assert_eq!(outcome.updated.len(), 1);
/// let error = outcome.into_result().unwrap_err();
/// assert!(error.to_string().contains("fr (code 20: moderated)"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    expecting = "the outcome of an update of names"
)]
#[must_use = "some languages may have failed"]
#[non_exhaustive]
pub struct NamesOutcome {
    /// Names as they were saved.
    #[serde(
        rename = "successOperations",
        default,
        deserialize_with = "null_to_default"
    )]
    pub updated: Vec<NameDescription>,
    /// Languages that failed, with the reasons; also those that the service did not report.
    #[serde(
        rename = "failedOperations",
        default,
        deserialize_with = "null_to_default"
    )]
    pub failed: Vec<FailedName>,
}

/// A language in which an update of names failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "why names were not updated")]
#[non_exhaustive]
pub struct FailedName {
    /// Language.
    #[serde(skip_serializing_if = "is_none")]
    pub language_code: Option<LanguageCode>,
    /// Code of the service. `None` if the service did not report the language.
    #[serde(
        default,
        deserialize_with = "optional_signed",
        skip_serializing_if = "is_none"
    )]
    pub error_code: Option<i64>,
}

impl NamesOutcome {
    /// Adds the requested languages that the service reported neither as updated nor as failed.
    pub(crate) fn with_unreported(
        mut self,
        requested: impl IntoIterator<Item = LanguageCode>,
    ) -> Self {
        for language in requested {
            let is_it = |code: &Option<LanguageCode>| {
                code.as_ref().is_some_and(|code| code.is_same(&language))
            };
            let is_reported = self.updated.iter().any(|names| is_it(&names.language_code))
                || self
                    .failed
                    .iter()
                    .any(|failure| is_it(&failure.language_code));
            if !is_reported {
                self.failed.push(FailedName {
                    language_code: Some(language),
                    error_code: None,
                });
            }
        }
        self
    }

    /// Returns the names if all languages were updated; otherwise an error that names each language that failed.
    ///
    /// # Errors
    /// `ModeratedText` if all failed because of moderation, `Unexpected` if the service did not report any of them,
    /// `PermissionDenied` or `BadRequest` otherwise.
    pub fn into_result(self) -> Result<Vec<NameDescription>> {
        if self.failed.is_empty() {
            return Ok(self.updated);
        }
        let kind = common(&self.failed, FailedName::kind).unwrap_or(ErrorKind::BadRequest);
        let code = |failure: &FailedName| failure.error_code.map(|code| code.to_string());
        let (what, updated) = ("names were not updated", self.updated.len());
        Err(some_failed(kind, what, &self.failed, updated, code))
    }
}

impl FailedName {
    fn kind(&self) -> ErrorKind {
        match self.error_code {
            None => ErrorKind::Unexpected,
            Some(18) => ErrorKind::PermissionDenied,
            Some(20) => ErrorKind::ModeratedText,
            Some(_) => ErrorKind::BadRequest,
        }
    }

    /// Returns the documented meaning of the code.
    fn reason(&self) -> Option<&'static str> {
        Some(match self.error_code? {
            18 => "no permission",
            19 => "empty or too long",
            20 => "moderated",
            22 => "no such language",
            23 | 26 => "the source language",
            53 => "not a language of the universe",
            _ => return None,
        })
    }
}

/// Writes language, code and reason, as in `fr (code 20: moderated)`.
impl fmt::Display for FailedName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let language = self.language_code.as_ref();
        formatter.write_str(language.map_or("a language without a code", LanguageCode::as_str))?;
        match (self.error_code, self.reason()) {
            (Some(code), Some(reason)) => write!(formatter, " (code {code}: {reason})"),
            (Some(code), None) => write!(formatter, " (code {code})"),
            (None, _) => formatter.write_str(" (the service did not report it)"),
        }
    }
}

impl LanguageCode {
    /// Whether both name the same language: the service also writes `pt_BR` for `pt-br`.
    fn is_same(&self, other: &Self) -> bool {
        let letters = |code: &Self| code.as_str().to_ascii_lowercase().replace('_', "-");
        letters(self) == letters(other)
    }
}
