//! Groups: roles, members, join requests, settings, audit log and forum.

mod group;

mod memberships;

mod join_requests;

mod settings;

mod audit_log;

mod forum;

mod key_owner;

pub use group::Group;
pub(super) use memberships::LIST_MEMBERSHIPS;

pub(super) const ENDPOINTS: super::Endpoints = &[
    group::ENDPOINTS,
    memberships::ENDPOINTS,
    join_requests::ENDPOINTS,
    settings::ENDPOINTS,
    audit_log::ENDPOINTS,
    forum::ENDPOINTS,
    key_owner::ENDPOINTS,
];
