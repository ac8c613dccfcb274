//! Uploads in one line. Settings that are not set follow from the file.

mod name;
mod outcome;
mod prepared;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::asset_file::{AssetFile, OnProgress};
use crate::client::Client;
use crate::content::{advice_for_extension, check_content, extension};
use crate::error::{Error, ErrorKind, Result};
use crate::models::{AssetPrivacy, AssetType, Creator};

pub use name::ModeratedName;
pub use outcome::{NameOutcome, Uploaded};
pub(crate) use prepared::Prepared;
#[cfg(feature = "sync")]
pub(crate) use prepared::{Failure, Observer};

/// The default maximum wait. Processing takes seconds, or minutes when the service is busy, for files of any size.
const DEFAULT_WAIT: Duration = Duration::from_secs(300);

/// The source of an upload: a path, or an [`AssetFile`].
#[derive(Debug)]
pub struct UploadSource(Source);

#[derive(Debug)]
enum Source {
    Path(PathBuf),
    File(AssetFile),
}

impl From<AssetFile> for UploadSource {
    fn from(file: AssetFile) -> Self {
        Self(Source::File(file))
    }
}

macro_rules! from_path {
    ($($path:ty)*) => { $(
        impl From<$path> for UploadSource {
            fn from(path: $path) -> Self {
                Self(Source::Path(path.into()))
            }
        }
    )* };
}

from_path!(&str String &String &Path PathBuf &PathBuf);

/// Builds and runs an upload. Created by [`User::upload`](crate::resource::User::upload) and
/// [`Group::upload`](crate::resource::Group::upload).
///
/// By default the asset type follows from the extension of the file (pictures become an `Image`, whose id a user interface
/// can use directly), and the name is the file name without the extension.
///
/// ```
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let client = sandbox.client();
/// # let path = std::env::temp_dir().join("rblx-open-cloud-doc-icon.png");
/// # std::fs::write(&path, b"\x89PNG\r\n\x1a\n").unwrap();
/// use rblx_open_cloud::ModeratedName;
///
/// let uploaded = client
///     .user(156)
///     .upload(&path)
///     .decal()
///     .name("Icon")
///     .description("The icon of the game")
///     .on_moderated_name(ModeratedName::retry_as("image"))
///     .run()?;
/// println!("{} is {:?}", uploaded.asset_id, uploaded.moderation_state);
/// # assert_eq!(uploaded.display_name, "Icon");
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[must_use = "nothing is sent until `run`"]
pub struct Upload {
    client: Client,
    creator: Creator,
    source: UploadSource,
    asset_type: Option<AssetType>,
    name: Option<String>,
    description: String,
    expected_price: u64,
    privacy: Option<AssetPrivacy>,
    moderated_name: ModeratedName,
    wait: Duration,
    on_progress: Option<OnProgress>,
}

impl Upload {
    pub(crate) fn new(client: Client, creator: Creator, source: UploadSource) -> Self {
        Self {
            client,
            creator,
            source,
            asset_type: None,
            name: None,
            description: String::new(),
            expected_price: 0,
            privacy: None,
            moderated_name: ModeratedName::Fail,
            wait: DEFAULT_WAIT,
            on_progress: None,
        }
    }

    /// Sets the asset type.
    pub fn asset_type(mut self, asset_type: AssetType) -> Self {
        self.asset_type = Some(asset_type);
        self
    }

    /// Makes a picture a decal, which can be put on a surface. The service also creates an image for it.
    pub fn decal(self) -> Self {
        self.asset_type(AssetType::Decal)
    }

    /// Makes a model file (`rbxm`, `rbxmx`) an animation: one whose root is a `KeyframeSequence` or `CurveAnimation`.
    pub fn animation(self) -> Self {
        self.asset_type(AssetType::Animation)
    }

    /// Sets the name. It is cut after 50 characters, the service's limit.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the description, up to 1000 characters; empty by default.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Sets the maximum fee of the upload in Robux; 0 by default. The service rejects an upload that costs more.
    pub fn expected_price(mut self, robux: u64) -> Self {
        self.expected_price = robux;
        self
    }

    /// Sets who may use the asset. By default the service decides.
    pub fn privacy(mut self, privacy: AssetPrivacy) -> Self {
        self.privacy = Some(privacy);
        self
    }

