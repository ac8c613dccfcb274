//! Base64 in the alphabet for URLs, without padding.

pub(in crate::sandbox) use crate::models::serde_helpers::base64::{
    decode_url_safe as decode, encode_url_safe as encode,
};
