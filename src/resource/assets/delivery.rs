//! The content of an asset: downloads and locations.

use std::io::Write;

use super::{Asset, DownloadOptions};
use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Result};
use crate::http::entry_error;
use crate::models::{AssetLocation, LocationRequest, LocationResponse};

const LOCATE: Endpoint = Endpoint::get("/asset-delivery-api/v1/assetId/{assetId}")
    .scopes(&["legacy-asset:manage"])
    .error_fields_are_data();
const LOCATE_VERSION: Endpoint =
    Endpoint::get("/asset-delivery-api/v1/assetId/{assetId}/version/{versionNumber}")
        .scopes(&["legacy-asset:manage"])
        .error_fields_are_data();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&LOCATE, &LOCATE_VERSION];

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
    /// requested again. After the first byte nothing is retried: the error says how many bytes were written.
    ///
    /// # Errors
    /// Those of [`location`](Self::location); `Transport` or `Timeout` if the transfer breaks off; `InvalidInput` if the
    /// writer fails, with its error as the source; `Unexpected` if the content has more than 4 GiB, or the location is
    /// not a URL that the crate fetches from.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId_), [also](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId__version__versionNumber_) ·
    /// scope `legacy-asset:manage` · 1,000 requests per minute · no longer in the official document (autumn 2026)
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
    /// scope `legacy-asset:manage` · 1,000 requests per minute · no longer in the official document (autumn 2026)
    pub fn download_with(
        &self,
        mut writer: impl Write,
        options: DownloadOptions<'_>,
    ) -> Result<u64> {
        let request = options.request.clone();
        let find = || Ok(self.location_with(request.clone())?.location);
        let mut writer = options.into_writer(&mut writer);
        let call = self.location_call(request.clone());
        call.download(find, &mut writer)
    }

    /// Returns a temporary URL of the asset's newest content.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// # use rblx_open_cloud::AssetFile;
    /// # use rblx_open_cloud::models::{AssetType, AssetUpload};
    /// # let file = AssetFile::bytes("model.fbx", vec![1, 2, 3]);
    /// # let model = client.user(156).upload_asset(AssetUpload::new(AssetType::Model, "Tree", "", file))?
    /// #     .wait(std::time::Duration::from_secs(60))?;
    /// let location = client.asset(model.asset_id).location()?;
    /// println!("{:?}, archived: {:?}", location.size(), location.is_archived);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// **Treat the URL as a secret:** until it expires, anyone who has it can fetch the content without a key.
    /// [`download`](Self::download) fetches the content for you.
    ///
    /// # Errors
    /// `NotFound` if the asset does not exist, `PermissionDenied` if the owner of the API key cannot use it. The service
    /// may report both in a response with status 200; [`Error::code`] then returns the code in it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId_) ·
    /// scope `legacy-asset:manage` · 1,000 requests per minute · no longer in the official document (autumn 2026)
    pub fn location(&self) -> Result<AssetLocation> {
        send_location_call(self.call(&LOCATE))
    }

    /// Returns a temporary URL of the content of a version, by its number.
    ///
    /// # Errors
    /// Those of [`location`](Self::location); `NotFound` also if the version does not exist.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId__version__versionNumber_) ·
    /// scope `legacy-asset:manage` · 1,000 requests per minute · no longer in the official document (autumn 2026)
    pub fn version_location(&self, number: u64) -> Result<AssetLocation> {
        send_location_call(self.call(&LOCATE_VERSION).path_param(number))
    }

    /// Returns a temporary URL of the content that the request describes.
    ///
    /// # Errors
    /// Those of [`version_location`](Self::version_location).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId_), [also](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId__version__versionNumber_) ·
    /// scope `legacy-asset:manage` · 1,000 requests per minute · no longer in the official document (autumn 2026)
    pub fn location_with(&self, request: LocationRequest) -> Result<AssetLocation> {
        send_location_call(self.location_call(request))
    }

    fn location_call(&self, request: LocationRequest) -> Call {
        let call = match request.version {
            Some(number) => self.call(&LOCATE_VERSION).path_param(number),
            None => self.call(&LOCATE),
        };
        let call = call.query_known("expectedAssetType", request.expected_type.as_ref());
        call.query_opt("skipSigningScripts", request.skip_signing_scripts)
    }
}

fn send_location_call(call: Call) -> Result<AssetLocation> {
    let located = call.send_with(|received| {
        let response: LocationResponse = received.json()?;
        if let Some(error) = response.error() {
            return Err(entry_error(error));
        }
        let missing = || Error::new(ErrorKind::Decode, "the response has no location");
        response.into_location().ok_or_else(missing)
    });
    // A response that cannot be decoded may contain a signed URL, which no error may show.
    located.map_err(|error| match error.kind() {
        ErrorKind::Decode => error.map(|inner| inner.body = None),
        _ => error,
    })
}
