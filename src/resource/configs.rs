//! Configs of a universe: published values, the draft, publications and revisions.

use serde::de::DeserializeOwned;

use super::Universe;
use crate::call::Call;
use crate::endpoint::{Endpoint, PageStyle, Repeat, UserContent};
use crate::error::{Error, Result};
use crate::models::names::validated_name;
use crate::models::{
    ConfigChange, ConfigDraft, ConfigFull, ConfigRepository, ConfigRevision, ConfigRevisionId,
    ConfigValues, DraftHash, EntriesResponse, HashResponse, Publication, PublishResponse,
    RevisionRange,
};
use crate::paging::Items;

/// Why the service refuses a change or a publication that names a hash.
const CHANGED: &str = "Somebody else changed or published the draft since its hash was read: look at the new draft with `draft`, then \
    repeat the change with its hash";

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
const GET_DRAFT: Endpoint = Endpoint::get(
    "/creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/draft",
)
.scopes(&["universe:read"])
.error_fields_are_data();
const CHANGE: Endpoint = Endpoint::patch(
    "/creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/draft",
)
.scopes(&["universe:write"])
.user_content(UserContent::None)
.conflict_causes(CHANGED);
const REPLACE: Endpoint = Endpoint::put(
    "/creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/draft:overwrite",
)
.scopes(&["universe:write"])
.user_content(UserContent::None)
.conflict_causes(CHANGED);
const RESET: Endpoint = Endpoint::delete(
    "/creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/draft",
)
.scopes(&["universe:write"])
.user_content(UserContent::None)
.conflict_causes(CHANGED);
const PUBLISH: Endpoint = Endpoint::post(
    "/creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/publish",
)
.scopes(&["universe:write"])
.user_content(UserContent::None)
.conflict_causes(CHANGED);
const LIST_REVISIONS: Endpoint = Endpoint::get(
    "/creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/revisions",
)
.scopes(&["universe:read"])
.paginated("revisions", 100)
.default_page_size(50)
.page_style(PageStyle::Offset {
    size: "MaxPageSize",
    skip: "Skip",
});
const RESTORE: Endpoint = Endpoint::post(
    "/creator-configs-public-api/v1/configs/universes/{universeId}/repositories/{repository}/revisions/{revisionId}/restore",
)
.scopes(&["universe:write"])
.idempotent();

