//! New game passes, and updates of them.

use super::form::{FormParts, Sale, sale_settings};
use crate::error::Result;

/// A game pass to create. Only what is set is sent.
///
/// ```
/// use rblx_open_cloud::models::NewPass;
///
/// let pass = NewPass::new("VIP").description("A golden name").price(250);
/// ```
#[derive(Debug)]
#[must_use]
pub struct NewPass(Sale);

impl NewPass {
    /// Creates a pass with a name.
    pub fn new(name: impl Into<String>) -> Self {
        Self(Sale::named(name.into()))
    }

    pub(crate) fn into_parts(self) -> Result<FormParts> {
        self.0.into_parts("a new game pass")
    }
}

sale_settings!(NewPass, "pass");

/// An update of a game pass. Only what is set is changed.
///
/// ```
/// use rblx_open_cloud::models::PassUpdate;
///
/// let update = PassUpdate::new().name("VIP 2026").price(300);
/// ```
#[derive(Debug, Default)]
#[must_use]
pub struct PassUpdate(Sale);

impl PassUpdate {
    /// Creates an update that sets nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.0.fields.set("name", name.into());
        self
    }

    /// Puts it on sale for the price that it has.
    pub fn on_sale(mut self) -> Self {
        self.0.fields.set("isForSale", true);
        self
    }

    pub(crate) fn into_parts(self) -> Result<FormParts> {
        self.0.into_parts("the update of a game pass")
    }
}

sale_settings!(PassUpdate, "pass");
