//! Thumbnails of the home page, and their personalizations.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;

use crate::asset_file::AssetFile;
use crate::error::{Error, Result};
use crate::models::AssetId;
use crate::models::assets::content_type;
use crate::models::serde_helpers::{
    Keyed, is_none, keyed_list, non_empty_text, null_to_default, optional_id, timestamp,
};

/// The formats of thumbnails.
const FORMATS: &[(&str, &str)] = &[
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("bmp", "image/bmp"),
    ("webp", "image/webp"),
];
/// The name of a file in errors.
const FILE_NAME_IN_ERRORS: &str = "a thumbnail of the home page";

text_id! {
    /// Identifies a thumbnail of the home page.
    HomeThumbnailId,
    /// Identifies a personalization: a set of thumbnails of which each player sees one.
    PersonalizationId,
    /// Identifies the upload of one thumbnail.
    HomeUploadId,
}

open_enum! {
    /// The state of moderation of a thumbnail.
    HomeThumbnailModeration,
    /// Not decided yet.
    Reviewing = "Reviewing",
    /// Rejected.
    Rejected = "Rejected",
    /// Approved.
    Approved = "Approved",
    /// Not specified.
    Unspecified = "Unspecified",
}

open_enum! {
    /// Whether a personalization is in use.
    PersonalizationStatus,
    /// In use.
    Active = "Active",
    /// Not in use.
    Inactive = "Inactive",
}

open_enum! {
    /// Whether a thumbnail can be shown.
    HomeThumbnailStatus,
    /// It can be shown.
    Active = "Active",
    /// It looks like spam.
    Spammy = "Spammy",
}

/// A thumbnail of the home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a thumbnail of the home page")]
#[non_exhaustive]
pub struct HomeThumbnail {
    /// Id.
    #[serde(rename = "homepageThumbnailId")]
    pub id: HomeThumbnailId,
    /// Image asset.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub asset_id: Option<AssetId>,
    /// State of moderation.
    #[serde(default, skip_serializing_if = "is_none")]
    pub moderation_status: Option<HomeThumbnailModeration>,
    /// Whether it is part of a personalization that is in use.
    #[serde(default, skip_serializing_if = "is_none")]
    pub personalized_config_status: Option<PersonalizationStatus>,
    /// Whether it can be shown.
    #[serde(
        default,
        rename = "homepageThumbnailStatus",
        skip_serializing_if = "is_none"
    )]
    pub status: Option<HomeThumbnailStatus>,
}

/// A thumbnail that was uploaded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an uploaded thumbnail")]
#[non_exhaustive]
pub struct UploadedThumbnail {
    /// Id of the upload.
    #[serde(default, skip_serializing_if = "is_none")]
    pub operation_id: Option<HomeUploadId>,
    /// Name of the file. `None` if the upload was resumed.
    #[serde(default, skip_serializing_if = "is_none")]
    pub file_name: Option<String>,
    /// Id of the thumbnail. `None` if it was rejected.
    #[serde(
        default,
        rename = "homepageThumbnailId",
        deserialize_with = "non_empty_text",
        skip_serializing_if = "is_none"
    )]
    pub id: Option<HomeThumbnailId>,
    /// Image asset.
    #[serde(
        default,
        deserialize_with = "asset_or_zero",
        skip_serializing_if = "is_none"
    )]
    pub asset_id: Option<AssetId>,
    /// State of moderation. A new thumbnail may be `Reviewing` for a while.
    #[serde(default, skip_serializing_if = "is_none")]
    pub moderation_status: Option<HomeThumbnailModeration>,
}

impl UploadedThumbnail {
    /// Whether the upload has ended, with or without a thumbnail.
    pub(crate) fn is_done(&self) -> bool {
        self.id.is_some() || self.moderation_status == Some(HomeThumbnailModeration::Rejected)
    }
}

impl Keyed for UploadedThumbnail {
    fn set_key(&mut self, key: &str) -> Option<()> {
        self.operation_id = Some(key.into());
        Some(())
    }
}

