//! Inventories: items, their types, and filters.

mod item;
mod kinds;

mod filter;

pub use filter::{InventoryFilter, InventoryIdFilter, InventoryTypeFilter};
pub use item::{
    Collectible, InventoryAsset, InventoryBadge, InventoryGamePass, InventoryItem,
    InventoryPrivateServer, UnknownInventoryItem,
};
pub use kinds::{InventoryAssetType, InventoryItemState};
