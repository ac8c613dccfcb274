pub(super) const ENDPOINTS: super::Endpoints = &[];
