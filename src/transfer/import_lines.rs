//! The lines of an import.

use std::fmt::Display;
use std::io::{BufRead, BufReader, Read};

use crate::error::{Error, Result};
use crate::json;
use crate::models::{EntryKey, EntryLine};
use crate::resource::DataStore;

/// The maximum length of a line, in bytes: a value has up to 4 MiB characters, and each may be escaped as `\u0000`.
const MAX_LINE_LENGTH: u64 = 32 << 20;

pub(super) fn parse(store: &DataStore, text: &[u8]) -> Result<EntryLine> {
    let not_an_entry = |error: &dyn Display| {
        // Each entry is parsed as one line; `at_line` adds its number in the file.
        let error = error
            .to_string()
            .replace(" at line 1 column ", " at column ");
        Error::invalid_input(format!("the line is not an entry ({error})"))
    };
    let text = std::str::from_utf8(text).map_err(|error| not_an_entry(&error))?;
    let entry: EntryLine = json::from_str(text).map_err(|error| not_an_entry(&error))?;
    match entry.key().scope {
        Some(scope) if !store.takes_scope(&scope) => Err(Error::invalid_input(format!(
            "the entry belongs to the scope {scope}, and the data store of this import has another one"
        ))),
        _ => Ok(entry),
    }
}

/// Adds the line to an error.
pub(super) fn at_line(error: Error, number: u64, key: Option<&EntryKey>, done: u64) -> Error {
    let rest = match (done, key) {
        // No line after an invalid one is read.
        (0, None) => "no line was written".to_owned(),
        (0, Some(_)) => "no line before it was written".to_owned(),
        _ => format!("all lines up to line {done} are done"),
    };
    let key = key.map(|key| format!(" ({:?})", key.id.as_str()));
    let key = key.unwrap_or_default();
    error.map(|inner| {
        let message = &inner.message;
        inner.message = format!("line {number}{key}: {message}; {rest}");
    })
}

/// The lines of a reader.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    /// The number of the last line.
    pub(super) number: u64,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader: BufReader::new(reader),
            number: 0,
        }
    }

    /// Returns the next line that is not blank.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>> {
        loop {
            match self.next_raw()? {
                Some(line) if line.trim_ascii().is_empty() => {}
                line => return Ok(line),
            }
        }
    }

    fn next_raw(&mut self) -> Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut reader = (&mut self.reader).take(MAX_LINE_LENGTH);
        let read = reader.read_until(b'\n', &mut line);
        if matches!(read, Ok(0)) {
            return Ok(None);
        }
        self.number += 1;
        match read {
            Ok(_) if line.len() as u64 == MAX_LINE_LENGTH && !line.ends_with(b"\n") => Err(
                Error::invalid_input(format!("the line has more than {MAX_LINE_LENGTH} bytes")),
            ),
            Ok(_) => Ok(Some(line)),
            Err(error) => {
                let message = format!("the line cannot be read ({error})");
                Err(Error::invalid_input(message).with_source(error))
            }
        }
    }

    pub(super) fn skip(&mut self, lines: u64) -> Result<()> {
        while self.number < lines {
            if self.next_raw()?.is_none() {
                let message = format!(
                    "there are {} lines, but {lines} of them were done before",
                    self.number
                );
                return Err(Error::invalid_input(message));
            }
        }
        Ok(())
    }
}
