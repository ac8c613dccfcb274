//! Hashes of contents.

use std::io::{self, Read};

use super::ended::ended_before_sending;
use crate::asset_file::AssetFile;
use crate::error::{Error, Result};
use crate::file_io::unreadable;

/// Returns the SHA-256 of a file in hexadecimal digits, and goes back to its start. Ends early once `is_stopped` is true.
pub(super) fn sha256(file: &mut AssetFile, is_stopped: &dyn Fn() -> bool) -> Result<String> {
    let name = file.name().to_owned();
    file.start_hash();
    let digits = file.inspect(|file| read_all(file, is_stopped).map(|()| file.finish_hash()));
    match digits {
        Some(Ok(digits)) => Ok(digits.unwrap_or_default()),
        Some(Err(error)) if is_stopped() => Err(ended_before_sending().with_source(error)),
        Some(Err(error)) => Err(unreadable(&name, error)),
        None => Err(Error::invalid_input(format!(
            "{name:?} can be read only once"
        ))),
    }
}

fn read_all(file: &mut AssetFile, is_stopped: &dyn Fn() -> bool) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        if is_stopped() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        match file.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
