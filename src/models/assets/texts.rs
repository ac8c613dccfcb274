//! Limits of the texts of an asset.

use crate::error::{Error, Result};
use crate::models::limits::validate_length;

/// Maximum length of a display name, in characters.
const MAX_DISPLAY_NAME_LENGTH: usize = 50;
/// Maximum length of a description, in characters.
const MAX_DESCRIPTION_LENGTH: usize = 1000;

/// Validates the texts of an asset. The service would reject them only after it received the whole file.
pub(super) fn validate(name: Option<&str>, description: Option<&str>) -> Result<()> {
    if name == Some("") {
        return Err(Error::invalid_input("the display name is empty"));
    }
    let (name, description) = (name.unwrap_or_default(), description.unwrap_or_default());
    validate_length("the display name", name, MAX_DISPLAY_NAME_LENGTH)?;
    validate_length("the description", description, MAX_DESCRIPTION_LENGTH)
}
