//! The URL type of the transport.

pub(in crate::http) use ureq::http::Uri;
