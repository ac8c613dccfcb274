//! Ordered data stores: leaderboards and other sorted integers.

mod store;

mod v1;

use crate::endpoint::Endpoint;

pub use store::OrderedDataStore;
pub use v1::OrderedDataStoreV1;

pub(super) const ENDPOINTS: &[&[&Endpoint]] = &[store::ENDPOINTS, v1::ENDPOINTS];
