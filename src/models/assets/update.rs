//! Updates of assets.

use serde::Serialize;
use serde_json::{Map, Value};

use super::social::{SocialLink, SocialPlatform, TRY_FIELD};
use super::upload::{CreationContextBody, Parts, to_json};
use super::{AssetPreview, content_type, texts};
use crate::asset_file::AssetFile;
use crate::error::{Error, Result};
use crate::models::open_enum::validate_all;
use crate::models::serde_helpers::is_none;
use crate::models::{AssetId, PlaceId};

change! {
    /// An update of an asset. Only the fields that are set are sent.
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
    #[derive(Debug)]
    AssetUpdate { file: Option<AssetFile>, expected_price: Option<u64> }: "the update of an asset",
    /// Sets the display name, which has 1 to 50 characters.
    display_name = "displayName": into String,
    /// Sets the description, which has up to 1000 characters.
    description = "description": into String,
}

impl AssetUpdate {
    /// Replaces the content. The service allows this for models only.
    pub fn file(mut self, file: AssetFile) -> Self {
        self.file = Some(file);
        self
    }

    /// Sets the maximum fee in Robux for new content. The service rejects an update that costs more.
    pub fn expected_price(mut self, robux: u64) -> Self {
        self.expected_price = Some(robux);
        self
    }

    /// Sets the icon: a square asset of type `Image`.
    pub fn icon(mut self, image: impl Into<AssetId>) -> Self {
        self.fields.set("icon", format!("assets/{}", image.into()));
        self
    }

    /// Removes the icon.
    pub fn remove_icon(mut self) -> Self {
        self.fields.set_absent("icon");
        self
    }

    /// Replaces all previews with these assets of type `Image`. An empty list removes them.
    pub fn previews(mut self, previews: impl IntoIterator<Item = AssetPreview>) -> Self {
        let previews: Vec<_> = previews.into_iter().collect();
        if previews.is_empty() {
            self.fields.set_absent("previews");
        } else {
            self.fields.set("previews", previews);
        }
        self
    }

    /// Sets the link to a page on a platform: a URL, or a [`SocialLink`] with a title.
    pub fn social_link(mut self, platform: SocialPlatform, link: impl Into<SocialLink>) -> Self {
        self.fields.set(platform.into_field(), link.into());
        self
    }

    /// Removes the link to a page on a platform.
    pub fn remove_social_link(mut self, platform: SocialPlatform) -> Self {
        self.fields.set_absent(platform.into_field());
        self
    }

    /// Sets the place in which the asset can be tried.
    pub fn try_place(mut self, place: impl Into<PlaceId>) -> Self {
        let link = SocialLink::new(place.into().to_string());
        self.fields.set(TRY_FIELD, link);
        self
    }

    /// Removes the place in which the asset can be tried.
    pub fn remove_try_place(mut self) -> Self {
        self.fields.set_absent(TRY_FIELD);
        self
    }

    /// Returns the value of `updateMask`; empty for new content alone.
    pub(crate) fn mask(&self) -> String {
        self.fields.mask()
    }

    pub(crate) fn into_parts(self, asset: AssetId) -> Result<Parts> {
        let fields = self.validated_fields()?;
        let expected_price = self.expected_price;
        let json = to_json(&UpdateBody {
            asset_id: asset,
            creation_context: expected_price.map(|expected_price| CreationContextBody {
                creator: None,
                expected_price,
                asset_privacy: None,
            }),
            fields,
        })?;
        let Some(file) = self.file else {
            return Ok((json, None));
        };
        let content_type = content_type::for_update(&file)?;
        Ok((json, Some((file, content_type))))
    }

    fn validated_fields(&self) -> Result<Map<String, Value>> {
        if self.file.is_none() {
            self.validated()?;
        }
        for field in self.fields.valid()?.paths() {
            // A comma in the name of a platform would start another field.
            if !field.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return Err(Error::invalid_input(format!(
                    "{field:?} is not a field of an asset: the name of a platform has letters only"
                )));
            }
            validate_all(&SocialPlatform::from_field(field))?;
        }
        let body = self.fields.body();
        let text = |name| body.get(name).and_then(Value::as_str);
        texts::validate(text("displayName"), text("description"))?;
        Ok(body)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UpdateBody {
    asset_id: AssetId,
    #[serde(skip_serializing_if = "is_none")]
    creation_context: Option<CreationContextBody<'static>>,
    #[serde(flatten)]
    fields: Map<String, Value>,
}
