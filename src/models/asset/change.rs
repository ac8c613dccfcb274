//! What to upload, and what to change.

use serde::Serialize;

use super::{AssetType, Creator};
use crate::asset_file::AssetFile;
use crate::error::{Error, ErrorKind, Result};
use crate::models::AssetId;

/// A new asset.
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
}

/// A change of an asset. Only what is set is sent.
///
/// ```
/// use rblx_open_cloud::AssetFile;
/// use rblx_open_cloud::models::AssetUpdate;
///
/// let rename = AssetUpdate::new().display_name("New name");
/// let replace = AssetUpdate::new().file(AssetFile::bytes("model.fbx", vec![1, 2, 3]));
/// ```
#[derive(Debug, Default)]
#[must_use]
pub struct AssetUpdate {
    display_name: Option<String>,
    description: Option<String>,
    file: Option<AssetFile>,
    expected_price: Option<u64>,
}

/// An upload or update made ready: the JSON part, and the file with its content type.
pub(crate) type Parts = (String, Option<(AssetFile, String)>);

impl AssetUpload {
    /// A name takes up to 50 characters, a description up to 1000.
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
        }
    }

    /// The fee in Robux that the upload may cost; 0 unless set. The service refuses if it costs more.
    pub fn expected_price(mut self, robux: u64) -> Self {
        self.expected_price = robux;
        self
    }

    pub(crate) fn into_parts(self, creator: Creator) -> Result<Parts> {
        let content_type = content_type(
            &self.file,
            self.asset_type.as_str(),
            self.asset_type.formats(),
        )?;
        let json = to_json(&AssetWire {
            asset_id: None,
            asset_type: Some(&self.asset_type),
            display_name: Some(&self.display_name),
            description: Some(&self.description),
            creation_context: Some(CreationContext {
                creator: Some(creator),
                expected_price: self.expected_price,
            }),
        })?;
        Ok((json, Some((self.file, content_type))))
    }
}

impl AssetUpdate {
    /// A change of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Changes the name.
    pub fn display_name(mut self, name: impl Into<String>) -> Self {
        self.display_name = Some(name.into());
        self
    }

    /// Changes the description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Replaces the content, which the service allows for models only.
    pub fn file(mut self, file: AssetFile) -> Self {
        self.file = Some(file);
        self
    }

    /// The fee in Robux that new content may cost. The service refuses if it costs more.
    pub fn expected_price(mut self, robux: u64) -> Self {
        self.expected_price = Some(robux);
        self
    }

    /// The fields that were set, for `updateMask`; empty if there is new content alone.
    pub(crate) fn mask(&self) -> String {
        let fields = [
            ("displayName", self.display_name.is_some()),
            ("description", self.description.is_some()),
        ];
        fields
            .iter()
            .filter(|(_, is_set)| *is_set)
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join(",")
    }

    pub(crate) fn into_parts(self, asset: AssetId) -> Result<Parts> {
        if self.file.is_none() && self.display_name.is_none() && self.description.is_none() {
            return Err(Error::invalid_input(
                "the update of an asset changes nothing; set a name, a description or a file",
            ));
        }
        let file = match self.file {
            Some(file) => {
                let content_type = content_type(
                    &file,
                    "an update of content (models only)",
                    AssetType::Model.formats(),
                )?;
                Some((file, content_type))
            }
            None => None,
        };
        let json = to_json(&AssetWire {
            asset_id: Some(asset),
            asset_type: None,
            display_name: self.display_name.as_deref(),
            description: self.description.as_deref(),
            creation_context: self.expected_price.map(|expected_price| CreationContext {
                creator: None,
                expected_price,
            }),
        })?;
        Ok((json, file))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AssetWire<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    asset_id: Option<AssetId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asset_type: Option<&'a AssetType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creation_context: Option<CreationContext>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreationContext {
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<Creator>,
    expected_price: u64,
}

fn to_json(wire: &AssetWire<'_>) -> Result<String> {
    serde_json::to_string(wire).map_err(|error| {
        Error::invalid_input("the asset cannot be written as JSON").caused_by(error)
    })
}

/// The content type set by hand, or that of the extension where `formats` has it.
fn content_type(file: &AssetFile, what: &str, formats: &[(&str, &str)]) -> Result<String> {
    if let Some(by_hand) = file.content_type_by_hand() {
        return Ok(by_hand.to_owned());
    }
    let name = file.name();
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension)
        .unwrap_or_default();
    let by_hand = "set the content type with `AssetFile::content_type`";
    if formats.is_empty() {
        return Err(Error::invalid_input(format!(
            "the content type of {what} is not known here; {by_hand}"
        )));
    }
    if extension.is_empty() {
        return Err(Error::invalid_input(format!(
            "{name:?} has no extension to tell its content type; {by_hand}"
        )));
    }
    let found = formats
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(extension));
    found
        .map(|(_, content_type)| (*content_type).to_owned())
        .ok_or_else(|| {
            let accepted = formats
                .iter()
                .map(|(extension, _)| *extension)
                .collect::<Vec<_>>()
                .join(", ");
            Error::new(
                ErrorKind::InvalidAsset,
                format!("{name:?} does not fit: {what} takes {accepted}"),
            )
        })
}
