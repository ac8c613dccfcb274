//! The head of a request: method, target, headers, and how its body is framed.

use percent_encoding::percent_decode_str;

/// Maximum size of a head; a larger one is rejected with 431.
pub(super) const MAX_HEAD_SIZE: usize = 64 * 1024;
/// Maximum number of headers; a request with more is rejected with 431.
const MAX_HEADERS: usize = 128;
/// Maximum size of a body; a larger one is rejected with 413. The largest documented upload is a video of 3.75 GB.
pub(super) const MAX_BODY_SIZE: u64 = 4 << 30;

/// The error for a head, or the framing that it declares, that cannot be used: a status and a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct BadHead {
    pub(super) status: u16,
    pub(super) why: &'static str,
}

const fn bad(status: u16, why: &'static str) -> BadHead {
    BadHead { status, why }
}

/// How the body of a request is delimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    Sized(u64),
    Chunked,
}

/// The parsed head of one request.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) method: String,
    pub(crate) target: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    http_1_1: bool,
}

impl Head {
    /// Parses a head at the start of `bytes`. Returns the head and its length, or `None` if more bytes are needed.
    pub(super) fn parse(bytes: &[u8]) -> Result<Option<(Self, usize)>, BadHead> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        match request.parse(bytes) {
            Ok(httparse::Status::Complete(length)) if length <= MAX_HEAD_SIZE => {
                Ok(Some((Self::from_parsed(&request), length)))
            }
            Ok(httparse::Status::Partial) if bytes.len() < MAX_HEAD_SIZE => Ok(None),
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

    /// Returns the value of the first header of this name, which is given in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.values(name).next()
    }

    pub(crate) fn bearer_token(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization")?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, v)| v.trim())
    }

    /// Returns whether a comma-separated header contains this word.
    fn contains_word(&self, name: &str, word: &str) -> bool {
        self.values(name)
            .flat_map(|v| v.split(','))
            .any(|w| w.trim().eq_ignore_ascii_case(word))
    }

    pub(super) fn keeps_alive(&self) -> bool {
        let keep_alive = self.http_1_1 || self.contains_word("connection", "keep-alive");
        keep_alive && !self.contains_word("connection", "close")
    }

    pub(super) fn expects_continue(&self) -> bool {
        self.http_1_1 && self.contains_word("expect", "100-continue")
    }

    pub(super) fn accepts_gzip(&self) -> bool {
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

    /// Returns how the body is delimited. Ambiguous framing is rejected: the next request could not be found.
    pub(super) fn framing(&self) -> Result<Framing, BadHead> {
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
            // RFC 9112, 6.3: a request without a length has no body.
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

    /// Returns the path and the query of the target, still encoded. Scheme and host, as sent to a proxy, are removed.
    pub(crate) fn path_and_query(&self) -> (&str, &str) {
        let local = match self.target.split_once("://") {
            Some((_, rest)) if !self.target.starts_with('/') => {
                rest.find('/').and_then(|at| rest.get(at..))
            }
            _ => Some(self.target.as_str()),
        };
        let local = local.unwrap_or("/");
        local.split_once('?').unwrap_or((local, ""))
    }

    /// Returns the decoded pairs of the query, in the order sent.
    pub(crate) fn query(&self) -> Vec<(String, String)> {
        parse_query(self.path_and_query().1)
    }
}

/// Returns the decoded pairs of a query, in their order.
pub(crate) fn parse_query(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let split = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    split
        .map(|(name, value)| (decode_query(name), decode_query(value)))
        .collect()
}

/// Returns the first value of a parameter. An empty value counts as absent.
pub(crate) fn first_value<'p>(pairs: &'p [(String, String)], name: &str) -> Option<&'p str> {
    let pair = pairs.iter().find(|(known, _)| known == name);
    let value = pair.map(|(_, value)| value.as_str());
    value.filter(|value| !value.is_empty())
}

fn sized(length: &str) -> Result<Framing, BadHead> {
    if length.is_empty() || !length.bytes().all(|b| b.is_ascii_digit()) {
        return Err(bad(400, "The content length is not a number."));
    }
    match length.parse() {
        Ok(length) if length <= MAX_BODY_SIZE => Ok(Framing::Sized(length)),
        _ => Err(bad(413, "The body of the request is too large.")),
    }
}

fn decode_query(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}
