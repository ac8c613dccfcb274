//! Verifies ID tokens: the signature by one of the published keys, and the claims.

use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde::Deserialize;
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::crypto::{decode_base64url, secure_eq};
use super::user_info::UserInfo;
use crate::error::{Error, ErrorKind, Result};

/// The maximum length of a token, in bytes.
const MAX_LENGTH: usize = 16 * 1024;
/// The tolerated difference between clocks.
const MAX_CLOCK_SKEW_SECONDS: i64 = 60;
/// The only accepted algorithm. If there were several, the sender of a token could choose one.
const ALGORITHM: &str = "ES256";

/// The claims that a token must have.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    /// `None` accepts the token of any sign-in.
    pub(super) nonce: Option<&'a str>,
}

/// The three parts of a token that is not verified yet.
pub(super) struct IdTokenParts<'a> {
    signed: &'a str,
    claims: Vec<u8>,
    signature: Vec<u8>,
    pub(super) key_id: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

/// A public key on the curve P-256.
#[derive(Debug, Clone)]
pub(super) struct VerifyingKey {
    pub(super) id: Option<String>,
    /// The uncompressed point: 4, x and y.
    point: Vec<u8>,
}

/// The service's list of keys. Keys of other kinds are ignored.
#[derive(Deserialize)]
#[serde(expecting = "a list of keys")]
pub(super) struct JwksWire {
    keys: Vec<Map<String, Value>>,
}

impl JwksWire {
    pub(super) fn into_keys(self) -> Vec<VerifyingKey> {
        self.keys
            .iter()
            .filter_map(VerifyingKey::from_jwk)
            .collect()
    }
}

impl VerifyingKey {
    fn from_jwk(key: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| key.get(name).and_then(Value::as_str);
        let is = |name: &str, expected: &str| text(name) == Some(expected);
        let is_or_absent = |name: &str, expected: &str| {
            matches!(key.get(name), None | Some(Value::Null)) || is(name, expected)
        };
        let is_supported = is("kty", "EC")
            && is("crv", "P-256")
            && is_or_absent("use", "sig")
            && is_or_absent("alg", ALGORITHM);
        let number = |name| decode_base64url(text(name)?).filter(|bytes| bytes.len() == 32);
        let (x, y) = (number("x")?, number("y")?);
        is_supported.then(|| Self {
            id: text("kid").map(str::to_owned),
            point: [&[4][..], &x, &y].concat(),
        })
    }
}

impl<'a> IdTokenParts<'a> {
    pub(super) fn parse(token: &'a str) -> Result<Self> {
        let malformed = || invalid_id_token("it is malformed");
        if token.len() > MAX_LENGTH {
            return Err(invalid_id_token("it is too long"));
        }
        let (signed, signature) = token.rsplit_once('.').ok_or_else(malformed)?;
        let (header, claims) = signed.split_once('.').ok_or_else(malformed)?;
        let part = |text| decode_base64url(text).ok_or_else(malformed);
        let header: Header = serde_json::from_slice(&part(header)?).map_err(|_| malformed())?;
        if header.alg != ALGORITHM {
            return Err(invalid_id_token("it is not signed with ES256"));
        }
        if header.crit.is_some() {
            return Err(invalid_id_token(
                "it requires an extension that is not supported",
            ));
        }
        Ok(Self {
            signed,
            claims: part(claims)?,
            signature: part(signature)?,
            key_id: header.kid,
        })
    }

    /// Returns the key that the token names. A token that names none must be signed by the only key.
    pub(super) fn key<'k>(&self, keys: &'k [VerifyingKey]) -> Option<&'k VerifyingKey> {
        match (&self.key_id, keys) {
            (None, [key]) => Some(key),
            (None, _) => None,
            (id, keys) => keys.iter().find(|key| key.id == *id),
        }
    }

    /// Verifies the signature and the claims, and returns the user.
    pub(super) fn verify(&self, key: &VerifyingKey, expected: &Expected<'_>) -> Result<UserInfo> {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &key.point)
            .verify(self.signed.as_bytes(), &self.signature)
            .map_err(|_| invalid_id_token("its signature is not by the service's key"))?;
        let claims: Map<String, Value> = serde_json::from_slice(&self.claims)
            .map_err(|_| invalid_id_token("it is malformed"))?;
        check(
            &claims,
            expected,
            OffsetDateTime::now_utc().unix_timestamp(),
        )?;
        serde_json::from_value(Value::Object(claims))
            .map_err(|_| invalid_id_token("it names no user"))
    }
}

fn check(claims: &Map<String, Value>, expected: &Expected<'_>, now: i64) -> Result<()> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let seconds = |name: &str| {
        let value = claims.get(name)?;
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    };
    let is_nonce = |nonce| text("nonce").is_some_and(|value| secure_eq(value, nonce));
    let is_past = |end: i64| end.saturating_add(MAX_CLOCK_SKEW_SECONDS) <= now;
    let is_future = |begin: i64| begin > now.saturating_add(MAX_CLOCK_SKEW_SECONDS);
    if text("iss") != Some(expected.issuer) {
        Err(invalid_id_token("it is from another issuer"))
    } else if !is_audience(claims, expected.client_id) {
        Err(invalid_id_token("it is for another app"))
    } else if seconds("exp").is_none_or(is_past) {
        Err(invalid_id_token("it has expired"))
    } else if seconds("nbf").is_some_and(is_future) {
        Err(invalid_id_token(
            "it is not valid yet; is this machine's clock right?",
        ))
    } else if !expected.nonce.is_none_or(is_nonce) {
        Err(invalid_id_token("it belongs to another sign-in"))
    } else {
        Ok(())
    }
}

fn is_audience(claims: &Map<String, Value>, client_id: &str) -> bool {
    match claims.get("aud") {
        Some(Value::String(audience)) => audience == client_id,
        Some(Value::Array(audiences)) => {
            let has_us = audiences.iter().any(|audience| audience == client_id);
            let requester = claims.get("azp").and_then(Value::as_str);
            // With several audiences, `azp` names the app that requested the token.
            has_us && (audiences.len() == 1 || requester == Some(client_id))
        }
        _ => false,
    }
}

/// Returns an `InvalidIdToken` error. Pass no part of the token.
pub(super) fn invalid_id_token(reason: &str) -> Error {
    Error::new(
        ErrorKind::InvalidIdToken,
        format!("the ID token is not valid: {reason}"),
    )
}
