//! A small Open Cloud of one's own: a real HTTP server on 127.0.0.1 for tests and examples, without a key.
//!
//! It checks the key, pages with opaque tokens, applies filters, takes uploads, answers in the documented shapes and with the
//! documented errors, and can be told to fail. It is an emulator of what this crate promises, not a second Roblox.
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
//! # What is there at the start
//!
//! | what | ids |
//! | --- | --- |
//! | user `builderman` | 156, created on 2006-03-08, with Premium |
//! | user `private` | 2; the inventory is private |
//! | users `member1001` … `member1024` | 1001 to 1024 |
//! | nobody | 1 does not exist |
//! | group `Roblox` | 7: user 156 with the roles 99 (highest) and 9; users 1001 to 1024 with role 9 |
//! | · roles of 7 | 70 `Guest` (rank 0), 9 `Member` (1), 98 `Admin` (254), 99 `Owner` (255) |
//! | · asks to join 7 | user 2 |
//! | · forum of 7 | `General`: `Welcome` (pinned, with 3 comments by users) and `Idea 1` to `Idea 12`; `Trades` is empty, `Old News` archived |
//! | · audit log of 7 | user 156 let 1001 to 1024 in; role changes, join requests, descriptions and statuses are added as they come |
//! | group `Builders` | 8: user 156 with role 80 |
//! | · roles of 8 | 83 `Guest`, 82 `Member`, 81 `Admin`, 80 `Owner` |
//! | group `Testers` | 9: users 156 and 2 with role 91; nobody owns it |
//! | · roles of 9 | 90 `Guest`, 91 `Member`, 92 `Admin`, 93 `Owner` |
//! | asset quotas | of every user: 10 audio and 20 video uploads a month; 5 models and 5 plugins offered a day |
//! | followed universes | none; of each user up to 200 |
//! | inventory of 156 | 150 items, in this order: |
//! | · hats | 60: 1028595, then from 1100001 |
//! | · dynamic heads | 30, from 10200000 |
//! | · collectible hats | 20: 1300000 to 1300003, five of each; serial numbers 1 to 20; even ones on `HOLD` |
//! | · badges | 20, from 111111 |
//! | · game passes | 12, from 777777 |
//! | · private servers | 8, from 999999 |
//!
//! # Content
//!
//! The content of an upload is kept, by version, and delivered from the sandbox itself, without a key: a request for
//! content that carries a key is refused, so that a leak is found. Files of more than 32 MiB are not kept.
//!
//! # Sign-in
//!
//! With the feature `oauth2` the sandbox is the authorization server as well: `add_app` registers an app, `consent` is the
//! user with the browser, and `access_token` gives a token at once. Tokens need the scopes that the calls are documented
//! with: without one, `assets/v1` answers 401 and `cloud/v2` 403 with `INSUFFICIENT_SCOPE`. The key needs none.
//!
//! # What is refused on purpose
//!
//! A display name that contains `moderated-name` and a description that contains `moderated-description` are moderated.
//! Of an upload whose display name contains `censored-name` every letter becomes `#`.

mod api;
mod builtin;
mod builtin_forum;
mod fault;
mod forum;
mod group;
mod group_record;
mod item;
mod notification;
#[cfg(feature = "oauth2")]
mod oauth2;
mod received;
mod server;
mod state;
mod world;

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;

pub use fault::Fault;
pub use item::SandboxItem;
pub use notification::ReceivedNotification;
#[cfg(feature = "oauth2")]
pub use oauth2::SandboxApp;
pub use received::{ReceivedRequest, ReceivedUpload};
pub use world::SandboxUser;

use crate::models::{GroupId, RoleId, UserId};
use crate::{Client, ClientBuilder, Error, ErrorKind, RetryPolicy};
use server::Server;
use state::Shared;

/// A running sandbox. Dropping it ends the server, its connections and its threads.
pub struct Sandbox {
    shared: Arc<Shared>,
    server: Server,
    client: Client,
}

