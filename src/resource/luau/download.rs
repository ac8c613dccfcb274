//! Binary output of scripts.

use std::io::Write;

use crate::client::Client;
use crate::endpoint::{EndpointRef, Method};
use crate::error::{Error, ErrorKind, Result};
use crate::http::Request;
use crate::models::SignedUrl;
use crate::resource::assets::DownloadOptions;

/// Stands for the path in errors.
const ANY_URL: &str = "(signed URL)";

impl Client {
    /// Writes the content behind a signed URL, such as the binary output of a script, to a writer, and returns its length in
    /// bytes.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # use rblx_open_cloud::sandbox::SandboxScript;
    /// # sandbox.script_result("", SandboxScript::returns([]).binary_output([1, 2, 3]));
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    /// use rblx_open_cloud::models::LuauScript;
    ///
    /// let script = LuauScript::source("return { BinaryOutput = buffer.fromstring('…') }").binary_output();
    /// let result = client.universe(13_058).place(90).run(script).wait(Duration::from_secs(60))?;
    /// let mut content = Vec::new();   // or File::create("map.bin")?
    /// if let Some(url) = &result.binary_output {
    ///     client.download_url(url, &mut content)?;
    /// }
    /// # assert_eq!(content, [1, 2, 3]);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The request carries no credential and uses https (a client whose base URL is a loopback address fetches from
    /// loopback). No text or log shows more of the URL than its host. Until the first byte is written, failed attempts are
    /// retried like those of other calls; after it nothing is retried.
    ///
    /// # Errors
    /// `Unexpected` or `NotFound` if the URL has expired; `Transport` or `Timeout` if the transfer breaks off, which is never
    /// taken for the end of the content; `InvalidInput` if the writer fails, with its error as the source.
    pub fn download_url(&self, url: &SignedUrl, writer: impl Write) -> Result<u64> {
        self.download_url_with(url, writer, DownloadOptions::new())
    }

    /// Writes the content behind a signed URL to a writer, with options: a size limit, progress. Options that choose the
    /// content of an asset have no effect.
    ///
    /// # Errors
    /// Those of [`download_url`](Self::download_url).
    pub fn download_url_with(
        &self,
        url: &SignedUrl,
        mut writer: impl Write,
        options: DownloadOptions<'_>,
    ) -> Result<u64> {
        let request = Request::new(EndpointRef::custom(Method::Get, ANY_URL)).private();
        let mut writer = options.into_writer(&mut writer);
        let find = || Ok(url.as_str().to_owned());
        let downloaded = self.http().download(&request, find, &mut writer);
        downloaded.map_err(explain_expiry)
    }
}

/// Says why a signed URL may no longer work.
fn explain_expiry(error: Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::Unexpected => error.map(|inner| {
            let advice = "Signed URLs expire, those of scripts 15 minutes after their end";
            inner.advice = Some(advice.into());
        }),
        _ => error,
    }
}
