//! Configs of a universe: published values, the draft, publications and revisions.

mod published;

mod draft;

mod revisions;

pub use published::Config;

pub(super) const ENDPOINTS: super::Endpoints =
    &[published::ENDPOINTS, draft::ENDPOINTS, revisions::ENDPOINTS];
