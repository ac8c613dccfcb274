//! A small Open Cloud: a real HTTP server on 127.0.0.1 for tests and examples without an API key.
//!
//! It checks keys, pages lists with opaque tokens, applies filters, accepts uploads, returns the documented responses and
//! errors, and can be made to fail. It emulates most of what this crate supports. A call that is documented but not
//! supported, such as one for localization or ads, gets a 404 that names the operation; with [`Fault::raw`] a test sets
//! its response.
//!
//! ```
//! use rblx_open_cloud::models::InventoryFilter;
//! use rblx_open_cloud::sandbox::{Fault, Sandbox, SandboxItem, SandboxUser};
//!
//! # fn main() -> rblx_open_cloud::Result<()> {
//! let sandbox = Sandbox::start()?;
//! sandbox.add_user(SandboxUser::new(5, "somebody"));
//! sandbox.add_item(5, SandboxItem::asset(1_028_595, "HAT"));
//!
//! sandbox.fail_next(Fault::unavailable());
//! let items = sandbox.client().user(5).list_inventory(InventoryFilter::all());
//! assert_eq!(items.count(), 1, "the client tried again");
//! assert_eq!(sandbox.requests().len(), 2);
//! # Ok(()) }
//! ```
//!
//! # Resources at the start
//!
//! | resource | ids |
//! | --- | --- |
//! | user `builderman` | 156, created on 2006-03-08, with Premium; the API key is this user's |
//! | user `private` | 2; the inventory is private |
//! | users `member1001` … `member1024` | 1001 to 1024 |
//! | no user | 1 does not exist |
//! | group `Roblox` | 7: user 156 with the roles 99 (highest) and 9; users 1001 to 1024 with role 9 |
//! | · roles of 7 | 70 `Guest` (rank 0), 9 `Member` (1), 98 `Admin` (254), 99 `Owner` (255) |
//! | · join requests of 7 | user 2 |
//! | · forum of 7 | `General`: `Welcome` (pinned, with 3 comments by users) and `Idea 1` to `Idea 12`; `Trades` is empty, `Old News` archived |
//! | · audit log of 7 | user 156 accepted 1001 to 1024; changes of roles, join requests, description and status are added |
//! | group `Builders` | 8: user 156 with role 80 |
//! | · roles of 8 | 83 `Guest`, 82 `Member`, 81 `Admin`, 80 `Owner` |
//! | group `Testers` | 9: users 156 and 2 with role 91; it has no owner |
//! | · roles of 9 | 90 `Guest`, 91 `Member`, 92 `Admin`, 93 `Owner` |
//! | asset quotas | of each user: 10 audio and 20 video uploads a month; 5 models and 5 plugins distributed a day |
//! | followed universes | none; each user can follow up to 200 |
//! | inventory of 156 | 150 items, in this order: |
//! | · hats | 60: 1028595, then from 1100001 |
//! | · dynamic heads | 30, from 10200000 |
//! | · collectible hats | 20: 1300000 to 1300003, five of each; serial numbers 1 to 20; even ones on `HOLD` |
//! | · badges | 20, from 111111 |
//! | · game passes | 12, from 777777 |
//! | · private servers | 8, from 999999 |
//! | universe `Arena` | 13058, of user 156; user 2 is banned permanently |
//! | · places of 13058 | 90 `Arena` (root) and 91 `Lobby`, each with one published version |
//! | · instances of 90 | `00000000-0000-0000-0000-` and twelve digits: 1 `Game` with 2 `Workspace` and 3 `ServerScriptService`; in 3 the folder 4 `Modules` with the module 5 `Settings`, and the script 6 `Main`; in 2 the local script 7 `Hud` |
//! | · servers of 90 | three with users 1001 to 1006, and one that crashed; each logs one line of each severity |
//! | data store `Inventory` | of universe 13058: `player_1` to `player_300`, where `player_5` is `{"coins":50,"items":["sword"]}` with user 5 and the attribute `level` 5; `mail@home`; `clan/7` |
//! | · scope `pets` | `player_1` is `{"pet":"cat"}` |
//! | · ordered data store of 13058 | `Points`, scope `global`: `player_1` to `player_120` with the values 10 to 1200 |
//! | · sorted map of 13058 | `Board`: `team_1` to `team_12` with the texts `Team 1` to `Team 12` and the sort keys 10 to 120 |
//! | · queue of 13058 | `Jobs`: three items `{"kind": "refund", "user": 1001}` with the users 1001 to 1003 |
//! | · developer products of 13058 | 1200001 `100 Coins` (10 Robux), 1200002 `500 Coins` (45), 1200003 `Starter Pack` (off sale) |
//! | · game passes of 13058 | 777777 `VIP` (250), 777778 `Double Coins` (100) |
//! | · badges of 13058 | 111111 `Welcome`; a new one is free |
//! | · subscriptions of 13058 | to `EXP-1`: user 156 (active) and user 2 (expired) |
//! | · secrets of 13058 | `api_key` for `api.example.com`, and `signing_key` without a domain |
//! | · events of 13058 | `Opening`, which has ended, and `Winter Fair`, which starts a day after the sandbox |
//! | · Team Create of 13058 | disabled; nobody edits a place ([`Sandbox::join_team_create`]) |
//! | metrics | none; [`Sandbox::metric`] sets them |
//! | · configs of 13058 | `InExperienceConfig`, version 1: `bossHealth` is 500, `motd` is `"Welcome"`; nothing is staged |
//! | universe `Base` | 13059, of group 7, with the place 95 `Base` |
//!
//! # Time
//!
//! The sandbox has its own clock, which [`Sandbox::advance`] moves forward and [`SandboxBuilder::clock_speed`] makes
//! faster. Operations take a tenth of a second on it, whether they are polled or not: an upload takes effect then.
//! [`Sandbox::operations_take`] sets another time, [`Sandbox::polls_until_done`] a number of polls in its place.
//!
//! Deleted entries and data stores, and revisions that were replaced, are kept for 30 days of this clock; until then every
//! revision is kept, also without a snapshot. Temporary bans end by this clock, too. Restarts of servers wait for the time
//! that they bleed off, then take as long as an operation.
//!
//! Items of queues and sorted maps expire by this clock, after 45 days unless they say otherwise. It also decides how long
//! the items of a read of a queue are invisible.
//!
//! # Luau scripts
//!
//! The sandbox does not run Luau: [`Sandbox::script_result`] sets what scripts return, log and write, and how they fail. A
//! script takes as long as an operation, unless its [`SandboxScript`] says how long; while it runs, half of its log can be
//! listed. Binary inputs are kept, and returned as binary output unless another output was set. Ten scripts of a place can
//! run at once.
//!
//! # Rate limits
//!
//! Responses show the documented limit of each operation, in a window that ends after a second, and no request counts toward it. With
//! [`SandboxBuilder::enforce_rate_limits`] requests count toward it, and those beyond it are rejected.
//!
//! # Content
//!
//! The content of uploads is kept by version. The sandbox itself delivers it, without a key: a request for content with a
//! credential is rejected, so that leaks are found. Files of more than 32 MiB are not kept.
//!
//! # Sign-in
//!
//! With the feature `oauth2` the sandbox is also the authorization server: `add_app` registers an app, `consent` acts as
//! the user with a browser, and `access_token` returns a token directly. Tokens need the documented scopes of a call:
//! without them, `assets/v1` returns 401 and `cloud/v2` 403 with `INSUFFICIENT_SCOPE`. The API key needs no scopes.
//!
//! # Moderation
//!
//! Names that contain `moderated-name` and descriptions that contain `moderated-description` are rejected as moderated. In a
//! name that contains `censored-name`, every character becomes `#`. This applies to assets, products, passes and badges.
//! Names of places are only rejected.

mod api;
mod base64url;
mod builder;
mod clock;
mod control_api;
mod error_body;
mod fault;
mod instance;
mod mask;
#[cfg(feature = "oauth2")]
mod oauth2;
mod object;
mod random;
mod rate_limits;
mod recorder;
mod routes;
mod server;
mod service;
mod state;
mod template;
mod test_control;
#[cfg(feature = "webhooks")]
mod webhook;

pub use builder::SandboxBuilder;
pub use fault::Fault;
pub use instance::Sandbox;
#[cfg(feature = "oauth2")]
pub use state::authority::SandboxApp;
pub use state::item::SandboxItem;
pub use state::luau::script::{ReceivedScript, SandboxScript};
pub use state::notification::ReceivedNotification;
pub use state::received::{ReceivedRequest, ReceivedUpload};
pub use state::universe::builder::SandboxUniverse;
pub use state::universe::message::ReceivedMessage;
pub use state::user::SandboxUser;
pub use test_control::data_stores::SandboxDataStore;
#[cfg(feature = "webhooks")]
pub use webhook::signed_webhook;
