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

/// A credential and its stand-in.
pub(super) struct Secret {
    secret: String,
    stand_in: String,
}

impl Secret {
    pub(super) fn new(secret: &str) -> Arc<Self> {
        // Made anew for each client, so that no content can hold it by chance or on purpose.
        let random = RandomState::new();
        let letter = |index| {
            u8::try_from(random.hash_one(index) % 26)
                .map_or('a', |letter| char::from(b'a'.saturating_add(letter)))
        };
        let stand_in = (0..secret.len()).map(letter).collect();
        Arc::new(Self {
            secret: secret.to_owned(),
            stand_in,
        })
    }

    /// What ureq is given in place of the credential.
    pub(super) fn stand_in(&self) -> &str {
        &self.stand_in
    }

    /// Puts the credential into the head of a request.
    fn put(&self, output: &mut [u8]) {
        if !METHODS.iter().any(|method| output.starts_with(method)) {
            return;
        }
        let head = output.get_mut(..HEAD.min(output.len())).unwrap_or_default();
        let stand_in = self.stand_in.as_bytes();
        let place = head
            .windows(stand_in.len())
            .position(|window| window == stand_in);
        let place =
            place.and_then(|start| head.get_mut(start..start.saturating_add(stand_in.len())));
        if let Some(place) = place {
            place.copy_from_slice(self.secret.as_bytes());
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
