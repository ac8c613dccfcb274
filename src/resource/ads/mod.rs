//! Ads: campaigns that advertise experiences.

mod account;

mod campaign;

pub use account::Ads;
pub use campaign::Campaign;

pub(super) const ENDPOINTS: super::Endpoints = &[account::ENDPOINTS, campaign::ENDPOINTS];
