//! Uploads of new assets.

use serde::Serialize;

use super::{AssetPrivacy, AssetType, Creator, content_type, texts};
use crate::asset_file::AssetFile;
use crate::error::{Error, Result};
use crate::models::open_enum::validate_all;
use crate::models::serde_helpers::is_none;

/// A new asset to upload.
///
/// ```
/// use rblx_open_cloud::AssetFile;
/// use rblx_open_cloud::models::{AssetType, AssetUpload};
///
/// let file = AssetFile::bytes("icon.png", vec![1, 2, 3]);
/// let upload = AssetUpload::new(AssetType::Decal, "Icon", "The icon of the game", file).expected_price(0);
/// ```
#[derive(Debug)]
#[must_use]
pub struct AssetUpload {
    asset_type: AssetType,
    display_name: String,
    description: String,
    file: AssetFile,
    expected_price: u64,
    privacy: Option<AssetPrivacy>,
}

/// The JSON part of an upload or update, and the file with its content type.
pub(crate) type Parts = (String, Option<(AssetFile, String)>);

impl AssetUpload {
    /// Creates an upload. A name has 1 to 50 characters, a description up to 1000; others are rejected before anything
    /// is sent.
    pub fn new(
        asset_type: AssetType,
        display_name: impl Into<String>,
        description: impl Into<String>,
        file: AssetFile,
    ) -> Self {
        let (display_name, description) = (display_name.into(), description.into());
        Self {
            asset_type,
            display_name,
            description,
            file,
            expected_price: 0,
            privacy: None,
        }
    }

    /// Sets the maximum fee in Robux. The default is 0; the service rejects an upload that costs more.
    pub fn expected_price(mut self, robux: u64) -> Self {
        self.expected_price = robux;
        self
    }

    /// Sets who can use the asset. By default the service decides. Open use cannot be undone.
    pub fn privacy(mut self, privacy: AssetPrivacy) -> Self {
        self.privacy = Some(privacy);
        self
    }

    pub(crate) fn asset_type(&self) -> &AssetType {
        &self.asset_type
    }

    pub(crate) fn into_parts(self, creator: Creator) -> Result<Parts> {
        texts::validate(Some(&self.display_name), Some(&self.description))?;
        validate_all(&self.privacy)?;
        let content_type = content_type::for_upload(&self.file, &self.asset_type)?;
        let json = to_json(&AssetBody {
            asset_type: &self.asset_type,
            display_name: &self.display_name,
            description: &self.description,
            creation_context: CreationContextBody {
                creator: Some(creator),
                expected_price: self.expected_price,
                asset_privacy: self.privacy.as_ref(),
            },
        })?;
        Ok((json, Some((self.file, content_type))))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AssetBody<'a> {
    asset_type: &'a AssetType,
    display_name: &'a str,
    description: &'a str,
    creation_context: CreationContextBody<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CreationContextBody<'a> {
    #[serde(skip_serializing_if = "is_none")]
    pub(super) creator: Option<Creator>,
    pub(super) expected_price: u64,
    #[serde(skip_serializing_if = "is_none")]
    pub(super) asset_privacy: Option<&'a AssetPrivacy>,
}

pub(super) fn to_json(body: &impl Serialize) -> Result<String> {
    serde_json::to_string(body).map_err(|error| {
        Error::invalid_input("the asset cannot be written as JSON").with_source(error)
    })
}
