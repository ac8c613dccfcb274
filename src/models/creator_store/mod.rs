//! The creator store: assets and their prices, searches, products and saves.

mod asset;
mod kinds;

mod decimal;
mod details;
mod money;
mod store_asset;

mod search;
mod search_filter;
mod search_page;

mod product;
mod product_change;

mod save;

pub use asset::{StoreAsset, StoreProductId};
pub use decimal::Decimal;
pub use details::{
    StoreAssetDetails, StoreCapabilities, StoreInstanceCounts, StoreMeshSummary, StorePreviews,
    StoreSocialLink,
};
pub use kinds::{
    StoreAssetType, StoreAudioType, StoreInstanceType, StoreLinkType, StoreModelSubType,
    StoreMusicChart, StoreSaveSort, StoreSearchView, StoreSort, StoreSortDirection,
};
pub use money::Money;
pub use product::{ProductRestriction, StoreProduct};
pub use product_change::{NewStoreProduct, StoreProductUpdate};
pub(crate) use save::{MAX_SAVES, SavesRemoved};
pub use save::{StoreSave, StoreSaveFilter};
pub use search::StoreSearch;
pub use search_filter::{StoreAudioFilter, StoreModelFilter};
pub use search_page::StoreSearchPage;
pub use store_asset::{CreatorStoreAsset, StoreCreator, StoreOffer, StoreVotes};
