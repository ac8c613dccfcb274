//! Base64 with the URL-safe alphabet, without padding.

pub(crate) use crate::models::serde_helpers::base64::{
    decode_url_safe as decode, encode_url_safe as encode,
};

/// Returns the text that was encoded, if it was text.
pub(crate) fn decode_text(text: &str) -> Option<String> {
    String::from_utf8(decode(text)?).ok()
}
