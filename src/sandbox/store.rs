//! Users, groups, inventories, assets and operations.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::group::Group;
use super::item::{Item, SandboxItem};
use crate::models::UserId;

/// Whom the key belongs to.
pub(super) const KEY_OWNER: u64 = 156;

/// A user of the sandbox.
///
/// ```
/// use rblx_open_cloud::sandbox::SandboxUser;
///
/// let user = SandboxUser::new(5, "somebody").display_name("Some Body").premium(true);
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct SandboxUser {
    pub(super) id: u64,
    name: String,
    display_name: String,
    about: String,
    locale: String,
    create_time: OffsetDateTime,
    premium: bool,
    id_verified: bool,
    profiles: Map<String, Value>,
    pub(super) private_inventory: bool,
}

impl SandboxUser {
    /// A user with this id and name, created now.
    pub fn new(id: impl Into<UserId>, name: &str) -> Self {
        let mut profiles = Map::new();
        for network in ["facebook", "twitter", "youtube", "twitch", "guilded"] {
            profiles.insert(network.to_owned(), json!(""));
        }
        profiles.insert("visibility".to_owned(), json!("EVERYONE"));
        Self {
            id: id.into().get(),
            name: name.to_owned(),
            display_name: name.to_owned(),
            about: String::new(),
            locale: "en_us".to_owned(),
            create_time: OffsetDateTime::now_utc(),
            premium: false,
            id_verified: false,
            profiles,
            private_inventory: false,
        }
    }

    /// Sets the display name; without it the name is shown.
    pub fn display_name(mut self, display_name: &str) -> Self {
        display_name.clone_into(&mut self.display_name);
        self
    }

    /// Sets the text about the user.
    pub fn about(mut self, about: &str) -> Self {
        about.clone_into(&mut self.about);
        self
    }

    /// Sets the locale; without it `en_us`.
    pub fn locale(mut self, locale: &str) -> Self {
        locale.clone_into(&mut self.locale);
        self
    }

    /// Sets when the account was made.
    pub fn create_time(mut self, create_time: OffsetDateTime) -> Self {
        self.create_time = create_time;
        self
    }

    /// Sets whether the user has Premium.
    pub fn premium(mut self, premium: bool) -> Self {
        self.premium = premium;
        self
    }

    /// Sets whether the user's identity is verified.
    pub fn id_verified(mut self, id_verified: bool) -> Self {
        self.id_verified = id_verified;
        self
    }

    /// Sets one field of the social profiles: a network such as `twitter`, or `visibility`.
    pub fn social_profile(mut self, field: &str, value: &str) -> Self {
        self.profiles.insert(field.to_owned(), json!(value));
        self
    }

    /// Sets whether the inventory is hidden from the key.
    pub fn private_inventory(mut self, private_inventory: bool) -> Self {
        self.private_inventory = private_inventory;
        self
    }

    /// What the authorization server tells about the user, without the id.
    #[cfg(feature = "oauth2")]
    pub(super) fn claims(&self) -> [(String, Value); 4] {
        [
            ("name", json!(self.display_name)),
            ("nickname", json!(self.display_name)),
            ("preferred_username", json!(self.name)),
            ("created_at", json!(self.create_time.unix_timestamp())),
        ]
        .map(|(name, value)| (name.to_owned(), value))
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "path": format!("users/{}", self.id),
            "createTime": timestamp(self.create_time),
            "id": self.id.to_string(),
            "name": self.name,
            "displayName": self.display_name,
            "about": self.about,
            "locale": self.locale,
            "premium": self.premium,
            "idVerified": self.id_verified,
            "socialNetworkProfiles": self.profiles,
        })
    }
}

/// Who owns an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Creator {
    User(u64),
    Group(u64),
}

#[derive(Debug, Clone)]
pub(super) struct Asset {
    pub(super) id: u64,
    pub(super) kind: String,
    pub(super) creator: Creator,
    pub(super) display_name: String,
    pub(super) description: String,
    pub(super) revision: u64,
    pub(super) revision_time: OffsetDateTime,
    pub(super) archived: bool,
    /// Who may use it, if the upload said so.
    pub(super) privacy: Option<String>,
    /// Icon, previews and social links, as they were sent.
    pub(super) extras: Map<String, Value>,
    /// What was uploaded, by revision; without files that are too large to be kept.
    pub(super) contents: BTreeMap<u64, Arc<Vec<u8>>>,
}

