//! Saves, loads and resets the resources of a running sandbox.

use serde_json::Value;

use crate::sandbox::instance::Sandbox;
use crate::{Error, Result};

impl Sandbox {
    /// Returns the resources as JSON, to be saved or compared. Operations under way, faults and recorded requests are not
    /// among them.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// let before = sandbox.snapshot()?;
    /// sandbox.client().group(7).accept_join_request(2)?;
    /// assert_ne!(sandbox.snapshot()?, before);
    /// sandbox.restore(before.clone())?;
    /// assert_eq!(sandbox.snapshot()?, before);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if the resources cannot be written as JSON.
    pub fn snapshot(&self) -> Result<Value> {
        let snapshot = self.shared.state().snapshot();
        snapshot.map_err(|error| {
            Error::invalid_input("the resources of the sandbox cannot be written as JSON")
                .with_source(error)
        })
    }

    /// Replaces the resources by those of a [`snapshot`](Self::snapshot).
    ///
    /// # Errors
    /// `InvalidInput` if the JSON is not a snapshot. The error names the invalid place, such as an unknown field.
    pub fn restore(&self, snapshot: Value) -> Result<()> {
        let restored = self.shared.state().restore(&snapshot);
        restored.map_err(|error| {
            Error::invalid_input(format!("this is not a snapshot of a sandbox: {error}"))
        })
    }

    /// Goes back to the resources at the start, and removes faults and recorded requests. Settings, clock and credentials
    /// stay.
    pub fn reset(&self) {
        // The seeds fitted when the sandbox was started.
        let _ = self.shared.state().reset();
    }
}
