//! The head of a request: method, target, headers, and how its body is framed.

use percent_encoding::percent_decode_str;

/// A head larger than this is rejected with 431.
pub(in crate::sandbox) const HEAD_LIMIT: usize = 64 * 1024;
/// A request with more headers than this is rejected with 431.
const HEADER_COUNT: usize = 128;
/// A body larger than this is rejected with 413. The largest documented upload is a video of 3.75 GB.
pub(in crate::sandbox) const BODY_LIMIT: u64 = 4 << 30;

/// Why a head, or the framing it declares, cannot be used: the status to response with, and a text.
#[derive(Debug, Clone, Copy)]
pub(in crate::sandbox) struct BadHead {
    pub(in crate::sandbox) status: u16,
    pub(in crate::sandbox) why: &'static str,
}

const fn bad(status: u16, why: &'static str) -> BadHead {
    BadHead { status, why }
}

/// How the body of a request is delimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) enum Framing {
    Sized(u64),
    Chunked,
}

/// The parsed head of one request.
#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Head {
    pub(in crate::sandbox) method: String,
    pub(in crate::sandbox) target: String,
    /// Names in lower case.
    pub(in crate::sandbox) headers: Vec<(String, String)>,
    http_1_1: bool,
}

impl Head {
    /// Reads a head from the start of `bytes`: the head and its length, or `None` when more bytes are needed.
    pub(in crate::sandbox) fn parse(bytes: &[u8]) -> Result<Option<(Self, usize)>, BadHead> {
        let mut headers = [httparse::EMPTY_HEADER; HEADER_COUNT];
        let mut request = httparse::Request::new(&mut headers);
        match request.parse(bytes) {
            Ok(httparse::Status::Complete(length)) if length <= HEAD_LIMIT => {
                Ok(Some((Self::from_parsed(&request), length)))
            }
            Ok(httparse::Status::Partial) if bytes.len() < HEAD_LIMIT => Ok(None),
            Ok(_) => Err(bad(431, "The head of the request is too large.")),
            Err(httparse::Error::TooManyHeaders) => {
                Err(bad(431, "The request has too many headers."))
            }
            Err(_) => Err(bad(400, "The head of the request is malformed.")),
        }
    }

    fn from_parsed(request: &httparse::Request<'_, '_>) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let headers = request.headers.iter();
        Self {
            method: request.method.unwrap_or_default().to_owned(),
            target: request.path.unwrap_or_default().to_owned(),
            headers: headers
                .map(|h| (h.name.to_ascii_lowercase(), text(h.value)))
                .collect(),
            http_1_1: request.version == Some(1),
        }
    }

    /// The value of the first header of this name (given in lower case).
    pub(in crate::sandbox) fn header(&self, name: &str) -> Option<&str> {
        self.values(name).next()
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, v)| v.trim())
    }

    /// Whether a comma-separated header holds this word.
    fn lists(&self, name: &str, word: &str) -> bool {
        self.values(name)
            .flat_map(|v| v.split(','))
            .any(|w| w.trim().eq_ignore_ascii_case(word))
    }

    pub(in crate::sandbox) fn keeps_alive(&self) -> bool {
        let asked_to_stay = self.http_1_1 || self.lists("connection", "keep-alive");
        asked_to_stay && !self.lists("connection", "close")
    }

    pub(in crate::sandbox) fn expects_continue(&self) -> bool {
        self.http_1_1 && self.lists("expect", "100-continue")
    }

    pub(in crate::sandbox) fn accepts_gzip(&self) -> bool {
        self.values("accept-encoding")
            .flat_map(|v| v.split(','))
            .any(|coding| {
                let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
                let rejected = quality
                    .trim()
                    .strip_prefix("q=")
                    .is_some_and(|q| q.parse() == Ok(0.0_f32));
                name.trim().eq_ignore_ascii_case("gzip") && !rejected
            })
    }

    /// How the body is delimited. Anything doubtful is rejected, as it would put the next request out of step.
    pub(in crate::sandbox) fn framing(&self) -> Result<Framing, BadHead> {
        let mut lengths = self
            .values("content-length")
            .flat_map(|v| v.split(','))
            .map(str::trim);
        let length = lengths.next();
        if lengths.any(|other| Some(other) != length) {
            return Err(bad(400, "The request has two different content lengths."));
        }
        let codings: Vec<&str> = self.values("transfer-encoding").collect();
        match (codings.as_slice(), length) {
            ([], None) if matches!(self.method.as_str(), "POST" | "PATCH" | "PUT") => {
                Err(bad(411, "The request has a body of unknown length."))
            }
            ([], None) => Ok(Framing::Sized(0)),
            ([], Some(length)) => sized(length),
            ([coding], None) if self.http_1_1 && coding.eq_ignore_ascii_case("chunked") => {
                Ok(Framing::Chunked)
            }
            _ => Err(bad(
                400,
                "The framing of the request's body is not supported.",
            )),
        }
    }

    /// Path and query of the target, still encoded. A target with a scheme and a host (as for a proxy) loses them.
    pub(in crate::sandbox) fn path_and_query(&self) -> (&str, &str) {
        let local = match self.target.split_once("://") {
            Some((_, rest)) if !self.target.starts_with('/') => {
                rest.find('/').and_then(|at| rest.get(at..))
            }
            _ => Some(self.target.as_str()),
        };
        let local = local.unwrap_or("/");
        local.split_once('?').unwrap_or((local, ""))
    }

    /// The path's segments, decoded, without the empty one before the first slash.
    pub(in crate::sandbox) fn segments(&self) -> Vec<String> {
        let (path, _) = self.path_and_query();
        path.split('/').skip(1).map(decode).collect()
    }

    /// The query's pairs, decoded, in the order sent.
    pub(in crate::sandbox) fn query(&self) -> Vec<(String, String)> {
        parse_query(self.path_and_query().1)
    }
}

/// The pairs of a query, decoded, in their order.
pub(in crate::sandbox) fn parse_query(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let split = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    split
        .map(|(name, value)| (decode_query(name), decode_query(value)))
        .collect()
}

fn sized(length: &str) -> Result<Framing, BadHead> {
    if length.is_empty() || !length.bytes().all(|b| b.is_ascii_digit()) {
        return Err(bad(400, "The content length is not a number."));
    }
    match length.parse() {
        Ok(length) if length <= BODY_LIMIT => Ok(Framing::Sized(length)),
        _ => Err(bad(413, "The body of the request is too large.")),
    }
}

pub(in crate::sandbox) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

pub(in crate::sandbox) fn decode_query(text: &str) -> String {
    decode(&text.replace('+', " "))
}
