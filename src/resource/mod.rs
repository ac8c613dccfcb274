//! Handles: each method is one call of the service.
//!
//! A handle is an id and a client. It is cheap to create and clone, sends nothing until a method is called, and can be
//! stored or moved to another thread. Methods that begin with `list_` return [`Items`](crate::Items), which fetches pages
//! when they are needed.
//!
//! | handle | created by | what it does |
//! | --- | --- | --- |
//! | [`User`] | [`client.user(id)`](Client::user) | profile, groups, inventory, uploads, quotas, followed universes, thumbnails, notifications |
//! | [`Group`] | [`client.group(id)`](Client::group) | roles, members, join requests, settings, audit log, forum, uploads |
//! | [`Asset`] | [`client.asset(id)`](Client::asset) | details, versions, changes, download, thumbnails |
//! | [`Universe`] | [`client.universe(id)`](Client::universe) | settings, messages, restrictions, restarts, text and speech, what it sells, events, metrics |
//! | [`Place`] | [`universe.place(id)`](Universe::place) | settings, publishing, version history, restrictions, servers, Luau scripts, instances |
//! | [`DataStore`] | [`universe.data_store(name)`](Universe::data_store) | entries, revisions, changes without lost updates |
//! | [`DataStoreEntry`] | [`store.entry(key)`](DataStore::entry) | value, users and attributes of one key |
//! | [`OrderedDataStore`] | [`universe.ordered_data_store(name)`](Universe::ordered_data_store) | sorted integers, such as a leaderboard |
//! | `SortedMap` | `universe.sorted_map(name)`, feature `memory-stores` | sorted values that expire |
//! | `MemoryQueue` | `universe.memory_queue(name)`, feature `memory-stores` | items to handle in turn |
//! | [`LuauTask`] | [`place.run(script)`](Place::run)`.start()`, [`client.luau_task(path)`](Client::luau_task) | a Luau script that runs in a place: result, log |
//! | [`Instance`] | [`place.instance(id)`](Place::instance) | a folder or script of a place: source, children |
//! | [`DeveloperProduct`] | [`universe.developer_product(id)`](Universe::developer_product) | name, price and sale of a developer product |
//! | [`GamePass`] | [`universe.game_pass(id)`](Universe::game_pass) | name, price and sale of a game pass |
//! | [`Badge`] | [`client.badge(id)`](Client::badge) | name, description, icon |
//! | `UniverseLocalization` | `universe.localization()` | names, icons, thumbnails and languages of a universe (feature `localization`) |
//! | `ItemLocalization` | `badge.localization()`, also of products and passes | names and icons in several languages |
//! | `LocalizationTable` | `client.localization_table(id)` | texts of an experience with their translations |
//! | [`Secrets`] | [`universe.secrets()`](Universe::secrets) | secrets that scripts use in requests |
//! | `VirtualEvent` | `client.event(id)`, feature `events` | an event of a universe: texts, times, who sees it |
//! | [`TeamCreate`] | [`universe.team_create()`](Universe::team_create) | whether several users can edit at once, and the users who do |
//! | `Ads` | `client.ads()`, feature `ads` | campaigns, images, billing accounts |
//! | `Campaign` | `client.ads().campaign(id)`, feature `ads` | name, state and budget of a campaign |
//! | `Config` | `universe.config(repository)`, feature `configs` | values that servers read while they run: drafts, publications, revisions |
//! | `Experiments`, `Experiment` | `universe.experiments()`, feature `configs` | variants of configs, tried on a part of the players |
//! | `HomeThumbnails` | `universe.home_thumbnails()`, feature `localization` | thumbnails of the home page |
//! | `Alerts` | `universe.alerts()`, with the feature `analytics` | alerts on metrics of a universe, and their incidents |
//! | [`CreatorStore`] | [`client.creator_store()`](Client::creator_store) | search, products, saves |
//! | [`StoreProduct`] | [`store.product(id)`](CreatorStore::product) | price and sale of an asset |
//!
//! Calls without a single user, group or asset are methods of [`Client`]: permissions on many assets, memberships of
//! many users, outfits.

