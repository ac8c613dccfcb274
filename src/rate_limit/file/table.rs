//! The lines of the file, found by name, read and written in place.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::line::{self, Kind, WIDTH};
use crate::endpoint::Method;
use crate::file_io::is_at;
use crate::rate_limit::window::{Micros, Window};

/// Raw calls may name any path: the file has this many lines at most, the first one included.
const MAX_LINES: usize = 257;
/// The interval between checks that the path still leads to the open file.
const CHECK_INTERVAL: Duration = Duration::from_secs(1);

/// The open file, and what this process knows about it.
#[derive(Debug)]
pub(super) struct Table {
    file: Arc<File>,
    lines: Vec<KnownLine>,
    last_check: Instant,
    /// Reused for each line.
    text: String,
}

#[derive(Debug)]
struct KnownLine {
    method: Method,
    endpoint: Box<str>,
    name: String,
    /// The index of the line where it was last. Another limit may be there now.
    index: usize,
}

impl Table {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        // Opening a pipe would block until somebody writes to it.
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(metadata) if !metadata.is_file() => {
                return Err(io::Error::other("it is a pipe or a device, not a file"));
            }
            _ => {}
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        Ok(Self {
            file: Arc::new(options.open(path)?),
            lines: Vec::new(),
            last_check: Instant::now(),
            text: String::new(),
        })
    }

    /// Opens the file again if the path leads to another one by now: it was deleted, or replaced.
    pub(super) fn reopen_if_moved(&mut self, path: &Path) -> io::Result<()> {
        if self.last_check.elapsed() < CHECK_INTERVAL {
            return Ok(());
        }
        self.last_check = Instant::now();
        if !is_at(&self.file, path)? {
            *self = Self::open(path)?;
        }
        Ok(())
    }

    pub(super) fn file(&self) -> Arc<File> {
        Arc::clone(&self.file)
    }

    /// Writes the first line of a new file. Fails for a file that is something else.
    pub(super) fn start(&self) -> io::Result<()> {
        let mut head = [0; WIDTH];
        let read = read_at(&self.file, &mut head, 0)?;
        match line::kind(head.get(..read).unwrap_or_default()) {
            Kind::Limits => Ok(()),
            Kind::Empty => write_at(&self.file, line::head().as_bytes(), 0),
            Kind::Foreign => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "it holds something else; use another path, or delete it if it is not needed",
            )),
        }
    }

    /// Changes the state of an endpoint, in a file that is locked.
    pub(super) fn update<T>(
        &mut self,
        method: Method,
        endpoint: &str,
        change: impl FnOnce(&mut Window) -> T,
    ) -> io::Result<T> {
        let known = self.known_line(method, endpoint);
        let mut window = match self.read(known)? {
            Some(window) => window,
            None => self.find(known)?,
        };
        let before = window.clone();
        let result = change(&mut window);
        if window != before {
            self.write(known, &window)?;
        }
        Ok(result)
    }

    /// Returns the index of an endpoint in `lines`.
    fn known_line(&mut self, method: Method, endpoint: &str) -> usize {
        let is_same_call =
            |known: &KnownLine| known.method == method && *known.endpoint == *endpoint;
        if let Some(number) = self.lines.iter().position(is_same_call) {
            return number;
        }
        if self.lines.len() >= MAX_LINES {
            self.lines.clear();
        }
        self.lines.push(KnownLine {
            method,
            endpoint: endpoint.into(),
            name: line::name(method, endpoint),
            index: 0,
        });
        self.lines.len().saturating_sub(1)
    }

    /// Reads a line from where it was before.
    fn read(&self, known: usize) -> io::Result<Option<Window>> {
        let Some(known) = self.lines.get(known).filter(|known| known.index > 0) else {
            return Ok(None);
        };
        let mut bytes = [0; WIDTH];
        let read = read_at(&self.file, &mut bytes, offset(known.index))?;
        let line = line::read(bytes.get(..read).unwrap_or_default());
        Ok(line
            .filter(|(name, _)| *name == known.name)
            .map(|(_, window)| window))
    }

    /// Searches the whole file for a line. If there is none, chooses a place for it: a free or invalid line, else the
    /// one whose window ended first.
    fn find(&mut self, known: usize) -> io::Result<Window> {
        self.start()?;
        let Some(known) = self.lines.get_mut(known) else {
            return Ok(Window::default());
        };
        let mut bytes = vec![0; MAX_LINES * WIDTH];
        let read = read_at(&self.file, &mut bytes, 0)?;
        bytes.truncate(read);
        let mut place: Option<(Micros, usize)> = None;
        let mut count = 1;
        for (index, bytes) in bytes.chunks(WIDTH).enumerate().skip(1) {
            count = index.saturating_add(1);
            let line = line::read(bytes);
            if let Some((_, window)) = line.as_ref().filter(|(name, _)| *name == known.name) {
                known.index = index;
                return Ok(window.clone());
            }
            let end = line.map_or(0, |(_, window)| window.end);
            if place.is_none_or(|(earliest, _)| end < earliest) {
                place = Some((end, index));
            }
        }
        known.index = match place {
            Some((end, index)) if end == 0 || count >= MAX_LINES => index,
            _ => count,
        };
        Ok(Window::default())
    }

    fn write(&mut self, known: usize, window: &Window) -> io::Result<()> {
        let Some(known) = self.lines.get(known) else {
            return Ok(());
        };
        line::write(&mut self.text, &known.name, window);
        write_at(&self.file, self.text.as_bytes(), offset(known.index))
    }
}

fn offset(index: usize) -> u64 {
    (index as u64).saturating_mul(WIDTH as u64)
}

/// Reads as much as there is.
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    let mut read = 0;
    while let Some(rest) = buffer.get_mut(read..).filter(|rest| !rest.is_empty()) {
        match read_some(file, rest, offset.saturating_add(read as u64)) {
            Ok(0) => break,
            Ok(more) => read = read.saturating_add(more),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(read)
}

#[cfg(unix)]
fn read_some(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_some(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

#[cfg(not(any(unix, windows)))]
fn read_some(mut file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    io::Seek::seek(&mut file, io::SeekFrom::Start(offset))?;
    io::Read::read(&mut file, buffer)
}

/// Writes all of it at once: the line is a few hundred bytes.
fn write_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    let written = loop {
        match write_some(file, bytes, offset) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            written => break written?,
        }
    };
    if written == bytes.len() {
        Ok(())
    } else {
        Err(io::ErrorKind::WriteZero.into())
    }
}

#[cfg(unix)]
fn write_some(file: &File, bytes: &[u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::write_at(file, bytes, offset)
}

#[cfg(windows)]
fn write_some(file: &File, bytes: &[u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_write(file, bytes, offset)
}

#[cfg(not(any(unix, windows)))]
fn write_some(mut file: &File, bytes: &[u8], offset: u64) -> io::Result<usize> {
    io::Seek::seek(&mut file, io::SeekFrom::Start(offset))?;
    io::Write::write(&mut file, bytes)
}
