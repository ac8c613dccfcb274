//! Names of assets: their limits, and what to do about moderated ones.

use crate::error::{Error, ErrorKind};

/// The maximum length of a name, in characters.
const MAX_LENGTH: usize = 50;

/// The reaction to a moderated name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ModeratedName {
    /// The upload fails with `ModeratedText`.
    #[default]
    Fail,
    /// The upload is retried once under this name.
    RetryAs(String),
}

impl ModeratedName {
    /// Retries the upload once under this name.
    pub fn retry_as(name: impl Into<String>) -> Self {
        Self::RetryAs(name.into())
    }
}

/// Makes a name one line, and cuts it to the maximum length.
pub(super) fn truncate_name(name: &str) -> String {
    let line = name.replace(char::is_control, " ");
    let start: String = line.trim().chars().take(MAX_LENGTH).collect();
    // A joiner at the end would be visible.
    let start =
        start.trim_end_matches(|letter: char| letter == '\u{200D}' || letter.is_whitespace());
    start.to_owned()
}

/// Returns the name of a file without its extension.
pub(super) fn name_from_file(file_name: &str) -> String {
    let stem = file_name
        .rsplit_once('.')
        .map_or(file_name, |(stem, _)| stem);
    truncate_name(if stem.trim().is_empty() {
        file_name
    } else {
        stem
    })
}

/// Whether the name was moderated, so that another one may be accepted.
pub(super) fn is_name_moderated(error: &Error) -> bool {
    let message = error.message().to_ascii_lowercase();
    let is_description = message.contains("description") && !message.contains("name");
    error.kind() == ErrorKind::ModeratedText && !is_description
}

#[cfg(test)]
mod tests {
    use super::{name_from_file, truncate_name};

    #[test]
    fn names_are_cut_between_characters() {
        assert_eq!(truncate_name(&"ü".repeat(60)), "ü".repeat(50));
        assert_eq!(truncate_name("  two\nlines\t "), "two lines");
        assert_eq!(
            truncate_name(&format!("{}👩\u{200D}👧", "a".repeat(48))),
            format!("{}👩", "a".repeat(48))
        );
        assert_eq!(truncate_name(" \u{7} "), "");
    }

    #[test]
    fn the_name_is_the_file_name_without_the_extension() {
        assert_eq!(name_from_file("icon.png"), "icon");
        assert_eq!(name_from_file("tree.final.fbx"), "tree.final");
        assert_eq!(name_from_file("plain"), "plain");
        assert_eq!(name_from_file(".png"), ".png");
    }
}
