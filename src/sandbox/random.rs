//! Random texts. They protect nothing real, so the standard library's random hasher keys are enough.

use std::hash::{BuildHasher as _, RandomState};

/// Returns 32 random hexadecimal digits.
pub(crate) fn random_text() -> String {
    let half = |salt: u8| RandomState::new().hash_one(salt);
    format!("{:016x}{:016x}", half(0), half(1))
}

/// Returns a random id in the form of a UUID.
pub(crate) fn random_uuid() -> String {
    let mut id = random_text();
    for at in [20, 16, 12, 8] {
        id.insert(at, '-');
    }
    id
}
