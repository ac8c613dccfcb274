//! The content type of a file, by the extension of its name.

use super::AssetType;
use crate::asset_file::AssetFile;
use crate::content::check_content;
use crate::error::{Error, ErrorKind, Result};
use crate::models::open_enum::OpenEnum as _;

/// The advice for files without a known content type.
const ADVICE: &str = "set the content type with `AssetFile::content_type`";

/// Returns the content type of new content of this type.
pub(super) fn for_upload(file: &AssetFile, asset_type: &AssetType) -> Result<String> {
    content_type(file, asset_type.validated()?, asset_type.formats())
}

/// Returns the content type of content that replaces that of a model.
pub(super) fn for_update(file: &AssetFile) -> Result<String> {
    let what = "an update of content (models only)";
    content_type(file, what, AssetType::Model.formats())
}

/// Returns a file that has one of these formats, with its content type. `what` names it in errors.
pub(in crate::models) fn validated(
    mut file: AssetFile,
    what: &str,
    formats: &[(&str, &str)],
) -> Result<(AssetFile, String)> {
    let content_type = content_type(&file, what, formats)?;
    let extensions: Vec<&str> = formats.iter().map(|(extension, _)| *extension).collect();
    check_content(&mut file, what, &extensions)?;
    Ok((file, content_type))
}

/// Returns the content type that the caller set, or else that of the extension in `formats`.
fn content_type(file: &AssetFile, what: &str, formats: &[(&str, &str)]) -> Result<String> {
    if let Some(explicit) = file.explicit_content_type() {
        return Ok(explicit.to_owned());
    }
    let name = file.name();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if formats.is_empty() {
        return Err(Error::invalid_input(format!(
            "{what} is not a known type of upload; check its spelling, or {ADVICE}"
        )));
    }
    if extension.is_empty() {
        return Err(Error::invalid_input(format!(
            "{name:?} has no extension that determines its content type; {ADVICE}"
        )));
    }
    let found = formats
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(extension));
    found
        .map(|(_, content_type)| (*content_type).to_owned())
        .ok_or_else(|| {
            let accepted: Vec<&str> = formats.iter().map(|(extension, _)| *extension).collect();
            Error::new(
                ErrorKind::InvalidAsset,
                format!(
                    "{name:?} cannot be uploaded: {what} accepts {}",
                    accepted.join(", ")
                ),
            )
        })
}
