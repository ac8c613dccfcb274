//! The handle for thumbnails of the home page, and the personalizations that show each player one of them.

use std::collections::BTreeMap;

use super::HomeUpload;
use crate::asset_file::AssetFile;
use crate::call::Call;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::Result;
use crate::http::Form;
use crate::models::ids::at_least_one;
use crate::models::params::Params;
use crate::models::{
    HomeThumbnail, HomeThumbnailId, HomeUploadId, Personalization, PersonalizationBody,
    PersonalizationId, PersonalizationResponse, PersonalizationStatus, UploadResponse,
    validated_files,
};
use crate::paging::Items;
use crate::resource::Universe;

const LIST: Endpoint =
    Endpoint::get("/thumbnail-personalization-api/v1/universes/{universeId}/thumbnails")
        .scopes(&["universe.thumbnail:read"])
        .paginated("homepageThumbnails", 100)
        .default_page_size(50)
        .page_query("limit", "nextCursor")
        .next_tokens(&["nextCursor"]);
const UPLOAD: Endpoint =
    Endpoint::post("/thumbnail-personalization-api/v1/universes/{universeId}/thumbnails/uploads")
        .scopes(&["universe.thumbnail:write"])
        .user_content(UserContent::File);
const DELETE: Endpoint =
    Endpoint::delete("/thumbnail-personalization-api/v1/universes/{universeId}/thumbnails")
        .scopes(&["universe.thumbnail:write"]);
const PERSONALIZATIONS: Endpoint =
    Endpoint::get("/thumbnail-personalization-api/v1/universes/{universeId}/personalization")
        .scopes(&["universe.thumbnail:read"])
        .paginated("personalizedConfigs", 100)
        .default_page_size(50)
        .page_query("limit", "cursor")
        .next_tokens(&["nextCursor"]);
const CREATE: Endpoint = Endpoint::post(
    "/thumbnail-personalization-api/v1/universes/{universeId}/personalization/create",
)
.scopes(&["universe.thumbnail:write"]);
const UPDATE: Endpoint = Endpoint::post(
    "/thumbnail-personalization-api/v1/universes/{universeId}/personalization/update",
)
.scopes(&["universe.thumbnail:write"])
.idempotent();

pub(super) const ENDPOINTS: &[&Endpoint] =
    &[&LIST, &UPLOAD, &DELETE, &PERSONALIZATIONS, &CREATE, &UPDATE];

impl Universe {
    /// Returns a handle for the thumbnails of the home page. Sends no request.
    pub fn home_thumbnails(&self) -> HomeThumbnails {
        HomeThumbnails {
            universe: self.clone(),
        }
    }
}

/// A handle for the thumbnails that the home page shows of a universe. Created by [`Universe::home_thumbnails`].
///
/// ```no_run
/// use std::time::Duration;
/// use rblx_open_cloud::AssetFile;
///
/// # let client = rblx_open_cloud::Client::from_env()?;
/// let thumbnails = client.universe(13_058).home_thumbnails();
/// let files = [AssetFile::open("castle.png")?, AssetFile::open("dragon.png")?];
/// let mut upload = thumbnails.upload(files)?;
/// for file in upload.refused() {
///     eprintln!("{file} was rejected");
/// }
/// let uploaded = upload.wait(Duration::from_secs(120))?;
/// thumbnails.create_personalization(uploaded.into_iter().filter_map(|thumbnail| thumbnail.id))?;
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct HomeThumbnails {
    universe: Universe,
}

impl HomeThumbnails {
    /// Lists the thumbnails.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/thumbnail-personalization#ThumbnailPersonalizationApi.HomepageThumbnail_GetHomepageThumbnails) ·
    /// scope `universe.thumbnail:read` · 100 requests per minute · up to 100 items per page · experimental
    pub fn list(&self) -> Items<HomeThumbnail> {
        self.universe.call(&LIST).list()
    }

    /// Uploads thumbnails in one request: png, jpg, bmp or webp files with different names. The service takes up to 5 files of up to
    /// 3 MB. The request is not repeated.
    ///
    /// # Errors
    /// `InvalidInput` without a file, or if two have the same name, and `InvalidAsset` if the content of a file is not an image (all
    /// before anything is sent). Files that the service rejects are not errors: [`HomeUpload::refused`] names them.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/thumbnail-personalization#ThumbnailPersonalizationApi.HomepageThumbnail_UploadHomepageThumbnails) ·
    /// scope `universe.thumbnail:write` · 50 requests per minute · experimental
    pub fn upload(&self, files: impl IntoIterator<Item = AssetFile>) -> Result<HomeUpload> {
        let files = validated_files(files)?;
        let names: Vec<String> = files.iter().map(|(file, _)| file.name().into()).collect();
        let form = files.into_iter().fold(Form::new(), |form, (file, kind)| {
            form.file("files", file, kind)
        });
        let response: UploadResponse = self.universe.call(&UPLOAD).upload(form)?;
        Ok(HomeUpload::started(self.universe.clone(), response, names))
    }

