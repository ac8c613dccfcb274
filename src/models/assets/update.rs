//! What to upload, and what to change.

use std::collections::BTreeMap;

use serde::Serialize;

use super::content_type::content_type;
use super::social::{SocialLink, SocialPlatform, TRY_FIELD};
use super::{AssetPreview, AssetPrivacy, AssetType, Creator};
use crate::asset_file::AssetFile;
use crate::error::{Error, Result};
use crate::models::{AssetId, PlaceId};

/// Maximum length of a display name, in characters.
const MAX_DISPLAY_NAME: usize = 50;
/// Maximum length of a description, in characters.
const MAX_DESCRIPTION: usize = 1000;

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
    privacy: Option<AssetPrivacy>,
}

/// A change of an asset. Only what is set is sent; of several settings of one field the last counts.
///
/// ```
/// use rblx_open_cloud::AssetFile;
/// use rblx_open_cloud::models::{AssetPreview, AssetUpdate, SocialPlatform};
///
/// let rename = AssetUpdate::new().display_name("New name");
/// let replace = AssetUpdate::new().file(AssetFile::bytes("model.fbx", vec![1, 2, 3]));
/// let page = AssetUpdate::new()
///     .icon(123)
///     .previews([AssetPreview::new(124).alt_text("The oak in autumn")])
///     .social_link(SocialPlatform::Twitch, "https://twitch.tv/your-channel")
///     .remove_social_link(SocialPlatform::Discord)
///     .try_place(95_206_881);
/// ```
#[derive(Debug, Default)]
#[must_use]
pub struct AssetUpdate {
    display_name: Option<String>,
    description: Option<String>,
    file: Option<AssetFile>,
    expected_price: Option<u64>,
    /// Icon, previews and links by their field; `None` removes what is there.
    others: BTreeMap<String, Option<Field>>,
}

/// The new value of a field.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Field {
    Path(String),
    Previews(Vec<Preview>),
    Link(SocialLink),
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Preview {
    asset: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    alt_text: Option<String>,
}

/// An upload or update made ready: the JSON part, and the file with its content type.
pub(crate) type Parts = (String, Option<(AssetFile, String)>);

impl AssetUpload {
    /// A name takes 1 to 50 characters, a description up to 1000; others are refused before anything is sent.
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

    /// The fee in Robux that the upload may cost; 0 unless set. The service refuses if it costs more.
    pub fn expected_price(mut self, robux: u64) -> Self {
        self.expected_price = robux;
        self
    }

    /// Who may use the asset; unless set, the service decides. Open use cannot be taken back.
    pub fn privacy(mut self, privacy: AssetPrivacy) -> Self {
        self.privacy = Some(privacy);
        self
    }

    pub(crate) fn asset_type(&self) -> &AssetType {
        &self.asset_type
    }

    pub(crate) fn into_parts(self, creator: Creator) -> Result<Parts> {
        validate_texts(Some(&self.display_name), Some(&self.description))?;
        let content_type = content_type(
            &self.file,
            self.asset_type.as_str(),
            self.asset_type.formats(),
        )?;
        let json = to_json(&AssetBody {
            asset_id: None,
            asset_type: Some(&self.asset_type),
            display_name: Some(&self.display_name),
            description: Some(&self.description),
            creation_context: Some(CreationContextBody {
                creator: Some(creator),
                expected_price: self.expected_price,
                asset_privacy: self.privacy.as_ref(),
            }),
            others: BTreeMap::new(),
        })?;
        Ok((json, Some((self.file, content_type))))
    }
}

impl AssetUpdate {
    /// A change of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Changes the name, which takes 1 to 50 characters.
    pub fn display_name(mut self, name: impl Into<String>) -> Self {
        self.display_name = Some(name.into());
        self
    }

    /// Changes the description, which takes up to 1000 characters.
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

    /// Makes this asset the icon. It must be a square one of type `Image`.
    pub fn icon(self, image: impl Into<AssetId>) -> Self {
        let path = format!("assets/{}", image.into());
        self.set("icon".to_owned(), Some(Field::Path(path)))
    }

    /// Takes the icon away.
    pub fn remove_icon(self) -> Self {
        self.set("icon".to_owned(), None)
    }

