//! Whether this build can speak https.

pub(super) const fn has_tls() -> bool {
    cfg!(feature = "rustls")
}
