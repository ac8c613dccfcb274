//! Reads the body of a request, with any framing.

use std::io::{self, Read};

use super::connection::Connection;
use super::handler::RequestBody;
use super::head::{Framing, MAX_BODY_SIZE, MAX_HEAD_SIZE};

/// Maximum length of the line with a chunk's size and extensions.
const MAX_LINE_LENGTH: usize = 4096;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    /// The rest of a body with a declared length.
    Sized(u64),
    /// The line with the size of the next chunk.
    ChunkSize,
    /// The rest of a chunk.
    Chunk(u64),
    Nothing,
}

#[derive(Debug)]
pub(super) struct Body<'a> {
    connection: &'a mut Connection,
    left: Left,
    expects_continue: bool,
    declared: Option<u64>,
    received: u64,
    /// After an error the position in the stream is unknown.
    broken: bool,
}

impl<'a> Body<'a> {
    pub(super) fn new(
        connection: &'a mut Connection,
        framing: Framing,
        expects_continue: bool,
    ) -> Self {
        let (left, declared) = match framing {
            Framing::Sized(0) => (Left::Nothing, Some(0)),
            Framing::Sized(length) => (Left::Sized(length), Some(length)),
            Framing::Chunked => (Left::ChunkSize, None),
        };
        let expects_continue = expects_continue && left != Left::Nothing;
        Self {
            connection,
            left,
            expects_continue,
            declared,
            received: 0,
            broken: false,
        }
    }

    pub(super) fn is_read(&self) -> bool {
        self.left == Left::Nothing
    }

    /// Returns whether the rest may be short enough to drain. A client that still waits for `100 Continue` may never
    /// send its body.
    pub(super) fn is_short(&self, limit: u64) -> bool {
        !self.broken
            && !self.expects_continue
            && !matches!(self.left, Left::Sized(left) if left > limit)
    }

    /// Writes the response to this request.
    pub(super) fn respond(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.connection.write(bytes)
    }

    /// Reads and drops up to `limit` bytes, and returns whether the whole body has been read.
    pub(super) fn skip(&mut self, limit: u64) -> io::Result<bool> {
        io::copy(&mut self.take(limit), &mut io::sink())?;
        // The last chunk may still be unread.
        if matches!(self.left, Left::ChunkSize) {
            self.read_chunk_size()?;
        }
        Ok(self.is_read())
    }

    fn read_chunk_size(&mut self) -> io::Result<()> {
        let line = self.connection.read_line(MAX_LINE_LENGTH)?;
        let digits = line.split(';').next().unwrap_or_default().trim();
        let size = if digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            u64::from_str_radix(digits, 16).ok()
        } else {
            None
        };
        self.left = match size {
            None => return Err(malformed("the size of a chunk is not a hexadecimal number")),
            Some(0) => self.read_trailers()?,
            Some(size) => Left::Chunk(size),
        };
        Ok(())
    }

    fn read_trailers(&mut self) -> io::Result<Left> {
        let mut total = 0;
        loop {
            let line = self.connection.read_line(MAX_LINE_LENGTH)?;
            total += line.len();
            if line.is_empty() {
                return Ok(Left::Nothing);
            }
            if total > MAX_HEAD_SIZE {
                return Err(malformed("the trailers are too long"));
            }
        }
    }

    fn after(&mut self, left: Left, count: u64) -> io::Result<Left> {
        Ok(match left {
            Left::Sized(n) if n > count => Left::Sized(n - count),
            Left::Chunk(n) if n > count => Left::Chunk(n - count),
            Left::Chunk(_) if self.connection.read_line(MAX_LINE_LENGTH)?.is_empty() => {
                Left::ChunkSize
            }
            Left::Chunk(_) => return Err(malformed("a chunk is longer than its size")),
            Left::Sized(_) | Left::ChunkSize | Left::Nothing => Left::Nothing,
        })
    }
}

impl Body<'_> {
    fn read_some(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if std::mem::take(&mut self.expects_continue) {
            self.connection.write(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        if self.left == Left::ChunkSize && !out.is_empty() {
            self.read_chunk_size()?;
        }
        let (Left::Sized(left) | Left::Chunk(left)) = self.left else {
            return Ok(0);
        };
        let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(out.len());
        let Some(out) = out.get_mut(..wanted).filter(|out| !out.is_empty()) else {
            return Ok(0);
        };
        let count = self.connection.read(out)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.received += count as u64;
        if self.received > MAX_BODY_SIZE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.left = self.after(self.left, count as u64)?;
        Ok(count)
    }
}

impl RequestBody for Body<'_> {
    fn declared_length(&self) -> Option<u64> {
        self.declared
    }
}

impl Read for Body<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let result = self.read_some(out);
        self.broken |= result.is_err();
        result
    }
}

fn malformed(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}
