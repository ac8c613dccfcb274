//! The content of an upload: a file on disk, bytes in memory, or a reader.

use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::Path;

use crate::error::{Error, Result};
use crate::file_io::{read_up_to, reason};

/// The content of an upload, with a file name.
///
/// The content type follows from the extension of the name (`png`, `PNG` and `Png` alike), unless it is set. A file is
/// read while it is sent, so an upload of any size needs only a small buffer.
///
/// ```
/// use rblx_open_cloud::AssetFile;
///
/// let bytes = AssetFile::bytes("icon.png", vec![1, 2, 3]);
/// let typed = AssetFile::bytes("thing", vec![1, 2, 3]).content_type("model/x-rbxm");
/// let stream = AssetFile::reader("song.ogg", 3, std::io::Cursor::new([1, 2, 3]))
///     .on_progress(|sent, total| println!("{sent} of {total} bytes"));
/// assert_eq!(stream.length(), 3);
/// ```
///
/// The same from disk: `AssetFile::open("icon.png")?`.
pub struct AssetFile {
    name: String,
    length: u64,
    content_type: Option<String>,
    content: Content,
    on_progress: Option<OnProgress>,
    reported: Option<u64>,
    /// The hash of the bytes read since the start, if it was requested.
    #[cfg(feature = "sync")]
    hash: Option<Box<hmac_sha256::Hash>>,
}

enum Content {
    File(File),
    Bytes(Cursor<Vec<u8>>),
    Stream {
        read: Box<dyn Read + Send>,
        /// The first bytes, which were inspected and are still to be read.
        peeked: Cursor<Vec<u8>>,
        is_started: bool,
    },
}

/// Called with the number of bytes sent and the number of bytes in the file.
pub(crate) type OnProgress = Box<dyn FnMut(u64, u64) + Send>;

