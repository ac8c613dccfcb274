//! The ledger: a file that records which content was uploaded as which asset.

mod contents;
mod file;
mod record;

use std::path::{Path, PathBuf};

use crate::asset_file::AssetFile;
use crate::error::{Error, Result};
use crate::models::{AssetId, AssetType, ModerationState};

use super::digest::sha256;
use record::VERSION;

pub(super) use file::LedgerFile;
pub(super) use record::{Entry, Key, KnownAsset, Service};

/// The contents of a ledger, for build scripts and other tools. Reading it needs no client and sends no request.
///
/// ```
/// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
/// # let client = sandbox.client();
/// # let folder = std::env::temp_dir().join(format!("rblx-open-cloud-doc-ledger-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let icon = folder.join("icon.png");
/// # let ledger = folder.join("assets.ledger");
/// # std::fs::write(&icon, b"\x89PNG\r\n\x1a\n").unwrap();
/// # client.user(156).upload_all([&icon]).ledger(&ledger).for_each(drop);
/// use rblx_open_cloud::sync::Ledger;
///
/// let ledger = Ledger::read(&ledger)?;   // or "assets.ledger"
/// match ledger.find(&icon)?.and_then(|entry| entry.asset_id()) {
///     Some(id) => println!("rbxassetid://{id}"),
///     None => println!("icon.png was not uploaded, or has changed since"),
/// }
/// # assert!(ledger.find(&icon)?.is_some());
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    service: String,
    entries: Vec<LedgerEntry>,
}

/// The entry of one content in a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LedgerEntry {
    /// The SHA-256 of the content, in hexadecimal digits.
    pub sha256: String,
    /// The owner, as a resource path such as `users/156` or `groups/7`.
    pub creator: String,
    /// The type of the asset.
    pub asset_type: AssetType,
    /// The path of the file at its last upload.
    pub file: Option<PathBuf>,
    /// The state of the upload.
    pub state: LedgerState,
}

/// The state of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LedgerState {
    /// It was about to be sent when the run ended. It is unknown whether it arrived.
    Sent,
    /// The service accepted it. The outcome of the operation is not known yet.
    #[non_exhaustive]
    Started {
        /// The path for [`Client::operation`](crate::Client::operation).
        operation: String,
    },
    /// The upload created an asset.
    #[non_exhaustive]
    Done {
        /// The id of the asset.
        asset_id: AssetId,
        /// The moderation state, as far as it was reported.
        moderation_state: Option<ModerationState>,
    },
}

impl Ledger {
    /// Reads a ledger. Does not lock, repair or change the file.
    ///
    /// # Errors
    /// `InvalidInput` if the file cannot be read, or is not a ledger.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let contents = file::open_to_read(path)?;
        let service = match (&contents.service, contents.length) {
            (Some(service), _) => service.origin.clone(),
            (None, 0) => String::new(),
            (None, _) => return Err(old_version(path)),
        };
        let entries = contents.into_entries().map(LedgerEntry::from).collect();
        Ok(Self { service, entries })
    }

    /// Returns the origin of the service that the ids belong to: `https://apis.roblox.com`, or that of a sandbox.
    #[must_use]
    pub fn service(&self) -> &str {
        &self.service
    }

    /// Returns the entries, one for each content, owner and asset type.
    #[must_use]
    pub fn entries(&self) -> &[LedgerEntry] {
        &self.entries
    }

    /// Finds the entry of a file by its content. The file may have been uploaded under another name.
    ///
    /// If the content was uploaded several times (as a decal and as an image, or for two owners), it prefers a finished
    /// one; [`entries`](Self::entries) has all of them.
    ///
    /// # Errors
    /// `InvalidInput` if the file cannot be read.
    pub fn find(&self, file: impl AsRef<Path>) -> Result<Option<&LedgerEntry>> {
        let sha256 = sha256(&mut AssetFile::open(file)?, &|| false)?;
        let mut found = self.entries.iter().filter(|entry| entry.sha256 == sha256);
        let first = found.clone().next();
        Ok(found.find(|entry| entry.asset_id().is_some()).or(first))
    }
}

impl LedgerEntry {
    /// Returns the id of the asset, if the upload is done.
    #[must_use]
    pub fn asset_id(&self) -> Option<AssetId> {
        match &self.state {
            LedgerState::Done { asset_id, .. } => Some(*asset_id),
            _ => None,
        }
    }
}

impl From<(Key, Entry, Option<String>)> for LedgerEntry {
    fn from((key, entry, file): (Key, Entry, Option<String>)) -> Self {
        Self {
            sha256: key.sha256,
            creator: key.creator,
            asset_type: AssetType::from(key.asset_type.as_str()),
            file: file.map(PathBuf::from),
            state: match entry {
                Entry::Sent => LedgerState::Sent,
                Entry::Started(operation) => LedgerState::Started { operation },
                Entry::Done(asset) => LedgerState::Done {
                    asset_id: asset.id,
                    moderation_state: asset.moderation,
                },
            },
        }
    }
}

/// Returns the error for a ledger of the first version, which did not name the service.
fn old_version(path: &Path) -> Error {
    Error::invalid_input(format!(
        "the ledger {} does not name the service that its ids belong to; if it is the live one, add this line at the top: \
         {{\"assetLedger\":{VERSION},\"service\":\"https://apis.roblox.com\"}}",
        path.display()
    ))
}
