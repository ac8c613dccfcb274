//! Looks at badges, sets what they cost, and adds subscriptions.

use crate::models::{Badge, BadgeId, SubscriptionProductId, SubscriptionState, UniverseId, UserId};
use crate::sandbox::instance::Sandbox;
use crate::sandbox::state::universe::subscription::Subscription;

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

    /// Adds a subscription of a user to a product, or replaces it.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// use rblx_open_cloud::models::SubscriptionState;
    ///
    /// sandbox.add_subscription(13_058, "EXP-7", 1001, SubscriptionState::WillNotRenew);
    /// let subscription = sandbox.client().universe(13_058).subscription("EXP-7", 1001)?;
    /// assert!(subscription.is_active && !subscription.will_renew);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn add_subscription(
        &self,
        universe: impl Into<UniverseId>,
        product: impl Into<SubscriptionProductId>,
        user: impl Into<UserId>,
        state: SubscriptionState,
    ) {
        let sandbox = &mut *self.shared.state();
        let created = sandbox.clock.now();
        if let Some(universe) = sandbox.store.universes.get_mut(&universe.into().get()) {
            let key = (product.into().as_str().to_owned(), user.into().get());
            let subscription = Subscription { state, created };
            universe.subscriptions.insert(key, subscription);
        }
    }
}