impl AssetFile {
    /// Opens a file on disk, which is read while it is sent.
    ///
    /// # Errors
    /// `InvalidInput` if the file cannot be opened, or is a directory or a device.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let rejected = |why: &str| Error::invalid_input(format!("{}: {why}", path.display()));
        let unreadable =
            |error: io::Error| rejected(&reason("cannot be opened", &error)).with_source(error);
        // Opening a pipe would block until somebody writes to it.
        let metadata = std::fs::metadata(path).map_err(unreadable)?;
        if !metadata.is_file() {
            return Err(rejected(if metadata.is_dir() {
                "is a directory, not a file"
            } else {
                "is not a file: pipes and devices have no length"
            }));
        }
        let name = path
            .file_name()
            .ok_or_else(|| rejected("has no file name"))?
            .to_string_lossy()
            .into_owned();
        let file = File::open(path).map_err(unreadable)?;
        Ok(Self::new(name, metadata.len(), Content::File(file)))
    }

    /// Uses bytes in memory, with a file name that has an extension.
    pub fn bytes(name: impl Into<String>, data: impl Into<Vec<u8>>) -> Self {
        let data = data.into();
        Self::new(name, data.len() as u64, Content::Bytes(Cursor::new(data)))
    }

    /// Uses a reader that returns exactly `length` bytes.
    ///
    /// A reader can be read only once, so the upload is not retried once reading has started, not even after a 429.
    pub fn reader(name: impl Into<String>, length: u64, read: impl Read + Send + 'static) -> Self {
        Self::new(
            name,
            length,
            Content::Stream {
                read: Box::new(read),
                peeked: Cursor::default(),
                is_started: false,
            },
        )
    }

    fn new(name: impl Into<String>, length: u64, content: Content) -> Self {
        Self {
            name: name.into(),
            length,
            content_type: None,
            content,
            on_progress: None,
            reported: None,
            #[cfg(feature = "sync")]
            hash: None,
        }
    }

    /// Sets the content type, such as `image/png`, instead of the one that follows from the extension.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Renames the file. The content type then follows from the extension of the new name.
    ///
    /// ```
    /// use rblx_open_cloud::AssetFile;
    ///
    /// let file = AssetFile::bytes("0x1f.tmp", vec![1, 2, 3]).named("icon.png");   // or open("0x1f.tmp")?
    /// assert_eq!(file.name(), "icon.png");
    /// ```
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Calls `report(sent, total)`, in bytes of the file, while it is sent: about once for each 128 KiB, and at the end
    /// with `sent == total`.
    #[must_use]
    pub fn on_progress(mut self, report: impl FnMut(u64, u64) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(report));
        self
    }

    /// Returns the file name that the service sees.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the number of bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Returns the content type that was set, if any.
    pub(crate) fn explicit_content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Goes back to the start. Returns false if that is not possible.
    pub(crate) fn rewind(&mut self) -> bool {
        self.reported = None;
        #[cfg(feature = "sync")]
        {
            self.hash = self.hash.is_some().then(Box::default);
        }
        match &mut self.content {
            Content::File(file) => file.rewind().is_ok(),
            Content::Bytes(bytes) => bytes.rewind().is_ok(),
            Content::Stream { is_started, .. } => !*is_started,
        }
    }

    /// Returns up to `count` of the first bytes, which are read again later.
    pub(crate) fn peek(&mut self, count: usize) -> io::Result<Vec<u8>> {
        // Reading a stream beyond its length may block.
        let count = usize::try_from(self.length).map_or(count, |length| length.min(count));
        let mut start = Vec::new();
        match &mut self.content {
            Content::File(file) => {
                read_up_to(count, &mut start, &mut |buffer| file.read(buffer))?;
                file.rewind()?;
            }
            Content::Bytes(bytes) => {
                start.extend(bytes.get_ref().iter().take(count));
            }
            Content::Stream { read, peeked, .. } => {
                read_up_to(count, peeked.get_mut(), &mut |buffer| read.read(buffer))?;
                start.extend(peeked.get_ref().iter().take(count));
            }
        }
        Ok(start)
    }

    /// Reads the whole content with `look`, and goes back to the start. Returns `None` for a stream, which can be read
    /// only once.
    pub(crate) fn inspect<T>(&mut self, look: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if matches!(self.content, Content::Stream { .. }) {
            return None;
        }
        let found = look(self);
        self.rewind();
        Some(found)
    }

    /// Hashes what is read from now on. Going back to the start restarts the hash.
    #[cfg(feature = "sync")]
    pub(crate) fn start_hash(&mut self) {
        self.hash = Some(Box::default());
    }

    /// Ends the hash and returns it in hexadecimal digits.
    #[cfg(feature = "sync")]
    pub(crate) fn finish_hash(&mut self) -> Option<String> {
        use std::fmt::Write as _;

        let hash = self.hash.take()?;
        let mut digits = String::with_capacity(64);
        for byte in hash.finalize() {
            // Writing to a string cannot fail.
            let _ = write!(digits, "{byte:02x}");
        }
        Some(digits)
    }

    /// Reports the progress, each number once.
    pub(crate) fn report(&mut self, sent: u64) {
        if let Some(report) = self
            .on_progress
            .as_mut()
            .filter(|_| self.reported != Some(sent))
        {
            self.reported = Some(sent);
            report(sent, self.length);
        }
    }

    fn read_content(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.content {
            Content::File(file) => file.read(buffer),
            Content::Bytes(bytes) => bytes.read(buffer),
            Content::Stream {
                read,
                peeked,
                is_started,
            } => {
                *is_started = true;
                match peeked.read(buffer)? {
                    0 => read.read(buffer),
                    count => Ok(count),
                }
            }
        }
    }
}

impl Read for AssetFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.read_content(buffer)?;
        #[cfg(feature = "sync")]
        if let Some(hash) = &mut self.hash {
            hash.update(buffer.get(..count).unwrap_or_default());
        }
        Ok(count)
    }
}

impl fmt::Debug for AssetFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AssetFile")
            .field("name", &self.name)
            .field("length", &self.length)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}
