//! Adds resources to a running sandbox.

use serde_json::Value;

use crate::models::{GroupId, RoleId, UserId};
use crate::sandbox::instance::Sandbox;
use crate::sandbox::state::item::SandboxItem;
use crate::sandbox::state::user::SandboxUser;

impl Sandbox {
    /// Adds a user, or replaces the one with the same id.
    pub fn add_user(&self, user: SandboxUser) {
        let state = &mut *self.shared.state();
        state.store.add_user(user, state.clock.now());
    }

    /// Adds a group, or renames the one with the same id.
    pub fn add_group(&self, id: impl Into<GroupId>, name: &str) {
        let state = &mut *self.shared.state();
        let now = state.clock.now();
        state.store.add_group(id.into().get(), name, now);
    }

    /// Adds a role to a group, or changes the one with the same id. Rank 0 is for guests, and the member with rank 255
    /// owns the group. A missing group is added.
    pub fn add_role(
        &self,
        group: impl Into<GroupId>,
        role: impl Into<RoleId>,
        name: &str,
        rank: u8,
    ) {
        let state = &mut *self.shared.state();
        let now = state.clock.now();
        let group = state.store.get_or_create_group(group.into().get(), now);
        group.set_role(role.into().get(), name, rank, now);
    }

    /// Makes a user a member of a group, or gives a member one more role. A missing user or group is added, and a missing
    /// role, too, with rank 1: [`add_role`](Self::add_role) sets another. If roles have equal ranks, the one that was
    /// assigned first is the highest.
    pub fn add_member(
        &self,
        group: impl Into<GroupId>,
        user: impl Into<UserId>,
        role: impl Into<RoleId>,
    ) {
        let (group, user, role) = (group.into().get(), user.into().get(), role.into().get());
        let state = &mut *self.shared.state();
        let now = state.clock.now();
        state.store.add_member(group, user, role, now);
    }

    /// Adds a request of a user to join a group, unless the user is a member. A missing user or group is added.
    pub fn add_join_request(&self, group: impl Into<GroupId>, user: impl Into<UserId>) {
        let (group, user) = (group.into().get(), user.into().get());
        let state = &mut *self.shared.state();
        let now = state.clock.now();
        state.store.add_join_request(group, user, now);
    }

    /// Adds an item to the end of a user's inventory. A missing user is added.
    pub fn add_item(&self, user: impl Into<UserId>, item: SandboxItem) {
        let state = &mut *self.shared.state();
        let now = state.clock.now();
        state.store.add_item(user.into().get(), item, now);
    }

    /// Sets the information about the API key, in the form of the service ([`KeyInfo`](crate::models::KeyInfo)). By
    /// default the key may do everything. The information is only returned: it restricts no calls.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// use serde_json::json;
    ///
    /// sandbox.set_key_info(json!({"enabled": true, "scopes": [{"name": "asset", "operations": ["read"]}]}));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn set_key_info(&self, info: Value) {
        self.shared.state().key_info = Some(info);
    }
}
