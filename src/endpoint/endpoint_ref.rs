//! The endpoint of a request: a constant, or one that the caller describes.

use std::ops::Deref;
use std::sync::Arc;

use super::{Endpoint, Method, Repeat};

/// The endpoint of a request: one of the constants, or one described by the caller.
#[derive(Debug, Clone)]
#[allow(
    clippy::large_enum_variant,
    reason = "raw calls are rare, and boxing would cost each of them"
)]
pub(crate) enum EndpointRef {
    Constant(&'static Endpoint),
    Custom { endpoint: Endpoint, path: Arc<str> },
}

impl EndpointRef {
    /// Describes a call that has no constant.
    pub(crate) fn custom(method: Method, path: &str) -> Self {
        let repeat = match method {
            Method::Post => Repeat::Never,
            _ => Repeat::Always,
        };
        Self::Custom {
            // A raw call returns whatever the service sends.
            endpoint: Endpoint::new(method, "", repeat).error_fields_are_data(),
            path: path.into(),
        }
    }

    /// Returns the same call under another path, which the service accepts but the official document does not list.
    pub(crate) fn undocumented(endpoint: &Endpoint, path: &'static str) -> Self {
        Self::Custom {
            endpoint: endpoint.clone(),
            path: path.into(),
        }
    }

    /// Returns the path as it is documented, or as the caller gave it.
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Constant(endpoint) => endpoint.path,
            Self::Custom { path, .. } => path,
        }
    }
}

impl From<&'static Endpoint> for EndpointRef {
    fn from(endpoint: &'static Endpoint) -> Self {
        Self::Constant(endpoint)
    }
}

impl Deref for EndpointRef {
    type Target = Endpoint;

    fn deref(&self) -> &Endpoint {
        match self {
            Self::Constant(endpoint) => endpoint,
            Self::Custom { endpoint, .. } => endpoint,
        }
    }
}
