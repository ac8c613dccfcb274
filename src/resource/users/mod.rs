//! Users: profiles, inventories, upload quotas and followed universes.

mod user;

mod followings;

pub use user::User;

pub(super) const ENDPOINTS: super::Endpoints = &[user::ENDPOINTS, followings::ENDPOINTS];