impl Sandbox {
    /// Starts a sandbox on a free port, with a random key and the world that the module's documentation shows.
    ///
    /// # Errors
    /// No port can be opened, or no thread started.
    pub fn start() -> crate::Result<Self> {
        Self::start_on(0)
    }

    /// Starts a sandbox on this port; 0 takes a free one.
    ///
    /// # Errors
    /// The port cannot be opened, or no thread started.
    pub fn start_on(port: u16) -> crate::Result<Self> {
        Self::start_with_key(port, &format!("sandbox-{}", state::random_text()))
    }

    /// Starts a sandbox on this port that takes this text as its key.
    ///
    /// # Errors
    /// The port cannot be opened, or no thread started.
    pub fn start_with_key(port: u16, api_key: &str) -> crate::Result<Self> {
        let shared = Arc::new(Shared::new(api_key.to_owned(), builtin::world()));
        let server = Server::start(port, Arc::clone(&shared)).map_err(|error| {
            let message = format!(
                "the sandbox cannot listen on port {port} ({})",
                error.kind()
            );
            Error::new(ErrorKind::Transport, message).with_source(error)
        })?;
        let client = builder(server.address(), &shared).build()?;
        Ok(Self {
            shared,
            server,
            client,
        })
    }

    /// A client of this sandbox. It pauses for milliseconds where one of the live service pauses for seconds.
    ///
    /// Keep the sandbox in a variable: once it is dropped, the client reaches nothing any more.
    #[must_use]
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// The settings of [`client`](Self::client), to change some of them.
    pub fn client_builder(&self) -> ClientBuilder {
        builder(self.server.address(), &self.shared)
    }

    /// The base URL, such as `http://127.0.0.1:40000`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// The key that the sandbox takes, as `x-api-key` or as a bearer token.
    #[must_use]
    pub fn api_key(&self) -> &str {
        &self.shared.api_key
    }

