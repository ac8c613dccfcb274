//! The credential, put into a request below the HTTP layer.
//!
//! At its most verbose level ureq logs the bytes of every request. So it is given a stand-in of the same length, and
//! what stands between it and the socket puts the credential in its place.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use ureq::Error;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport,
};

/// The head of a request is no longer than this, as far as the credential goes.
const HEAD: usize = 8 * 1024;
const METHODS: [&[u8]; 5] = [b"GET ", b"POST ", b"PATCH ", b"PUT ", b"DELETE "];

/// The header of the credential as it should go out, and with a stand-in of the same length.
pub(super) struct Secret {
    line: String,
    stand_in: String,
    stand_in_line: String,
}

impl Secret {
    /// `value` is the whole value of the header, in which `secret` stands.
    pub(super) fn new(name: &str, value: &str, secret: &str) -> Arc<Self> {
        // Made anew for each client, so that no content can hold it by chance or on purpose.
        let random = RandomState::new();
        let letter = |index| {
            u8::try_from(random.hash_one(index) % 26)
                .map_or('a', |letter| char::from(b'a'.saturating_add(letter)))
        };
        let letters: String = (0..secret.len()).map(letter).collect();
        // A prefix such as `Bearer ` stays.
        let prefix = value.strip_suffix(secret).unwrap_or_default();
        let stand_in = format!("{prefix}{letters}");
        let line = |value: &str| format!("{name}: {value}\r\n");
        Arc::new(Self {
            line: line(value),
            stand_in_line: line(&stand_in),
            stand_in,
        })
    }

    /// What ureq is given as the value of the header.
    pub(super) fn stand_in(&self) -> &str {
        &self.stand_in
    }

    /// Puts the credential into the head of a request.
    fn put(&self, output: &mut [u8]) {
        if !METHODS.iter().any(|method| output.starts_with(method)) {
            return;
        }
        let head = output.get_mut(..HEAD.min(output.len())).unwrap_or_default();
        let mut rest = head;
        // Line by line: each request passes here, and a search at every byte would be seen in its cost.
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            rest = rest.get_mut(end.saturating_add(1)..).unwrap_or_default();
            if let Some(line) = rest.get_mut(..self.stand_in_line.len())
                && line == self.stand_in_line.as_bytes()
                && line.len() == self.line.len()
            {
                line.copy_from_slice(self.line.as_bytes());
                return;
            }
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret([redacted])")
    }
}

/// Connects as ureq does, and puts the credential in.
pub(super) fn connector(secret: Arc<Secret>) -> impl Connector {
    DefaultConnector::default().chain(PutsSecret(secret))
}

#[derive(Debug)]
struct PutsSecret(Arc<Secret>);

impl<In: Transport> Connector<In> for PutsSecret {
    type Out = WithSecret<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| WithSecret {
            inner,
            secret: Arc::clone(&self.0),
        }))
    }
}

#[derive(Debug)]
struct WithSecret<In> {
    inner: In,
    secret: Arc<Secret>,
}

impl<In: Transport> Transport for WithSecret<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.secret.put(
            self.inner
                .buffers()
                .output()
                .get_mut(..amount)
                .unwrap_or_default(),
        );
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}
