//! Thumbnails of the home page: uploads, and the personalizations that show each player one of them.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::Universe;
use crate::asset_file::AssetFile;
use crate::call::Call;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::{Error, ErrorKind, Result};
use crate::http::Form;
use crate::models::{
    HomeThumbnail, HomeThumbnailId, HomeUploadId, Personalization, PersonalizationBody,
    PersonalizationId, PersonalizationResponse, PersonalizationStatus, UploadResponse,
    UploadStatusResponse, UploadedThumbnail, checked_files,
};
use crate::operation::{Cadence, Poll, wait_until};
use crate::paging::Items;

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
const STATUS: Endpoint = Endpoint::get(
    "/thumbnail-personalization-api/v1/universes/{universeId}/thumbnails/uploads/status",
)
.scopes(&["universe.thumbnail:read"]);
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

pub(super) const ENDPOINTS: super::Endpoints = &[&[
    &LIST,
    &UPLOAD,
    &STATUS,
    &DELETE,
    &PERSONALIZATIONS,
    &CREATE,
    &UPDATE,
]];

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
///     eprintln!("{file} was refused");
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
    /// `InvalidInput` if there is no file, or two have the same name, and `InvalidAsset` if a file is certainly no image (all before
    /// anything is sent). Files that the service refuses are no error: [`HomeUpload::refused`] names them.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/thumbnail-personalization#ThumbnailPersonalizationApi.HomepageThumbnail_UploadHomepageThumbnails) ·
    /// scope `universe.thumbnail:write` · 50 requests per minute · experimental
    pub fn upload(&self, files: impl IntoIterator<Item = AssetFile>) -> Result<HomeUpload> {
        let files = checked_files(files)?;
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

    /// Deletes thumbnails, also from personalizations. Returns which of them were deleted, if the service tells.
    ///
    /// # Errors
    /// `InvalidInput` if no thumbnail is named (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/thumbnail-personalization#ThumbnailPersonalizationApi.HomepageThumbnail_DeleteHomepageThumbnails) ·
    /// scope `universe.thumbnail:write` · 50 requests per minute · experimental
    pub fn delete(
        &self,
        ids: impl IntoIterator<Item = impl Into<HomeThumbnailId>>,
    ) -> Result<BTreeMap<HomeThumbnailId, bool>> {
        let ids = thumbnail_ids(ids)?.into_iter();
        let pairs = ids.map(|id| ("homepageThumbnailIds", id.to_string()));
        let call = self.universe.call(&DELETE).queries_checked(Ok(pairs));
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
        let call = self.universe.call(&PERSONALIZATIONS);
        call.query_opt("status", status.into()).list()
    }

    /// Creates a personalization of up to 5 thumbnails, which replaces the one that is in use. Returns its id, if the service
    /// tells. The request is not repeated.
    ///
    /// # Errors
    /// `InvalidInput` if no thumbnail is named (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/thumbnail-personalization#ThumbnailPersonalizationApi.HomepageThumbnail_CreateThumbnailPersonalization) ·
    /// scope `universe.thumbnail:write` · 50 requests per minute · experimental
    pub fn create_personalization(
        &self,
        thumbnails: impl IntoIterator<Item = impl Into<HomeThumbnailId>>,
    ) -> Result<Option<PersonalizationId>> {
        let body = personalization(None, thumbnails);
        personalized(self.universe.call(&CREATE).json_checked(body))
    }

    /// Sets all thumbnails of a personalization. Returns its id, if the service tells.
    ///
    /// # Errors
    /// `InvalidInput` if no thumbnail is named (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/thumbnail-personalization#ThumbnailPersonalizationApi.HomepageThumbnail_UpdateThumbnailPersonalization) ·
    /// scope `universe.thumbnail:write` · 50 requests per minute · experimental
    pub fn update_personalization(
        &self,
        id: impl Into<PersonalizationId>,
        thumbnails: impl IntoIterator<Item = impl Into<HomeThumbnailId>>,
    ) -> Result<Option<PersonalizationId>> {
        let body = personalization(Some(id.into()), thumbnails);
        personalized(self.universe.call(&UPDATE).json_checked(body))
    }
}

/// Returns ids of thumbnails, at least one.
fn thumbnail_ids(
    ids: impl IntoIterator<Item = impl Into<HomeThumbnailId>>,
) -> Result<Vec<HomeThumbnailId>> {
    let ids: Vec<HomeThumbnailId> = ids.into_iter().map(Into::into).collect();
    if ids.is_empty() {
        return Err(Error::invalid_input("name at least one thumbnail"));
    }
    for id in &ids {
        id.validated()?;
    }
    Ok(ids)
}

fn personalization(
    id: Option<PersonalizationId>,
    thumbnails: impl IntoIterator<Item = impl Into<HomeThumbnailId>>,
) -> Result<PersonalizationBody> {
    if let Some(id) = &id {
        id.validated()?;
    }
    let homepage_thumbnail_ids = thumbnail_ids(thumbnails)?;
    Ok(PersonalizationBody {
        id,
        homepage_thumbnail_ids,
    })
}

/// Sends a change of personalizations.
fn personalized(call: Call) -> Result<Option<PersonalizationId>> {
    Ok(call.send::<PersonalizationResponse>()?.id())
}

