//! The body of a request as a reader, whatever its framing.

use std::io::{self, Read};

use super::connection::Connection;
use super::head::{BODY_LIMIT, Framing, HEAD_LIMIT};

/// The longest line of a chunk's size with its extensions.
const LINE_LIMIT: usize = 4096;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    /// This many bytes of a body with a length.
    Sized(u64),
    /// The line with the next chunk's size comes next.
    ChunkSize,
    /// This many bytes of the chunk.
    Chunk(u64),
    Nothing,
}

#[derive(Debug)]
pub(in crate::sandbox) struct Body<'a> {
    connection: &'a mut Connection,
    left: Left,
    expects_continue: bool,
    declared: Option<u64>,
    received: u64,
    /// Nothing after an error can be trusted to be where it should be.
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

    /// The length that the client declared; `None` for a chunked body.
    pub(in crate::sandbox) fn declared_length(&self) -> Option<u64> {
        self.declared
    }

    pub(super) fn is_read(&self) -> bool {
        self.left == Left::Nothing
    }

    /// Whether the rest is short enough to be read so that the connection can stay.
    /// A client that still waits for `100 Continue` may never send the body.
    pub(super) fn is_short(&self, limit: u64) -> bool {
        !self.broken
            && !self.expects_continue
            && !matches!(self.left, Left::Sized(left) if left > limit)
    }

    /// Writes the response to this request.
    pub(super) fn response(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.connection.write(bytes)
    }

    /// Reads and drops up to `limit` bytes; whether the whole body has been read then.
    pub(super) fn skip(&mut self, limit: u64) -> io::Result<bool> {
        io::copy(&mut self.take(limit), &mut io::sink())?;
        // An end that is not seen yet (the last chunk) costs one more read.
        if matches!(self.left, Left::ChunkSize) {
            self.read_chunk_size()?;
        }
        Ok(self.is_read())
    }

    fn read_chunk_size(&mut self) -> io::Result<()> {
        let line = self.connection.read_line(LINE_LIMIT)?;
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
            let line = self.connection.read_line(LINE_LIMIT)?;
            total += line.len();
            if line.is_empty() {
                return Ok(Left::Nothing);
            }
            if total > HEAD_LIMIT {
                return Err(malformed("the trailers are too long"));
            }
        }
    }

    fn after(&mut self, left: Left, count: u64) -> io::Result<Left> {
        Ok(match left {
            Left::Sized(n) if n > count => Left::Sized(n - count),
            Left::Chunk(n) if n > count => Left::Chunk(n - count),
            Left::Chunk(_) if self.connection.read_line(LINE_LIMIT)?.is_empty() => Left::ChunkSize,
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
        if self.received > BODY_LIMIT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.left = self.after(self.left, count as u64)?;
        Ok(count)
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
