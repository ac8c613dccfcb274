//! Finds the files of a folder.

use std::fs::{DirEntry, FileType};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::file_io::reason;
use crate::upload::can_be_uploaded;

/// Finds the files in a folder and its subfolders that can be uploaded by their extension. They are sorted by path.
///
/// [`scan`] also returns the files that are skipped, and why.
///
/// # Errors
/// `InvalidInput` if a folder cannot be read.
pub fn files_in(folder: impl AsRef<Path>) -> Result<Vec<PathBuf>> {
    Ok(scan(folder)?.files)
}

/// Finds the files in a folder that can be uploaded, and those that are skipped.
///
/// It finds nothing outside the folder: a link must lead to a file within it, and links to folders are not followed. It
/// skips names that start with a dot.
///
/// ```no_run
/// use rblx_open_cloud::sync;
///
/// let found = sync::scan("assets")?;
/// for skipped in &found.skipped {
///     eprintln!("{}: {}", skipped.path.display(), skipped.reason);
/// }
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
///
/// # Errors
/// `InvalidInput` if a folder cannot be read.
pub fn scan(folder: impl AsRef<Path>) -> Result<FolderScan> {
    let root = folder.as_ref();
    let real_root = root
        .canonicalize()
        .map_err(|error| unreadable(root, error))?;
    let mut found = FolderScan::default();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|error| unreadable(&folder, error))? {
            let entry = entry.map_err(|error| unreadable(&folder, error))?;
            let kind = entry
                .file_type()
                .map_err(|error| unreadable(&entry.path(), error))?;
            match classify(&entry, kind, &real_root) {
                Classified::Folder => folders.push(entry.path()),
                Classified::File => found.files.push(entry.path()),
                Classified::Skipped(reason) => found.skipped.push(SkippedFile {
                    path: entry.path(),
                    reason,
                }),
            }
        }
    }
    found.files.sort();
    found
        .skipped
        .sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

/// The files that [`scan`] found in a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FolderScan {
    /// The files that can be uploaded, sorted by path.
    pub files: Vec<PathBuf>,
    /// The files and folders that were skipped, sorted by path.
    pub skipped: Vec<SkippedFile>,
}

/// A file or folder that was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SkippedFile {
    /// The file or folder.
    pub path: PathBuf,
    /// The reason why it was skipped.
    pub reason: SkipReason,
}

/// The reason why a file or folder was skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SkipReason {
    /// The name starts with a dot.
    Hidden,
    /// The extension is not one of a format that can be uploaded.
    UnknownExtension,
    /// It is a link to a file outside the folder.
    LinkOutside,
    /// It is a link to a folder.
    LinkToFolder,
    /// It is a link to something that does not exist.
    BrokenLink,
    /// It is a pipe, a socket or a device.
    NotAFile,
}

impl std::fmt::Display for SkipReason {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Hidden => "hidden: the name starts with a dot",
            Self::UnknownExtension => "not of a format that can be uploaded",
            Self::LinkOutside => "a link to a file outside the folder",
            Self::LinkToFolder => "a link to a folder, which is not followed",
            Self::BrokenLink => "a link to something that does not exist",
            Self::NotAFile => "not a file",
        })
    }
}

enum Classified {
    Folder,
    File,
    Skipped(SkipReason),
}

fn classify(entry: &DirEntry, kind: FileType, real_root: &Path) -> Classified {
    let name = entry.file_name().to_string_lossy().into_owned();
    if name.starts_with('.') {
        return Classified::Skipped(SkipReason::Hidden);
    }
    if kind.is_dir() {
        return Classified::Folder;
    }
    if kind.is_symlink() {
        if let Err(reason) = check_link(&entry.path(), real_root) {
            return Classified::Skipped(reason);
        }
    } else if !kind.is_file() {
        return Classified::Skipped(SkipReason::NotAFile);
    }
    if can_be_uploaded(&name) {
        Classified::File
    } else {
        Classified::Skipped(SkipReason::UnknownExtension)
    }
}

/// Checks that a link leads to a file within the folder.
fn check_link(link: &Path, real_root: &Path) -> std::result::Result<(), SkipReason> {
    let target = link.canonicalize().map_err(|_| SkipReason::BrokenLink)?;
    match target.metadata() {
        Ok(metadata) if metadata.is_dir() => Err(SkipReason::LinkToFolder),
        Ok(metadata) if !metadata.is_file() => Err(SkipReason::NotAFile),
        Ok(_) if !target.starts_with(real_root) => Err(SkipReason::LinkOutside),
        Ok(_) => Ok(()),
        Err(_) => Err(SkipReason::BrokenLink),
    }
}

fn unreadable(path: &Path, error: io::Error) -> Error {
    let path = path.display();
    let message = match error.kind() {
        io::ErrorKind::NotFound => format!("there is no folder {path}"),
        io::ErrorKind::NotADirectory => format!("{path} is not a folder"),
        _ => reason(&format!("the folder {path} cannot be read"), &error),
    };
    Error::invalid_input(message).with_source(error)
}
