//! The header with the credential, which ureq never sees.
//!
//! At its most verbose level ureq logs the bytes of every request. It gets a placeholder of the same length, and a
//! connector below it replaces the placeholder with the credential.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, PoisonError, RwLock, Weak};

use ureq::Error;
use ureq::http::{HeaderName, HeaderValue};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

use crate::auth::Credential;
use crate::error::{Error as OurError, Result as OurResult};

/// The length of the part of a request in which the placeholder is searched for, in bytes: paths have up to 64 KiB, and
/// tokens may be long.
const MAX_HEAD_LENGTH: usize = 128 * 1024;
const METHODS: [&[u8]; 5] = [b"GET ", b"POST ", b"PATCH ", b"PUT ", b"DELETE "];

/// The header line with the credential, and the same line with a placeholder of the same length.
pub(in crate::http) struct Secret {
    text: String,
    line: String,
    placeholder_line: String,
    /// The placeholder header that ureq gets.
    header: (HeaderName, HeaderValue),
}

impl Secret {
    /// # Errors
    /// `InvalidInput` if the credential is not a valid header value.
    pub(in crate::http) fn new(credential: &Credential) -> OurResult<Arc<Self>> {
        let (name, value) = credential.header()?;
        let secret = credential.secret();
        // Random for each credential, so that no content can contain it by chance or on purpose.
        let random = RandomState::new();
        let letter = |index| {
            u8::try_from(random.hash_one(index) % 26)
                .map_or('a', |letter| char::from(b'a'.saturating_add(letter)))
        };
        let letters: String = (0..secret.len()).map(letter).collect();
        // Keep a prefix such as `Bearer `.
        let prefix = value.strip_suffix(secret).unwrap_or_default();
        let placeholder = format!("{prefix}{letters}");
        let line = |value: &str| format!("{name}: {value}\r\n");
        // `credential.header` has validated the characters; this error does not contain the value either.
        let mut header = HeaderValue::try_from(&placeholder)
            .map_err(|_| OurError::invalid_input("the credential is not a valid header value"))?;
        header.set_sensitive(true);
        Ok(Arc::new(Self {
            text: secret.to_owned(),
            line: line(&value),
            placeholder_line: line(&placeholder),
            header: (HeaderName::from_static(name), header),
        }))
    }

    /// Returns the secret itself, to redact it in texts.
    pub(in crate::http) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the header line with the secret, for a connection that ureq does not use.
    pub(super) fn line(&self) -> &str {
        &self.line
    }

    /// Returns name and value of the header with the placeholder.
    pub(super) fn header(&self) -> (&HeaderName, &HeaderValue) {
        (&self.header.0, &self.header.1)
    }

    /// Replaces the placeholder line at the beginning of `output`. Returns false if another line is there.
    fn insert(&self, output: &mut [u8]) -> bool {
        let Some(line) = output.get_mut(..self.placeholder_line.len()) else {
            return false;
        };
        let is_placeholder =
            line == self.placeholder_line.as_bytes() && line.len() == self.line.len();
        if is_placeholder {
            line.copy_from_slice(self.line.as_bytes());
        }
        is_placeholder
    }
}

/// The secrets that requests in flight may carry: one key, or successive tokens.
#[derive(Debug, Default)]
pub(super) struct Secrets(RwLock<Vec<Weak<Secret>>>);

impl Secrets {
    /// Replaces the placeholder of this secret from now on, until the secret is dropped.
    pub(super) fn register(&self, secret: &Arc<Secret>) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.retain(|secret| secret.strong_count() > 0);
        known.push(Arc::downgrade(secret));
    }

    /// Returns the secrets that are still in use.
    pub(super) fn live(&self) -> Vec<Arc<Secret>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.iter().filter_map(Weak::upgrade).collect()
    }

    /// Replaces the placeholder in the head of a request.
    fn insert(&self, output: &mut [u8]) {
        if !METHODS.iter().any(|method| output.starts_with(method)) {
            return;
        }
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let head = output
            .get_mut(..MAX_HEAD_LENGTH.min(output.len()))
            .unwrap_or_default();
        let mut rest = head;
        // Line by line: every request passes here, and a search at every byte would be slow.
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            rest = rest.get_mut(end.saturating_add(1)..).unwrap_or_default();
            // Both header names begin with one of these letters.
            if !matches!(rest.first(), Some(b'x' | b'a')) {
                continue;
            }
            let mut secrets = known.iter().filter_map(Weak::upgrade);
            if secrets.any(|secret| secret.insert(rest)) {
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

/// Puts the credential in place of the placeholder. Belongs above TLS.
#[derive(Debug)]
pub(super) struct HeaderConnector(pub(super) Arc<Secrets>);

impl<In: Transport> Connector<In> for HeaderConnector {
    type Out = HeaderTransport<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| HeaderTransport {
            inner,
            secrets: Arc::clone(&self.0),
        }))
    }
}

#[derive(Debug)]
pub(super) struct HeaderTransport<In> {
    inner: In,
    secrets: Arc<Secrets>,
}

impl<In: Transport> Transport for HeaderTransport<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.secrets.insert(
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
