//! What error codes of the service stand for, and the field that an error is about.

use serde_json::{Map, Value};

use crate::endpoint::CodeMeaning;
use crate::error::ErrorKind;

pub(super) fn kind_of_meaning(meaning: CodeMeaning) -> ErrorKind {
    match meaning {
        CodeMeaning::ModeratedText => ErrorKind::ModeratedText,
        CodeMeaning::InvalidFile => ErrorKind::InvalidAsset,
        CodeMeaning::InsufficientFunds => ErrorKind::PermissionDenied,
        CodeMeaning::OtherCost => ErrorKind::BadRequest,
    }
}

pub(super) fn advice_of_meaning(meaning: CodeMeaning) -> Option<&'static str> {
    match meaning {
        CodeMeaning::InsufficientFunds => {
            Some("The payer needs more Robux, or somebody else has to pay")
        }
        CodeMeaning::OtherCost => Some("Look up the current cost, and expect that one"),
        CodeMeaning::ModeratedText | CodeMeaning::InvalidFile => None,
    }
}

/// The kind of a condition that was not met, which several statuses stand for.
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

/// What the services of products and passes say beside code and message: the field that is wrong, and what to do.
pub(super) struct Subject<'a> {
    field: Option<&'a str>,
    hint: Option<&'a str>,
}

impl<'a> Subject<'a> {
    pub(super) fn of(object: &'a Map<String, Value>) -> Self {
        let is_known = object.contains_key("errorCode") || object.contains_key("errorMessage");
        let text = |name: &str| {
            let text = object.get(name).and_then(Value::as_str);
            text.filter(|text| is_known && !text.is_empty())
        };
        Self {
            field: text("field"),
            hint: text("hint"),
        }
    }

    /// `message (field: name). Hint`.
    pub(super) fn added_to(&self, mut message: String) -> String {
        if let Some(field) = self.field {
            if message.is_empty() {
                "the service gave no reason".clone_into(&mut message);
            }
            message = format!("{} (field: {field})", message.trim_end_matches(['.', ' ']));
        }
        match self.hint {
            Some(hint) if message.is_empty() => hint.clone_into(&mut message),
            Some(hint) => message = format!("{}. {hint}", message.trim_end_matches(['.', ' '])),
            None => {}
        }
        message
    }

    pub(super) fn to_json(&self) -> Option<Value> {
        let fields = [("field", self.field), ("hint", self.hint)];
        let fields: Map<String, Value> = fields
            .into_iter()
            .filter_map(|(name, text)| Some((name.to_owned(), text?.into())))
            .collect();
        (!fields.is_empty()).then(|| fields.into())
    }
}
