//! The service's public keys for ID tokens: fetched when needed, and kept.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::endpoints::CERTS;
use super::id_token::{JwksWire, VerifyingKey};
use crate::error::{Error, Result};
use crate::http::{HttpClient, Request};

/// Minimum time between two fetches because of an unknown key: anybody can send a token that names one.
const MIN_REFETCH_INTERVAL: Duration = Duration::from_secs(30);

pub(super) type Keys = Arc<Vec<VerifyingKey>>;

#[derive(Default)]
pub(super) struct SigningKeys {
    known: Mutex<Option<Keys>>,
    /// The last fetch because of an unknown key. Locked while one is in progress, so that others wait for its result.
    refetch: Mutex<Option<Refetch>>,
}

struct Refetch {
    time: Instant,
    failure: Option<Error>,
}

impl SigningKeys {
    /// Returns the known keys. Fetches them if there are none.
    pub(super) fn get(&self, http: &HttpClient) -> Result<Keys> {
        let known = lock(&self.known).clone();
        known.map_or_else(|| self.fetch(http), Ok)
    }

    /// Returns the keys after a rotation: fetches them again, unless that was done within the last 30 seconds.
    pub(super) fn refetch(&self, http: &HttpClient) -> Result<Keys> {
        let mut last = lock(&self.refetch);
        let is_recent = |last: &&Refetch| last.time.elapsed() < MIN_REFETCH_INTERVAL;
        if let Some(last) = last.as_ref().filter(is_recent) {
            let failure = last.failure.as_ref();
            return failure.map_or_else(|| self.get(http), |error| Err(error.duplicate()));
        }
        let fetched = self.fetch(http);
        *last = Some(Refetch {
            time: Instant::now(),
            failure: fetched.as_ref().err().map(Error::duplicate),
        });
        fetched
    }

    fn fetch(&self, http: &HttpClient) -> Result<Keys> {
        let wire: JwksWire = http.send(&Request::new(&CERTS))?;
        let keys = Arc::new(wire.into_keys());
        *lock(&self.known) = Some(Arc::clone(&keys));
        Ok(keys)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
