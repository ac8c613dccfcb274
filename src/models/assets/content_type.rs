//! The content type of a file, by the extension of its name.

use crate::asset_file::AssetFile;
use crate::error::{Error, ErrorKind, Result};

/// The content type set by hand, or that of the extension where `formats` has it.
pub(super) fn content_type(
    file: &AssetFile,
    what: &str,
    formats: &[(&str, &str)],
) -> Result<String> {
    if let Some(by_hand) = file.content_type_by_hand() {
        return Ok(by_hand.to_owned());
    }
    let name = file.name();
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension)
        .unwrap_or_default();
    let by_hand = "set the content type with `AssetFile::content_type`";
    if formats.is_empty() {
        return Err(Error::invalid_input(format!(
            "the content type of {what} is not known here; {by_hand}"
        )));
    }
    if extension.is_empty() {
        return Err(Error::invalid_input(format!(
            "{name:?} has no extension to tell its content type; {by_hand}"
        )));
    }
    let found = formats
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(extension));
    found
        .map(|(_, content_type)| (*content_type).to_owned())
        .ok_or_else(|| {
            let accepted = formats
                .iter()
                .map(|(extension, _)| *extension)
                .collect::<Vec<_>>()
                .join(", ");
            Error::new(
                ErrorKind::InvalidAsset,
                format!("{name:?} does not fit: {what} takes {accepted}"),
            )
        })
}