/// Content that can be fetched without a key by whoever knows where it is.
#[derive(Debug, Clone)]
pub(super) struct Delivery {
    pub(super) signature: String,
    pub(super) content: Arc<Vec<u8>>,
}

/// An upload or update under way.
#[derive(Debug)]
pub(super) struct Operation {
    pub(super) polls_left: u32,
    pub(super) outcome: Outcome,
}

#[derive(Debug)]
pub(super) enum Outcome {
    /// Lands in the store when the operation is done.
    Pending(Box<Asset>),
    /// The response of an operation that is done.
    Done(Value),
    Fails {
        code: String,
        message: String,
    },
}

/// A picture of a user, made or under way.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) user: u64,
    pub(super) polls_left: u32,
    pub(super) uri: String,
}

#[derive(Debug)]
pub(super) struct Store {
    pub(super) users: BTreeMap<u64, SandboxUser>,
    pub(super) groups: BTreeMap<u64, Group>,
    pub(super) items: BTreeMap<u64, Vec<Item>>,
    pub(super) assets: BTreeMap<u64, Asset>,
    pub(super) operations: BTreeMap<String, Operation>,
    pub(super) pictures: BTreeMap<String, Picture>,
    /// The universes that a user follows, and since when.
    pub(super) followings: BTreeMap<u64, BTreeMap<u64, OffsetDateTime>>,
    pub(super) deliveries: BTreeMap<String, Delivery>,
    /// How many assets of a type a user uploaded, by user and type.
    uploads: BTreeMap<(u64, String), u64>,
    next_asset: u64,
    next_instance: u64,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            users: BTreeMap::new(),
            groups: BTreeMap::new(),
            items: BTreeMap::new(),
            assets: BTreeMap::new(),
            operations: BTreeMap::new(),
            pictures: BTreeMap::new(),
            followings: BTreeMap::new(),
            deliveries: BTreeMap::new(),
            uploads: BTreeMap::new(),
            next_asset: 120_000_000_001,
            next_instance: 173_413_781_720,
        }
    }
}

impl Store {
    pub(super) fn add_user(&mut self, user: SandboxUser) {
        self.users.insert(user.id, user);
    }

    /// The name and the display name of a user.
    pub(super) fn names(&self, user: u64) -> (&str, &str) {
        let user = self.users.get(&user);
        user.map_or(("", ""), |user| (&user.name, &user.display_name))
    }

    pub(super) fn add_group(&mut self, id: u64, name: &str, now: OffsetDateTime) {
        self.get_or_create_group(id, now).rename(name, now);
    }

    /// Makes the user a member, or gives a member one more role.
    pub(super) fn add_member(&mut self, group: u64, user: u64, role: u64, now: OffsetDateTime) {
        self.get_or_create_user(user);
        self.get_or_create_group(group, now)
            .add_member(user, role, now);
    }

    pub(super) fn add_join_request(&mut self, group: u64, user: u64, now: OffsetDateTime) {
        self.get_or_create_user(user);
        self.get_or_create_group(group, now).add_request(user, now);
    }

    pub(super) fn get_or_create_group(&mut self, id: u64, now: OffsetDateTime) -> &mut Group {
        self.groups.entry(id).or_insert_with(|| Group::new(id, now))
    }

    /// Counts a new asset against its creator's quota, if a user made it.
    pub(super) fn count_upload(&mut self, asset: &Asset) {
        if let Creator::User(user) = asset.creator {
            *self.uploads.entry((user, asset.kind.clone())).or_default() += 1;
        }
    }

    pub(super) fn uploads_of(&self, user: u64, kind: &str) -> u64 {
        let count = self.uploads.get(&(user, kind.to_owned()));
        count.copied().unwrap_or_default()
    }

    pub(super) fn add_item(&mut self, user: u64, item: SandboxItem) {
        self.get_or_create_user(user);
        let instance = self.next_instance;
        self.next_instance += 1;
        self.items
            .entry(user)
            .or_default()
            .push(item.into_item(instance));
    }

    pub(super) fn new_asset_id(&mut self) -> u64 {
        let id = self.next_asset;
        self.next_asset += 1;
        id
    }

    fn get_or_create_user(&mut self, id: u64) {
        self.users
            .entry(id)
            .or_insert_with(|| SandboxUser::new(id, &format!("user{id}")));
    }
}

pub(super) fn timestamp(time: OffsetDateTime) -> String {
    time.format(&Rfc3339).unwrap_or_default()
}
