//! Reads `multipart/form-data` as a stream: the body is never in memory as a whole.

use std::io::{self, Read};

use super::rejection::{Rejection, invalid};

const READ_SIZE: usize = 64 * 1024;
/// Maximum size of the headers of one part.
const MAX_HEADERS_SIZE: usize = 16 * 1024;
/// Maximum number of spaces after a boundary.
const MAX_PADDING: usize = 256;

/// The headers of a part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PartHead {
    pub(super) name: String,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
}

/// What comes after the content of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follows {
    Part,
    End,
    /// The delimiter was part of the content.
    Content,
}

#[derive(Debug)]
pub(super) struct Multipart<R> {
    source: R,
    /// CRLF, two hyphens and the boundary.
    delimiter: Vec<u8>,
    /// How far the search jumps for each byte under the last byte of the delimiter (Horspool).
    jumps: Vec<usize>,
    buffer: Vec<u8>,
    used: usize,
    ended: bool,
}

impl<R: Read> Multipart<R> {
    pub(super) fn new(source: R, boundary: &str) -> Self {
        let delimiter = format!("\r\n--{boundary}").into_bytes();
        let last = delimiter.len() - 1;
        let mut jumps = vec![delimiter.len(); 256];
        for (at, byte) in delimiter.iter().take(last).enumerate() {
            if let Some(jump) = jumps.get_mut(usize::from(*byte)) {
                *jump = last - at;
            }
        }
        // A leading line break makes the first boundary a delimiter like the others.
        Self {
            source,
            delimiter,
            jumps,
            buffer: b"\r\n".to_vec(),
            used: 0,
            ended: false,
        }
    }

    /// Returns the next part once the content of the previous one has been read; `None` after the last one.
    pub(super) fn next_part(&mut self, first: bool) -> Result<Option<PartHead>, Rejection> {
        if first {
            self.read_content(&mut |_| {})?;
        }
        if self.ended {
            io::copy(&mut self.source, &mut io::sink())?;
            return Ok(None);
        }
        let head = self.read_headers()?;
        part_head(&head)
            .map(Some)
            .ok_or_else(|| invalid("A part of the form has no usable Content-Disposition."))
    }

    /// Passes the content of the part to `take`, piece by piece, up to the next boundary.
    pub(super) fn read_content(&mut self, take: &mut dyn FnMut(&[u8])) -> Result<(), Rejection> {
        loop {
            if let Some(at) = self.find() {
                take(self.unread().get(..at).unwrap_or_default());
                self.used += at;
                match self.after_delimiter()? {
                    Follows::Content => take(&self.delimiter),
                    follows => {
                        self.ended = follows == Follows::End;
                        return Ok(());
                    }
                }
                continue;
            }
            // The end of the buffer may be the start of a delimiter.
            let sure = self.unread().len().saturating_sub(self.delimiter.len() - 1);
            take(self.unread().get(..sure).unwrap_or_default());
            self.used += sure;
            self.need_more()?;
        }
    }

    /// Skips the delimiter, and decides what it was.
    fn after_delimiter(&mut self) -> Result<Follows, Rejection> {
        self.used += self.delimiter.len();
        loop {
            let rest = self.unread();
            let padding = rest
                .iter()
                .take_while(|b| matches!(b, b' ' | b'\t'))
                .count();
            match rest.get(padding..).unwrap_or_default() {
                [b'-', b'-', ..] if padding == 0 => {
                    self.used += 2;
                    return Ok(Follows::End);
                }
                [b'\r', b'\n', ..] => {
                    // The line break stays: it is also the start of the empty line of a part without headers.
                    self.used += padding;
                    return Ok(Follows::Part);
                }
                [] | [b'\r' | b'-'] if padding < MAX_PADDING => self.need_more()?,
                _ => return Ok(Follows::Content),
            }
        }
    }