/// A personalization: a set of thumbnails of which each player sees one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a personalization")]
#[non_exhaustive]
pub struct Personalization {
    /// Id.
    pub id: PersonalizationId,
    /// Whether it is in use.
    #[serde(
        default,
        rename = "personalizedConfigStatus",
        skip_serializing_if = "is_none"
    )]
    pub status: Option<PersonalizationStatus>,
    /// Creation time.
    #[serde(
        default,
        rename = "createdUtc",
        with = "timestamp::option",
        skip_serializing_if = "is_none"
    )]
    pub created: Option<OffsetDateTime>,
    /// Time at which it was last used.
    #[serde(
        default,
        rename = "lastServedUtc",
        with = "timestamp::option",
        skip_serializing_if = "is_none"
    )]
    pub last_served: Option<OffsetDateTime>,
    /// Thumbnails.
    #[serde(default, deserialize_with = "null_to_default")]
    pub thumbnails: Vec<PersonalizedThumbnail>,
}

/// A thumbnail of a personalization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    expecting = "a thumbnail of a personalization"
)]
#[non_exhaustive]
pub struct PersonalizedThumbnail {
    /// Id of the thumbnail.
    #[serde(rename = "homepageThumbnailId")]
    pub id: HomeThumbnailId,
    /// Image asset.
    #[serde(
        default,
        deserialize_with = "optional_id",
        skip_serializing_if = "is_none"
    )]
    pub asset_id: Option<AssetId>,
    /// Whether the personalization uses it.
    #[serde(
        default,
        rename = "personalizedThumbnailStatus",
        skip_serializing_if = "is_none"
    )]
    pub personalization_status: Option<PersonalizationStatus>,
    /// Whether it can be shown.
    #[serde(
        default,
        rename = "homepageThumbnailStatus",
        skip_serializing_if = "is_none"
    )]
    pub status: Option<HomeThumbnailStatus>,
}

/// The response to an upload: the id of the upload of each file, or null if the service rejected the file.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an upload of thumbnails")]
pub(crate) struct UploadResponse {
    pub(crate) file_to_operation_id_dict: BTreeMap<String, Option<HomeUploadId>>,
}

/// The response about uploads.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the state of uploads")]
pub(crate) struct UploadStatusResponse {
    #[serde(default, deserialize_with = "keyed_list")]
    pub(crate) upload_thumbnail_status_dict: Vec<UploadedThumbnail>,
}

/// The response to a change of personalizations: an id, or nothing.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum PersonalizationResponse {
    Id(PersonalizationId),
    Other(serde::de::IgnoredAny),
}

impl PersonalizationResponse {
    pub(crate) fn id(self) -> Option<PersonalizationId> {
        match self {
            Self::Id(id) if !id.as_str().is_empty() => Some(id),
            Self::Id(_) | Self::Other(_) => None,
        }
    }
}

/// The body of a change of personalizations.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PersonalizationBody {
    #[serde(skip_serializing_if = "is_none")]
    pub(crate) id: Option<PersonalizationId>,
    pub(crate) homepage_thumbnail_ids: Vec<HomeThumbnailId>,
}

/// Reads the id of an asset. Zero means `None`.
fn asset_or_zero<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<AssetId>, D::Error> {
    let id: Option<AssetId> = optional_id(deserializer)?;
    Ok(id.filter(|id| id.get() != 0))
}

/// Returns the files of an upload with their content types. Names must differ, since the response identifies files by them.
pub(crate) fn validated_files(
    files: impl IntoIterator<Item = AssetFile>,
) -> Result<Vec<(AssetFile, String)>> {
    let mut validated: Vec<(AssetFile, String)> = Vec::new();
    for file in files {
        if validated
            .iter()
            .any(|(known, _)| known.name() == file.name())
        {
            return Err(Error::invalid_input(format!(
                "two files of the upload have the name {:?}, by which the service identifies them; rename one with `AssetFile::named`",
                file.name()
            )));
        }
        validated.push(content_type::validated(file, FILE_NAME_IN_ERRORS, FORMATS)?);
    }
    if validated.is_empty() {
        return Err(Error::invalid_input("an upload has at least one file"));
    }
    Ok(validated)
}
