//! The socket of one client, with a read buffer.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::handler::Link;
use super::head::{BadHead, Head};

/// Maximum number of bytes of one read from the socket.
const READ_SIZE: usize = 64 * 1024;
/// Maximum size of an unread body that is drained before the connection is closed.
const MAX_LINGER_SIZE: u64 = 64 << 20;
/// Interval at which a delay checks whether the server was stopped.
const STOP_CHECK_INTERVAL: Duration = Duration::from_millis(10);
const MAX_LINGER_TIME: Duration = Duration::from_secs(2);

/// The reason why no head could be read.
#[derive(Debug)]
pub(super) enum NoHead {
    /// The client is gone, or the server stops.
    Gone,
    Bad(BadHead),
}

#[derive(Debug)]
pub(super) struct Connection {
    stream: TcpStream,
    stop: Arc<AtomicBool>,
    buffer: Vec<u8>,
    used: usize,
    link: Link,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, stop: Arc<AtomicBool>) -> Self {
        Self {
            stream,
            stop,
            buffer: Vec::new(),
            used: 0,
            link: Link::default(),
        }
    }

    pub(super) fn set_link(&mut self, link: Link) {
        self.link = link;
    }

    /// Waits for the time that this many bytes take at the bandwidth.
    fn throttle(&self, bytes: usize) {
        if let Some(bandwidth) = self.link.bandwidth {
            let nanoseconds = (bytes as u64).saturating_mul(1_000_000_000) / bandwidth.max(1);
            self.sleep(Duration::from_nanos(nanoseconds));
        }
    }

    /// Waits, or returns early if the server stops.
    fn sleep(&self, duration: Duration) {
        let mut left = duration;
        while !left.is_zero() && !self.stop.load(Ordering::Acquire) {
            let step = left.min(STOP_CHECK_INTERVAL);
            std::thread::sleep(step);
            left -= step;
        }
    }

    /// Waits for the next request on this connection.
    pub(super) fn read_head(&mut self) -> Result<Head, NoHead> {
        loop {
            // Some clients send an empty line after a body.
            while matches!(self.buffered().first(), Some(b'\r' | b'\n')) {
                self.used += 1;
            }
            match Head::parse(self.buffered()) {
                Ok(Some((head, length))) => {
                    self.used += length;
                    return Ok(head);
                }
                Ok(None) => {}
                Err(bad) => return Err(NoHead::Bad(bad)),
            }
            match self.fill() {
                Ok(0) | Err(_) => return Err(NoHead::Gone),
                Ok(_) => {}
            }
        }
    }

    fn buffered(&self) -> &[u8] {
        self.buffer.get(self.used..).unwrap_or_default()
    }

    /// Reads once from the socket into the buffer; returns 0 at its end.
    fn fill(&mut self) -> io::Result<usize> {
        self.buffer.drain(..self.used.min(self.buffer.len()));
        self.used = 0;
        let length = self.buffer.len();
        self.buffer.resize(length + READ_SIZE, 0);
        let room = self.buffer.get_mut(length..).unwrap_or_default();
        let result = read_socket(&mut self.stream, &self.stop, room);
        self.buffer
            .truncate(length + result.as_ref().map_or(0, |&got| got));
        result
    }

    /// Reads bytes of a body: first from the buffer, then directly from the socket.
    pub(super) fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.buffered();
        if ready.is_empty() {
            let count = read_socket(&mut self.stream, &self.stop, out)?;
            self.throttle(count);
            return Ok(count);
        }
        let count = ready.len().min(out.len());
        if let (Some(from), Some(to)) = (ready.get(..count), out.get_mut(..count)) {
            to.copy_from_slice(from);
        }
        self.used += count;
        self.throttle(count);
        Ok(count)
    }

    /// Reads a line of a chunked body, without its line break.
    pub(super) fn read_line(&mut self, limit: usize) -> io::Result<String> {
        loop {
            if let Some(end) = self.buffered().iter().position(|&b| b == b'\n') {
                let line = self.buffered().get(..end).unwrap_or_default();
                let line =
                    String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line)).into_owned();
                self.used += end + 1;
                return Ok(line);
            }
            if self.buffered().len() > limit {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "a line of the chunked body is too long",
                ));
            }
            if self.fill()? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    /// Writes a response, after the latency and at most as fast as the bandwidth.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sleep(self.link.latency);
        let Some(bandwidth) = self.link.bandwidth else {
            return self.stream.write_all(bytes);
        };
        // Twenty pieces per second imitate a slow connection.
        let piece = usize::try_from(bandwidth / 20)
            .unwrap_or(usize::MAX)
            .clamp(1, READ_SIZE);
        for piece in bytes.chunks(piece) {
            self.throttle(piece.len());
            self.stream.write_all(piece)?;
        }
        Ok(())
    }

    /// Ends the connection. An unread body is drained for a while first: closing at once would reset the connection, and
    /// the client would lose the response.
    pub(super) fn close(&mut self, unread: bool) {
        if unread {
            self.linger();
        }
        let _ = self.stream.shutdown(Shutdown::Both);
    }

    fn linger(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
        let deadline = Instant::now() + MAX_LINGER_TIME;
        let mut left = MAX_LINGER_SIZE;
        let mut scratch = vec![0; READ_SIZE];
        while left > 0 {
            let wait = deadline.saturating_duration_since(Instant::now());
            // A timeout of zero is an error, which ends the loop.
            if self.stream.set_read_timeout(Some(wait)).is_err() {
                return;
            }
            match read_socket(&mut self.stream, &self.stop, &mut scratch) {
                Ok(0) | Err(_) => return,
                Ok(count) => left = left.saturating_sub(count as u64),
            }
        }
    }

    /// Waits until the client closes the connection.
    pub(super) fn wait_for_end(&mut self) {
        let mut scratch = vec![0; READ_SIZE];
        while matches!(
            read_socket(&mut self.stream, &self.stop, &mut scratch),
            Ok(1..)
        ) {}
    }
}

fn read_socket(stream: &mut TcpStream, stop: &AtomicBool, out: &mut [u8]) -> io::Result<usize> {
    loop {
        if stop.load(Ordering::Acquire) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        match stream.read(out) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
