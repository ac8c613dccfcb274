//! A blocking SDK for Roblox Open Cloud, for scripts, command line tools and build scripts. No async runtime.
//!
//! ```no_run
//! use rblx_open_cloud::{Client, Result};
//!
//! fn main() -> Result<()> {
//!     let client = Client::from_env()?; // the API key is in ROBLOX_API_KEY
//!     let user = client.user(156);
//!     println!("{}", user.get()?.display_name);
//!     for membership in user.list_groups() {
//!         println!("member of group {}", membership?.group_id);
//!     }
//!     let decal = user.upload("icon.png").decal().run()?;
//!     println!("decal {} is ready", decal.asset_id);
//!     Ok(())
//! }
//! ```
//!
//! A handle such as [`client.user(156)`](Client::user) sends nothing; each of its methods sends a request and returns a
//! [`Result`]. Lists are iterators ([`Items`]) that fetch pages when they need them; work that takes the service a
//! while is an [`Operation`].
//!
//! # Where to find what
//!
//! | | what it is |
//! | --- | --- |
//! | [`Client`], [`ClientBuilder`] | the client: credential, settings, handles |
//! | [`resource`] | handles and their methods: what can be done |
//! | [`models`] | data: results, and the changes and filters to send |
//! | [`Error`], [`ErrorKind`] | one error type; its text says what to do |
//! | [`docs`] | guides: quick start, uploads, errors, testing offline, coming from other clients |
//! | [`rate_limit`] | limits shared by processes and machines |
//! | [`sync`](https://docs.rs/rblx-open-cloud/latest/rblx_open_cloud/sync/) | many uploads with a ledger, so that nothing is uploaded twice |
//! | [`oauth2`](https://docs.rs/rblx-open-cloud/latest/rblx_open_cloud/oauth2/) | sign in with Roblox, sessions |
//! | [`webhooks`](https://docs.rs/rblx-open-cloud/latest/rblx_open_cloud/webhooks/) | notifications that Roblox sends to your server |
//! | [`sandbox`](https://docs.rs/rblx-open-cloud/latest/rblx_open_cloud/sandbox/) | a small Open Cloud server for tests without a key |
//!
//! # Environment variables
//!
//! [`Client::from_env`] and [`ClientBuilder::from_env`] read them.
//!
//! | variable | what it holds |
//! | --- | --- |
//! | `ROBLOX_API_KEY` | the API key |
//! | `ROBLOX_API_KEY_FILE` | a file that contains the key; set only one of the two |
//! | `ROBLOX_OPEN_CLOUD_URL` | where requests go instead of the service: a sandbox or a proxy. `https`, or `http` to loopback |
//! | `ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` | the proxy (the first that is set) and its exceptions, unless [`ClientBuilder::proxy`] sets one; never used for loopback |
//!
//! # Features
//!
//! `default` is `rustls`, `gzip` and `upload`; `full` is everything but `sandbox`, `redis` and `platform-verifier`.
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `rustls` | yes | https, with the certificates of `webpki-roots` |
//! | `gzip` | yes | compressed responses |
//! | `upload` | yes | uploads and changes of assets |
//! | `configs` | no | `resource::Config`, `resource::Experiments`: values that servers read while they run |
//! | `localization` | no | names, icons and thumbnails in several languages, tables of translated texts, thumbnails of the home page |
//! | `sync` | no | `sync`: a folder of files becomes assets |
//! | `oauth2` | no | `oauth2`: sign in with Roblox |
//! | `secrets` | no | sealing of secrets for [`resource::Secrets`] |
//! | `analytics` | no | metrics of a universe, and alerts on them |
//! | `events` | no | virtual events of a universe |
//! | `memory-stores` | no | sorted maps and queues that game servers share |
//! | `ads` | no | campaigns that advertise experiences |
//! | `webhooks` | no | `webhooks`: notifications that Roblox sends, verified |
//! | `redis` | no | [`rate_limit`]: limits shared by several machines |
//! | `platform-verifier` | no | https with the certificate store of the operating system |
//! | `sandbox` | no | `sandbox`: a small Open Cloud server for your own tests |

#![cfg_attr(docsrs, feature(doc_cfg))]

// The documentation shows the methods of a type in the order of these modules, so a client begins with its constructors
// and handles. An empty line keeps rustfmt from sorting across it.
mod client;

pub mod resource;

mod control;

mod raw;

mod keys;

mod endpoints;

mod asset_file;
mod auth;
mod call;
mod content;
mod endpoint;
mod error;
mod file_io;
mod http;
mod json;
#[macro_use]
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
#[cfg(feature = "webhooks")]
pub mod webhooks;

pub use asset_file::AssetFile;
pub use auth::{AccessToken, ApiKey, Credential};
pub use client::{Client, ClientBuilder};
pub use endpoint::{EndpointLimit, Method, ScopeRule, Stability};
pub use endpoints::EndpointInfo;
pub use error::{Error, ErrorKind, Result};
pub use http::{ClientEvent, RetryPolicy};
pub use operation::Operation;
pub use paging::{Items, Page, PageToken, Pages};
pub use rate_limit::report::RateLimit;
pub use raw::RawRequest;
pub use resource::assets::DownloadOptions;
/// The crate `time`, whose types represent times and dates, in the version that this crate uses.
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

#[cfg(doc)]
pub mod docs;

/// The README, whose snippets run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
