//! Looks into secrets, and changes the key that they are sealed with.

#[cfg(feature = "secrets")]
use crate::models::SecretId;
use crate::models::UniverseId;
use crate::sandbox::instance::Sandbox;
use crate::sandbox::state::universe::secret::Key;

impl Sandbox {
    /// Returns the content of a secret, opened with the secret key of the universe.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// use rblx_open_cloud::models::NewSecret;
    ///
    /// let secrets = sandbox.client().universe(13_058).secrets();
    /// secrets.set("discord", NewSecret::plain("hook"))?;
    /// assert_eq!(sandbox.secret(13_058, "discord").as_deref(), Some("hook"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[cfg(feature = "secrets")]
    #[must_use]
    pub fn secret(
        &self,
        universe: impl Into<UniverseId>,
        id: impl Into<SecretId>,
    ) -> Option<String> {
        let state = self.shared.state();
        let universe = state.store.universes.get(&universe.into().get())?;
        let secret = universe.secrets.by_id.get(id.into().as_str())?;
        String::from_utf8(secret.content.clone()).ok()
    }

    /// Replaces the key pair that secrets of a universe are sealed with. Secrets that are sealed with the old one are rejected
    /// from now on; stored secrets stay.
    pub fn rotate_secret_key(&self, universe: impl Into<UniverseId>) {
        let state = &mut *self.shared.state();
        if let Some(universe) = state.store.universes.get_mut(&universe.into().get()) {
            universe.secrets.key = Key::new();
        }
    }
}
