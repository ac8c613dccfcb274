//! Results of scripts.

use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind, Result};
use crate::models::{RawJson, SignedUrl};

/// The result of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LuauResult {
    /// The values that the script returned. What cannot be written as JSON is null.
    pub results: Vec<RawJson>,
    /// URL of the binary output, for [`Client::download_url`](crate::Client::download_url). It is there for 15 minutes after
    /// the end of the script.
    pub binary_output: Option<SignedUrl>,
    /// Whether all lines of the log were reported to the callback. False if they could not be listed in the end; true
    /// without a callback.
    pub is_log_complete: bool,
}

impl LuauResult {
    /// Decodes the first value that the script returned.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # sandbox.script_result("return 1 + 2", serde_json::json!(3));
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    /// use rblx_open_cloud::models::LuauScript;
    ///
    /// let place = client.universe(13_058).place(90);
    /// let result = place.run(LuauScript::source("return 1 + 2")).wait(Duration::from_secs(60))?;
    /// assert_eq!(result.first::<u32>()?, 3);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `Decode` if the script returned nothing, or the value is not a `T`.
    pub fn first<T: DeserializeOwned>(&self) -> Result<T> {
        let nothing = || {
            let message = "the script returned no value; end it with `return …`";
            let advice = if cfg!(feature = "sandbox") {
                "The sandbox does not run Luau: `Sandbox::script_result` sets what it returns"
            } else {
                ""
            };
            Error::new(ErrorKind::Decode, message).with_advice(advice)
        };
        self.results.first().ok_or_else(nothing)?.parse_as()
    }
}
