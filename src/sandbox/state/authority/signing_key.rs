//! The key that signs ID tokens with ES256.

use std::fmt;

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

use crate::sandbox::base64url;
use crate::sandbox::random::random_text;

pub(crate) struct SigningKey {
    id: String,
    pair: EcdsaKeyPair,
}

impl SigningKey {
    pub(crate) fn generate() -> Option<Self> {
        let random = SystemRandom::new();
        let method = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(method, &random).ok()?;
        let pair = EcdsaKeyPair::from_pkcs8(method, document.as_ref(), &random).ok()?;
        Some(Self {
            id: random_text(),
            pair,
        })
    }

    /// Returns the public key as a JSON web key.
    pub(crate) fn to_json(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        let part = |from, to| base64url::encode(point.get(from..to).unwrap_or_default());
        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.id,
            "x": part(1, 33), "y": part(33, 65),
        })
    }

    /// Returns a JSON web token with these claims.
    pub(crate) fn sign(&self, claims: &Value) -> Option<String> {
        let header = json!({ "alg": "ES256", "kid": self.id, "typ": "JWT" });
        let part = |value: &Value| base64url::encode(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(&header), part(claims));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes());
        let signature = base64url::encode(signature.ok()?.as_ref());
        Some(format!("{signed}.{signature}"))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey([redacted])")
    }
}
