//! Limits of the texts of an asset.

use crate::error::{Error, Result};

/// Maximum length of a display name, in characters.
const MAX_DISPLAY_NAME_LENGTH: usize = 50;
/// Maximum length of a description, in characters.
const MAX_DESCRIPTION_LENGTH: usize = 1000;

/// Validates the texts of an asset. The service would reject them only after it received the whole file.
pub(super) fn validate(name: Option<&str>, description: Option<&str>) -> Result<()> {
    if name == Some("") {
        return Err(Error::invalid_input("the display name is empty"));
    }
    for (what, text, max) in [
        ("display name", name, MAX_DISPLAY_NAME_LENGTH),
        ("description", description, MAX_DESCRIPTION_LENGTH),
    ] {
        let length = text.unwrap_or_default().chars().count();
        if length > max {
            return Err(Error::invalid_input(format!(
                "the {what} has {length} characters; the maximum is {max}"
            )));
        }
    }
    Ok(())
}