// The order of the modules is the order of the methods in the documentation.
mod found;
mod handles;

mod users;

mod groups;

pub(crate) mod assets;

mod creator_store;

mod universes;

mod data_stores;

mod ordered_data_stores;

#[cfg(feature = "memory-stores")]
mod memory_stores;

mod luau;

mod instances;

mod selling;

#[cfg(feature = "localization")]
mod localization;

mod secrets;

mod team_create;

#[cfg(feature = "events")]
mod events;

#[cfg(feature = "analytics")]
mod analytics;

#[cfg(feature = "ads")]
mod ads;
#[cfg(feature = "configs")]
mod configs;

#[cfg(feature = "configs")]
mod experiments;

#[cfg(feature = "analytics")]
mod alerts;
#[cfg(feature = "localization")]
mod home_thumbnails;

mod thumbnails;

mod notifications;

#[cfg(doc)]
use crate::client::Client;
use crate::endpoint::Endpoint;

#[cfg(feature = "ads")]
pub use ads::{Ads, Campaign};
#[cfg(feature = "analytics")]
pub use alerts::Alerts;
pub use assets::Asset;
#[cfg(feature = "upload")]
pub(crate) use assets::{asset_form, start_upload};
#[cfg(feature = "configs")]
pub use configs::Config;
pub use creator_store::{CreatorStore, StoreProduct};
pub use data_stores::{DataStore, DataStoreEntry, DataStoreV1, Entries};
#[cfg(feature = "events")]
pub use events::VirtualEvent;
#[cfg(feature = "configs")]
pub use experiments::{Experiment, Experiments};
pub use groups::Group;
#[cfg(feature = "localization")]
pub use home_thumbnails::{HomeThumbnails, HomeUpload};
pub use instances::{Children, Instance};
#[cfg(feature = "localization")]
pub use localization::{ItemLocalization, LocalizationTable, UniverseLocalization};
pub use luau::{LuauRun, LuauTask};
#[cfg(feature = "memory-stores")]
pub use memory_stores::{MemoryQueue, SortedMap};
pub use ordered_data_stores::{OrderedDataStore, OrderedDataStoreV1};
pub use secrets::Secrets;
pub use selling::{Badge, DeveloperProduct, GamePass};
pub use team_create::TeamCreate;
pub use universes::{ActiveRestrictions, Place, Restart, Universe};
pub use users::User;

/// The endpoints of a family, file by file.
type Endpoints = &'static [&'static [&'static Endpoint]];

/// Returns every endpoint that a method calls, except those that poll operations.
pub(crate) fn endpoints() -> Vec<&'static Endpoint> {
    const FAMILIES: &[Endpoints] = &[
        users::ENDPOINTS,
        groups::ENDPOINTS,
        assets::ENDPOINTS,
        creator_store::ENDPOINTS,
        universes::ENDPOINTS,
        luau::ENDPOINTS,
        instances::ENDPOINTS,
        data_stores::ENDPOINTS,
        ordered_data_stores::ENDPOINTS,
        #[cfg(feature = "memory-stores")]
        memory_stores::ENDPOINTS,
        selling::ENDPOINTS,
        #[cfg(feature = "localization")]
        localization::ENDPOINTS,
        secrets::ENDPOINTS,
        team_create::ENDPOINTS,
        #[cfg(feature = "events")]
        events::ENDPOINTS,
        #[cfg(feature = "analytics")]
        analytics::ENDPOINTS,
        #[cfg(feature = "ads")]
        ads::ENDPOINTS,
        #[cfg(feature = "configs")]
        configs::ENDPOINTS,
        #[cfg(feature = "configs")]
        experiments::ENDPOINTS,
        #[cfg(feature = "localization")]
        home_thumbnails::ENDPOINTS,
        #[cfg(feature = "analytics")]
        alerts::ENDPOINTS,
        thumbnails::ENDPOINTS,
        notifications::ENDPOINTS,
    ];
    let mut endpoints = Vec::new();
    for files in FAMILIES {
        for file in *files {
            endpoints.extend_from_slice(file);
        }
    }
    endpoints
}
