//! Instances of a place's data model.

mod instance;

mod children;

use crate::endpoint::Endpoint;

pub use children::Children;
pub use instance::Instance;

pub(super) const ENDPOINTS: &[&[&Endpoint]] = &[instance::ENDPOINTS];
