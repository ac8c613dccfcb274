//! The creator store: search, products and saves.

mod store;

mod products;

mod saves;

pub use products::StoreProduct;
pub use store::CreatorStore;

pub(super) const ENDPOINTS: super::Endpoints =
    &[store::ENDPOINTS, products::ENDPOINTS, saves::ENDPOINTS];
