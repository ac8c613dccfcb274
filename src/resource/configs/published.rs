//! The handle for a repository of configs, and what is published in it.

use serde::de::DeserializeOwned;

use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::names::validated_name;
use crate::models::open_enum::OpenEnum as _;
use crate::models::{ConfigFull, ConfigRepository, ConfigValues, EntriesResponse};
use crate::resource::Universe;

const GET: Endpoint = Endpoint::get(
    "/creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}",
)
.scopes(&["universe:read"])
.error_fields_are_data();
const GET_FULL: Endpoint = Endpoint::get(
    "/creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/full",
)
.scopes(&["universe:read"])
.error_fields_are_data();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET, &GET_FULL];

impl Universe {
    /// Returns a handle for a repository of configs. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::ConfigRepository;
    ///
    /// let config = client.universe(13_058).config(ConfigRepository::InExperience);
    /// println!("{} keys", config.get()?.entries.len());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn config(&self, repository: ConfigRepository) -> Config {
        Config {
            universe: self.clone(),
            repository,
        }
    }
}

/// A handle for a repository of configs. Created by [`Universe::config`].
///
/// Changes are staged in a draft, which everybody who manages the universe shares, and take effect when the draft is
/// published. A hash identifies a state of the draft: a change or a publication that names it fails with `Conflict` if the draft
/// has changed since.
#[doc(alias = "ConfigService")]
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct Config {
    universe: Universe,
    repository: ConfigRepository,
}

impl Config {
    /// Returns the published values.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::ConfigRepository;
    ///
    /// let values = client.universe(13_058).config(ConfigRepository::InExperience).get()?;
    /// for (key, value) in &values.entries {
    ///     println!("{key} = {value}");
    /// }
    /// # assert_eq!(values.get::<u32>("bossHealth")?, Some(500));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `PermissionDenied` if the owner of the key may not see the configs; `NotFound` if the universe does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_GetConfigRepositoryValues) ·
    /// scope `universe:read` · 100 requests per minute · beta
    pub fn get(&self) -> Result<ConfigValues> {
        self.call(&GET).send()
    }

    /// Returns the published values as a `T`, whose fields are the keys.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::ConfigRepository;
    ///
    /// #[derive(serde::Deserialize)]
    /// #[serde(rename_all = "camelCase")]
    /// struct Balance {
    ///     boss_health: u32,
    ///     #[serde(default)]
    ///     double_coins: bool,
    /// }
    ///
    /// let balance: Balance = client.universe(13_058).config(ConfigRepository::InExperience).get_as()?;
    /// assert_eq!((balance.boss_health, balance.double_coins), (500, false));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `Decode` if the values are not a `T`; otherwise those of [`get`](Self::get).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_GetConfigRepositoryValues) ·
    /// scope `universe:read` · 100 requests per minute · beta
    pub fn get_as<T: DeserializeOwned>(&self) -> Result<T> {
        self.call(&GET)
            .send_with(|received| received.decode_value(EntriesResponse::decode))
    }

    /// Returns everything that is published: values, descriptions, variants and times.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::ConfigRepository;
    ///
    /// let full = client.universe(13_058).config(ConfigRepository::InExperience).get_full()?;
    /// for (key, entry) in &full.entries {
    ///     println!("{key} = {}, changed {:?}", entry.value, entry.last_modified_time);
    /// }
    /// # assert_eq!(full.version, Some(1));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`get`](Self::get).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_GetConfigRepositoryFull) ·
    /// scope `universe:read` · 100 requests per minute · beta
    pub fn get_full(&self) -> Result<ConfigFull> {
        self.call(&GET_FULL).send()
    }

    /// Starts a call about the repository.
    pub(super) fn call(&self, endpoint: &'static Endpoint) -> Call {
        let name = self.repository.validated();
        let name = name.and_then(|name| validated_name("a repository", name, usize::MAX));
        self.universe.call(endpoint).path_param_checked(name)
    }
}
