//! What the client's own key may do.

use crate::error::{Error, Result};
use crate::http::Method;
use crate::models::{Scope, ScopeNeed};
use crate::{operation, resource};

impl ScopeNeed {
    /// The scopes that a call needs, by its method and documented path.
    ///
    /// ```
    /// use rblx_open_cloud::Method;
    /// use rblx_open_cloud::models::{Scope, ScopeNeed};
    ///
    /// let upload = ScopeNeed::of_call(Method::Post, "/assets/v1/assets")?.for_user(156);
    /// assert_eq!(upload.scopes(), [Scope::AssetRead, Scope::AssetWrite]);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// Scopes that only add fields to an answer are not among them: `user.get()` needs none.
    ///
    /// # Errors
    /// `InvalidInput` if no method of this crate makes such a call.
    pub fn of_call(method: Method, path: &str) -> Result<Self> {
        let mut all = resource::endpoints().chain(operation::ENDPOINTS.iter().copied());
        let endpoint = all
            .find(|endpoint| endpoint.is(method, path))
            .ok_or_else(|| {
                Error::invalid_input(format!("no method here calls {method} {path:?}"))
            })?;
        let scopes = endpoint.needed_scopes();
        Ok(Self::new(
            scopes.iter().map(|scope| Scope::from(*scope)).collect(),
        ))
    }
}
