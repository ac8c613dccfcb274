//! Sets the results of Luau scripts in a running sandbox, which does not run them.

use crate::sandbox::instance::Sandbox;
use crate::sandbox::state::luau::script::{ReceivedScript, SandboxScript};

impl Sandbox {
    /// Sets the behavior of scripts that contain a text, from now on; every script contains the empty text. The last match is
    /// used. Other scripts return nothing.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// use std::time::Duration;
    /// use rblx_open_cloud::models::LuauScript;
    /// use rblx_open_cloud::sandbox::SandboxScript;
    ///
    /// sandbox.script_result("", serde_json::json!("any script returns this"));
    /// sandbox.script_result("runTests", SandboxScript::fails("2 tests failed").log("1 test passed"));
    ///
    /// let place = sandbox.client().universe(13_058).place(90);
    /// let error = place.run(LuauScript::source("runTests()")).wait(Duration::from_secs(60)).unwrap_err();
    /// assert_eq!((error.code(), error.message()), (Some("SCRIPT_ERROR"), "2 tests failed"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn script_result(&self, text: &str, script: impl Into<SandboxScript>) {
        self.shared.state().luau.add_rule(text, script.into());
    }

    /// Returns the accepted scripts.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// use rblx_open_cloud::models::LuauScript;
    ///
    /// let place = sandbox.client().universe(13_058).place(90);
    /// let _task = place.run(LuauScript::source("return 1")).start()?;
    /// assert_eq!(sandbox.scripts()[0].source(), "return 1");
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn scripts(&self) -> Vec<ReceivedScript> {
        self.shared.state().luau.received.clone()
    }
}
