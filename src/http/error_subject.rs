//! The meanings of error codes, and the field that an error is about.

use serde_json::{Map, Value};

use crate::endpoint::{CodeMeaning, Endpoint};
use crate::error::ErrorKind;

/// Returns the meaning of a code in a call.
pub(super) fn meaning_of(code: Option<&str>, endpoint: &Endpoint) -> Option<CodeMeaning> {
    let code = code?;
    let mut known = endpoint.error_codes.iter();
    let (_, meaning) = known.find(|(name, _)| *name == code)?;
    Some(*meaning)
}

pub(super) fn kind_of_meaning(meaning: CodeMeaning) -> ErrorKind {
    match meaning {
        CodeMeaning::ModeratedText => ErrorKind::ModeratedText,
        CodeMeaning::InvalidFile => ErrorKind::InvalidAsset,
        #[cfg(feature = "analytics")]
        CodeMeaning::QueryTooLarge => ErrorKind::BadRequest,
        CodeMeaning::InsufficientFunds | CodeMeaning::NotAllowed => ErrorKind::PermissionDenied,
        CodeMeaning::UnexpectedCost | CodeMeaning::MissingLanguage => ErrorKind::BadRequest,
        CodeMeaning::FeatureDisabled => ErrorKind::ServiceUnavailable,
    }
}

pub(super) fn advice_of_meaning(meaning: CodeMeaning) -> Option<&'static str> {
    match meaning {
        CodeMeaning::InsufficientFunds => {
            Some("The payer needs more Robux, or somebody else has to pay")
        }
        CodeMeaning::UnexpectedCost => Some("Look up the current cost, and expect that one"),
        #[cfg(feature = "analytics")]
        CodeMeaning::QueryTooLarge => {
            Some("Request less: a shorter time range, a coarser granularity, or fewer dimensions")
        }
        CodeMeaning::MissingLanguage => {
            Some("Add the language to the universe first, with `change_languages`")
        }
        CodeMeaning::FeatureDisabled => {
            Some("The service has switched this off for now; repeating the call does not help")
        }
        CodeMeaning::ModeratedText | CodeMeaning::InvalidFile | CodeMeaning::NotAllowed => None,
    }
}

/// Returns the kind of an unmet precondition, which the service reports with several statuses.
pub(super) fn kind_of_condition(status: u16, code: &str) -> Option<ErrorKind> {
    let is_conflict = match code {
        "ALREADY_EXISTS" => matches!(status, 400 | 409 | 412),
        "ABORTED" | "FAILED_PRECONDITION" => matches!(status, 409 | 412),
        code if is_duplicate_name(code) => matches!(status, 400 | 409),
        _ => false,
    };
    is_conflict.then_some(ErrorKind::Conflict)
}

/// Whether a code such as `DuplicateProductName` says that a name is taken.
fn is_duplicate_name(code: &str) -> bool {
    code.starts_with("Duplicate") && code.ends_with("Name")
}

/// Returns the wrong field and the hint, which the services of products and passes send with code and message.
pub(super) fn field_and_hint(object: &Map<String, Value>) -> Option<Value> {
    let is_known = object.contains_key("errorCode") || object.contains_key("errorMessage");
    let mut fields = Map::new();
    for name in ["field", "hint"] {
        let text = object.get(name).and_then(Value::as_str).unwrap_or_default();
        if is_known && !text.is_empty() {
            fields.insert(name.to_owned(), text.into());
        }
    }
    (!fields.is_empty()).then(|| fields.into())
}

/// Whether a text contains one of these words.
pub(super) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|words| text.contains(words))
}

/// Whether a message says that the resource to create already exists: some services say so with a 400.
pub(super) fn says_exists(message: &str) -> bool {
    let text = message.to_ascii_lowercase();
    has_any(&text, &["already exist", "entry exists"])
}

/// Whether a message says that the hash of a draft is not the current one.
pub(super) fn says_stale(message: &str) -> bool {
    let text = message.to_ascii_lowercase();
    has_any(&text, &["draft hash", "drafthash"])
        && has_any(
            &text,
            &["match", "stale", "outdated", "changed", "conflict"],
        )
}
