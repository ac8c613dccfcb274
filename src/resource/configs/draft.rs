//! The draft of a repository of configs: its changes and publications.

use super::Config;
use crate::call::Call;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::{Error, Result};
use crate::models::{
    ConfigChange, ConfigDraft, DraftHash, HashResponse, Publication, PublishResponse,
};

/// The cause of a conflict when a change or a publication names a hash.
const CHANGED: &str = "Somebody else changed or published the draft since its hash was read: look at the new draft with `draft`, then \
    repeat the change with its hash";

const GET: Endpoint = Endpoint::get(
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

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET, &CHANGE, &REPLACE, &RESET, &PUBLISH];

impl Config {
    /// Returns the draft: the changes that are staged and not published yet.
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
        self.call(&GET).send()
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
        send_change(call.json_checked(change.change_body()))
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
    /// A replacement without conditional rules removes all that are published. Take them from
    /// [`get`](Self::get), with [`ConfigChange::from_values`] or [`ConfigChange::rules`], or confirm the removal with
    /// [`ConfigChange::no_rules`].
    ///
    /// # Errors
    /// `InvalidInput` if the change does not mention conditional rules, there are more than 100 keys, or a key has more than 256
    /// characters (before anything is sent); `Conflict` if the change names the hash of an older draft.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_OverwriteDraft) ·
    /// scope `universe:write` · 50 requests per minute · beta
    pub fn replace(&self, change: ConfigChange) -> Result<DraftHash> {
        let call = self.call_if(&REPLACE, change.is_conditional());
        send_change(call.json_checked(change.replace_body()))
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
        let named = hash_before.as_ref().map(DraftHash::validated).transpose();
        send_change(call.json_checked(named.map(|draft_hash| ResetBody { draft_hash })))
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
    /// If the draft is changed in between, nothing is published. Changes that others staged *before* are published, too; to
    /// prevent that, pass the hash of a draft that you have seen to [`ConfigChange::if_draft`].
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
        self.publish(hash, publication).map_err(with_staged_note)
    }

    /// Starts a call that may depend on the state of the draft: a success that is repeated would look like a conflict.
    fn call_if(&self, endpoint: &'static Endpoint, is_conditional: bool) -> Call {
        self.call(endpoint).never_repeat_if(is_conditional)
    }
}

/// The body that discards a draft.
#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct ResetBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    draft_hash: Option<&'a str>,
}

/// Sends a change of the draft, and returns the new hash.
pub(super) fn send_change(call: Call) -> Result<DraftHash> {
    Ok(call.send::<HashResponse>()?.draft_hash)
}

/// Adds to the error of a publication that the change is staged.
fn with_staged_note(error: Error) -> Error {
    error.map(|inner| {
        let message = &inner.message;
        inner.message = if inner.outcome_unknown {
            format!("the change is in the draft, and may have been published: {message}")
        } else {
            format!("the change is in the draft, but was not published: {message}")
        };
    })
}
