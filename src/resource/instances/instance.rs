//! The handle for an instance.

use super::Children;
use crate::call::Call;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::Result;
use crate::models::{self, InstanceId, InstanceUpdate};
use crate::operation::Operation;
use crate::resource::Place;

const GET: Endpoint =
    Endpoint::get("/cloud/v2/universes/{universe_id}/places/{place_id}/instances/{instance_id}")
        .scopes(&["universe.place.instance:read"])
        .error_fields_are_data();
const LIST_CHILDREN: Endpoint = Endpoint::get(
    "/cloud/v2/universes/{universe_id}/places/{place_id}/instances/{instance_id}:listChildren",
)
.scopes(&["universe.place.instance:read"])
.paginated("instances", 200)
.pages_are_operations();
const UPDATE: Endpoint = Endpoint::patch(
    "/cloud/v2/universes/{universe_id}/places/{place_id}/instances/{instance_id}",
)
.scopes(&["universe.place.instance:write"])
.error_fields_are_data()
.user_content(UserContent::None)
.conflict_causes(
    "The script is open in Roblox Studio, or part of a package; such scripts cannot be changed",
);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET, &LIST_CHILDREN, &UPDATE];

/// The id of the root of a data model.
const ROOT: &str = "root";

impl Place {
    /// Returns a handle for an instance of the place's data model. Sends no request.
    ///
    /// The service reads and writes scripts and folders. Team Create must be on for the place.
    pub fn instance(&self, id: impl Into<InstanceId>) -> Instance {
        Instance {
            place: self.clone(),
            id: id.into(),
        }
    }

    /// Returns a handle for the root of the place's data model, whose children are its services. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let place = client.universe(13_058).place(90);
    /// for service in place.root_instance().list_children() {
    ///     println!("{:?}", service?.name);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn root_instance(&self) -> Instance {
        self.instance(ROOT)
    }
}

/// A handle for an instance of a place's data model. Created by [`Place::instance`].
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct Instance {
    place: Place,
    id: InstanceId,
}

impl Instance {
    /// Returns the id of the instance. Sends no request.
    #[must_use]
    pub fn id(&self) -> &InstanceId {
        &self.id
    }

    /// Reads the instance: its name, its class and, for a script, its source.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    ///
    /// let place = client.universe(13_058).place(90);
    /// let script = place.instance("00000000-0000-0000-0000-000000000005").get()?.wait(Duration::from_secs(60))?;
    /// println!("{:?}: {:?}", script.name, script.source());
    /// # assert!(script.source().is_some());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `NotFound` if the place does not exist; the operation fails if the instance has more than 500,000 bytes (code `422`).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#Cloud_GetInstance) ·
    /// scope `universe.place.instance:read` · API key only · 45 requests per minute · beta
    pub fn get(&self) -> Result<Operation<models::Instance>> {
        self.call(&GET).operation()
    }

    /// Lists the children of the instance.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let place = client.universe(13_058).place(90);
    /// for child in place.instance("00000000-0000-0000-0000-000000000003").list_children() {
    ///     let child = child?;
    ///     println!("{:?} {:?}", child.name, child.kind);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Each page is an operation of the service, which the iterator waits for.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list. A page of more than 500,000 bytes is one of those (`OperationFailed`, code `422`): smaller pages
    /// help.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#Cloud_ListInstanceChildren) ·
    /// scope `universe.place.instance:read` · API key only · 45 requests per minute · beta
    pub fn list_children(&self) -> Children {
        Children(self.call(&LIST_CHILDREN).list())
    }

    /// Changes the name or the properties of the instance.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    /// use rblx_open_cloud::models::InstanceUpdate;
    ///
    /// let script = client.universe(13_058).place(90).instance("00000000-0000-0000-0000-000000000005");
    /// let update = InstanceUpdate::module_script().source("return { speed = 20 }");
    /// let changed = script.update(update)?.wait(Duration::from_secs(60))?;
    /// assert_eq!(changed.source(), Some("return { speed = 20 }"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if nothing is set, the class has no such property, or the source is longer than 200,000 bytes (before
    /// anything is sent); `Conflict` if the script is open in Roblox Studio or part of a package.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/places#Cloud_UpdateInstance) ·
    /// scope `universe.place.instance:write` · API key only · 45 requests per minute · beta
    pub fn update(&self, update: InstanceUpdate) -> Result<Operation<models::Instance>> {
        let change = update.request(&self.id);
        self.call(&UPDATE).change(change).operation()
    }

    fn call(&self, endpoint: &'static Endpoint) -> Call {
        let call = self.place.call(endpoint);
        call.path_param_checked(self.id.validated())
    }
}
