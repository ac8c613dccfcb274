//! Binary inputs of scripts.

use serde_json::json;

use crate::asset_file::AssetFile;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::{Error, Result};
use crate::http::UploadBody;
use crate::models::{InputResponse, LuauInput};
use crate::resource::Universe;

const CREATE: Endpoint =
    Endpoint::post("/cloud/v2/universes/{universe_id}/luau-execution-session-task-binary-inputs")
        .scopes(&["universe.place.luau-execution-session:write"])
        .user_content(UserContent::None)
        .private();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&CREATE];

/// The largest input, in bytes.
const MAX_SIZE: u64 = 100 * 1024 * 1024;
const CONTENT_TYPE: &str = "application/octet-stream";

impl Universe {
    /// Uploads content of up to 100 MiB for scripts, which get it as a buffer. It can be used for 15 minutes.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    /// use rblx_open_cloud::AssetFile;
    /// use rblx_open_cloud::models::LuauScript;
    ///
    /// let universe = client.universe(13_058);
    /// let input = universe.luau_input(AssetFile::bytes("map.bin", vec![1, 2, 3]))?;   // or AssetFile::open("map.bin")?
    /// let script = LuauScript::source("return buffer.len(({...})[1].BinaryInput)").input(&input);
    /// let result = universe.place(90).run(script).wait(Duration::from_secs(60))?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The content is streamed to a signed URL, without the API key. Neither of the two requests is repeated if its outcome
    /// is unknown, and no text or log shows the URL.
    ///
    /// # Errors
    /// `InvalidInput` if the content is larger than 100 MiB (before anything is sent), cannot be read, or changes while it is sent;
    /// `Unexpected` if the content host rejects it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/luau-execution#Cloud_CreateLuauExecutionSessionTaskBinaryInput) ·
    /// scope `universe.place.luau-execution-session:write` · API key only · 5 requests per minute · stable
    pub fn luau_input(&self, file: AssetFile) -> Result<LuauInput> {
        let size = validated_size(&file)?;
        let content_type = file.explicit_content_type().unwrap_or(CONTENT_TYPE);
        let content_type = content_type.to_owned();
        let body = UploadBody::File(file, content_type);
        let call = self.call(&CREATE).json(&json!({ "size": size }));
        let created = call.send_then_put(body, |created: &InputResponse| &created.upload_uri)?;
        Ok(LuauInput::uploaded(created.path, size))
    }
}

fn validated_size(file: &AssetFile) -> Result<u64> {
    let size = file.length();
    if size > MAX_SIZE {
        return Err(Error::invalid_input(format!(
            "{:?} has {size} bytes; the maximum of an input is {MAX_SIZE}",
            file.name()
        )));
    }
    Ok(size)
}
