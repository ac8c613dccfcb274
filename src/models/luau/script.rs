//! Scripts to run.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Map, Value};

use super::LuauInput;
use crate::error::{Error, Result};
use crate::file_io::reason;
use crate::models::serde_helpers::duration;

/// Maximum length of a script, in bytes.
const MAX_SOURCE_BYTES: usize = 4 * 1024 * 1024;
/// Maximum time that a script runs.
const MAX_TIMEOUT: Duration = Duration::from_secs(300);
/// The beginning of a file that Git LFS did not fetch.
const LFS_POINTER: &str = "version https://git-lfs.github.com/spec/";

/// A Luau script to run in a place, with its settings.
///
/// The script is run as it is, in the newest version of the place unless one is [set](Self::version). It may return up to
/// 4 MB of values; what cannot be written as JSON, such as an instance, becomes null.
///
/// ```
/// use std::time::Duration;
/// use rblx_open_cloud::models::LuauScript;
///
/// let file = LuauScript::file("tests.luau").timeout(Duration::from_secs(60));
/// let text = LuauScript::source("return game.PlaceId").version(7);
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct LuauScript {
    source: Source,
    timeout: Option<Duration>,
    version: Option<u64>,
    input: Option<LuauInput>,
    has_binary_output: bool,
}

#[derive(Debug, Clone)]
enum Source {
    File(PathBuf),
    Text(String),
}

impl LuauScript {
    /// Takes the script from a file, which is read when the script is started.
    pub fn file(path: impl AsRef<Path>) -> Self {
        Self::new(Source::File(path.as_ref().to_owned()))
    }

    /// Takes the text of the script, of up to 4 MB.
    pub fn source(text: impl Into<String>) -> Self {
        Self::new(Source::Text(text.into()))
    }

    fn new(source: Source) -> Self {
        Self {
            source,
            timeout: None,
            version: None,
            input: None,
            has_binary_output: false,
        }
    }

    /// Sets how long the script may run: up to 5 minutes, which is also the default. A script that takes longer fails.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Runs the script in this version of the place instead of the newest. The limit of such calls is lower.
    pub fn version(mut self, number: u64) -> Self {
        self.version = Some(number);
        self
    }

    /// Gives the script the content of an [upload](crate::resource::Universe::luau_input): a buffer in the field
    /// `BinaryInput` of its first argument, `({...})[1].BinaryInput`.
    pub fn input(mut self, input: &LuauInput) -> Self {
        self.input = Some(input.clone());
        self
    }

    /// Lets the script return a buffer of up to 256 MiB in addition to its values. It then has to return one table:
    /// `return { BinaryOutput = buffer, ReturnValues = { .. } }`.
    pub fn binary_output(mut self) -> Self {
        self.has_binary_output = true;
        self
    }

    /// Whether the script may return binary output.
    pub(crate) fn has_binary_output(&self) -> bool {
        self.has_binary_output
    }

    /// Returns the version to run in, and the body of the request.
    pub(crate) fn request(&self) -> Result<(Option<u64>, Value)> {
        let mut body = Map::new();
        body.insert("script".to_owned(), self.read_source()?.into());
        if let Some(timeout) = self.timeout {
            if timeout.is_zero() || timeout > MAX_TIMEOUT {
                return Err(Error::invalid_input(format!(
                    "a script may run for more than 0 and up to {MAX_TIMEOUT:?}, not {timeout:?}"
                )));
            }
            body.insert("timeout".to_owned(), duration::to_text(timeout).into());
        }
        if let Some(input) = &self.input {
            body.insert("binaryInput".to_owned(), input.path.as_str().into());
        }
        if self.has_binary_output {
            body.insert("enableBinaryOutput".to_owned(), true.into());
        }
        if self.version == Some(0) {
            return Err(Error::invalid_input(
                "the versions of a place count from 1, not 0",
            ));
        }
        Ok((self.version, body.into()))
    }

    fn read_source(&self) -> Result<String> {
        let (text, what) = match &self.source {
            Source::Text(text) => (text.clone(), "the script".to_owned()),
            Source::File(path) => (read(path)?, path.display().to_string()),
        };
        if text.len() > MAX_SOURCE_BYTES {
            return Err(Error::invalid_input(format!(
                "{what} has {} bytes; the maximum of a script is {MAX_SOURCE_BYTES}",
                text.len()
            )));
        }
        if text.trim_ascii().is_empty() {
            return Err(Error::invalid_input(format!("{what} is empty")));
        }
        if text.starts_with(LFS_POINTER) {
            return Err(Error::invalid_input(format!(
                "{what} is a Git LFS pointer, not the file itself; run `git lfs pull`, or check out with LFS in CI"
            )));
        }
        Ok(text)
    }
}

fn read(path: &Path) -> Result<String> {
    let rejected = |why: &str| Error::invalid_input(format!("{}: {why}", path.display()));
    let unreadable =
        |error: std::io::Error| rejected(&reason("cannot be read", &error)).with_source(error);
    let metadata = fs::metadata(path).map_err(unreadable)?;
    // Reading a pipe or a device may never end.
    if !metadata.is_file() {
        return Err(rejected("is not a file"));
    }
    if metadata.len() > MAX_SOURCE_BYTES as u64 {
        let length = metadata.len();
        return Err(rejected(&format!(
            "has {length} bytes; the maximum of a script is {MAX_SOURCE_BYTES}"
        )));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|_| rejected("is not UTF-8 text"))?;
    // Luau does not skip a byte order mark.
    match text.strip_prefix('\u{feff}') {
        Some(text) => Ok(text.to_owned()),
        None => Ok(text),
    }
}
