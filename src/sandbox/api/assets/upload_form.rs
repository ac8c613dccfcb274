//! The form of uploads and updates: the parts `request` and `fileContent`.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::asset_types::check_file;
use crate::sandbox::api::call::Call;
use crate::sandbox::api::form::FormFile;
use crate::sandbox::api::moderation::{is_moderated_description, is_moderated_name};
use crate::sandbox::api::rejection::{Rejection, invalid};
use crate::sandbox::api::values::json_number;
use crate::sandbox::state::asset::{Asset, Creator};
use crate::sandbox::state::received::ReceivedUpload;

/// The fields that an update may change.
pub(super) const UPDATE_FIELDS: [&str; 14] = [
    "displayName",
    "description",
    "icon",
    "previews",
    "facebookSocialLink",
    "twitterSocialLink",
    "youtubeSocialLink",
    "twitchSocialLink",
    "discordSocialLink",
    "githubSocialLink",
    "robloxSocialLink",
    "guildedSocialLink",
    "devForumSocialLink",
    "tryAssetSocialLink",
];
const MAX_NAME_LENGTH: usize = 50;
const MAX_DESCRIPTION_LENGTH: usize = 1000;

#[derive(Debug)]
pub(super) struct UploadForm {
    text: String,
    request: Map<String, Value>,
    pub(super) file: Option<Upload>,
}

/// An uploaded file.
#[derive(Debug)]
pub(super) struct Upload {
    content_type: String,
    file: FormFile,
}

impl UploadForm {
    pub(super) fn read(call: &mut Call<'_>) -> Result<Self, Rejection> {
        let mut form = call.form()?;
        let text = form.text("request")?;
        let text = text.ok_or_else(|| invalid("The part request is missing."))?;
        let request = serde_json::from_str(&text)
            .map_err(|_| invalid("The part request is not a JSON object."))?;
        let file = form.take_file("fileContent")?.map(Upload::new);
        Ok(Self {
            text,
            request,
            file: file.transpose()?,
        })
    }

    /// Returns a field that is present and not null.
    pub(super) fn field(&self, name: &str) -> Option<&Value> {
        self.request.get(name).filter(|value| !value.is_null())
    }

    /// Returns a field that must be text if it is present.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Rejection> {
        match self.field(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(invalid(&format!("{name} is not text."))),
        }
    }

    /// Returns a field of `creationContext`.
    pub(super) fn context(&self, name: &str) -> Option<&Value> {
        let value = self.field("creationContext")?.get(name);
        value.filter(|value| !value.is_null())
    }

    fn expected_price(&self) -> Result<Option<u64>, Rejection> {
        let price = self.context("expectedPrice").map(json_number);
        let wrong = || invalid("expectedPrice is not a number.");
        price.map(|price| price.ok_or_else(wrong)).transpose()
    }

    pub(super) fn check_price(&self, price: u64) -> Result<(), Rejection> {
        if self.expected_price()?.unwrap_or_default() < price {
            let message =
                format!("The upload costs {price} Robux, which is more than the expected price.");
            return Err(invalid(&message));
        }
        Ok(())
    }

    /// Checks name and description, if they are present.
    pub(super) fn check_texts(&self) -> Result<(), Rejection> {
        let name = self.text("displayName")?.unwrap_or_default();
        let description = self.text("description")?.unwrap_or_default();
        if name.chars().count() > MAX_NAME_LENGTH {
            Err(invalid("displayName is longer than 50 characters."))
        } else if description.chars().count() > MAX_DESCRIPTION_LENGTH {
            Err(invalid("description is longer than 1000 characters."))
        } else if is_moderated_name(name) {
            Err(invalid("AssetName is moderated."))
        } else if is_moderated_description(description) {
            Err(invalid("AssetDescription is moderated."))
        } else {
            Ok(())
        }
    }

    /// Describes the upload for tests, and keeps its content in the asset.
    pub(super) fn into_received(self, asset: &mut Asset) -> Result<ReceivedUpload, Rejection> {
        let (user, group) = match asset.creator {
            Creator::User(id) => (Some(id), None),
            Creator::Group(id) => (None, Some(id)),
        };
        let mut received = ReceivedUpload {
            asset: None,
            user,
            group,
            asset_type: asset.kind.clone(),
            display_name: self.text("displayName")?.map(str::to_owned),
            description: self.text("description")?.map(str::to_owned),
            expected_price: self.expected_price()?,
            file_name: None,
            content_type: None,
            content: Arc::default(),
            content_length: 0,
            request: self.text,
        };
        if let Some(Upload { content_type, file }) = self.file {
            let content = Arc::new(file.content);
            if content.len() as u64 == file.length {
                asset.contents.insert(asset.revision, Arc::clone(&content));
            }
            received.file_name = Some(file.name);
            received.content_type = Some(content_type);
            received.content = content;
            received.content_length = file.length;
        }
        Ok(received)
    }
}

impl Upload {
    fn new(mut file: FormFile) -> Result<Self, Rejection> {
        let content_type = file.content_type.take();
        let missing = || invalid("The part fileContent has no Content-Type.");
        Ok(Self {
            content_type: content_type.ok_or_else(missing)?,
            file,
        })
    }

    /// Checks whether the file can be the content of this asset type.
    pub(super) fn check(&self, asset_type: &str) -> Result<(), Rejection> {
        check_file(asset_type, &self.content_type, &self.file.start).map_err(invalid)
    }
}
