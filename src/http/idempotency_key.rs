//! Idempotency keys, by which the service recognizes a repeated request.

use std::hash::{BuildHasher, RandomState};

/// Returns a unique key: 128 random bits as the text of a UUID. It is not a secret.
pub(crate) fn idempotency_key() -> String {
    let random = || RandomState::new().hash_one(0_u8);
    let (high, low) = (random(), random());
    let digits = format!("{high:016x}{low:016x}");
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!(
        "{}-{}-4{}-8{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

#[cfg(test)]
mod tests {
    use super::idempotency_key;

    #[test]
    fn keys_differ_and_look_like_uuids() {
        let keys: std::collections::BTreeSet<_> = (0..1000).map(|_| idempotency_key()).collect();
        assert_eq!(keys.len(), 1000);
        for key in keys {
            let lengths: Vec<_> = key.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12], "{key}");
        }
    }
}
