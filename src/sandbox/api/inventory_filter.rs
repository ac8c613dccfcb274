//! Filters of inventory lists: `field=value;field=value,value`.

use std::collections::BTreeSet;

use super::assets::asset_types::INVENTORY_TYPES;
use super::values::{boolean, number};
use crate::sandbox::state::item::Details;

const TYPE_FIELDS: [&str; 5] = [
    "badges",
    "gamePasses",
    "privateServers",
    "onlyCollectibles",
    "inventoryItemAssetTypes",
];

/// A filter of inventory items.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum InventoryFilter {
    Everything,
    Types(Types),
    Ids(Ids),
}

#[derive(Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "the fields of the filter")]
pub(super) struct Types {
    badges: bool,
    game_passes: bool,
    private_servers: bool,
    only_collectibles: bool,
    assets: Option<AssetTypes>,
}

#[derive(Debug, PartialEq, Eq)]
enum AssetTypes {
    All,
    Named(BTreeSet<String>),
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ids {
    assets: BTreeSet<u64>,
    badges: BTreeSet<u64>,
    game_passes: BTreeSet<u64>,
    private_servers: BTreeSet<u64>,
}

impl InventoryFilter {
    /// Parses a filter. The error describes what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self::Everything);
        }
        let mut fields: Vec<(&str, &str)> = Vec::new();
        for clause in text.split(';') {
            let (field, value) = clause
                .split_once('=')
                .ok_or_else(|| format!("'{clause}' is not field=value."))?;
            let (field, value) = (field.trim(), value.trim());
            if fields.iter().any(|(known, _)| *known == field) {
                return Err(format!("The field {field} is given twice."));
            }
            fields.push((field, value));
        }
        let types = fields
            .iter()
            .filter(|(field, _)| TYPE_FIELDS.contains(field))
            .count();
        match types {
            0 => Ids::parse(&fields).map(Self::Ids),
            _ if types == fields.len() => Types::parse(&fields).map(Self::Types),
            _ => Err("Type fields and id fields cannot be combined in one filter.".to_owned()),
        }
    }

    pub(super) fn matches(&self, item: &Details) -> bool {
        match self {
            Self::Everything => true,
            Self::Types(types) => types.matches(item),
            Self::Ids(ids) => ids.matches(item),
        }
    }
}

impl Types {
    fn parse(fields: &[(&str, &str)]) -> Result<Self, String> {
        let mut types = Self::default();
        for &(field, value) in fields {
            match field {
                "badges" => types.badges = parse_boolean(field, value)?,
                "gamePasses" => types.game_passes = parse_boolean(field, value)?,
                "privateServers" => types.private_servers = parse_boolean(field, value)?,
                "onlyCollectibles" => types.only_collectibles = parse_boolean(field, value)?,
                _ => types.assets = Some(AssetTypes::parse(value)?),
            }
        }
        if types.only_collectibles && types.assets.is_none() {
            return Err("onlyCollectibles needs inventoryItemAssetTypes.".to_owned());
        }
        Ok(types)
    }

    fn matches(&self, item: &Details) -> bool {
        match item {
            Details::Badge(_) => self.badges,
            Details::GamePass(_) => self.game_passes,
            Details::PrivateServer(_) => self.private_servers,
            Details::Asset { kind, .. } => {
                let named = match &self.assets {
                    None => false,
                    Some(AssetTypes::All) => true,
                    Some(AssetTypes::Named(names)) => names.contains(kind),
                };
                named && (!self.only_collectibles || item.is_collectible())
            }
        }
    }
}

impl AssetTypes {
    fn parse(value: &str) -> Result<Self, String> {
        if value == "*" {
            return Ok(Self::All);
        }
        let names = value.split(',').map(str::trim).map(|name| {
            let known = INVENTORY_TYPES.contains(&name);
            known
                .then(|| name.to_owned())
                .ok_or_else(|| format!("'{name}' is not an inventory item asset type."))
        });
        names.collect::<Result<_, _>>().map(Self::Named)
    }
}

impl Ids {
    fn parse(fields: &[(&str, &str)]) -> Result<Self, String> {
        let mut ids = Self::default();
        for &(field, value) in fields {
            let place = match field {
                "assetIds" => &mut ids.assets,
                "badgeIds" => &mut ids.badges,
                "gamePassIds" => &mut ids.game_passes,
                "privateServerIds" => &mut ids.private_servers,
                _ => return Err(format!("'{field}' is not a field of this filter.")),
            };
            let numbers = value.split(',').map(|id| number(id.trim()));
            *place = numbers
                .collect::<Option<_>>()
                .ok_or_else(|| format!("{field} must be a list of ids."))?;
        }
        Ok(ids)
    }

    fn matches(&self, item: &Details) -> bool {
        match item {
            Details::Asset { id, .. } => self.assets.contains(id),
            Details::Badge(id) => self.badges.contains(id),
            Details::GamePass(id) => self.game_passes.contains(id),
            Details::PrivateServer(id) => self.private_servers.contains(id),
        }
    }
}

fn parse_boolean(field: &str, value: &str) -> Result<bool, String> {
    boolean(value).ok_or_else(|| format!("{field} must be true or false."))
}
