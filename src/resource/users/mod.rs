//! Users: profiles, inventories, upload quotas and followed universes.

mod user;

mod inventory;

mod quotas;

mod followings;

pub use user::User;

pub(super) const ENDPOINTS: super::Endpoints = &[
    user::ENDPOINTS,
    inventory::ENDPOINTS,
    quotas::ENDPOINTS,
    followings::ENDPOINTS,
];
