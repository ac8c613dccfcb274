//! Filters of inventory lists: by type or by id, because the service does not accept both in one filter.

use std::fmt::Write as _;

use super::InventoryAssetType;
use crate::error::{Error, Result};
use crate::models::open_enum::validated_texts;
use crate::models::{AssetId, BadgeId, GamePassId, PrivateServerId};

/// Selects the items of an inventory to list.
///
/// ```
/// use rblx_open_cloud::models::{InventoryAssetType, InventoryFilter};
///
/// let everything = InventoryFilter::all();
/// let hats_and_badges = InventoryFilter::by_type().asset_types([InventoryAssetType::Hat]).badges();
/// let limited = InventoryFilter::by_type().only_collectibles();
/// let these = InventoryFilter::by_id().assets([1_028_595]).badges([111_111]);
/// ```
///
/// Types and ids cannot be combined:
///
/// ```compile_fail
/// # use rblx_open_cloud::models::InventoryFilter;
/// InventoryFilter::by_id().assets([1]).only_collectibles();
/// ```
#[doc(alias = "limiteds")]
#[derive(Debug, Clone, Default)]
pub struct InventoryFilter(Selection);

#[derive(Debug, Clone, Default)]
enum Selection {
    #[default]
    All,
    ByType(InventoryTypeFilter),
    ById(InventoryIdFilter),
}

/// Selects inventory items by type. Without any type it selects everything.
#[derive(Debug, Clone, Default)]
#[must_use]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one for each field of the filter"
)]
pub struct InventoryTypeFilter {
    all_assets: bool,
    asset_types: Option<Vec<InventoryAssetType>>,
    only_collectibles: bool,
    badges: bool,
    game_passes: bool,
    private_servers: bool,
}

/// Selects inventory items by id: those of the given ones that the user owns.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct InventoryIdFilter {
    assets: Vec<u64>,
    badges: Vec<u64>,
    game_passes: Vec<u64>,
    private_servers: Vec<u64>,
}

impl InventoryFilter {
    /// Selects the whole inventory.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects items by type.
    pub fn by_type() -> InventoryTypeFilter {
        InventoryTypeFilter::default()
    }

    /// Selects items by id.
    pub fn by_id() -> InventoryIdFilter {
        InventoryIdFilter::default()
    }

    /// Returns the `filter` parameter; `None` for the whole inventory.
    pub(crate) fn to_filter_string(&self) -> Result<Option<String>> {
        match &self.0 {
            Selection::All => Ok(None),
            Selection::ByType(filter) => filter.to_filter_string(),
            Selection::ById(filter) => filter.to_filter_string().map(Some),
        }
    }
}

impl InventoryTypeFilter {
    /// Adds assets of these types.
    pub fn asset_types(mut self, types: impl IntoIterator<Item = InventoryAssetType>) -> Self {
        self.asset_types.get_or_insert_default().extend(types);
        self
    }

    /// Adds assets of all types.
    pub fn all_assets(mut self) -> Self {
        self.all_assets = true;
        self
    }

    /// Limits assets to collectibles: of the chosen types, or of all types.
    #[doc(alias("limited", "limiteds"))]
    pub fn only_collectibles(mut self) -> Self {
        self.only_collectibles = true;
        self
    }

    /// Adds all badges.
    pub fn badges(mut self) -> Self {
        self.badges = true;
        self
    }

    /// Adds all game passes.
    pub fn game_passes(mut self) -> Self {
        self.game_passes = true;
        self
    }

    /// Adds all private servers.
    pub fn private_servers(mut self) -> Self {
        self.private_servers = true;
        self
    }

    fn to_filter_string(&self) -> Result<Option<String>> {
        let mut fields = Vec::new();
        if self.only_collectibles {
            fields.push("onlyCollectibles=true".to_owned());
        }
        match &self.asset_types {
            _ if self.all_assets => fields.push("inventoryItemAssetTypes=*".to_owned()),
            Some(types) if types.is_empty() => {
                return Err(Error::invalid_input(
                    "the inventory filter was given an empty list of asset types; leave `asset_types` out, or use `all_assets`",
                ));
            }
            Some(types) => fields.push(format!("inventoryItemAssetTypes={}", joined_types(types)?)),
            // The service requires types with `onlyCollectibles`.
            None if self.only_collectibles => fields.push("inventoryItemAssetTypes=*".to_owned()),
            None => {}
        }
        for (is_wanted, name) in [
            (self.badges, "badges"),
            (self.game_passes, "gamePasses"),
            (self.private_servers, "privateServers"),
        ] {
            if is_wanted {
                fields.push(format!("{name}=true"));
            }
        }
        Ok((!fields.is_empty()).then(|| fields.join(";")))
    }
}

fn joined_types(types: &[InventoryAssetType]) -> Result<String> {
    let names = validated_texts(types)?;
    for name in &names {
        // Any other character would end the value and start another field.
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if name.is_empty() || !name.bytes().all(is_part) {
            return Err(Error::invalid_input(format!(
                "there is no inventory asset type {name:?}"
            )));
        }
    }
    Ok(names.join(","))
}

impl InventoryIdFilter {
    /// Adds assets.
    pub fn assets<I: Into<AssetId>>(mut self, ids: impl IntoIterator<Item = I>) -> Self {
        self.assets
            .extend(ids.into_iter().map(|id| id.into().get()));
        self
    }

    /// Adds badges.
    pub fn badges<I: Into<BadgeId>>(mut self, ids: impl IntoIterator<Item = I>) -> Self {
        self.badges
            .extend(ids.into_iter().map(|id| id.into().get()));
        self
    }

    /// Adds game passes.
    pub fn game_passes<I: Into<GamePassId>>(mut self, ids: impl IntoIterator<Item = I>) -> Self {
        self.game_passes
            .extend(ids.into_iter().map(|id| id.into().get()));
        self
    }

    /// Adds private servers.
    pub fn private_servers<I: Into<PrivateServerId>>(
        mut self,
        ids: impl IntoIterator<Item = I>,
    ) -> Self {
        self.private_servers
            .extend(ids.into_iter().map(|id| id.into().get()));
        self
    }

    fn to_filter_string(&self) -> Result<String> {
        let mut text = String::new();
        append(&mut text, "assetIds", &self.assets);
        append(&mut text, "badgeIds", &self.badges);
        append(&mut text, "gamePassIds", &self.game_passes);
        append(&mut text, "privateServerIds", &self.private_servers);
        if text.is_empty() {
            // An empty filter would list everything.
            return Err(Error::invalid_input(
                "the inventory filter by id has no ids; to list everything use `InventoryFilter::all()`",
            ));
        }
        Ok(text)
    }
}

fn append(text: &mut String, field: &str, ids: &[u64]) {
    for (index, id) in ids.iter().enumerate() {
        // Writing to a `String` cannot fail.
        let _ = match (index, text.is_empty()) {
            (0, true) => write!(text, "{field}={id}"),
            (0, false) => write!(text, ";{field}={id}"),
            _ => write!(text, ",{id}"),
        };
    }
}

impl From<InventoryTypeFilter> for InventoryFilter {
    fn from(filter: InventoryTypeFilter) -> Self {
        Self(Selection::ByType(filter))
    }
}

impl From<InventoryIdFilter> for InventoryFilter {
    fn from(filter: InventoryIdFilter) -> Self {
        Self(Selection::ById(filter))
    }
}
