//! Looks at badges, and sets what they cost.

use crate::models::{Badge, BadgeId};
use crate::sandbox::instance::Sandbox;

impl Sandbox {
    /// Returns a badge, which no call of the service reads.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// let badge = sandbox.badge(111_111).unwrap();
    /// assert_eq!((badge.name.as_str(), badge.enabled), ("Welcome", Some(true)));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn badge(&self, id: impl Into<BadgeId>) -> Option<Badge> {
        let state = self.shared.state();
        let id = id.into().get();
        let mut universes = state.store.universes.values();
        let badge =
            universes.find_map(|universe| Some(universe.badges.get(&id)?.to_json(universe)));
        serde_json::from_value(badge?).ok()
    }

    /// Sets what a new badge costs, in Robux. The default is 0.
    pub fn badge_cost(&self, robux: u64) {
        self.shared.state().settings.badge_cost = robux;
    }
}