/// An upload of thumbnails. Created by [`HomeThumbnails::upload`] and [`HomeThumbnails::resume_upload`].
///
/// It continues without this value. Keep its [`ids`](Self::ids) to resume it in another process.
#[must_use = "the upload continues without it, but its result is known only by polling"]
pub struct HomeUpload {
    universe: Universe,
    /// The files that the service accepted, with the ids of their uploads.
    accepted: Vec<(Option<String>, HomeUploadId)>,
    refused: Vec<String>,
    last: Option<Vec<UploadedThumbnail>>,
}

impl HomeUpload {
    fn new(universe: Universe, accepted: Vec<(Option<String>, HomeUploadId)>) -> Self {
        Self {
            universe,
            accepted,
            refused: Vec::new(),
            last: None,
        }
    }

    fn started(universe: Universe, response: UploadResponse, mut names: Vec<String>) -> Self {
        let mut upload = Self::new(universe, Vec::new());
        let is_complete = response.file_to_operation_id_dict.len() >= names.len();
        for (name, id) in response.file_to_operation_id_dict {
            names.retain(|known| *known != name);
            match id.filter(|id| !id.as_str().is_empty()) {
                Some(id) => upload.accepted.push((Some(name), id)),
                None => upload.refused.push(name),
            }
        }
        // With as many entries as files, the service only spells a name in another way.
        if !is_complete {
            upload.refused.append(&mut names);
        }
        upload
    }

    /// Returns the ids by which the upload can be resumed, one for each file that the service accepted.
    pub fn ids(&self) -> impl Iterator<Item = &HomeUploadId> {
        self.accepted.iter().map(|(_, id)| id)
    }

    /// Returns the names of the files that the service refused at once.
    pub fn refused(&self) -> impl Iterator<Item = &str> {
        self.refused.iter().map(String::as_str)
    }

    /// Polls once. Returns the thumbnails, or `None` while the service is still working on one of them. Moderation may take longer.
    ///
    /// # Errors
    /// Every error of a request; the upload continues after it.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/thumbnail-personalization#ThumbnailPersonalizationApi.HomepageThumbnail_GetHomepageThumbnailsStatus) ·
    /// scope `universe.thumbnail:read` · 100 requests per minute · experimental
    pub fn poll(&mut self) -> Result<Option<Vec<UploadedThumbnail>>> {
        self.poll_once(None)
    }

    /// Waits until the service has processed every file or `limit` is over. Polls with growing delays.
    ///
    /// Transient errors (429, 5xx, a lost connection) do not end the wait.
    /// [`ClientBuilder::poll_interval`](crate::ClientBuilder::poll_interval) sets the delays.
    ///
    /// # Errors
    /// Those of [`poll`](Self::poll) that are not transient, and `StillRunning` when the limit is over. The upload can then be
    /// waited for again.
    pub fn wait(&mut self, limit: Duration) -> Result<Vec<UploadedThumbnail>> {
        let http = self.universe.client.http().clone();
        wait_until(&http, Cadence::ASSETS, limit, self)
    }

    fn poll_once(&mut self, time: Option<Duration>) -> Result<Option<Vec<UploadedThumbnail>>> {
        if self.accepted.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let pairs = self
            .ids()
            .map(|id| Ok(("operationIds", id.validated()?.to_owned())));
        let pairs: Result<Vec<_>> = pairs.collect();
        let call = self.universe.call(&STATUS).queries_checked(pairs);
        let response: UploadStatusResponse = call.time_budget_opt(time).send()?;
        let mut reported = response.upload_thumbnail_status_dict;
        let uploaded = self.accepted.iter().map(|(name, id)| {
            let is_it = |one: &UploadedThumbnail| one.operation_id.as_ref() == Some(id);
            let place = reported.iter().position(is_it);
            let found = place.map(|place| reported.swap_remove(place));
            UploadedThumbnail {
                operation_id: Some(id.clone()),
                file_name: name.clone(),
                ..found.unwrap_or_default()
            }
        });
        let uploaded: Vec<_> = uploaded.collect();
        let is_done = uploaded.iter().all(UploadedThumbnail::is_done);
        self.last = Some(uploaded.clone());
        Ok(is_done.then_some(uploaded))
    }
}

impl Poll<Vec<UploadedThumbnail>> for HomeUpload {
    fn poll_within(&mut self, time: Duration) -> Result<Option<Vec<UploadedThumbnail>>> {
        self.poll_once(Some(time))
    }

    fn is_fresh(&self) -> bool {
        self.last.is_some()
    }

    fn still_running(&self, limit: Duration, elapsed: Duration) -> Error {
        let done = self.last.iter().flatten().filter(|one| one.is_done());
        let message = format!(
            "{} of {} thumbnails are processed after {limit:?}",
            done.count(),
            self.accepted.len()
        );
        Error::new(ErrorKind::StillRunning, message).map(|inner| {
            inner.elapsed = elapsed;
            inner.advice = Some("It continues; wait longer, or resume it by its ids".into());
        })
    }
}

impl fmt::Debug for HomeUpload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HomeUpload")
            .field("universe", &self.universe.id)
            .field("accepted", &self.accepted)
            .field("refused", &self.refused)
            .field("last", &self.last)
            .finish_non_exhaustive()
    }
}
