//! Downloads of an asset's content.

use std::io::Write;

use super::delivery::endpoint_for;
use super::{Asset, DownloadOptions};
use crate::error::Result;

impl Asset {
    /// Writes the newest content of the asset to a writer, and returns its length in bytes.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # use rblx_open_cloud::AssetFile;
    /// # use rblx_open_cloud::models::{AssetType, AssetUpload};
    /// # let file = AssetFile::bytes("model.fbx", vec![1, 2, 3]);
    /// # let model = client.user(156).upload_asset(AssetUpload::new(AssetType::Model, "Tree", "", file))?
    /// #     .wait(std::time::Duration::from_secs(60))?;
    /// let mut content = Vec::new();   // or File::create("tree.rbxm")?
    /// let length = client.asset(model.asset_id).download(&mut content)?;
    /// assert_eq!(length, 3);
    /// # assert_eq!(content, [1, 2, 3]);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// The content is decompressed and written as it arrives, through a small buffer. The request for the content
    /// carries no credential and uses https (a client whose base URL is a loopback address fetches from loopback). There
    /// is no total timeout; [`idle_timeout`](crate::ClientBuilder::idle_timeout) ends a stalled transfer.
    ///
    /// Until the first byte is written, failed attempts are retried like those of other calls, and an expired location is
    /// requested once more. After the first byte nothing is retried: the error says how much was written.
    ///
    /// # Errors
    /// Those of [`location`](Self::location); `Transport` or `Timeout` if the transfer breaks off, which is never taken
    /// for the end of the content; `InvalidInput` if the writer fails, with its error as the source; `Unexpected` if the
    /// content has more than 4 GiB, or the location is not a URL that the crate fetches from.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId_), [also](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId__version__versionNumber_) ·
    /// scope `legacy-asset:manage` · 1,000 requests per minute
    pub fn download(&self, writer: impl Write) -> Result<u64> {
        self.download_with(writer, DownloadOptions::new())
    }

    /// Writes content of the asset to a writer, with options: the version, a size limit, progress.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # use rblx_open_cloud::AssetFile;
    /// # use rblx_open_cloud::models::{AssetType, AssetUpload};
    /// # let file = AssetFile::bytes("model.fbx", vec![1, 2, 3]);
    /// # let model = client.user(156).upload_asset(AssetUpload::new(AssetType::Model, "Tree", "", file))?
    /// #     .wait(std::time::Duration::from_secs(60))?;
    /// use rblx_open_cloud::DownloadOptions;
    ///
    /// let mut content = Vec::new();
    /// let first = DownloadOptions::new().version(1).on_progress(|received, total| println!("{received} of {total:?}"));
    /// client.asset(model.asset_id).download_with(&mut content, first)?;
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`download`](Self::download).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId_), [also](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId__version__versionNumber_) ·
    /// scope `legacy-asset:manage` · 1,000 requests per minute
    pub fn download_with(
        &self,
        mut writer: impl Write,
        options: DownloadOptions<'_>,
    ) -> Result<u64> {
        let request = options.request.clone();
        let endpoint = endpoint_for(&request);
        let find = || Ok(self.location_with(request.clone())?.location);
        let mut writer = options.into_writer(&mut writer);
        self.client.http().download(endpoint, find, &mut writer)
    }
}
