//! The revisions of a repository of configs.

use super::Config;
use super::draft::send_change;
use crate::endpoint::{Endpoint, PageStyle};
use crate::error::Result;
use crate::models::{ConfigRevision, ConfigRevisionId, DraftHash, RevisionRange};
use crate::paging::Items;

const LIST: Endpoint = Endpoint::get(
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

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST, &RESTORE];

impl Config {
    /// Lists the revisions. Each one is a publication with its changes.
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
    /// Pages start at a number of revisions. If a revision is published while a list is read with the newest revision first, a
    /// revision may be listed twice.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_ListRevisions) ·
    /// scope `universe:read` · 100 requests per minute · up to 100 items per page · beta
    pub fn list_revisions(&self, range: RevisionRange) -> Items<ConfigRevision> {
        let call = self.call(&LIST);
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
    /// `NotFound` if the revision does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/configs#CreatorConfigsPublicApi_RestoreRevision) ·
    /// scope `universe:write` · 10 requests per minute · beta
    pub fn restore(&self, revision: impl Into<ConfigRevisionId>) -> Result<DraftHash> {
        let revision = revision.into();
        let call = self.call(&RESTORE);
        send_change(call.path_param_checked(revision.validated()))
    }
}
