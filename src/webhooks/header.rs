//! The header `roblox-signature`: `t=<seconds>,v1=<signature>`.

use hmac_sha256::HMAC;

use crate::error::{Error, ErrorKind, Result};
use crate::models::serde_helpers::base64;

/// The length of a signature in base64, with its padding.
const SIGNATURE_LENGTH: usize = 44;

/// The known parts of the header.
pub(super) struct Header<'a> {
    /// The timestamp as it was written, which is part of what is signed.
    timestamp: &'a str,
    /// The timestamp in seconds since 1970.
    pub(super) seconds: u64,
    /// All texts after `v1=`.
    signatures: Vec<&'a str>,
}

impl<'a> Header<'a> {
    /// Reads the parts in any order, with spaces around them. Unknown parts are ignored.
    pub(super) fn parse(header: &'a str) -> Result<Self> {
        let mut timestamp = None;
        let mut signatures = Vec::new();
        for part in header.split(',') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match (name.trim(), value.trim()) {
                ("t", _) if timestamp.is_some() => {
                    return Err(rejected("the header has more than one timestamp"));
                }
                ("t", value) => timestamp = Some(value),
                ("v1", value) => signatures.push(value),
                _ => {}
            }
        }
        let timestamp = timestamp.ok_or_else(|| rejected("the header has no timestamp (`t=`)"))?;
        let is_number = timestamp.bytes().all(|byte| byte.is_ascii_digit());
        let seconds = timestamp.parse().ok().filter(|_| is_number);
        Ok(Self {
            timestamp,
            seconds: seconds.ok_or_else(|| {
                rejected("the timestamp of the header is not a number of seconds")
            })?,
            signatures,
        })
    }

    pub(super) fn has_signature(&self) -> bool {
        !self.signatures.is_empty()
    }

    /// Whether one of the signatures was made with the secret, over this body.
    pub(super) fn is_signed_with(&self, secret: &[u8], body: &[u8]) -> bool {
        let expected = mac(secret, self.timestamp, body);
        let signatures = self.signatures.iter().filter_map(|text| decode(text));
        // Compares the MACs of both sides: the position of a difference reveals nothing about the signature.
        let expected = HMAC::mac(expected, secret);
        let is_equal = |signature| HMAC::mac(signature, secret) == expected;
        signatures.map(is_equal).fold(false, |any, one| any | one)
    }
}

/// Returns a signature, if the text has the form of one.
fn decode(text: &str) -> Option<[u8; 32]> {
    let bytes = (text.len() == SIGNATURE_LENGTH).then(|| base64::decode(text))??;
    bytes.try_into().ok()
}

fn mac(secret: &[u8], timestamp: &str, body: &[u8]) -> [u8; 32] {
    let mut mac = HMAC::new(secret);
    mac.update(timestamp);
    mac.update(".");
    mac.update(body);
    mac.finalize()
}

/// Returns the header for a body that is sent at this time, as the service writes it.
#[cfg(feature = "sandbox")]
pub(crate) fn sign(secret: &[u8], seconds: i64, body: &[u8]) -> String {
    let timestamp = seconds.to_string();
    let signature = base64::encode(&mac(secret, &timestamp, body));
    format!("t={timestamp},v1={signature}")
}

pub(super) fn rejected(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidSignature, message)
}
