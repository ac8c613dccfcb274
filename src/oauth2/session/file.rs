//! Tokens in a file that only its owner can read.

use std::any::Any;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::TokenStore;
use crate::oauth2::TokenSet;
use crate::oauth2::crypto::random_string;

/// A temporary file that is older was left behind by a process that died.
const STALE_AGE: Duration = Duration::from_secs(60);

/// A file that keeps tokens. On Unix only its owner can read it, from its first byte on.
///
/// It is replaced as a whole: whoever reads it, even after a crash, finds the tokens before or the new ones. Beside it
/// stands an empty file, `.NAME.lock`, on which processes with the same session wait for each other.
#[derive(Debug, Clone)]
pub struct TokenFile {
    path: PathBuf,
}

impl TokenFile {
    /// The file at this path, which need not be there yet; its folder must be.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes it, if it is there.
    ///
    /// # Errors
    /// If it cannot be removed.
    pub fn remove(&self) -> io::Result<()> {
        for path in [self.path.clone(), self.sibling(".lock")?] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    fn directory(&self) -> &Path {
        match self.path.parent() {
            Some(directory) if !directory.as_os_str().is_empty() => directory,
            _ => Path::new("."),
        }
    }

    /// `.NAME` with this behind it, in the same folder.
    fn sibling(&self, ending: &str) -> io::Result<PathBuf> {
        let name = self.path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let mut sibling = OsString::from(".");
        sibling.push(name);
        sibling.push(ending);
        Ok(self.directory().join(sibling))
    }

    fn write(&self, temporary: &Path, text: &str) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let mut file = owner_only(&mut options).open(temporary)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        drop(file);
        fs::rename(temporary, &self.path)?;
        sync_directory(self.directory())
    }

    /// Removes what processes that died left behind. Nothing depends on it.
    fn remove_stale_files(&self) {
        let Some(prefix) = self.sibling(".new-").ok() else {
            return;
        };
        let prefix = prefix.file_name().unwrap_or_default();
        for entry in fs::read_dir(self.directory())
            .into_iter()
            .flatten()
            .flatten()
        {
            let name = entry.file_name();
            let is_ours = name
                .as_encoded_bytes()
                .starts_with(prefix.as_encoded_bytes());
            let age = entry.metadata().and_then(|data| data.modified());
            let age = age.ok().and_then(|time| time.elapsed().ok());
            if is_ours && age.is_some_and(|age| age > STALE_AGE) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

impl TokenStore for TokenFile {
    fn save(&self, tokens: &TokenSet) -> io::Result<()> {
        let random = random_string().map_err(io::Error::other)?;
        let temporary = self.sibling(&format!(".new-{random}"))?;
        let written = self.write(&temporary, &format!("{}\n", tokens.to_json()));
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        self.remove_stale_files();
        written
    }

    fn load(&self) -> io::Result<Option<TokenSet>> {
        let text = match fs::read_to_string(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text?,
        };
        let tokens = TokenSet::from_json(&text);
        tokens
            .map(Some)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }

    fn lock(&self) -> io::Result<Option<Box<dyn Any + Send>>> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        let file = owner_only(&mut options).open(self.sibling(".lock")?)?;
        // The system ends it with the process, however that ends.
        file.lock()?;
        Ok(Some(Box::new(file)))
    }
}

/// A file that is made is readable for its owner alone.
fn owner_only(options: &mut OpenOptions) -> &OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Makes the new name last.
fn sync_directory(directory: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::File::open(directory)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = directory;
    Ok(())
}
