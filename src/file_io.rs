//! Helpers for reading and writing files.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::error::Error;

/// Reads with `read` until `bytes` holds `count` bytes or nothing follows. Keeps what was read before an error.
pub(crate) fn read_up_to(
    count: usize,
    bytes: &mut Vec<u8>,
    read: &mut dyn FnMut(&mut [u8]) -> io::Result<usize>,
) -> io::Result<()> {
    let mut buffer = [0; 8 * 1024];
    while bytes.len() < count {
        let wanted = count.saturating_sub(bytes.len()).min(buffer.len());
        match read(buffer.get_mut(..wanted).unwrap_or_default()) {
            Ok(0) => break,
            // A reader may claim more than there was room for.
            Ok(read) => {
                let read = buffer.get(..read.min(wanted));
                bytes.extend_from_slice(read.unwrap_or_default());
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Describes an I/O error: what failed, and why.
pub(crate) fn reason(what: &str, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => format!("{what}: there is no such file"),
        io::ErrorKind::PermissionDenied => format!("{what}: permission denied"),
        _ => format!("{what}: {error}"),
    }
}

/// Returns the error of a file that cannot be read.
pub(crate) fn unreadable(name: &str, error: io::Error) -> Error {
    let what = format!("{name:?} cannot be read");
    Error::invalid_input(reason(&what, &error)).with_source(error)
}

/// Whether this process, or the system, has too many open files. The standard library has no kind for this.
pub(crate) fn is_out_of_files(error: &io::Error) -> bool {
    // ERROR_TOO_MANY_OPEN_FILES and WSAEMFILE; ENFILE and EMFILE.
    let codes: &[i32] = if cfg!(windows) {
        &[4, 10024]
    } else {
        &[23, 24]
    };
    error
        .raw_os_error()
        .is_some_and(|code| codes.contains(&code))
}

/// Whether a path leads to this open file. It does not if the file was deleted or replaced.
#[cfg(unix)]
pub(crate) fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let open = file.metadata()?;
    match std::fs::metadata(path) {
        Ok(there) => Ok((open.dev(), open.ino()) == (there.dev(), there.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Returns true: other systems have no such check. There the ledger opens its file so that it cannot be replaced.
#[cfg(not(unix))]
pub(crate) fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

/// Returns the folder of a file.
#[cfg(any(feature = "oauth2", feature = "sync"))]
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes a new entry of a folder durable, where the system can.
#[cfg(any(feature = "oauth2", feature = "sync"))]
pub(crate) fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}
