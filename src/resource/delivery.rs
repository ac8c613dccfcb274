//! The content of assets: where it is, and getting it.

use std::io::Write;

use super::Asset;
use crate::client::Client;
use crate::download::DownloadOptions;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Result};
use crate::http::{Request, entry_error};
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
    /// Where the newest content of the asset is, for a while.
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
    /// Whoever has the location can fetch the content, without a key, until it expires. [`download`](Self::download)
    /// does both.
    ///
    /// # Errors
    /// `NotFound` if the asset does not exist, `PermissionDenied` if the key's owner may not have it. Both may come in
    /// an answer with the status 200; [`Error::code`] has the code that stands in it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId_) · scope `legacy-asset:manage` · 1000 a minute
    pub fn location(&self) -> Result<AssetLocation> {
        locate(&self.client, &Request::new(&LOCATE).path_param(self.id))
    }

    /// Where the content of a version is, by its number, for a while.
    ///
    /// # Errors
    /// Those of [`location`](Self::location); `NotFound` also if there is no such version.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId__version__versionNumber_) · scope `legacy-asset:manage` · 1000 a minute
    pub fn version_location(&self, number: u64) -> Result<AssetLocation> {
        let request = Request::new(&LOCATE_VERSION)
            .path_param(self.id)
            .path_param(number);
        locate(&self.client, &request)
    }

    /// Where the content is that this request describes, for a while.
    ///
    /// # Errors
    /// Those of [`location`](Self::location).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId_) · scope `legacy-asset:manage` · 1000 a minute
    pub fn location_with(&self, request: LocationRequest) -> Result<AssetLocation> {
        locate(&self.client, &self.location_request(&request))
    }

    /// Writes the newest content of the asset, and tells the number of bytes.
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
    /// The content is written as it arrives, decompressed, with a small buffer whatever its size. It is fetched
    /// without the key, over https (or, for a client whose base URL is on this machine, from this machine). There is no
    /// total time-out, but [`idle_timeout`](crate::ClientBuilder::idle_timeout) ends what no longer moves.
    ///
    /// A failed attempt is repeated as for other calls, and an expired location is asked for once more, as long as
    /// nothing was written. After the first byte nothing is begun anew: the error says how much was written.
    ///
    /// # Errors
    /// Those of [`location`](Self::location); `Transport` or `Timeout` if the content breaks off, which is never taken
    /// for its end; `InvalidInput` with the writer's own error as its source; `Unexpected` if there is more than
    /// 4 GiB, or the location is one that nothing is fetched from.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId_) · scope `legacy-asset:manage` · 1000 a minute
    pub fn download(&self, writer: impl Write) -> Result<u64> {
        self.download_with(writer, DownloadOptions::new())
    }

    /// The same as [`download`](Self::download), with settings: the version, a limit, progress.
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
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId__version__versionNumber_) · scope `legacy-asset:manage` · 1000 a minute
    pub fn download_with(
        &self,
        mut writer: impl Write,
        download: DownloadOptions<'_>,
    ) -> Result<u64> {
        let request = download.request.clone();
        let located_by = self.location_request(&request);
        let find = || Ok(self.location_with(request.clone())?.location);
        let mut sink = download.into_writer(&mut writer);
        self.client.http().download(&located_by, find, &mut sink)
    }

    fn location_request(&self, request: &LocationRequest) -> Request {
        let located = match request.version {
            Some(number) => Request::new(&LOCATE_VERSION)
                .path_param(self.id)
                .path_param(number),
            None => Request::new(&LOCATE).path_param(self.id),
        };
        located
            .query_opt("expectedAssetType", request.expected_type.as_ref())
            .query_opt("skipSigningScripts", request.skip_signing_scripts)
    }
}

fn locate(client: &Client, request: &Request) -> Result<AssetLocation> {
    let located = client.http().send_with(request, |received| {
        let response: LocationResponse = received.json()?;
        if let Some(error) = response.error() {
            return Err(entry_error(error));
        }
        let missing = || Error::new(ErrorKind::Decode, "the response names no location");
        response.into_location().ok_or_else(missing)
    });
    // An response that is not understood may hold a location all the same, and that is not to be shown.
    located.map_err(|error| match error.kind() {
        ErrorKind::Decode => error.map(|inner| inner.body = None),
        _ => error,
    })
}