    /// Resumes an upload by the ids of its files, as [`HomeUpload::ids`] returns them. Sends no request.
    pub fn resume_upload(
        &self,
        ids: impl IntoIterator<Item = impl Into<HomeUploadId>>,
    ) -> HomeUpload {
        let ids = ids.into_iter().map(|id| (None, id.into()));
        HomeUpload::new(self.universe.clone(), ids.collect())
    }

    /// Deletes thumbnails, also from personalizations. Returns for each whether it was deleted, if the service reports it.
    ///
    /// # Errors
    /// `InvalidInput` without a thumbnail (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/thumbnail-personalization#ThumbnailPersonalizationApi.HomepageThumbnail_DeleteHomepageThumbnails) ·
    /// scope `universe.thumbnail:write` · 50 requests per minute · experimental
    pub fn delete(
        &self,
        ids: impl IntoIterator<Item = impl Into<HomeThumbnailId>>,
    ) -> Result<BTreeMap<HomeThumbnailId, bool>> {
        let ids: Vec<HomeThumbnailId> = at_least_one("thumbnail", ids)?;
        let ids = ids.iter().map(HomeThumbnailId::validated);
        let params = Params::default().with_each("homepageThumbnailIds", ids);
        let call = self.universe.call(&DELETE).queries_checked(params);
        Ok(call.send::<Option<_>>()?.unwrap_or_default())
    }

    /// Lists the personalizations that are in use, those that are not, or, with `None`, both.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/thumbnail-personalization#ThumbnailPersonalizationApi.HomepageThumbnail_FindThumbnailPersonalizations) ·
    /// scope `universe.thumbnail:read` · 100 requests per minute · up to 100 items per page · experimental
    pub fn personalizations(
        &self,
        status: impl Into<Option<PersonalizationStatus>>,
    ) -> Items<Personalization> {
        let params = Params::default().with_known("status", status.into().as_ref());
        let call = self.universe.call(&PERSONALIZATIONS);
        call.queries_checked(params).list()
    }

    /// Creates a personalization of up to 5 thumbnails, which replaces the one that is in use. Returns its id, if the service
    /// reports it. The request is not repeated.
    ///
    /// # Errors
    /// `InvalidInput` without a thumbnail (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/thumbnail-personalization#ThumbnailPersonalizationApi.HomepageThumbnail_CreateThumbnailPersonalization) ·
    /// scope `universe.thumbnail:write` · 50 requests per minute · experimental
    pub fn create_personalization(
        &self,
        thumbnails: impl IntoIterator<Item = impl Into<HomeThumbnailId>>,
    ) -> Result<Option<PersonalizationId>> {
        let body = personalization_body(None, thumbnails);
        send_personalization(self.universe.call(&CREATE).json_checked(body))
    }

    /// Sets all thumbnails of a personalization. Returns its id, if the service reports it.
    ///
    /// # Errors
    /// `InvalidInput` without a thumbnail (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/thumbnail-personalization#ThumbnailPersonalizationApi.HomepageThumbnail_UpdateThumbnailPersonalization) ·
    /// scope `universe.thumbnail:write` · 50 requests per minute · experimental
    pub fn update_personalization(
        &self,
        id: impl Into<PersonalizationId>,
        thumbnails: impl IntoIterator<Item = impl Into<HomeThumbnailId>>,
    ) -> Result<Option<PersonalizationId>> {
        let body = personalization_body(Some(id.into()), thumbnails);
        send_personalization(self.universe.call(&UPDATE).json_checked(body))
    }
}

/// Returns the body of a change of personalizations.
fn personalization_body(
    id: Option<PersonalizationId>,
    thumbnails: impl IntoIterator<Item = impl Into<HomeThumbnailId>>,
) -> Result<PersonalizationBody> {
    if let Some(id) = &id {
        id.validated()?;
    }
    let homepage_thumbnail_ids: Vec<HomeThumbnailId> = at_least_one("thumbnail", thumbnails)?;
    for id in &homepage_thumbnail_ids {
        id.validated()?;
    }
    Ok(PersonalizationBody {
        id,
        homepage_thumbnail_ids,
    })
}

/// Sends a change of personalizations.
fn send_personalization(call: Call) -> Result<Option<PersonalizationId>> {
    Ok(call.send::<PersonalizationResponse>()?.id())
}
