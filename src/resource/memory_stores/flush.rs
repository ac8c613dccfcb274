//! Empties the memory stores of a universe.

use crate::endpoint::{Endpoint, UserContent};
use crate::error::Result;
use crate::models::open_enum::OpenEnum as _;
use crate::models::{Finished, FlushScope};
use crate::operation::Operation;
use crate::resource::Universe;

const FLUSH: Endpoint = Endpoint::post("/cloud/v2/universes/{universe_id}/memory-store:flush")
    .scopes(&["memory-store:flush"])
    .user_content(UserContent::None)
    .error_fields_are_data();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&FLUSH];

impl Universe {
    /// Empties all queues and sorted maps of the universe. The service does so in an operation.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    /// use rblx_open_cloud::models::FlushScope;
    ///
    /// let mut flush = client.universe(13_058).flush_memory_stores(FlushScope::Live)?;
    /// flush.wait(Duration::from_secs(60))?;
    /// # assert!(client.universe(13_058).sorted_map("Board").find::<String>("team_1")?.is_none());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request is not repeated if the operation may have been started already: a second one would also remove items that
    /// were added in between.
    ///
    /// Another process can resume the operation by its path, with
    /// [`client.operation::<Finished>(path)`](crate::Client::operation).
    ///
    /// # Errors
    /// `InvalidInput` if the scope is misspelled (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/storage#Cloud_FlushMemoryStore) ·
    /// scope `memory-store:flush` · API key only · 1,000,000 requests per minute · stable
    pub fn flush_memory_stores(&self, scope: FlushScope) -> Result<Operation<Finished>> {
        let call = self.client.call(&FLUSH).path_param(self.id);
        call.query_checked("scope", scope.validated().map(Some))
            .operation()
    }
}