pub(super) const ENDPOINTS: super::Endpoints = &[&[
    &GET,
    &GET_FULL,
    &GET_DRAFT,
    &CHANGE,
    &REPLACE,
    &RESET,
    &PUBLISH,
    &LIST_REVISIONS,
    &RESTORE,
]];

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
/// published. A hash stands for a state of the draft: a change or a publication that names it fails with `Conflict` if somebody
/// else was faster.
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

    /// Returns the published values as a value of your own, whose fields are the keys.
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

    /// Returns the draft: what is staged and not published yet.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::ConfigRepository;
    ///
    /// let draft = client.universe(13_058).config(ConfigRepository::InExperience).draft()?;
    /// assert!(draft.entries.is_empty(), "nothing is staged");
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`get`](Self::get).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_GetConfigRepositoryDraft) ·
    /// scope `universe:read` · 100 requests per minute · beta
    pub fn draft(&self) -> Result<ConfigDraft> {
        self.call(&GET_DRAFT).send()
    }

    /// Changes keys of the draft, and returns its new hash. Keys that are not named stay as they are.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{ConfigChange, ConfigRepository, Publication};
    ///
    /// let config = client.universe(13_058).config(ConfigRepository::InExperience);
    /// let hash = config.change(ConfigChange::new().set("bossHealth", 100).remove("motd"))?;
    /// config.publish(hash, Publication::gradual().message("Weaker bosses"))?;
    /// # assert_eq!(config.get()?.get::<u32>("bossHealth")?, Some(100));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if nothing is set, there are more than 100 keys, or a key has more than 256 characters (before anything is
    /// sent); `Conflict` if the change names the hash of an older draft.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_UpdateDraft) ·
    /// scope `universe:write` · 50 requests per minute · beta
    pub fn change(&self, change: ConfigChange) -> Result<DraftHash> {
        let call = self.call_if(&CHANGE, change.is_conditional());
        hash(call.json_checked(change.change_body()))
    }

    /// Replaces the whole draft, and returns its new hash. **Keys that are not named are removed.**
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{ConfigChange, ConfigRepository};
    ///
    /// let config = client.universe(13_058).config(ConfigRepository::InExperience);
    /// let published = ConfigChange::from_values(&config.get()?);
    /// config.replace(published.set("bossHealth", 250))?;
    /// config.replace(ConfigChange::new().set("bossHealth", 250).no_rules())?; // and nothing else
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The same holds for conditional rules: a replacement without them removes all that are published. Take them from
    /// [`get`](Self::get), with [`ConfigChange::from_values`] or [`ConfigChange::rules`], or ask for it with
    /// [`ConfigChange::no_rules`].
    ///
    /// # Errors
    /// `InvalidInput` if nothing is said about conditional rules, there are more than 100 keys, or a key has more than 256
    /// characters (before anything is sent); `Conflict` if the change names the hash of an older draft.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_OverwriteDraft) ·
    /// scope `universe:write` · 50 requests per minute · beta
    pub fn replace(&self, change: ConfigChange) -> Result<DraftHash> {
        let call = self.call_if(&REPLACE, change.is_conditional());
        hash(call.json_checked(change.replace_body()))
    }

    /// Discards everything that is staged, and returns the hash of the empty draft. With a hash, only if the draft still has it.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{ConfigChange, ConfigRepository};
    ///
    /// let config = client.universe(13_058).config(ConfigRepository::InExperience);
    /// let hash = config.change(ConfigChange::new().set("bossHealth", 100))?;
    /// config.reset_draft(Some(hash))?;
    /// # assert!(config.draft()?.entries.is_empty());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `Conflict` if the draft has another hash.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_DeleteDraft) ·
    /// scope `universe:write` · 50 requests per minute · beta
    pub fn reset_draft(&self, hash_before: Option<DraftHash>) -> Result<DraftHash> {
        let call = self.call_if(&RESET, hash_before.is_some());
        hash(call.json(&ResetBody {
            draft_hash: hash_before,
        }))
    }

    /// Publishes the draft that has this hash, and returns the number of the new version.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{ConfigChange, ConfigRepository, Publication};
    ///
    /// let config = client.universe(13_058).config(ConfigRepository::InExperience);
    /// let hash = config.change(ConfigChange::new().set("doubleCoins", true))?;
    /// let version = config.publish(hash, Publication::immediate().message("Weekend event"))?;
    /// assert_eq!(version, 2);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request is not repeated if the draft may have been published already.
    ///
    /// # Errors
    /// `Conflict` if the draft has another hash by now.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_PublishDraft) ·
    /// scope `universe:write` · 10 requests per minute · beta
    pub fn publish(
        &self,
        hash: impl Into<DraftHash>,
        publication: impl Into<Publication>,
    ) -> Result<u64> {
        let (hash, publication) = (hash.into(), publication.into());
        let call = self.call(&PUBLISH).json_checked(publication.body(&hash));
        Ok(call.send::<PublishResponse>()?.config_version)
    }

    /// Changes keys of the draft and publishes it, and returns the number of the new version.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{ConfigChange, ConfigRepository};
    ///
    /// let config = client.universe(13_058).config(ConfigRepository::InExperience);
    /// let version = config.set_and_publish(ConfigChange::new().set("doubleCoins", true), "Weekend event")?;
    /// println!("version {version} is live");
    /// # assert_eq!(config.get()?.get::<bool>("doubleCoins")?, Some(true));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Nobody's change is overwritten: if somebody changes the draft in between, nothing is published. What others staged
    /// *before* is published, too; to prevent that, pass the hash of a draft that you have seen to [`ConfigChange::if_draft`].
    ///
    /// # Errors
    /// Those of [`change`](Self::change) and [`publish`](Self::publish). If only the publication failed, the message says that
    /// the change is staged.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_UpdateDraft) ·
    /// scope `universe:write` · 50 requests per minute · beta\
    /// [Also](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_PublishDraft) ·
    /// scope `universe:write` · 10 requests per minute · beta
    pub fn set_and_publish(
        &self,
        change: ConfigChange,
        publication: impl Into<Publication>,
    ) -> Result<u64> {
        let hash = self.change(change)?;
        self.publish(hash, publication).map_err(staged)
    }

    /// Lists the revisions: what each publication changed.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{ConfigRepository, RevisionRange};
    ///
    /// let config = client.universe(13_058).config(ConfigRepository::InExperience);
    /// for revision in config.list_revisions(RevisionRange::all().newest_first()) {
    ///     let revision = revision?;
    ///     println!("version {:?} of {:?}: {:?}", revision.version, revision.time, revision.message);
    /// }
    /// # assert_eq!(config.list_revisions(RevisionRange::all()).count(), 1);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The pages are counted by revisions: if somebody publishes while a list with the newest revision first is read, a
    /// revision may be listed twice.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_ListRevisions) ·
    /// scope `universe:read` · 100 requests per minute · up to 100 items per page · beta
    pub fn list_revisions(&self, range: RevisionRange) -> Items<ConfigRevision> {
        let call = self.call(&LIST_REVISIONS);
        call.queries_checked(range.params()).list()
    }

    /// Replaces the draft with a change that goes back to a revision, and returns its hash. It takes effect when it is published.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::{ConfigChange, ConfigRepository, RevisionRange};
    ///
    /// let config = client.universe(13_058).config(ConfigRepository::InExperience);
    /// let last = config.list_revisions(RevisionRange::all().newest_first()).next().transpose()?.unwrap();
    /// config.set_and_publish(ConfigChange::new().set("bossHealth", 1), "A mistake")?;
    /// let hash = config.restore(last.revision_id.unwrap())?;
    /// config.publish(hash, "Rollback")?;
    /// assert_eq!(config.get()?.get::<u32>("bossHealth")?, Some(500));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// **What was staged before is discarded.**
    ///
    /// # Errors
    /// `NotFound` if there is no such revision.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_RestoreRevision) ·
    /// scope `universe:write` · 10 requests per minute · beta
    pub fn restore(&self, revision: impl Into<ConfigRevisionId>) -> Result<DraftHash> {
        let revision = revision.into();
        let call = self.call(&RESTORE);
        hash(call.path_param_checked(revision.validated()))
    }

    /// Starts a call about the repository.
    fn call(&self, endpoint: &'static Endpoint) -> Call {
        let name = validated_name("a repository", self.repository.as_str(), usize::MAX);
        self.universe.call(endpoint).path_param_checked(name)
    }

    /// Starts a call that may depend on the state of the draft: a success that is repeated would look like a conflict.
    fn call_if(&self, endpoint: &'static Endpoint, is_conditional: bool) -> Call {
        self.call(endpoint).at_most(if is_conditional {
            Repeat::Never
        } else {
            Repeat::Always
        })
    }
}

/// The body that discards a draft.
#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct ResetBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    draft_hash: Option<DraftHash>,
}

/// Sends a change of the draft, and returns the new hash.
fn hash(call: Call) -> Result<DraftHash> {
    Ok(call.send::<HashResponse>()?.draft_hash)
}

/// Adds what was done before to the error of a publication.
fn staged(error: Error) -> Error {
    error.map(|inner| {
        let message = &inner.message;
        inner.message = if inner.outcome_unknown {
            format!("the change is in the draft, and may have been published: {message}")
        } else {
            format!("the change is in the draft, but was not published: {message}")
        };
    })
}
