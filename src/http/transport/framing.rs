//! Which bytes of an answer are its body: as much of HTTP's framing as that takes.

/// Where in an answer the next byte stands.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "four independent facts")]
pub(super) struct Framing {
    part: Part,
    /// The line of the head, or of a chunk's size, as far as it has come.
    line: Vec<u8>,
    is_first_line: bool,
    /// 1xx: another head follows.
    is_interim: bool,
    /// HTTP/1.0 knows no chunks.
    may_chunk: bool,
    is_chunked: bool,
}

#[derive(Debug, Clone, Copy)]
enum Part {
    Head,
    ChunkSize,
    /// So many bytes of the chunk are left.
    Chunk(u64),
    /// The line break behind a chunk.
    ChunkEnd,
    /// Behind the last chunk, up to an empty line.
    Trailers,
    /// All the rest, whether its length is told or not.
    Body,
}

/// No line that matters is longer.
const LINE: usize = 64 * 1024;

impl Default for Framing {
    fn default() -> Self {
        Self {
            part: Part::Head,
            line: Vec::new(),
            is_first_line: true,
            is_interim: false,
            may_chunk: true,
            is_chunked: false,
        }
    }
}

impl Framing {
    /// Goes on over the next bytes of the answer, and calls `act` with those that are body, in their order.
    pub(super) fn each_body(&mut self, bytes: &mut [u8], mut act: impl FnMut(&mut [u8])) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let count = match self.part {
                Part::Chunk(left) => usize::try_from(left).unwrap_or(usize::MAX).min(rest.len()),
                Part::Body => rest.len(),
                _ => rest
                    .iter()
                    .position(|byte| *byte == b'\n')
                    .map_or(rest.len(), |end| end.saturating_add(1)),
            };
            let Some((now, later)) = rest.split_at_mut_checked(count) else {
                return;
            };
            match self.part {
                Part::Chunk(left) => {
                    act(now);
                    let left = left.saturating_sub(count as u64);
                    self.part = if left == 0 {
                        Part::ChunkEnd
                    } else {
                        Part::Chunk(left)
                    };
                }
                Part::Body => act(now),
                _ => self.line(now),
            }
            rest = later;
        }
    }

    /// Takes the next piece of a line; at its end it counts.
    fn line(&mut self, piece: &[u8]) {
        if self.line.len() < LINE {
            self.line.extend(piece);
        }
        if piece.last() != Some(&b'\n') {
            return;
        }
        let line = String::from_utf8_lossy(&std::mem::take(&mut self.line))
            .trim()
            .to_ascii_lowercase();
        self.part = match self.part {
            Part::Head => self.head(&line),
            Part::ChunkEnd => Part::ChunkSize,
            Part::Trailers if !line.is_empty() => Part::Trailers,
            Part::Trailers => Part::Body,
            _ => {
                let digits = line.split(';').next().unwrap_or_default().trim();
                match u64::from_str_radix(digits, 16) {
                    Ok(0) => Part::Trailers,
                    Ok(size) => Part::Chunk(size),
                    Err(_) => Part::Body,
                }
            }
        };
    }

    /// A line of a head: what comes after it.
    fn head(&mut self, line: &str) -> Part {
        if std::mem::take(&mut self.is_first_line) {
            let status = line.split(' ').nth(1).unwrap_or_default();
            self.is_interim = status.starts_with('1');
            self.may_chunk = !line.starts_with("http/1.0");
            self.is_chunked = false;
            return Part::Head;
        }
        if let Some(codings) = line.strip_prefix("transfer-encoding:") {
            self.is_chunked |= codings.split(',').any(|coding| coding.trim() == "chunked");
        }
        match line.is_empty() {
            false => Part::Head,
            true if self.is_interim => {
                self.is_first_line = true;
                Part::Head
            }
            true if self.is_chunked && self.may_chunk => Part::ChunkSize,
            true => Part::Body,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Framing;

    /// What counts as body, however the answer is cut into pieces.
    fn bodies(answer: &str) -> Vec<String> {
        let cut = |at: usize| {
            let mut bytes = answer.as_bytes().to_vec();
            let (mut framing, mut body) = (Framing::default(), Vec::new());
            let (first, second) = bytes.split_at_mut(at);
            framing.each_body(first, |piece| body.extend_from_slice(piece));
            framing.each_body(second, |piece| body.extend_from_slice(piece));
            String::from_utf8_lossy(&body).into_owned()
        };
        let mut bodies: Vec<String> = (0..=answer.len()).map(cut).collect();
        bodies.dedup();
        bodies
    }

    #[test]
    fn the_body_is_found_in_every_framing() {
        let chunks = "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\ntrailer: 1\r\n\r\n";
        for (answer, body) in [
            (
                "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc".to_owned(),
                "abc",
            ),
            ("HTTP/1.1 200 OK\r\n\r\na\r\n\r\nb".to_owned(), "a\r\n\r\nb"),
            ("HTTP/1.1 200 OK\n\nabc".to_owned(), "abc"),
            (
                format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n{chunks}"),
                "abc0123456789",
            ),
            (
                format!(
                    "HTTP/1.1 200 OK\r\ntransfer-encoding: a\r\ntransfer-encoding: b, chunked\r\n\r\n{chunks}"
                ),
                "abc0123456789",
            ),
            (
                format!(
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 X\r\na: b\r\n\r\nHTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunks}"
                ),
                "abc0123456789",
            ),
            (
                format!("HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunks}"),
                chunks,
            ),
            // Nothing that is no size of a chunk is shown.
            (
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\nabc".to_owned(),
                "abc",
            ),
            (
                format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunks}more"),
                "abc0123456789more",
            ),
        ] {
            assert_eq!(bodies(&answer), [body], "{answer}");
        }
    }
}
