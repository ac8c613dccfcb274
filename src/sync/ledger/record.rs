//! The lines of a ledger.

use serde::{Deserialize, Serialize};

use crate::models::{AssetId, ModerationState};

/// The version of the format. The first version did not name the service.
pub(super) const VERSION: u32 = 2;

/// The service that the ids of a ledger belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sync) struct Service {
    /// Scheme, host and port.
    pub(in crate::sync) origin: String,
    /// The run of a sandbox. Its ids are not valid in another run.
    pub(in crate::sync) run: Option<String>,
}

impl Service {
    /// Returns the service of a base URL, which may have a path.
    pub(in crate::sync) fn from_base_url(base_url: &str, run: Option<&str>) -> Self {
        let (scheme, rest) = base_url.split_once("://").unwrap_or(("https", base_url));
        let authority = rest.split('/').next().unwrap_or_default();
        let scheme = scheme.to_ascii_lowercase();
        let default_port = if scheme == "http" { ":80" } else { ":443" };
        let authority = authority.to_ascii_lowercase();
        let authority = authority.strip_suffix(default_port).unwrap_or(&authority);
        Self {
            origin: format!("{scheme}://{authority}"),
            run: run.map(str::to_owned),
        }
    }
}

/// The identity of an upload: content, owner and asset type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::sync) struct Key {
    pub(in crate::sync) sha256: String,
    pub(in crate::sync) creator: String,
    pub(in crate::sync) asset_type: String,
}

/// The state of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sync) enum Entry {
    /// It was about to be sent. It is unknown whether it arrived.
    Sent,
    /// The service accepted it as this operation, whose outcome is not known.
    Started(String),
    Done(KnownAsset),
}

/// An asset that was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sync) struct KnownAsset {
    pub(in crate::sync) id: AssetId,
    pub(in crate::sync) moderation: Option<ModerationState>,
}

/// A step of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Reached(Entry),
    /// The file that was sent, or this operation, created no asset.
    Void(Option<String>),
}

/// The JSON form of a line.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a line of a ledger", default)]
pub(super) struct Record {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) asset_ledger: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) service: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) run: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    asset_type: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    sent: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asset: Option<AssetId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moderation: Option<ModerationState>,
    /// The reason why the last step created no asset.
    #[serde(skip_serializing_if = "Option::is_none")]
    void: Option<String>,
    /// The path of the file, for readers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<String>,
}

impl Record {
    /// Creates the first line of a ledger.
    pub(super) fn head(service: &Service) -> Self {
        Self {
            asset_ledger: Some(VERSION),
            service: Some(service.origin.clone()),
            run: service.run.clone(),
            ..Self::default()
        }
    }

    /// Creates the line of a step.
    pub(super) fn reached(key: &Key, entry: &Entry, file: String) -> Self {
        let record = Self::new(key, file);
        match entry.clone() {
            Entry::Sent => Self {
                sent: true,
                ..record
            },
            Entry::Started(operation) => Self {
                operation: Some(operation),
                ..record
            },
            Entry::Done(asset) => Self {
                asset: Some(asset.id),
                moderation: asset.moderation,
                ..record
            },
        }
    }

    /// Creates the line for an upload that created no asset.
    pub(super) fn void(key: &Key, entry: &Entry, why: &str, file: String) -> Self {
        Self {
            operation: match entry {
                Entry::Started(operation) => Some(operation.clone()),
                _ => None,
            },
            void: Some(why.to_owned()),
            ..Self::new(key, file)
        }
    }

    fn new(key: &Key, file: String) -> Self {
        Self {
            sha256: Some(key.sha256.clone()),
            creator: Some(key.creator.clone()),
            asset_type: Some(key.asset_type.clone()),
            file: Some(file),
            ..Self::default()
        }
    }

    /// Returns the upload and the step of the line, or what it lacks.
    pub(super) fn step(self) -> Result<(Key, Step), &'static str> {
        let key = Key {
            sha256: self.sha256.ok_or("`sha256` is missing")?,
            creator: self.creator.ok_or("`creator` is missing")?,
            asset_type: self.asset_type.ok_or("`type` is missing")?,
        };
        let step = match (self.void, self.asset, self.operation) {
            (Some(_), _, operation) => Step::Void(operation),
            (None, Some(id), _) if id.get() == 0 => return Err("there is no asset 0"),
            (None, Some(id), _) => Step::Reached(Entry::Done(KnownAsset {
                id,
                moderation: self.moderation,
            })),
            (None, None, Some(operation)) => Step::Reached(Entry::Started(operation)),
            (None, None, None) if self.sent => Step::Reached(Entry::Sent),
            (None, None, None) => return Err("it names no step"),
        };
        Ok((key, step))
    }
}

#[cfg(test)]
mod tests {
    use super::Service;

    #[test]
    fn a_service_is_named_by_its_origin() {
        for (base_url, origin) in [
            ("https://apis.roblox.com", "https://apis.roblox.com"),
            ("https://APIS.roblox.com:443/a/b", "https://apis.roblox.com"),
            ("http://127.0.0.1:4306/prefix", "http://127.0.0.1:4306"),
            ("http://localhost:80", "http://localhost"),
            ("http://[::1]:4306", "http://[::1]:4306"),
        ] {
            assert_eq!(Service::from_base_url(base_url, None).origin, origin);
        }
    }
}
