//! The authorization server: consent, tokens, keys, and the access of tokens to calls.

pub(crate) mod access;
pub(crate) mod authorize;
pub(crate) mod discovery;
mod form;
pub(crate) mod token;
pub(crate) mod user_info;
