#![doc = include_str!("../README.md")]
//!
//! # Where a call goes
//!
//! ```text
//! client.user(156).list_inventory(filter)     resource   what can be done: an endpoint constant and a short method
//!         │ Request                           http       path and query encoded, sent with ureq, limits, failures
//!         ▼
//! models::InventoryItem                       models     plain data and serde
//!         ▼
//! Items<InventoryItem>, Operation<Asset>                 pages fetched on demand; something the service works on
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

// The documentation shows the methods of a type in the order of these modules, so a client begins with its constructors
// and handles. An empty line keeps rustfmt from sorting across it.
mod client;

pub mod resource;

mod control;

mod raw;

mod keys;

mod asset_file;
mod auth;
mod call;
mod content;
mod endpoint;
mod error;
mod http;
pub mod models;
#[cfg(feature = "oauth2")]
pub mod oauth2;
mod operation;
mod paging;
pub mod rate_limit;
#[cfg(feature = "sandbox")]
pub mod sandbox;
#[cfg(feature = "secrets")]
mod secret_box;
#[cfg(feature = "sync")]
pub mod sync;
pub mod transfer;
#[cfg(feature = "upload")]
mod upload;

pub use asset_file::AssetFile;
pub use auth::{AccessToken, ApiKey, Credential};
pub use client::{Client, ClientBuilder};
pub use endpoint::Method;
pub use error::{Error, ErrorKind, Result};
pub use http::{ClientEvent, RetryPolicy};
pub use operation::Operation;
pub use paging::{Items, Page, PageToken, Pages};
pub use rate_limit::report::RateLimit;
pub use raw::RawRequest;
pub use resource::assets::DownloadOptions;
/// The crate whose types stand for times and dates, in the version that this crate uses.
///
/// ```
/// use rblx_open_cloud::time::{Duration, OffsetDateTime};
///
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let client = sandbox.client();
/// let created: OffsetDateTime = client.user(156).get()?.create_time;
/// assert!(OffsetDateTime::now_utc() - created > Duration::days(365));
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
pub use time;
#[cfg(feature = "upload")]
pub use upload::{ModeratedName, NameOutcome, Upload, UploadSource, Uploaded};

/// The guides, whose snippets are compiled and run with the tests.
#[cfg(doctest)]
mod guide {
    macro_rules! guides {
        ($($name:ident $path:literal)*) => { $(
            #[doc = include_str!(concat!("../docs/guide/", $path))]
            mod $name {}
        )* };
    }

    #[cfg(feature = "sync")]
    guides! {
        asset_pipeline "asset-pipeline.md"
        build_scripts "build-scripts.md"
    }

    #[cfg(feature = "secrets")]
    guides! {
        secrets "secrets.md"
    }

    guides! {
        quick_start "quick-start.md"
        authentication "authentication.md"
        lists "lists.md"
        groups "groups.md"
        publishing "publishing.md"
        moderation "moderation.md"
        player_data "player-data.md"
        luau "luau.md"
        queues_and_maps "queues-and-maps.md"
        selling "selling.md"
        uploads "uploads.md"
        downloads "downloads.md"
        errors "errors.md"
        testing_offline "testing-offline.md"
        sandbox_program "sandbox-program.md"
        raw_access "raw-access.md"
        from_python "from-rblx-open-cloud.md"
        from_rbxcloud "from-rbxcloud.md"
    }
}
