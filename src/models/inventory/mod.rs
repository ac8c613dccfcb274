//! Inventories: the items, their kinds, and filters.

mod filter;
mod item;
mod kinds;

pub use filter::{InventoryFilter, InventoryIdFilter, InventoryTypeFilter};
pub use item::{
    Collectible, InventoryAsset, InventoryBadge, InventoryGamePass, InventoryItem,
    InventoryPrivateServer, UnknownInventoryItem,
};
pub use kinds::{InventoryAssetType, InventoryItemState};
