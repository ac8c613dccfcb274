//! One connection: what it asks, and what it gets. None can hold up another.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use super::address::Address;
use super::page::answer;
use crate::error::{Error, ErrorKind, Result};

/// The head of a request is no longer than this.
const HEAD: usize = 16 * 1024;
const HEADERS: usize = 64;
/// Browsers open connections in advance and send nothing; slow ones have no more time than this.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the rest of a refused request is read, so that the answer gets through.
const DRAIN: Duration = Duration::from_secs(1);

/// What becomes of a connection.
pub(super) enum Step {
    Stay,
    Leave,
    /// It was the one: the code, or why there is none.
    End(Result<String>),
}

pub(super) struct Visitor {
    stream: TcpStream,
    read: Vec<u8>,
    until: Instant,
    is_answered: bool,
}

/// A request that is understood, or the status to refuse it with.
type Verdict = Result<String, u16>;

impl Visitor {
    pub(super) fn new(stream: TcpStream) -> Option<Self> {
        stream.set_nonblocking(true).ok()?;
        Some(Self {
            stream,
            read: Vec::new(),
            until: Instant::now().checked_add(PATIENCE)?,
            is_answered: false,
        })
    }

    /// Looks whether something came, without waiting. `code` takes the code out of a query.
    pub(super) fn go_on(
        &mut self,
        address: &Address,
        code: impl FnOnce(&str) -> Result<String>,
    ) -> Step {
        let is_open = self.fill();
        if self.is_answered {
            self.read.clear();
            return self.stay_if(is_open);
        }
        let Some(verdict) = judge(&self.read, address) else {
            return self.stay_if(is_open);
        };
        let outcome = match verdict {
            Ok(query) => code(&query),
            Err(status) => return self.refuse(status),
        };
        let is_ours = |error: &Error| error.kind() != ErrorKind::InvalidInput;
        match &outcome {
            Ok(_) => self.write(200),
            Err(error) if is_ours(error) => self.write(403),
            // A redirect of another sign-in, or one that somebody made up.
            Err(_) => return self.refuse(400),
        }
        Step::End(outcome)
    }

    fn stay_if(&self, is_open: bool) -> Step {
        if is_open && Instant::now() < self.until {
            Step::Stay
        } else {
            Step::Leave
        }
    }

    /// Reads what is there; whether more may come.
    fn fill(&mut self) -> bool {
        let mut buffer = [0; 4096];
        while self.read.len() <= HEAD {
            match self.stream.read(&mut buffer) {
                Ok(0) => return false,
                Ok(count) => self.read.extend(buffer.iter().take(count)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return error.kind() == io::ErrorKind::WouldBlock,
            }
        }
        true
    }

    fn refuse(&mut self, status: u16) -> Step {
        self.write(status);
        self.is_answered = true;
        self.until = Instant::now().checked_add(DRAIN).unwrap_or(self.until);
        Step::Stay
    }

    /// The page is short, so it goes out at once or to nobody.
    fn write(&mut self, status: u16) {
        let _ = self.stream.write_all(answer(status).as_bytes());
        let _ = self.stream.shutdown(Shutdown::Write);
    }
}

/// The query of a request that may be the one; `None` while its head is not complete.
fn judge(bytes: &[u8], address: &Address) -> Option<Verdict> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(length)) if length <= HEAD => {}
        Ok(httparse::Status::Partial) if bytes.len() <= HEAD => return None,
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