    /// Sets what to do if the name is moderated. By default the upload fails.
    pub fn on_moderated_name(mut self, what: ModeratedName) -> Self {
        self.moderated_name = what;
        self
    }

    /// Sets how long to wait for the service to process the file; 5 minutes by default.
    pub fn wait_for(mut self, limit: Duration) -> Self {
        self.wait = limit;
        self
    }

    /// Calls `report(sent, total)`, in bytes of the file, while it is sent.
    pub fn on_progress(mut self, report: impl FnMut(u64, u64) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(report));
        self
    }

    /// Uploads the file, and waits until it is processed.
    ///
    /// **Upload only what you control.** Content that breaks the rules can get the account of the key's owner
    /// moderated; with an OAuth2 token, the account of the user who granted it.
    ///
    /// # Errors
    /// `InvalidAsset` if the file cannot be uploaded with this extension or has another format (both before anything is
    /// sent), or if the service rejects the file. `ModeratedText` if the name or the description is moderated.
    /// `InvalidInput` if the file cannot be read or changes while it is sent. `StillRunning` if it is not processed in
    /// time: resume it with [`Client::operation`](crate::Client::operation) and the path that [`Error::operation`]
    /// returns. If [`Error::outcome_unknown`] is true, the file may have become an asset despite the error.
    pub fn run(self) -> Result<Uploaded> {
        self.prepare()?
            .send(&mut prepared::NoObserver)
            .map_err(|failure| failure.error)
    }

    /// Opens and checks the file, and infers the settings that were not set. Sends no request.
    pub(crate) fn prepare(self) -> Result<Prepared> {
        let file = match self.source.0 {
            Source::Path(path) => AssetFile::open(path)?,
            Source::File(file) => file,
        };
        let mut file = match self.on_progress {
            Some(report) => file.on_progress(report),
            None => file,
        };
        let asset_type = match self.asset_type {
            Some(asset_type) => asset_type,
            None => infer_type(file.name())?,
        };
        check_content(&mut file, asset_type.as_str(), &asset_type.extensions())?;
        let name = match self.name {
            Some(name) => name::truncate_name(&name),
            None => name::name_from_file(file.name()),
        };
        if name.is_empty() {
            return Err(Error::invalid_input(
                "the name of an asset must not be empty",
            ));
        }
        Ok(Prepared {
            client: self.client,
            creator: self.creator,
            asset_type,
            name,
            description: self.description,
            expected_price: self.expected_price,
            privacy: self.privacy,
            moderated_name: self.moderated_name,
            wait: self.wait,
            file: Some(file),
            #[cfg(feature = "sync")]
            hashes: false,
        })
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Upload")
            .field("source", &self.source)
            .field("creator", &self.creator)
            .field("asset_type", &self.asset_type)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// The asset types that are inferred from an extension.
const INFERRED_TYPES: [AssetType; 5] = [
    AssetType::Image,
    AssetType::Audio,
    AssetType::Model,
    AssetType::Video,
    AssetType::Mesh,
];

/// Infers the asset type from the extension of a file name.
fn infer_type(file_name: &str) -> Result<AssetType> {
    type_of_extension(extension(file_name)).ok_or_else(|| {
        let mut known = Vec::new();
        for kind in &INFERRED_TYPES {
            known.extend(kind.extensions());
        }
        let why = match advice_for_extension(extension(file_name), &known) {
            Some(advice) => format!("cannot be uploaded: {advice}"),
            None if extension(file_name).is_empty() => format!(
                "has no extension that shows its type, such as {}; add one, or set the asset type",
                known.join(", ")
            ),
            None => format!(
                "cannot be uploaded: files with the extension `{}` are not supported, only: {}",
                extension(file_name),
                known.join(", ")
            ),
        };
        Error::new(ErrorKind::InvalidAsset, format!("{file_name:?} {why}")).with_advice("")
    })
}

fn type_of_extension(extension: &str) -> Option<AssetType> {
    let has_extension = |kind: &&AssetType| {
        let known = kind.extensions();
        known
            .iter()
            .any(|known| known.eq_ignore_ascii_case(extension))
    };
    INFERRED_TYPES.iter().find(has_extension).cloned()
}

/// Whether a file with this name can be uploaded, by its extension.
#[cfg(feature = "sync")]
pub(crate) fn can_be_uploaded(file_name: &str) -> bool {
    type_of_extension(extension(file_name)).is_some()
}
