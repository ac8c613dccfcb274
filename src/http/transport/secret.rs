//! The credential, put into a request below the HTTP layer.
//!
//! At its most verbose level ureq logs the bytes of every request. So it is given a stand-in of the same length, and
//! what stands between it and the socket puts the credential in its place.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, PoisonError, RwLock, Weak};

use ureq::Error;
use ureq::http::{HeaderName, HeaderValue};
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport,
};

use crate::auth::Credential;
use crate::error::{Error as OurError, Result as OurResult};

/// The head of a request is no longer than this, as far as the credential goes: paths and tokens may be long.
const HEAD: usize = 64 * 1024;
const METHODS: [&[u8]; 5] = [b"GET ", b"POST ", b"PATCH ", b"PUT ", b"DELETE "];

/// The header of the credential as it should go out, and with a stand-in of the same length.
pub(in crate::http) struct Secret {
    text: String,
    line: String,
    stand_in_line: String,
    /// What ureq is given.
    header: (HeaderName, HeaderValue),
}

impl Secret {
    /// # Errors
    /// `InvalidInput` if the credential cannot stand in a header.
    pub(in crate::http) fn new(credential: &Credential) -> OurResult<Arc<Self>> {
        let (name, value) = credential.header()?;
        let secret = credential.secret();
        // Made anew for each credential, so that no content can hold it by chance or on purpose.
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
        // `credential.header` has checked the characters, and this error holds nothing of the value either.
        let mut header = HeaderValue::try_from(&stand_in)
            .map_err(|_| OurError::invalid_input("the credential cannot stand in a header"))?;
        header.set_sensitive(true);
        Ok(Arc::new(Self {
            text: secret.to_owned(),
            line: line(&value),
            stand_in_line: line(&stand_in),
            header: (HeaderName::from_static(name), header),
        }))
    }

    /// The secret itself, to keep it out of texts.
    pub(in crate::http) fn text(&self) -> &str {
        &self.text
    }

    /// Name and value of the header, with the stand-in.
    pub(super) fn header(&self) -> (&HeaderName, &HeaderValue) {
        (&self.header.0, &self.header.1)
    }

    /// Puts the credential in if the stand-in stands at the beginning of this; whether it did.
    fn put(&self, output: &mut [u8]) -> bool {
        let Some(line) = output.get_mut(..self.stand_in_line.len()) else {
            return false;
        };
        let is_it = line == self.stand_in_line.as_bytes() && line.len() == self.line.len();
        if is_it {
            line.copy_from_slice(self.line.as_bytes());
        }
        is_it
    }
}

/// The secrets that requests under way may carry: one for ever, or tokens that take each other's place.
#[derive(Debug, Default)]
pub(super) struct Secrets(RwLock<Vec<Weak<Secret>>>);

impl Secrets {
    /// From now on its stand-in is known, as long as somebody holds it.
    pub(super) fn add(&self, secret: &Arc<Secret>) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.retain(|secret| secret.strong_count() > 0);
        known.push(Arc::downgrade(secret));
    }

    /// Those that somebody holds.
    pub(super) fn held(&self) -> Vec<Arc<Secret>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.iter().filter_map(Weak::upgrade).collect()
    }

    /// Puts the credential into the head of a request.
    fn put(&self, output: &mut [u8]) {
        if !METHODS.iter().any(|method| output.starts_with(method)) {
            return;
        }
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let head = output.get_mut(..HEAD.min(output.len())).unwrap_or_default();
        let mut rest = head;
        // Line by line: each request passes here, and a search at every byte would be seen in its cost.
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            rest = rest.get_mut(end.saturating_add(1)..).unwrap_or_default();
            let mut secrets = known.iter().filter_map(Weak::upgrade);
            if secrets.any(|secret| secret.put(rest)) {
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
pub(super) fn connector(secrets: Arc<Secrets>) -> impl Connector {
    DefaultConnector::default().chain(PutsSecret(secrets))
}

#[derive(Debug)]
struct PutsSecret(Arc<Secrets>);

impl<In: Transport> Connector<In> for PutsSecret {
    type Out = WithSecret<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| WithSecret {
            inner,
            secrets: Arc::clone(&self.0),
        }))
    }
}

#[derive(Debug)]
struct WithSecret<In> {
    inner: In,
    secrets: Arc<Secrets>,
}

impl<In: Transport> Transport for WithSecret<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.secrets.put(
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