    fn read_headers(&mut self) -> Result<String, Rejection> {
        loop {
            let end = self
                .unread()
                .windows(4)
                .position(|four| four == b"\r\n\r\n");
            if let Some(end) = end {
                let head = String::from_utf8_lossy(self.unread().get(..end).unwrap_or_default())
                    .into_owned();
                self.used += end + 4;
                return Ok(head);
            }
            if self.unread().len() > MAX_HEADERS_SIZE {
                return Err(invalid("The headers of a part of the form are too long."));
            }
            self.need_more()?;
        }
    }

    fn unread(&self) -> &[u8] {
        self.buffer.get(self.used..).unwrap_or_default()
    }

    fn need_more(&mut self) -> Result<(), Rejection> {
        self.buffer.drain(..self.used.min(self.buffer.len()));
        self.used = 0;
        let length = self.buffer.len();
        self.buffer.resize(length + READ_SIZE, 0);
        let room = self.buffer.get_mut(length..).unwrap_or_default();
        let result = self.source.read(room);
        self.buffer
            .truncate(length + result.as_ref().map_or(0, |&got| got));
        match result? {
            0 => Err(ended_early()),
            _ => Ok(()),
        }
    }

    /// Returns where the delimiter starts in the unread bytes (Horspool's search).
    fn find(&self) -> Option<usize> {
        let (text, delimiter) = (self.unread(), self.delimiter.as_slice());
        let mut at = 0;
        loop {
            let window = text.get(at..at + delimiter.len())?;
            if window == delimiter {
                return Some(at);
            }
            let last = window.last().copied().unwrap_or_default();
            at += self.jumps.get(usize::from(last)).copied().unwrap_or(1);
        }
    }
}

fn ended_early() -> Rejection {
    invalid("The form ends before its last boundary.")
}

fn part_head(text: &str) -> Option<PartHead> {
    let mut head = PartHead::default();
    let mut named = false;
    for line in text.split("\r\n").filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':')?;
        if name.trim().eq_ignore_ascii_case("content-type") {
            head.content_type = Some(value.trim().to_owned());
        } else if name.trim().eq_ignore_ascii_case("content-disposition") {
            let (kind, parameters) = value.split_once(';')?;
            named = kind.trim().eq_ignore_ascii_case("form-data");
            head.name = parameter(parameters, "name").map(|name| unescape(&name))?;
            head.file_name = parameter(parameters, "filename").map(|name| unescape(&name));
        }
    }
    named.then_some(head)
}

/// Returns the boundary in the content type of a request.
pub(super) fn boundary(content_type: &str) -> Option<String> {
    let (kind, parameters) = content_type.split_once(';')?;
    let boundary = parameter(parameters, "boundary")?;
    let usable = !boundary.is_empty() && boundary.len() <= 200 && !boundary.contains(['\r', '\n']);
    (kind.trim().eq_ignore_ascii_case("multipart/form-data") && usable).then_some(boundary)
}

/// Returns the value of `wanted` in `a=b; c="d"`.
fn parameter(text: &str, wanted: &str) -> Option<String> {
    let mut rest = text;
    loop {
        let (name, after) = rest.trim_start_matches([' ', '\t', ';']).split_once('=')?;
        let (value, after) = if let Some(quoted) = after.trim_start().strip_prefix('"') {
            quoted_value(quoted)
        } else {
            let (value, after) = after.split_once(';').unwrap_or((after, ""));
            (value.trim().to_owned(), after)
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = after;
    }
}

/// Returns the text up to the closing quote, and the rest. Only quotes can be escaped: browsers send other backslashes
/// as they are. A backslash before the last quote belongs to the name.
fn quoted_value(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('"') {
        value.push_str(before);
        rest = after;
        if !before.ends_with('\\') || after.trim().is_empty() {
            break;
        }
        value.pop();
        value.push('"');
    }
    (value, rest)
}

/// Decodes quotes and line breaks as browsers encode them in names.
fn unescape(name: &str) -> String {
    name.replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}