    /// Sets what is told about the key, in the form of the service ([`KeyInfo`](crate::models::KeyInfo)): everything
    /// is allowed without this call. It is told only; calls are not refused for it.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// use serde_json::json;
    ///
    /// sandbox.tell_key(json!({"enabled": true, "scopes": [{"name": "asset", "operations": ["read"]}]}));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn tell_key(&self, info: serde_json::Value) {
        self.shared.state().key_info = Some(info);
    }

    /// Adds a user, or replaces the one with the same id.
    pub fn add_user(&self, user: SandboxUser) {
        self.shared.state().world.add_user(user);
    }

    /// Adds a group, or renames the one with the same id.
    pub fn add_group(&self, id: impl Into<GroupId>, name: &str) {
        let now = OffsetDateTime::now_utc();
        self.shared
            .state()
            .world
            .add_group(id.into().get(), name, now);
    }

    /// Adds a role to a group, or changes the one with the same id. Rank 0 is for guests; who holds a role of rank 255
    /// owns the group. A group that is not there is added.
    pub fn add_role(
        &self,
        group: impl Into<GroupId>,
        role: impl Into<RoleId>,
        name: &str,
        rank: u8,
    ) {
        let (group, role, now) = (
            group.into().get(),
            role.into().get(),
            OffsetDateTime::now_utc(),
        );
        let world = &mut self.shared.state().world;
        world.need_group(group, now).set_role(role, name, rank, now);
    }

    /// Makes a user a member of a group, or gives a member one more role. A user or group that is not there is added,
    /// and so is a role, with rank 1: [`add_role`](Self::add_role) sets another. Of equal ranks the first one given
    /// is the highest.
    pub fn add_member(
        &self,
        group: impl Into<GroupId>,
        user: impl Into<UserId>,
        role: impl Into<RoleId>,
    ) {
        let (group, user, role) = (group.into().get(), user.into().get(), role.into().get());
        self.shared
            .state()
            .world
            .add_member(group, user, role, OffsetDateTime::now_utc());
    }

    /// Makes a user ask to join a group; no effect if the user is a member. A user or group that is not there is added.
    pub fn add_join_request(&self, group: impl Into<GroupId>, user: impl Into<UserId>) {
        let (group, user) = (group.into().get(), user.into().get());
        self.shared
            .state()
            .world
            .add_join_request(group, user, OffsetDateTime::now_utc());
    }

    /// Adds an item to the end of a user's inventory. A user who is not there is added.
    pub fn add_item(&self, user: impl Into<UserId>, item: SandboxItem) {
        self.shared.state().world.add_item(user.into().get(), item);
    }

    /// Sets how many polls of an operation that is started from now on find it not done: 1 without this call. With 0
    /// the answer that starts the operation holds the result.
    pub fn polls_until_done(&self, polls: u32) {
        self.shared.state().settings.polls_until_done = polls;
    }

    /// Sets how many polls of a user's picture that is asked for from now on find it not done: none without this call,
    /// and the answer that starts the operation holds the picture.
    pub fn thumbnails_take_polls(&self, polls: u32) {
        self.shared.state().settings.thumbnail_polls = polls;
    }

    /// Sets what an upload costs in Robux: nothing without this call.
    pub fn price(&self, robux: u64) {
        self.shared.state().settings.price = robux;
    }

    /// Sets whether a change of an asset's metadata is answered with an operation, instead of the changed fields.
    pub fn updates_as_operations(&self, yes: bool) {
        self.shared.state().settings.updates_as_operations = yes;
    }

    /// Makes the next request fail. Faults queue up: each request takes one.
    pub fn fail_next(&self, fault: Fault) {
        self.fail_next_times(fault, 1);
    }

    /// Makes the next `times` requests fail.
    pub fn fail_next_times(&self, fault: Fault, times: usize) {
        self.shared
            .state()
            .faults
            .extend(std::iter::repeat_n(fault, times));
    }

    /// Drops the faults that no request has met yet.
    pub fn clear_faults(&self) {
        self.shared.state().faults.clear();
    }

    /// How many faults no request has met yet.
    #[must_use]
    pub fn faults_left(&self) -> usize {
        self.shared.state().faults.len()
    }

    /// Makes the operation of the next upload end with this error. A code in digits is told as a number.
    pub fn fail_next_operation(&self, code: &str, message: &str) {
        let error = (code.to_owned(), message.to_owned());
        self.shared.state().operation_errors.push_back(error);
    }

    /// The requests received so far, refused ones included.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.shared.state().requests.clone()
    }

    /// The uploads and changes of assets accepted so far.
    #[must_use]
    pub fn uploads(&self) -> Vec<ReceivedUpload> {
        self.shared.state().uploads.clone()
    }

    /// The notifications accepted so far.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// use rblx_open_cloud::models::Notification;
    ///
    /// let notification = Notification::new(96_623_001, "message").parameter("count", 3);
    /// sandbox.client().user(156).send_notification(&notification)?;
    /// let received = sandbox.notifications().remove(0);
    /// assert_eq!((received.user_id().get(), received.message_id()), (156, "message"));
    /// assert_eq!(received.parameter("count"), Some(&3.into()));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn notifications(&self) -> Vec<ReceivedNotification> {
        self.shared.state().notifications.clone()
    }

    /// Forgets the requests, uploads and notifications received so far.
    pub fn clear_requests(&self) {
        let mut state = self.shared.state();
        state.requests.clear();
        state.uploads.clear();
        state.notifications.clear();
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}

fn builder(address: SocketAddr, shared: &Shared) -> ClientBuilder {
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(20));
    Client::builder(&*shared.api_key)
        .sandbox_run(&shared.run)
        .base_url(format!("http://{address}"))
        .poll_interval(first, longest)
        .retry(quick_retry())
}

/// The policy of a client of the live service, in milliseconds.
fn quick_retry() -> RetryPolicy {
    RetryPolicy::default()
        .initial_backoff(Duration::from_millis(1))
        .max_backoff(Duration::from_millis(20))
}
