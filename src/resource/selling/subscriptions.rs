//! Subscriptions of users.

use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{self, SubscriptionProductId, UserId};
use crate::resource::Universe;

const GET: Endpoint = Endpoint::get(
    "/cloud/v2/universes/{universe_id}/subscription-products/{subscription_product_id}/subscriptions/{subscription_id}",
)
.any_scope(&[
    "universe.subscription-product.subscription:read",
    "universe:write",
]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET];

impl Universe {
    /// Returns the subscription of a user to a product of the universe, with all fields.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let subscription = client.universe(13_058).subscription("EXP-1", 156)?;
    /// if subscription.is_active {
    ///     println!("renewed on {:?}", subscription.next_renew_time);
    /// }
    /// # assert!(subscription.is_active);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The scope `universe.subscription-product.subscription:read` only shows the subscription of the user who makes the
    /// call; `universe:write` shows those of all users.
    ///
    /// # Errors
    /// `NotFound` if the user never subscribed; `PermissionDenied` if the caller may not see it; `InvalidInput` if the product
    /// id is empty (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/users#Cloud_GetSubscription) ·
    /// scope `universe.subscription-product.subscription:read` or `universe:write` · 500 requests per minute with an API key, 3 requests per second with OAuth2 · beta
    pub fn subscription(
        &self,
        product: impl Into<SubscriptionProductId>,
        user: impl Into<UserId>,
    ) -> Result<models::Subscription> {
        let product = product.into();
        let call = self.call(&GET).path_param_checked(product.validated());
        let user = user.into();
        let call = call.path_param(user).query("view", "FULL");
        call.send_with_known_field("user", format_args!("users/{user}"))
    }
}
