//! What to upload: a file on disk, bytes in memory, or a reader.

use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::Path;

use crate::error::{Error, Result};

/// The content of an asset, with the name that its type follows from.
///
/// The content type is that of the name's extension (`png`, `PNG` and `Png` alike), unless it is set by hand. A file
/// is read as it is sent: an upload of any size takes a small buffer.
///
/// ```
/// use rblx_open_cloud::AssetFile;
///
/// let bytes = AssetFile::bytes("icon.png", vec![1, 2, 3]);
/// let by_hand = AssetFile::bytes("thing", vec![1, 2, 3]).content_type("model/x-rbxm");
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
}

enum Content {
    File(File),
    Bytes(Cursor<Vec<u8>>),
    Stream {
        read: Box<dyn Read + Send>,
        /// What was looked at, and is still to be given.
        peeked: Cursor<Vec<u8>>,
        is_started: bool,
    },
}

/// Called with the bytes sent and the bytes there are.
type OnProgress = Box<dyn FnMut(u64, u64) + Send>;

impl AssetFile {
    /// A file on disk, streamed when it is sent.
    ///
    /// # Errors
    /// `InvalidInput` if the file cannot be opened, or is a directory or a device.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let refused = |why: &str| Error::invalid_input(format!("{}: {why}", path.display()));
        let unreadable = |error: io::Error| {
            refused(&format!("cannot be opened ({})", error.kind())).with_source(error)
        };
        // A pipe would block here for ever, so look before opening.
        let metadata = std::fs::metadata(path).map_err(unreadable)?;
        if !metadata.is_file() {
            return Err(refused(
                "is not a file; give other sources to `AssetFile::reader`",
            ));
        }
        let name = path
            .file_name()
            .ok_or_else(|| refused("has no file name"))?
            .to_string_lossy()
            .into_owned();
        let file = File::open(path).map_err(unreadable)?;
        Ok(Self::new(name, metadata.len(), Content::File(file)))
    }

    /// Bytes in memory, under a name with an extension.
    pub fn bytes(name: impl Into<String>, data: impl Into<Vec<u8>>) -> Self {
        let data = data.into();
        Self::new(name, data.len() as u64, Content::Bytes(Cursor::new(data)))
    }

    /// Anything readable that gives exactly `length` bytes.
    ///
    /// It can be read once only, so such an upload is not repeated once its reading began, not even after a 429.
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
        }
    }

    /// Sets the content type, such as `image/png`, instead of what follows from the extension.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Gives the file another name, whose extension then tells the content type.
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

    /// Calls `report(sent, total)`, in bytes of the file, as the upload moves on: about once for each 128 KiB, and
    /// at the end with `sent == total`.
    #[must_use]
    pub fn on_progress(mut self, report: impl FnMut(u64, u64) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(report));
        self
    }

    /// The file name that the service sees.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The number of bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    pub(crate) fn content_type_by_hand(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Back to the start; false if that is not possible.
    pub(crate) fn rewind(&mut self) -> bool {
        self.reported = None;
        match &mut self.content {
            Content::File(file) => file.rewind().is_ok(),
            Content::Bytes(bytes) => bytes.rewind().is_ok(),
            Content::Stream { is_started, .. } => !*is_started,
        }
    }

    /// The first bytes, which are read again later.
    pub(crate) fn peek(&mut self, count: usize) -> io::Result<Vec<u8>> {
        let mut start = Vec::new();
        match &mut self.content {
            Content::File(file) => {
                file.by_ref().take(count as u64).read_to_end(&mut start)?;
                file.rewind()?;
            }
            Content::Bytes(bytes) => {
                bytes.by_ref().take(count as u64).read_to_end(&mut start)?;
                bytes.rewind()?;
            }
            Content::Stream { read, peeked, .. } => {
                let known = peeked.get_mut();
                let mut buffer = [0; 64];
                while known.len() < count {
                    let wanted = count.saturating_sub(known.len()).min(buffer.len());
                    let room = buffer.get_mut(..wanted).unwrap_or_default();
                    match read.read(room) {
                        Ok(0) => break,
                        // A reader may claim more than there was room for.
                        Ok(read) => known.extend(buffer.iter().take(read.min(wanted))),
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        Err(error) => return Err(error),
                    }
                }
                start.extend(known.iter().take(count));
            }
        }
        Ok(start)
    }

    /// Tells the progress, each number once.
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
}

impl Read for AssetFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
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
