//! One connection of the callback server. Connections do not block each other.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use super::address::RedirectAddress;
use super::page::response;
use crate::error::{Error, ErrorKind, Result};

/// The maximum length of the head of a request, in bytes.
const MAX_HEAD_LENGTH: usize = 16 * 1024;
const MAX_HEADERS: usize = 64;
/// The time for a connection to send its request. Browsers open some in advance and send nothing.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(10);
/// The time to read the rest of a rejected request, so that the response arrives.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(1);

/// The state of a connection after a poll.
pub(super) enum Step {
    KeepOpen,
    Close,
    /// The redirect of this sign-in arrived: its code, or the error.
    Done(Result<String>),
}

pub(super) struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
    deadline: Instant,
    is_rejected: bool,
}

/// The query of a request, or the status to reject it with.
type ParsedRequest = Result<String, u16>;

impl Connection {
    pub(super) fn new(stream: TcpStream) -> Option<Self> {
        stream.set_nonblocking(true).ok()?;
        Some(Self {
            stream,
            read: Vec::new(),
            deadline: Instant::now().checked_add(CONNECTION_TIMEOUT)?,
            is_rejected: false,
        })
    }

    /// Reads what has arrived, without waiting. `code` returns the code in a query.
    pub(super) fn advance(
        &mut self,
        address: &RedirectAddress,
        code: impl FnOnce(&str) -> Result<String>,
    ) -> Step {
        let is_open = self.fill();
        if self.is_rejected {
            self.read.clear();
            return self.keep_open_if(is_open);
        }
        let Some(parsed) = parse(&self.read, address) else {
            return self.keep_open_if(is_open);
        };
        let outcome = match parsed {
            Ok(query) => code(&query),
            Err(status) => return self.reject(status),
        };
        let is_ours = |error: &Error| error.kind() != ErrorKind::InvalidInput;
        match &outcome {
            Ok(_) => self.write(200),
            Err(error) if is_ours(error) => self.write(403),
            // The redirect of another sign-in, or a forged one.
            Err(_) => return self.reject(400),
        }
        Step::Done(outcome)
    }

    fn keep_open_if(&self, is_open: bool) -> Step {
        if is_open && Instant::now() < self.deadline {
            Step::KeepOpen
        } else {
            Step::Close
        }
    }

    /// Reads what has arrived. Returns whether more may come.
    fn fill(&mut self) -> bool {
        let mut buffer = [0; 4096];
        while self.read.len() <= MAX_HEAD_LENGTH {
            match self.stream.read(&mut buffer) {
                Ok(0) => return false,
                Ok(count) => self.read.extend(buffer.iter().take(count)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return error.kind() == io::ErrorKind::WouldBlock,
            }
        }
        true
    }

    fn reject(&mut self, status: u16) -> Step {
        self.write(status);
        self.is_rejected = true;
        self.deadline = Instant::now()
            .checked_add(DRAIN_TIMEOUT)
            .unwrap_or(self.deadline);
        Step::KeepOpen
    }

    /// Sends the page. It is short and fits into the socket's buffer.
    fn write(&mut self, status: u16) {
        let _ = self.stream.write_all(response(status).as_bytes());
        let _ = self.stream.shutdown(Shutdown::Write);
    }
}

/// Returns the query of a request for the redirect URI; `None` while its head is incomplete.
fn parse(bytes: &[u8], address: &RedirectAddress) -> Option<ParsedRequest> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(length)) if length <= MAX_HEAD_LENGTH => {}
        Ok(httparse::Status::Partial) if bytes.len() <= MAX_HEAD_LENGTH => return None,
        Ok(_) | Err(httparse::Error::TooManyHeaders) => return Some(Err(431)),
        Err(_) => return Some(Err(400)),
    }
    let is_host = |header: &&httparse::Header<'_>| header.name.eq_ignore_ascii_case("host");
    let mut hosts = request.headers.iter().filter(is_host);
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => str::from_utf8(host.value).unwrap_or_default(),
        _ => return Some(Err(400)),
    };
    let (path, query) = request
        .path
        .map(|target| target.split_once('?').unwrap_or((target, "")))
        .unwrap_or_default();
    Some(if !address.is_host(host.trim()) {
        Err(421)
    } else if !address.is_path(path) {
        Err(404)
    } else if request.method != Some("GET") {
        Err(405)
    } else {
        Ok(query.to_owned())
    })
}
