//! The texts that the sandbox treats as moderated.

pub(super) fn is_moderated_name(text: &str) -> bool {
    text.contains("moderated-name")
}

pub(super) fn is_moderated_description(text: &str) -> bool {
    text.contains("moderated-description")
}

/// Censors a name. The service replaces some names instead of rejecting them.
pub(super) fn censored(name: &str) -> String {
    if name.contains("censored-name") {
        "#".repeat(name.chars().count())
    } else {
        name.to_owned()
    }
}
