//! Universes of the sandbox: as the service behaves, for this crate's client and for others.

mod instances;
mod luau;
mod memory_stores;
mod ordered_stores;
mod places;
mod publishing;
mod restrictions;
mod servers;

use std::time::Duration;

use rblx_open_cloud::AssetFile;
use rblx_open_cloud::models::PlaceHistoryFilter;
use rblx_open_cloud::resource::Place;

const SOON: Duration = Duration::from_secs(10);
const UNIVERSE: &str = "/cloud/v2/universes/13058";

fn file(content: &str) -> AssetFile {
    AssetFile::bytes("game.rbxlx", format!("<roblox>{content}</roblox>"))
}

/// The numbers of the versions that a filter selects.
fn versions(place: &Place, filter: PlaceHistoryFilter) -> Vec<u64> {
    let versions = place.list_versions(filter).page_size(1);
    versions
        .map(|version| version.unwrap().version.unwrap())
        .collect()
}
