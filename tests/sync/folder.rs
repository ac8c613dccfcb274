//! Folders of files, runs over them, and the outcome of each file.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use rblx_open_cloud::Client;
use rblx_open_cloud::sync::{SyncError, SyncOutcome, SyncedFile, UploadAll, files_in};

pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A folder that is gone after the test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("rblx-open-cloud-sync-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn with(files: &[&str]) -> Self {
        let folder = Self::new();
        for name in files {
            folder.write(name, name);
        }
        folder
    }

    /// Several files whose content is their name.
    pub(crate) fn numbered(count: usize) -> Self {
        let folder = Self::new();
        for number in 0..count {
            folder.write(&format!("{number:03}.png"), &number.to_string());
        }
        folder
    }

    /// A file of the format that its extension says, with this text in it.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let start: &[u8] = match name.rsplit_once('.').unwrap().1 {
            "png" => b"\x89PNG\r\n\x1a\n",
            "ogg" => b"OggS",
            "rbxm" => b"<roblox!\x89\xff\r\n\x1a\n",
            _ => b"",
        };
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, [start, text.as_bytes()].concat()).unwrap();
        path
    }

    pub(crate) fn ledger(&self) -> PathBuf {
        self.0.join("assets.ledger")
    }

    pub(crate) fn files(&self) -> Vec<PathBuf> {
        files_in(&self.0).unwrap()
    }

    pub(crate) fn all(&self, client: &Client) -> UploadAll {
        client
            .user(156)
            .upload_all(self.files())
            .ledger(self.ledger())
    }

    pub(crate) fn text(&self) -> String {
        std::fs::read_to_string(self.ledger()).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) type Results = BTreeMap<String, Result<SyncedFile, SyncError>>;

pub(crate) fn run(all: UploadAll) -> Results {
    let mut results = Results::new();
    for result in all {
        let path = match &result {
            Ok(file) => &file.path,
            Err(error) => &error.path,
        };
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(
            results.insert(name, result).is_none(),
            "one result for each file"
        );
    }
    results
}

pub(crate) fn kinds(results: &Results) -> Vec<(&str, String)> {
    let word = |result: &Result<SyncedFile, SyncError>| match result {
        Ok(file) => match &file.outcome {
            SyncOutcome::Uploaded(_) => "uploaded".to_owned(),
            SyncOutcome::Unchanged(_) => "unchanged".to_owned(),
            SyncOutcome::Rejected(_) => "rejected".to_owned(),
            SyncOutcome::Planned { name } => format!("planned as {name}"),
            SyncOutcome::SameAs(_) => "the same as another".to_owned(),
            other => format!("{other:?}"),
        },
        Err(error) if error.error.outcome_unknown() => "unclear".to_owned(),
        Err(error) => format!("{:?}", error.error.kind()),
    };
    results
        .iter()
        .map(|(name, result)| (name.as_str(), word(result)))
        .collect()
}