    /// Sets all previews, assets of type `Image`; without any, those that are there are taken away.
    pub fn previews(self, previews: impl IntoIterator<Item = AssetPreview>) -> Self {
        let previews: Vec<Preview> = previews
            .into_iter()
            .map(|AssetPreview { asset, alt_text }| Preview { asset, alt_text })
            .collect();
        let is_empty = previews.is_empty();
        self.set(
            "previews".to_owned(),
            (!is_empty).then_some(Field::Previews(previews)),
        )
    }

    /// Sets the link to a page on this platform: an address, or a [`SocialLink`] with a title.
    pub fn social_link(self, platform: SocialPlatform, link: impl Into<SocialLink>) -> Self {
        self.set(platform.into_field(), Some(Field::Link(link.into())))
    }

    /// Takes the link to a page on this platform away.
    pub fn remove_social_link(self, platform: SocialPlatform) -> Self {
        self.set(platform.into_field(), None)
    }

    /// Sets the place in which the asset can be tried.
    pub fn try_place(self, place: impl Into<PlaceId>) -> Self {
        let link = SocialLink::new(place.into().to_string());
        self.set(TRY_FIELD.to_owned(), Some(Field::Link(link)))
    }

    /// Takes the place in which the asset can be tried away.
    pub fn remove_try_place(self) -> Self {
        self.set(TRY_FIELD.to_owned(), None)
    }

    fn set(mut self, field: String, value: Option<Field>) -> Self {
        self.others.insert(field, value);
        self
    }

    /// The fields that were set, for `updateMask`; empty if there is new content alone.
    pub(crate) fn mask(&self) -> String {
        let texts = [
            ("displayName", self.display_name.is_some()),
            ("description", self.description.is_some()),
        ];
        texts
            .iter()
            .filter(|(_, is_set)| *is_set)
            .map(|(name, _)| *name)
            .chain(self.others.keys().map(String::as_str))
            .collect::<Vec<_>>()
            .join(",")
    }

    fn validate(&self) -> Result<()> {
        if self.file.is_none() && self.mask().is_empty() {
            return Err(Error::invalid_input(
                "the update of an asset changes nothing; set a field or a file",
            ));
        }
        validate_texts(self.display_name.as_deref(), self.description.as_deref())?;
        // A comma in the name of a platform would be a second field.
        let is_name = |field: &&String| !field.chars().all(|letter| letter.is_ascii_alphanumeric());
        match self.others.keys().find(is_name) {
            Some(odd) => Err(Error::invalid_input(format!(
                "{odd:?} is no field of an asset: the name of a platform has letters only"
            ))),
            None => Ok(()),
        }
    }

    pub(crate) fn into_parts(self, asset: AssetId) -> Result<Parts> {
        self.validate()?;
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
        let json = to_json(&AssetBody {
            asset_id: Some(asset),
            asset_type: None,
            display_name: self.display_name.as_deref(),
            description: self.description.as_deref(),
            creation_context: self
                .expected_price
                .map(|expected_price| CreationContextBody {
                    creator: None,
                    expected_price,
                    asset_privacy: None,
                }),
            // What is in the mask and not in the body is removed.
            others: self
                .others
                .iter()
                .filter_map(|(field, value)| Some((field.as_str(), value.as_ref()?)))
                .collect(),
        })?;
        Ok((json, file))
    }
}

/// Refuses what the service would refuse after the whole file was sent.
fn validate_texts(name: Option<&str>, description: Option<&str>) -> Result<()> {
    if name == Some("") {
        return Err(Error::invalid_input("the display name is empty"));
    }
    for (what, text, max) in [
        ("display name", name, MAX_DISPLAY_NAME),
        ("description", description, MAX_DESCRIPTION),
    ] {
        let length = text.unwrap_or_default().chars().count();
        if length > max {
            return Err(Error::invalid_input(format!(
                "the {what} has {length} characters, {max} are the most"
            )));
        }
    }
    Ok(())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AssetBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    asset_id: Option<AssetId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asset_type: Option<&'a AssetType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creation_context: Option<CreationContextBody<'a>>,
    #[serde(flatten)]
    others: BTreeMap<&'a str, &'a Field>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreationContextBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<Creator>,
    expected_price: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    asset_privacy: Option<&'a AssetPrivacy>,
}

fn to_json(wire: &AssetBody<'_>) -> Result<String> {
    serde_json::to_string(wire).map_err(|error| {
        Error::invalid_input("the asset cannot be written as JSON").with_source(error)
    })
}
