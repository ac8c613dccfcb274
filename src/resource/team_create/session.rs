//! Team Create sessions and team tests of places.

use crate::endpoint::{Endpoint, PageStyle};
use crate::error::Result;
use crate::models::{JobId, TeamCreateMember};
use crate::paging::Items;
use crate::resource::Place;

const LIST_MEMBERS: Endpoint =
    Endpoint::get("/legacy-develop/v1/places/{placeId}/teamcreate/active_session/members")
        .scopes(&["legacy-team-collaboration:manage"])
        .paginated("data", 100)
        .page_style(PageStyle::Sizes(&[10, 25, 50, 100]));
const CLOSE_TEST: Endpoint = Endpoint::delete("/legacy-develop/v2/teamtest/{placeId}")
    .scopes(&["legacy-team-collaboration:manage"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LIST_MEMBERS, &CLOSE_TEST];

impl Place {
    /// Lists the users who edit the place in Team Create at this time.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # sandbox.join_team_create(90, 156);
    /// for member in client.universe(13_058).place(90).list_team_create_members() {
    ///     println!("{:?}", member?.name);
    /// }
    /// # assert_eq!(client.universe(13_058).place(90).list_team_create_members().count(), 1);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#get_legacy_develop_v1_places__placeId__teamcreate_active_session_members) ·
    /// scope `legacy-team-collaboration:manage` · 100 requests per minute · 10, 25, 50 or 100 items per page · legacy
    pub fn list_team_create_members(&self) -> Items<TeamCreateMember> {
        let call = self.universe.client.call(&LIST_MEMBERS);
        call.path_param(self.id).list()
    }

    /// Closes the server of a team test of the place.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let place = client.universe(13_058).place(90);
    /// place.close_team_test("00000000-0000-4000-b000-000000000001")?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if the id is empty (before anything is sent); `BadRequest` if it is not that of a server.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#delete_legacy_develop_v2_teamtest__placeId_) ·
    /// scope `legacy-team-collaboration:manage` · 100 requests per minute · legacy
    pub fn close_team_test(&self, server: impl Into<JobId>) -> Result<()> {
        let server = server.into();
        let id = server.validated().map(Some);
        let call = self.universe.client.call(&CLOSE_TEST).path_param(self.id);
        call.query_checked("gameId", id).send_no_content()
    }
}
