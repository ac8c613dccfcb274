//! The environment variables that a client is made from.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::auth::{Credential, INVALID_API_KEY, NO_API_KEY};
use crate::error::{Error, Result};
use crate::file_io::{read_up_to, reason};
use crate::http::Hosts;

const API_KEY: &str = "ROBLOX_API_KEY";
const API_KEY_FILE: &str = "ROBLOX_API_KEY_FILE";
const BASE_URL: &str = "ROBLOX_OPEN_CLOUD_URL";
/// The maximum size of a file with a key, in bytes. Keys are about a thousand bytes long.
const MAX_KEY_FILE_SIZE: usize = 16 * 1024;
/// A longer path may be the key itself, set by mistake.
const MAX_SHOWN_PATH_LENGTH: usize = 200;

/// Returns the API key from the variable, or from the file that the other variable names.
pub(super) fn credential() -> Result<Credential> {
    let (source, key) = match (env::var_os(API_KEY), env::var_os(API_KEY_FILE)) {
        (Some(_), Some(_)) => {
            return Err(Error::invalid_input(format!(
                "the environment variables {API_KEY} and {API_KEY_FILE} are both set; unset one of them"
            ))
            .with_code(INVALID_API_KEY));
        }
        (Some(key), None) => (API_KEY.to_owned(), to_key(key)?),
        (None, Some(path)) if path.is_empty() => {
            return Err(empty(API_KEY_FILE).with_code(NO_API_KEY));
        }
        (None, Some(path)) => read(&path)?,
        (None, None) => {
            return Err(Error::invalid_input(format!(
                "the environment variable {API_KEY} is not set; set it to an API key made on the Creator Dashboard, or \
                 {API_KEY_FILE} to a file that holds one"
            ))
            .with_code(NO_API_KEY));
        }
    };
    let credential = Credential::from(key);
    let checked = credential.header();
    checked.map_err(|error| with_source_name(&source, error))?;
    Ok(credential)
}

/// Returns the base URL, if there is one. Does not validate it.
pub(super) fn base_url() -> Option<OsString> {
    env::var_os(BASE_URL)
}

/// Returns the hosts for this base URL of the environment.
pub(super) fn hosts(url: OsString) -> Result<Hosts> {
    // An empty value may be a mistake, which must not send requests to the live API.
    let url = to_unicode(BASE_URL, url)?;
    Hosts::from_base_url(&url).map_err(|error| with_source_name(BASE_URL, error))
}

/// Returns the value of a variable. It may be a key, so no error contains it.
fn to_unicode(variable: &str, value: OsString) -> Result<String> {
    let value = value.into_string().map_err(|_| {
        let message = format!("the environment variable {variable} is not Unicode text");
        Error::invalid_input(message)
    })?;
    if value.is_empty() {
        return Err(empty(variable));
    }
    Ok(value)
}

fn empty(variable: &str) -> Error {
    let message =
        format!("the environment variable {variable} is empty; give it a value or unset it");
    Error::invalid_input(message)
}

/// Returns the value of the variable that holds the key.
fn to_key(value: OsString) -> Result<String> {
    let code = if value.is_empty() {
        NO_API_KEY
    } else {
        INVALID_API_KEY
    };
    to_unicode(API_KEY, value).map_err(|error| error.with_code(code))
}

/// Reads a file with a key. Returns the key and a description of the file. No error contains any part of the key.
fn read(path: &OsStr) -> Result<(String, String)> {
    let source = match path.len() {
        ..=MAX_SHOWN_PATH_LENGTH => format!("{API_KEY_FILE}: {}", path.display()),
        _ => format!("{API_KEY_FILE}: a path that is too long to be shown"),
    };
    let rejected =
        |why: &str| Error::invalid_input(format!("{source}: {why}")).with_code(INVALID_API_KEY);
    let unreadable = |error: std::io::Error| {
        let is_missing = error.kind() == std::io::ErrorKind::NotFound;
        let rejected = rejected(&reason("cannot be read", &error)).with_source(error);
        if is_missing {
            rejected.with_code(NO_API_KEY)
        } else {
            rejected
        }
    };
    let path = Path::new(path);
    // Opening a pipe would block until somebody writes to it.
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(rejected(if metadata.is_dir() {
            "is a directory, not a file"
        } else {
            "is not a regular file"
        }));
    }
    let mut bytes = Vec::new();
    let mut file = File::open(path).map_err(unreadable)?;
    let limit = MAX_KEY_FILE_SIZE.saturating_add(1);
    read_up_to(limit, &mut bytes, &mut |buffer| file.read(buffer)).map_err(unreadable)?;
    if bytes.len() > MAX_KEY_FILE_SIZE {
        return Err(rejected("is too large: the file must contain only a key"));
    }
    let text = String::from_utf8(bytes).map_err(|_| rejected("is not UTF-8 text"))?;
    let key = text
        .trim_start_matches('\u{feff}')
        .trim_end_matches(['\r', '\n']);
    if key.is_empty() {
        return Err(rejected("is empty").with_code(NO_API_KEY));
    }
    let key = key.to_owned();
    Ok((source, key))
}

/// Adds the source of the value to an error.
fn with_source_name(source: &str, error: Error) -> Error {
    error.map(|inner| inner.message = format!("{source}: {}", inner.message))
}
