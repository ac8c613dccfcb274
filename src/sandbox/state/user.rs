//! Users of the sandbox.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use crate::models::UserId;
use crate::sandbox::clock::timestamp;

/// The user that the API key belongs to.
pub(crate) const KEY_OWNER: u64 = 156;

/// Describes a user of the sandbox.
///
/// ```
/// use rblx_open_cloud::sandbox::SandboxUser;
///
/// let user = SandboxUser::new(5, "somebody").display_name("Some Body").premium(true);
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[must_use]
pub struct SandboxUser {
    id: u64,
    name: String,
    display_name: String,
    about: String,
    locale: String,
    /// `None` until the user is added to a sandbox, if no time was set.
    #[serde(with = "time::serde::rfc3339::option")]
    create_time: Option<OffsetDateTime>,
    premium: bool,
    id_verified: bool,
    profiles: Map<String, Value>,
    pub(crate) private_inventory: bool,
}

impl SandboxUser {
    /// Describes a user with this id and name. The account is created when the user is added to a sandbox.
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
            create_time: None,
            premium: false,
            id_verified: false,
            profiles,
            private_inventory: false,
        }
    }

    pub(crate) fn set_id(&mut self, id: u64) {
        self.id = id;
        if self.display_name.is_empty() {
            self.name.clone_into(&mut self.display_name);
        }
    }

    /// Sets the display name. The default is the name.
    pub fn display_name(mut self, display_name: &str) -> Self {
        display_name.clone_into(&mut self.display_name);
        self
    }

    /// Sets the description of the user.
    pub fn about(mut self, about: &str) -> Self {
        about.clone_into(&mut self.about);
        self
    }

    /// Sets the locale. The default is `en_us`.
    pub fn locale(mut self, locale: &str) -> Self {
        locale.clone_into(&mut self.locale);
        self
    }

    /// Sets the time at which the account was created.
    pub fn create_time(mut self, create_time: OffsetDateTime) -> Self {
        self.create_time = Some(create_time);
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

    /// Sets whether the inventory is private.
    pub fn private_inventory(mut self, private_inventory: bool) -> Self {
        self.private_inventory = private_inventory;
        self
    }

    /// Returns the OpenID Connect claims of the user, without the id.
    #[cfg(feature = "oauth2")]
    pub(crate) fn claims(&self) -> [(String, Value); 4] {
        [
            ("name", json!(self.display_name)),
            ("nickname", json!(self.display_name)),
            ("preferred_username", json!(self.name)),
            ("created_at", json!(self.created().unix_timestamp())),
        ]
        .map(|(name, value)| (name.to_owned(), value))
    }

    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    /// Returns the name and the display name.
    pub(crate) fn names(&self) -> (&str, &str) {
        (&self.name, &self.display_name)
    }

    /// Sets the time of creation, unless it is set.
    pub(crate) fn with_default_create_time(mut self, now: OffsetDateTime) -> Self {
        self.create_time.get_or_insert(now);
        self
    }

    fn created(&self) -> OffsetDateTime {
        self.create_time.unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "path": format!("users/{}", self.id),
            "createTime": timestamp(self.created()),
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

impl Default for SandboxUser {
    fn default() -> Self {
        let mut user = Self::new(0, "user");
        user.display_name.clear();
        user
    }
}
