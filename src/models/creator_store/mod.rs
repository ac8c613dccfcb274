//! The creator store: what it sells, for how much, and what was saved there.

mod asset;
mod details;
mod kinds;
mod money;
mod product;
mod save;
mod search;
mod search_page;

pub use asset::{StoreAsset, StoreProductId};
pub use details::{
    CreatorStoreAsset, StoreAssetDetails, StoreCapabilities, StoreCreator, StoreInstanceCounts,
    StoreMeshSummary, StoreOffer, StorePreviews, StoreSocialLink, StoreVotes,
};
pub use kinds::{
    StoreAssetType, StoreAudioType, StoreInstanceType, StoreLinkType, StoreModelSubType,
    StoreMusicChart, StoreSaveSort, StoreSearchView, StoreSort, StoreSortDirection,
};
pub use money::{Decimal, Money};
pub use product::{NewStoreProduct, ProductRestriction, StoreProduct, StoreProductUpdate};
pub(crate) use save::{MAX_SAVES, SaveTarget, SavesRemoved};
pub use save::{StoreSave, StoreSaveFilter};
pub use search::{StoreAudioFilter, StoreModelFilter, StoreSearch};
pub use search_page::StoreSearchPage;
