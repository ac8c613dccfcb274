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

use super::framing::Framing;

/// Heads and bodies here are small; ureq wants room for the whole head of an answer.
const BUFFER: usize = 128 * 1024;
const END_OF_HEAD: &[u8] = b"\r\n\r\n";

/// The key stream of one exchange, made anew for each: it has to hide from logs, and nothing else.
#[derive(Clone)]
pub(super) struct Mask(RandomState);

#[derive(Clone, Copy, Hash)]
enum Way {
    Out,
    In,
}

impl Mask {
    pub(super) fn new() -> Self {
        Self(RandomState::new())
    }

    /// The body as ureq gets it.
    pub(super) fn outgoing(&self, body: &[u8]) -> Vec<u8> {
        let mut bytes = body.to_vec();
        Stream::new(self, Way::Out).mix(&mut bytes);
        bytes
    }

    /// Reads an answer's body as it came.
    pub(super) fn incoming<R: Read>(&self, reader: R) -> Unmasked<R> {
        Unmasked {
            reader,
            stream: Stream::new(self, Way::In),
        }
    }
}

impl fmt::Debug for Mask {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Mask([redacted])")
    }
}

/// Where in a key stream one direction is.
#[derive(Debug)]
struct Stream {
    mask: Mask,
    way: Way,
    at: u64,
}

impl Stream {
    fn new(mask: &Mask, way: Way) -> Self {
        Self {
            mask: mask.clone(),
            way,
            at: 0,
        }
    }

    /// Mixes the next bytes; the same once more takes it off.
    fn mix(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            let [key, ..] = self.mask.0.hash_one((self.way, self.at)).to_le_bytes();
            *byte ^= key;
            self.at = self.at.wrapping_add(1);
        }
    }
}

impl fmt::Debug for Way {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Out => "Out",
            Self::In => "In",
        })
    }
}

/// Takes the mask off what ureq gives.
pub(super) struct Unmasked<R> {
    reader: R,
    stream: Stream,
}

impl<R: Read> Read for Unmasked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.stream.mix(buffer.get_mut(..count).unwrap_or_default());
        Ok(count)
    }
}

/// Connects as ureq does, for one exchange.
pub(super) fn connector(mask: &Mask) -> impl Connector {
    DefaultConnector::default().chain(Masks(mask.clone()))
}

#[derive(Debug)]
struct Masks(Mask);

impl<In: Transport> Connector<In> for Masks {
    type Out = Masked<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| Masked {
            inner,
            buffers: LazyBuffers::new(BUFFER, BUFFER),
            head: 0,
            sent: Stream::new(&self.0, Way::Out),
            framing: Framing::default(),
            received: Stream::new(&self.0, Way::In),
        }))
    }
}

#[derive(Debug)]
struct Masked<In> {
    inner: In,
    /// What ureq sees; the inner buffers are the socket's.
    buffers: LazyBuffers,
    /// How much of the end of the request's head has been seen.
    head: usize,
    sent: Stream,
    framing: Framing,
    received: Stream,
}

impl<In: Transport> Masked<In> {
    /// Takes the mask off the part of the output that is body.
    fn unmask(&mut self, output: &mut [u8]) {
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
        self.sent.mix(rest);
    }
}

impl<In: Transport> Transport for Masked<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let output = self.buffers.output().get(..amount).unwrap_or_default();
        let mut output = output.to_vec();
        self.unmask(&mut output);
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
        self.framing.each_body(to, |body| received.mix(body));
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
