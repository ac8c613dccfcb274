//! The versions of a place.

use super::Place;
use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{PlaceHistoryFilter, PlaceVersion, UserId, VersionNotes, VersionNotesResponse};
use crate::paging::Items;

const LIST_VERSIONS: Endpoint = Endpoint::get("/place-version-history-api/v1/{placeId}/history")
    .scopes(&["universe.place:read"])
    .paginated("placeVersions", 100)
    .default_page_size(50)
    .page_query("pageSize", "cursor")
    .next_tokens(&["nextCursor"])
    .has_more("hasMore");
const LIST_CONTRIBUTORS: Endpoint =
    Endpoint::get("/place-version-history-api/v1/{placeId}/contributors")
        .scopes(&["universe.place:read"])
        .paginated("contributors", 100)
        .default_page_size(50)
        .page_query("pageSize", "cursor")
        .next_tokens(&["nextCursor"])
        .has_more("hasMore");
const SET_NOTES: Endpoint =
    Endpoint::post("/place-version-history-api/v1/{placeId}/version/{version}/notes")
        .scopes(&["universe.place:write"])
        .idempotent();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST_VERSIONS, &LIST_CONTRIBUTORS, &SET_NOTES];

impl Place {
    /// Lists the versions of the place.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::PlaceHistoryFilter;
    ///
    /// let place = client.universe(13_058).place(90);
    /// for version in place.list_versions(PlaceHistoryFilter::all().published(true)).limit(10) {
    ///     let version = version?;
    ///     println!("{:?} at {:?}: {:?}", version.version, version.created_time, version.title);
    /// }
    /// # assert!(place.list_versions(PlaceHistoryFilter::all()).count() > 0);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The service does not document its page sizes: a page has 50 items unless
    /// [`page_size`](Items::page_size) sets another number, up to 100.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    /// `InvalidInput` if a time of the filter has no four-digit year.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#PlaceVersion_GetPlaceVersionHistory) ·
    /// scope `universe.place:read` · API key only · 1,000 requests per minute · up to 100 items per page · experimental
    pub fn list_versions(&self, filter: PlaceHistoryFilter) -> Items<PlaceVersion> {
        let call = self.place_call(&LIST_VERSIONS);
        call.queries_checked(filter.into_params()).list()
    }

    /// Lists the users who contributed to any version of the place.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// for user in client.universe(13_058).place(90).list_contributors() {
    ///     println!("{}", client.user(user?).get()?.name);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#PlaceVersion_GetPlaceContributors) ·
    /// scope `universe.place:read` · API key only · 1,000 requests per minute · up to 100 items per page · experimental
    pub fn list_contributors(&self) -> Items<UserId> {
        self.place_call(&LIST_CONTRIBUTORS).list()
    }

    /// Sets the notes of a version.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::VersionNotes;
    ///
    /// let notes = VersionNotes::new("Winter update").description("Snow, and a new map");
    /// let version = client.universe(13_058).place(90).set_version_notes(1, notes)?;
    /// assert_eq!(version.title.as_deref(), Some("Winter update"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if there is no such version, `ModeratedText` if a text is moderated.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#PlaceVersion_UpdatePlaceVersionNotes) ·
    /// scope `universe.place:write` · API key only · 100 requests per minute · experimental
    pub fn set_version_notes(&self, version: u64, notes: VersionNotes) -> Result<PlaceVersion> {
        let call = self.place_call(&SET_NOTES).path_param(version);
        let response: VersionNotesResponse = call.json(&notes.body()).send()?;
        Ok(response.place_version)
    }

    /// Starts a call whose path has only the id of the place.
    fn place_call(&self, endpoint: &'static Endpoint) -> Call {
        self.universe.client.call(endpoint).path_param(self.id)
    }
}
