//! Adds universes to a running sandbox, and changes them.

use crate::models::{JobId, PlaceId, UserId};
use crate::sandbox::instance::Sandbox;
use crate::sandbox::state::universe::builder::SandboxUniverse;
use crate::sandbox::state::universe::place::Lock;

impl Sandbox {
    /// Adds a universe, or replaces the one with the same id.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// use rblx_open_cloud::sandbox::SandboxUniverse;
    ///
    /// sandbox.add_universe(SandboxUniverse::new(5, "Arena", 6));
    /// assert_eq!(sandbox.client().universe(5).get()?.display_name.as_deref(), Some("Arena"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn add_universe(&self, universe: SandboxUniverse) {
        let state = &mut *self.shared.state();
        let now = state.clock.now();
        state.store.add_universe(universe, now);
    }

    /// Starts a server that runs the published version of a place. Returns its id, which is empty if the place does not
    /// exist.
    pub fn add_server<U: Into<UserId>>(
        &self,
        place: impl Into<PlaceId>,
        players: impl IntoIterator<Item = U>,
    ) -> JobId {
        let players = players.into_iter().map(|user| user.into().get()).collect();
        let state = &mut *self.shared.state();
        let now = state.clock.now();
        let place = state.store.place_mut(place.into().get());
        let job = place.map(|place| place.start_server(players, now));
        JobId::from(job.unwrap_or_default())
    }

    /// Opens a place in Roblox Studio, or closes it again. While it is open, it cannot be published.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::{AssetFile, ErrorKind};
    ///
    /// sandbox.open_in_studio(90, true);
    /// let file = AssetFile::bytes("game.rbxlx", b"<roblox></roblox>".to_vec());
    /// let error = client.universe(13_058).place(90).publish(file).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Conflict);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn open_in_studio(&self, place: impl Into<PlaceId>, yes: bool) {
        self.lock_place(place.into(), yes.then_some(Lock::Studio));
    }

    /// Opens a Team Create session of a place, or closes it again. While it is open, the place can neither be published nor
    /// updated.
    pub fn open_in_team_create(&self, place: impl Into<PlaceId>, yes: bool) {
        self.lock_place(place.into(), yes.then_some(Lock::TeamCreate));
    }

    /// Adds a user to those who edit a place in Team Create, and opens the session. A user who does not exist is not added.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// sandbox.join_team_create(90, 156);
    /// let place = sandbox.client().universe(13_058).place(90);
    /// assert_eq!(place.list_team_create_members().count(), 1);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn join_team_create(&self, place: impl Into<PlaceId>, user: impl Into<UserId>) {
        let (place, user) = (place.into().get(), user.into().get());
        let state = &mut *self.shared.state();
        let is_known = state.store.users.contains_key(&user);
        if let Some(place) = state.store.place_mut(place).filter(|_| is_known) {
            place.lock = Some(Lock::TeamCreate);
            if !place.editors.contains(&user) {
                place.editors.push(user);
            }
        }
    }

    fn lock_place(&self, place: PlaceId, lock: Option<Lock>) {
        if let Some(place) = self.shared.state().store.place_mut(place.get()) {
            place.lock = lock;
            if lock != Some(Lock::TeamCreate) {
                place.editors.clear();
            }
        }
    }
}
