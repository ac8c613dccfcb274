//! Which files a folder holds.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::upload::can_be_uploaded;

/// The files in a folder and the folders below it whose extension says that they can be uploaded, sorted by path.
///
/// What begins with a dot is left out, and links to folders are not followed.
///
/// # Errors
/// `InvalidInput` if a folder cannot be read.
pub fn files_in(folder: impl AsRef<Path>) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.as_ref().to_owned()];
    while let Some(folder) = folders.pop() {
        let unreadable = |error: std::io::Error| {
            let message = format!("{}: cannot be read ({})", folder.display(), error.kind());
            Error::invalid_input(message).with_source(error)
        };
        for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let is_folder = entry.file_type().map_err(unreadable)?.is_dir();
            let path = entry.path();
            if is_folder {
                folders.push(path);
            } else if can_be_uploaded(&name) && path.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
