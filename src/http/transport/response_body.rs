//! Reads the body of an HTTP/1.1 response: by length, by chunks or until the connection closes.

use std::io::{self, BufRead, Read};

use httparse::Status;

use super::response_head::{Framing, Head, ResponseError, Result, read_line, read_lines};

/// The maximum length of a line with the size of a chunk, in bytes.
const MAX_CHUNK_LINE_LENGTH: u64 = 4 * 1024;

// The parts of a body, as error messages name them.
const CHUNK_SIZE: &str = "the size of a chunk";
const CHUNK_END: &str = "the end of a chunk";

/// Reads the body into `body`, which also contains the part that arrived before an error.
pub(super) fn read_body(
    reader: &mut impl BufRead,
    head: &Head,
    limit: u64,
    body: &mut Vec<u8>,
) -> Result<()> {
    let mut stream = BodyStream::new(reader, head);
    let mut buffer = [0; 8 * 1024];
    let mut left = usize::try_from(limit).unwrap_or(usize::MAX);
    loop {
        // One byte beyond the limit shows that the body is too large.
        let room = left.saturating_add(1).min(buffer.len());
        let read = match stream.read_part(buffer.get_mut(..room).unwrap_or_default()) {
            Err(ResponseError::Io(error)) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let kept = buffer.get(..read.min(left)).unwrap_or_default();
        body.extend_from_slice(kept);
        match left.checked_sub(read) {
            Some(_) if read == 0 => return Ok(()),
            Some(rest) => left = rest,
            None => return Err(ResponseError::TooLarge),
        }
    }
}

/// A body that is read as it arrives. One that is cut off ends with an error.
#[derive(Debug)]
pub(super) struct BodyStream<R> {
    reader: R,
    framing: Framing,
    /// The rest of the body, or of the current chunk.
    left: u64,
    /// Whether the start of a chunk was read.
    has_chunk: bool,
    is_done: bool,
}

impl<R: BufRead> BodyStream<R> {
    pub(super) fn new(reader: R, head: &Head) -> Self {
        let left = head.content_length();
        Self {
            reader,
            framing: head.framing,
            left: left.unwrap_or_default(),
            has_chunk: false,
            is_done: left == Some(0),
        }
    }

    /// Reads the next part of the body into a buffer, and returns its length; 0 at the end.
    fn read_part(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.framing == Framing::Chunked && self.left == 0 && !self.is_done {
            self.start_chunk()?;
        }
        if self.is_done || buffer.is_empty() {
            return Ok(0);
        }
        let room = match self.framing {
            Framing::UntilClose => buffer.len(),
            _ => usize::try_from(self.left).map_or(buffer.len(), |left| left.min(buffer.len())),
        };
        let read = self
            .reader
            .read(buffer.get_mut(..room).unwrap_or_default())?;
        self.finish_part(read as u64)?;
        Ok(read)
    }

    /// Reads the end of a chunk, and the size of the next one.
    fn start_chunk(&mut self) -> Result<()> {
        if self.has_chunk {
            let mut end = [0; 2];
            self.reader.read_exact(&mut end)?;
            if end != *b"\r\n" {
                return Err(ResponseError::Malformed(CHUNK_END));
            }
        }
        let line = read_line(&mut self.reader, MAX_CHUNK_LINE_LENGTH, CHUNK_SIZE)?;
        let Ok(Status::Complete((_, size))) = httparse::parse_chunk_size(&line) else {
            return Err(ResponseError::Malformed(CHUNK_SIZE));
        };
        if size == 0 {
            read_lines(&mut self.reader)?; // trailers
            self.is_done = true;
        }
        self.left = size;
        self.has_chunk = true;
        Ok(())
    }

    /// Subtracts the length of a part that was read.
    fn finish_part(&mut self, read: u64) -> io::Result<()> {
        self.left = self.left.saturating_sub(read);
        match self.framing {
            Framing::UntilClose => self.is_done = read == 0,
            _ if read == 0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            Framing::Length(_) => self.is_done = self.left == 0,
            Framing::Chunked => {}
        }
        Ok(())
    }
}

impl<R: BufRead> Read for BodyStream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.read_part(buffer).map_err(|error| match error {
            ResponseError::Io(error) => error,
            ResponseError::Malformed(what) => io::Error::other(what),
            ResponseError::TooLarge => io::ErrorKind::FileTooLarge.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::super::response_head::{ResponseError, read_head};
    use super::read_body;

    /// The status, the body as far as it arrived, and whether that is all of it; read in pieces of every size.
    fn read(response: &str, limit: u64) -> (u16, String, Result<(), String>) {
        let outcome = |size: usize| {
            let mut reader = BufReader::with_capacity(size, response.as_bytes().take(u64::MAX));
            let mut body = Vec::new();
            let (status, result) = match read_head(&mut reader) {
                Ok(head) => (head.status, read_body(&mut reader, &head, limit, &mut body)),
                Err(error) => (0, Err(error)),
            };
            let result = result.map_err(|error| match error {
                ResponseError::Io(error) => error.kind().to_string(),
                ResponseError::Malformed(what) => what.to_owned(),
                ResponseError::TooLarge => "too large".to_owned(),
            });
            (status, String::from_utf8_lossy(&body).into_owned(), result)
        };
        let mut outcomes: Vec<_> = (1..=response.len().max(1)).map(outcome).collect();
        outcomes.dedup();
        assert_eq!(outcomes.len(), 1, "{response}");
        outcomes.remove(0)
    }

    const CHUNKS: &str = "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\ntrailer: 1\r\n\r\n";

    #[test]
    fn a_body_is_read_in_every_framing() {
        for (head, rest, body) in [
            ("200 OK\r\ncontent-length: 3\r\n", "abcd", "abc"),
            (
                "200 OK\r\ncontent-length: 3\r\nContent-Length: 3\r\n",
                "abc",
                "abc",
            ),
            ("200 OK\r\n", "a\r\n\r\nb", "a\r\n\r\nb"),
            (
                "200 OK\r\nTransfer-Encoding: Chunked\r\n",
                CHUNKS,
                "abc0123456789",
            ),
            (
                "200 OK\r\ntransfer-encoding: a\r\ntransfer-encoding: b, chunked\r\n",
                CHUNKS,
                "abc0123456789",
            ),
            (
                "200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n",
                CHUNKS,
                "abc0123456789",
            ),
            ("200 OK\r\ntransfer-encoding: chunked, a\r\n", "abc", "abc"),
            ("204 X\r\n", "abc", ""),
            ("304 X\r\ncontent-length: 3\r\n", "abc", ""),
            ("101 X\r\n", "abc", ""),
        ] {
            let response = format!("HTTP/1.1 {head}\r\n{rest}");
            let (_, read, result) = read(&response, 1000);
            assert_eq!((read.as_str(), result), (body, Ok(())), "{response}");
        }
        let old = format!("HTTP/1.0 200 OK\ntransfer-encoding: chunked\n\n{CHUNKS}");
        assert_eq!(read(&old, 1000), (200, CHUNKS.to_owned(), Ok(())));
        let interim =
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 X\r\na: b\r\n\r\nHTTP/1.1 400 X\r\n\r\nabc";
        assert_eq!(read(interim, 1000), (400, "abc".to_owned(), Ok(())));
    }

    #[test]
    fn a_body_that_is_cut_or_too_large_is_an_error() {
        let cut = "unexpected end of file";
        for (head, rest, body, error) in [
            ("content-length: 5\r\n", "abc", "abc", cut),
            (
                "content-length: 11\r\n",
                "0123456789a",
                "0123456789",
                "too large",
            ),
            ("content-length: 99999999999999\r\n", "abc", "abc", cut),
            ("", "0123456789a", "0123456789", "too large"),
            ("transfer-encoding: chunked\r\n", "3\r\nab", "ab", cut),
            ("transfer-encoding: chunked\r\n", "3\r\nabc", "abc", cut),
            (
                "transfer-encoding: chunked\r\n",
                "3\r\nabc\r\n0\r\n",
                "abc",
                cut,
            ),
            (
                "transfer-encoding: chunked\r\n",
                "3\r\nabcd\r\n",
                "abc",
                "the end of a chunk",
            ),
            (
                "transfer-encoding: chunked\r\n",
                "8\r\n01234567\r\n3\r\nabc\r\n",
                "01234567ab",
                "too large",
            ),
            (
                "transfer-encoding: chunked\r\n",
                "xyz\r\nabc",
                "",
                "the size of a chunk",
            ),
            (
                "transfer-encoding: chunked\r\n",
                "+3\r\nabc",
                "",
                "the size of a chunk",
            ),
            (
                "transfer-encoding: chunked\r\n",
                "fffffffffffffffff\r\nabc",
                "",
                "the size of a chunk",
            ),
        ] {
            let response = format!("HTTP/1.1 200 OK\r\n{head}\r\n{rest}");
            let expected = (200, body.to_owned(), Err(error.to_owned()));
            assert_eq!(read(&response, 10), expected, "{response}");
        }
        for (response, error) in [
            ("", cut),
            ("HTTP/1.1 200 OK\r\na: b\r\n", cut),
            ("HTTP/1.1 100 Continue\r\n\r\n", cut),
            ("nonsense\r\n\r\n", "its head"),
            (
                "HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd",
                "its length",
            ),
            (
                "HTTP/1.1 200 OK\r\ncontent-length: -3\r\n\r\nabc",
                "its length",
            ),
        ] {
            assert_eq!(
                read(response, 10),
                (0, String::new(), Err(error.to_owned()))
            );
        }
        let mut long = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "a".repeat(70_000));
        let mut reader = BufReader::new(long.as_bytes());
        assert!(matches!(
            read_head(&mut reader),
            Err(ResponseError::Malformed(_))
        ));
        long = format!("HTTP/1.1 200 OK\r\n{}\r\n", "x: y\r\n".repeat(200));
        let mut reader = BufReader::new(long.as_bytes());
        assert!(matches!(
            read_head(&mut reader),
            Err(ResponseError::Malformed(_))
        ));
    }
}
