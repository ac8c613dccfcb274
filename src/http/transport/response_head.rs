//! Reads the head of an HTTP/1.1 response.

use std::io::{self, BufRead, Read};

use httparse::Status;
use ureq::http::{HeaderMap, HeaderName, HeaderValue};

/// The maximum length of a head, and of the trailers, in bytes.
const MAX_HEAD_LENGTH: u64 = 64 * 1024;
const MAX_HEADERS: usize = 128;
/// The head, as error messages name it.
const HEAD: &str = "its head";

/// The head of a response, and how its body is delimited.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) framing: Framing,
}

impl Head {
    /// Whether only the end of the connection ends the body.
    pub(super) fn ends_with_connection(&self) -> bool {
        self.framing == Framing::UntilClose
    }

    /// Returns the length of the body, if it is declared.
    pub(super) fn content_length(&self) -> Option<u64> {
        match self.framing {
            Framing::Length(length) => Some(length),
            Framing::Chunked | Framing::UntilClose => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    Length(u64),
    Chunked,
    UntilClose,
}

/// An error of reading a response.
#[derive(Debug)]
pub(super) enum ResponseError {
    Io(io::Error),
    /// It is not HTTP.
    Malformed(&'static str),
    /// Its body exceeds the limit.
    TooLarge,
}

impl From<io::Error> for ResponseError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

pub(super) type Result<T> = std::result::Result<T, ResponseError>;

/// Reads the head of the final response. Skips interim responses.
pub(super) fn read_head(reader: &mut impl BufRead) -> Result<Head> {
    loop {
        let head = parse_head(&read_lines(reader)?)?;
        // 101 has no response after it.
        if head.status >= 200 || head.status == 101 {
            return Ok(head);
        }
    }
}

/// Reads lines up to and including an empty one.
pub(super) fn read_lines(reader: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut lines = Vec::new();
    loop {
        let used = u64::try_from(lines.len()).unwrap_or(u64::MAX);
        let line = read_line(reader, MAX_HEAD_LENGTH.saturating_sub(used), HEAD)?;
        let is_end = line.trim_ascii().is_empty();
        lines.extend(line);
        if is_end {
            return Ok(lines);
        }
    }
}

/// Reads a line with its line break.
pub(super) fn read_line(
    reader: &mut impl BufRead,
    limit: u64,
    what: &'static str,
) -> Result<Vec<u8>> {
    let mut line = Vec::new();
    reader.take(limit).read_until(b'\n', &mut line)?;
    if line.ends_with(b"\n") {
        Ok(line)
    } else if u64::try_from(line.len()) == Ok(limit) {
        Err(ResponseError::Malformed(what))
    } else {
        Err(io::Error::from(io::ErrorKind::UnexpectedEof).into())
    }
}

fn parse_head(bytes: &[u8]) -> Result<Head> {
    let mut parsed = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut response = httparse::Response::new(&mut parsed);
    let malformed = ResponseError::Malformed(HEAD);
    let (Ok(Status::Complete(_)), Some(status)) = (response.parse(bytes), response.code) else {
        return Err(malformed);
    };
    let mut headers = HeaderMap::new();
    for header in &*response.headers {
        let name = HeaderName::from_bytes(header.name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(header.value)) {
            headers.append(name, value);
        }
    }
    let framing = framing(status, response.version == Some(1), &headers)?;
    Ok(Head {
        status,
        headers,
        framing,
    })
}

/// Returns how the body is delimited, by RFC 9112, 6.3.
fn framing(status: u16, may_chunk: bool, headers: &HeaderMap) -> Result<Framing> {
    if matches!(status, 100..=199 | 204 | 304) {
        return Ok(Framing::Length(0));
    }
    let all = |name: &str| {
        let values = headers.get_all(name).iter();
        values.filter_map(|value| value.to_str().ok())
    };
    let last_coding = all("transfer-encoding")
        .next_back()
        .and_then(|value| value.rsplit(',').next());
    if may_chunk && last_coding.is_some_and(|coding| coding.trim().eq_ignore_ascii_case("chunked"))
    {
        return Ok(Framing::Chunked);
    }
    let mut lengths = all("content-length").map(|value| value.trim().parse::<u64>());
    let malformed = ResponseError::Malformed("its length");
    match lengths.next() {
        None => Ok(Framing::UntilClose),
        Some(Ok(length)) if lengths.all(|other| other == Ok(length)) => Ok(Framing::Length(length)),
        Some(_) => Err(malformed),
    }
}
