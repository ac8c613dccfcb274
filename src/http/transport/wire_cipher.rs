//! BufferPool that are secrets, kept out of the log of the HTTP layer.
//!
//! At its most verbose level ureq logs the bytes of every request and of every answer. So it is given a body that is
//! mixed with a key stream, and what stands between it and the socket takes the stream off again. Of the answer it mixes
//! what is body, and leaves the framing as it is; our reader takes that off. Heads stay as they are.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read};

use ureq::Error;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, DefaultConnector, LazyBuffers, NextTimeout, Transport,
};

use super::body_scanner::BodyScanner;

/// Heads and bodies here are small; ureq wants room for the whole head of an answer.
const BUFFER_SIZE: usize = 128 * 1024;
const END_OF_HEAD: &[u8] = b"\r\n\r\n";

/// The key stream of one exchange, made anew for each: it has to hide from logs, and nothing else.
#[derive(Clone)]
pub(super) struct Keystream(RandomState);

#[derive(Clone, Copy, Hash)]
enum Direction {
    Out,
    In,
}

impl Keystream {
    pub(super) fn new() -> Self {
        Self(RandomState::new())
    }

    /// The body as ureq gets it.
    pub(super) fn encrypt_request(&self, body: &[u8]) -> Vec<u8> {
        let mut bytes = body.to_vec();
        KeystreamPosition::new(self, Direction::Out).apply(&mut bytes);
        bytes
    }

    /// Reads an answer's body as it came.
    pub(super) fn decrypt_response<R: Read>(&self, reader: R) -> DecryptingReader<R> {
        DecryptingReader {
            reader,
            stream: KeystreamPosition::new(self, Direction::In),
        }
    }
}

impl fmt::Debug for Keystream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Keystream([redacted])")
    }
}

/// Where in a key stream one direction is.
#[derive(Debug)]
struct KeystreamPosition {
    keystream: Keystream,
    direction: Direction,
    position: u64,
}

impl KeystreamPosition {
    fn new(keystream: &Keystream, direction: Direction) -> Self {
        Self {
            keystream: keystream.clone(),
            direction,
            position: 0,
        }
    }

    /// Mixes the next bytes; the same once more takes it off.
    fn apply(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            let [key, ..] = self
                .keystream
                .0
                .hash_one((self.direction, self.position))
                .to_le_bytes();
            *byte ^= key;
            self.position = self.position.wrapping_add(1);
        }
    }
}

impl fmt::Debug for Direction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Out => "Out",
            Self::In => "In",
        })
    }
}

/// Takes the mask off what ureq gives.
pub(super) struct DecryptingReader<R> {
    reader: R,
    stream: KeystreamPosition,
}

impl<R: Read> Read for DecryptingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.stream
            .apply(buffer.get_mut(..count).unwrap_or_default());
        Ok(count)
    }
}

/// Connects as ureq does, for one exchange.
pub(super) fn connector(keystream: &Keystream) -> impl Connector {
    DefaultConnector::default().chain(CipherConnector(keystream.clone()))
}

#[derive(Debug)]
struct CipherConnector(Keystream);

impl<In: Transport> Connector<In> for CipherConnector {
    type Out = CipherTransport<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| CipherTransport {
            inner,
            buffers: LazyBuffers::new(BUFFER_SIZE, BUFFER_SIZE),
            head: 0,
            sent: KeystreamPosition::new(&self.0, Direction::Out),
            scanner: BodyScanner::default(),
            received: KeystreamPosition::new(&self.0, Direction::In),
        }))
    }
}

#[derive(Debug)]
struct CipherTransport<In> {
    inner: In,
    /// What ureq sees; the inner buffers are the socket's.
    buffers: LazyBuffers,
    /// How much of the end of the request's head has been seen.
    head: usize,
    sent: KeystreamPosition,
    scanner: BodyScanner,
    received: KeystreamPosition,
}

impl<In: Transport> CipherTransport<In> {
    /// Takes the mask off the part of the output that is body.
    fn decrypt_output(&mut self, output: &mut [u8]) {
        let mut rest = output;
        while self.head < END_OF_HEAD.len() {
            let Some((first, more)) = rest.split_first_mut() else {
                return;
            };
            self.head = match END_OF_HEAD.get(self.head) {
                Some(expected) if expected == first => self.head.saturating_add(1),
                _ => usize::from(*first == b'\r'),
            };
            rest = more;
        }
        self.sent.apply(rest);
    }
}

impl<In: Transport> Transport for CipherTransport<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let output = self.buffers.output().get(..amount).unwrap_or_default();
        let mut output = output.to_vec();
        self.decrypt_output(&mut output);
        let mut rest = output.as_slice();
        while !rest.is_empty() {
            let room = self.inner.buffers().output();
            let count = room.len().min(rest.len());
            let (now, later) = rest.split_at_checked(count).unwrap_or_default();
            room.get_mut(..count)
                .unwrap_or_default()
                .copy_from_slice(now);
            self.inner.transmit_output(count, timeout)?;
            rest = later;
        }
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        if self.inner.buffers().input().is_empty() {
            self.inner.await_input(timeout)?;
        }
        let input = self.inner.buffers().input();
        let room = self.buffers.input_append_buf();
        let count = input.len().min(room.len());
        let (Some(from), Some(to)) = (input.get(..count), room.get_mut(..count)) else {
            return Ok(false);
        };
        to.copy_from_slice(from);
        let received = &mut self.received;
        self.scanner.for_each_body(to, |body| received.apply(body));
        self.buffers.input_appended(count);
        self.inner.buffers().input_consume(count);
        Ok(count > 0)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}
