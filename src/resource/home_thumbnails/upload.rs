//! Uploads of thumbnails of the home page.

use std::fmt;
use std::time::Duration;

use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Result};
use crate::models::params::Params;
use crate::models::{HomeUploadId, UploadResponse, UploadStatusResponse, UploadedThumbnail};
use crate::operation::{Cadence, Poll, wait_until};
use crate::resource::Universe;

const STATUS: Endpoint = Endpoint::get(
    "/thumbnail-personalization-api/v1/universes/{universeId}/thumbnails/uploads/status",
)
.scopes(&["universe.thumbnail:read"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&STATUS];

/// An upload of thumbnails. Created by [`HomeThumbnails::upload`](super::HomeThumbnails::upload) and
/// [`HomeThumbnails::resume_upload`](super::HomeThumbnails::resume_upload).
///
/// The upload continues if this value is dropped. Keep its [`ids`](Self::ids) to resume it in another process.
#[must_use = "the result of the upload is known only by polling"]
pub struct HomeUpload {
    universe: Universe,
    /// The files that the service accepted, with the ids of their uploads.
    accepted: Vec<(Option<String>, HomeUploadId)>,
    refused: Vec<String>,
    last: Option<Vec<UploadedThumbnail>>,
}

impl HomeUpload {
    pub(super) fn new(universe: Universe, accepted: Vec<(Option<String>, HomeUploadId)>) -> Self {
        Self {
            universe,
            accepted,
            refused: Vec::new(),
            last: None,
        }
    }

    pub(super) fn started(
        universe: Universe,
        response: UploadResponse,
        mut names: Vec<String>,
    ) -> Self {
        let mut upload = Self::new(universe, Vec::new());
        let is_complete = response.file_to_operation_id_dict.len() >= names.len();
        for (name, id) in response.file_to_operation_id_dict {
            names.retain(|known| *known != name);
            match id.filter(|id| !id.as_str().is_empty()) {
                Some(id) => upload.accepted.push((Some(name), id)),
                None => upload.refused.push(name),
            }
        }
        // If there are as many entries as files, the service only spells a name differently.
        if !is_complete {
            upload.refused.append(&mut names);
        }
        upload
    }

    /// Returns the ids by which the upload can be resumed, one for each file that the service accepted.
    pub fn ids(&self) -> impl Iterator<Item = &HomeUploadId> {
        self.accepted.iter().map(|(_, id)| id)
    }

    /// Returns the names of the files that the service rejected at once.
    pub fn refused(&self) -> impl Iterator<Item = &str> {
        self.refused.iter().map(String::as_str)
    }

    /// Polls once. Returns the thumbnails, or `None` while the service is still working on one of them. Moderation may take longer.
    ///
    /// # Errors
    /// The errors that every request can end with; the upload continues.
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
        let ids = self.ids().map(HomeUploadId::validated);
        let params = Params::default().with_each("operationIds", ids);
        let call = self.universe.call(&STATUS).queries_checked(params);
        let response: UploadStatusResponse = call.time_budget_opt(time).send()?;
        let mut reported = response.upload_thumbnail_status_dict;
        let uploaded = self.accepted.iter().map(|(name, id)| {
            let is_of_upload =
                |thumbnail: &UploadedThumbnail| thumbnail.operation_id.as_ref() == Some(id);
            let position = reported.iter().position(is_of_upload);
            let found = position.map(|position| reported.swap_remove(position));
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
        let thumbnails = self.last.iter().flatten();
        let done = thumbnails.filter(|thumbnail| thumbnail.is_done());
        let message = format!(
            "{} of {} thumbnails are processed after {limit:?}",
            done.count(),
            self.accepted.len()
        );
        Error::new(ErrorKind::StillRunning, message).map(|inner| {
            inner.elapsed = elapsed;
            inner.advice =
                Some("The upload continues; wait longer, or resume it by its ids".into());
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
