//! The locations of an asset's content.

use super::Asset;
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
    /// **Treat the URL as a secret:** until it expires, whoever has it can fetch the content without a key.
    /// [`download`](Self::download) fetches the content for you.
    ///
    /// # Errors
    /// `NotFound` if the asset does not exist, `PermissionDenied` if the owner of the API key cannot use it. The service
    /// may report both in a response with status 200; [`Error::code`] then returns the code in it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId_) ·
    /// scope `legacy-asset:manage` · 1,000 requests per minute
    pub fn location(&self) -> Result<AssetLocation> {
        locate(self.call(&LOCATE))
    }

    /// Returns a temporary URL of the content of a version, by its number.
    ///
    /// # Errors
    /// Those of [`location`](Self::location); `NotFound` also if there is no such version.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId__version__versionNumber_) ·
    /// scope `legacy-asset:manage` · 1,000 requests per minute
    pub fn version_location(&self, number: u64) -> Result<AssetLocation> {
        locate(self.call(&LOCATE_VERSION).path_param(number))
    }

    /// Returns a temporary URL of the content that the request describes.
    ///
    /// # Errors
    /// Those of [`version_location`](Self::version_location).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId_), [also](https://create.roblox.com/docs/cloud/reference/features/assets#get_asset_delivery_api_v1_assetId__assetId__version__versionNumber_) ·
    /// scope `legacy-asset:manage` · 1,000 requests per minute
    pub fn location_with(&self, request: LocationRequest) -> Result<AssetLocation> {
        let call = match request.version {
            Some(number) => self.call(&LOCATE_VERSION).path_param(number),
            None => self.call(&LOCATE),
        };
        let call = call.query_opt("expectedAssetType", request.expected_type);
        locate(call.query_opt("skipSigningScripts", request.skip_signing_scripts))
    }
}

/// Returns the endpoint that a request for a location calls.
pub(super) fn endpoint_for(request: &LocationRequest) -> &'static Endpoint {
    match request.version {
        Some(_) => &LOCATE_VERSION,
        None => &LOCATE,
    }
}

fn locate(call: Call) -> Result<AssetLocation> {
    let located = call.send_with(|received| {
        let response: LocationResponse = received.json()?;
        if let Some(error) = response.error() {
            return Err(entry_error(error));
        }
        let missing = || Error::new(ErrorKind::Decode, "the response has no location");
        response.into_location().ok_or_else(missing)
    });
    // A response that does not decode may hold a signed URL, which no error shows.
    located.map_err(|error| match error.kind() {
        ErrorKind::Decode => error.map(|inner| inner.body = None),
        _ => error,
    })
}
