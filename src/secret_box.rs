//! Sealed boxes, as made by `crypto_box_seal` of libsodium: only the holder of the secret key can open them. The only
//! file that names the crate `crypto_box`.

use crypto_box::PublicKey;
use crypto_box::aead::OsRng;

use crate::error::{Error, ErrorKind, Result};
use crate::models::serde_helpers::base64;

/// Seals a text with a public key, which is in base64.
pub(crate) fn seal(public_key: &str, text: &[u8]) -> Result<Vec<u8>> {
    let key = base64::decode(public_key.trim()).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let key = key.ok_or_else(|| {
        Error::new(
            ErrorKind::Decode,
            "the public key of the universe is not 32 bytes of base64",
        )
    })?;
    let sealed = PublicKey::from(key).seal(&mut OsRng, text);
    sealed.map_err(|_| Error::invalid_input("the secret is too long to be sealed"))
}

/// A key pair of the sandbox.
#[cfg(feature = "sandbox")]
pub(crate) struct KeyPair(crypto_box::SecretKey);

#[cfg(feature = "sandbox")]
impl KeyPair {
    pub(crate) fn generate() -> Self {
        Self(crypto_box::SecretKey::generate(&mut OsRng))
    }

    pub(crate) fn public_key(&self) -> [u8; 32] {
        *self.0.public_key().as_bytes()
    }

    /// Opens a box that was sealed with the public key.
    pub(crate) fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        self.0.unseal(sealed).ok()
    }
}

#[cfg(test)]
mod tests {
    use crypto_box::SecretKey;
    use serde_json::Value;

    use super::{base64, seal};

    /// Made by PyNaCl 1.6.2: a secret key, a text, and a box that PyNaCl sealed.
    const VECTOR: &str = include_str!("../tests/data/sealed_box.json");

    fn vector(name: &str) -> Option<Vec<u8>> {
        let vector: Value = serde_json::from_str(VECTOR).ok()?;
        base64::decode(vector.get(name)?.as_str()?)
    }

    fn secret_key() -> Option<SecretKey> {
        Some(SecretKey::from(
            <[u8; 32]>::try_from(vector("secret_key")?).ok()?,
        ))
    }

    #[test]
    fn boxes_of_libsodium_and_of_this_crate_are_opened_with_the_same_key() {
        let plain = vector("plain").unwrap_or_default();
        let key = secret_key();
        let public = key.as_ref().map(|key| key.public_key().as_bytes().to_vec());
        assert_eq!(public, vector("public_key"));
        let open = |sealed: &[u8]| key.as_ref().and_then(|key| key.unseal(sealed).ok());
        assert_eq!(
            open(&vector("box").unwrap_or_default()),
            Some(plain.clone())
        );

        let public = base64::encode(&public.unwrap_or_default());
        let boxes = [(); 2].map(|()| seal(&public, &plain).unwrap_or_default());
        let [one, other] = &boxes;
        assert_ne!(one, other, "each has its own key");
        for sealed in &boxes {
            assert_eq!(sealed.len(), plain.len().saturating_add(48));
            assert_eq!(open(sealed), Some(plain.clone()));
        }
    }

    #[test]
    fn other_keys_are_rejected() {
        for key in ["", "AAAA", "not base64", &base64::encode(&[7; 33])] {
            let error = seal(key, b"x").err();
            assert!(error.is_some_and(|error| error.to_string().contains("is not 32 bytes")));
        }
    }
}
