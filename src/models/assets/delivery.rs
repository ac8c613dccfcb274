//! Where the content of an asset is.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::AssetType;
use crate::models::serde_helpers::{json_text, parse_u64};

/// The kind of metadata that tells the size.
const SIZE: &str = "1";

/// Where the content of an asset is, for a while.
///
/// Whoever has the location can fetch the content until it expires; so `Debug` leaves its query out.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AssetLocation {
    /// The address of the content. To be fetched without a key; the content may come compressed with gzip.
    pub location: String,
    /// Whether it may be seen in recordings of the screen.
    pub is_recordable: Option<bool>,
    /// Whether the asset was archived.
    pub is_archived: Option<bool>,
    /// What kind of asset it is, as the number that the engine uses.
    pub asset_type_id: Option<u64>,
    /// Further facts about the content.
    pub metadata: Vec<AssetMetadata>,
    /// Which of several representations of the content it is.
    pub representation: Option<ContentRepresentation>,
    /// The service's id of the request.
    pub request_id: Option<String>,
}

impl AssetLocation {
    /// The size of the content in bytes, if the metadata tells it.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        let is_size = |metadata: &&AssetMetadata| metadata.metadata_type == SIZE;
        parse_u64(self.metadata.iter().find(is_size)?.value.as_deref()?)
    }
}

impl fmt::Debug for AssetLocation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = self.location.split(['?', '#']).next().unwrap_or_default();
        formatter
            .debug_struct("AssetLocation")
            .field("location", &format_args!("{address:?}"))
            .field("is_recordable", &self.is_recordable)
            .field("is_archived", &self.is_archived)
            .field("asset_type_id", &self.asset_type_id)
            .field("metadata", &self.metadata)
            .field("representation", &self.representation)
            .field("request_id", &self.request_id)
            .finish()
    }
}

/// A fact about the content of an asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AssetMetadata {
    /// What it tells: `1` is the size in bytes; others are not documented.
    pub metadata_type: String,
    /// What it is.
    pub value: Option<String>,
}

/// One of several forms in which the service keeps the content of an asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ContentRepresentation {
    /// The format.
    pub format: Option<String>,
    /// The version of the format.
    pub major_version: Option<String>,
    /// How much detail it has.
    pub fidelity: Option<String>,
}

/// Which content of an asset to look for.
///
/// ```
/// use rblx_open_cloud::models::{AssetType, LocationRequest};
///
/// let request = LocationRequest::new().version(3).expected_type(AssetType::Model).skip_signing_scripts(true);
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct LocationRequest {
    pub(crate) version: Option<u64>,
    pub(crate) expected_type: Option<AssetType>,
    pub(crate) skip_signing_scripts: Option<bool>,
}

impl LocationRequest {
    /// The newest content.
    pub fn new() -> Self {
        Self::default()
    }

    /// That of the version with this number.
    pub fn version(mut self, number: u64) -> Self {
        self.version = Some(number);
        self
    }

    /// Has the service refuse if the asset is of another type.
    pub fn expected_type(mut self, asset_type: AssetType) -> Self {
        self.expected_type = Some(asset_type);
        self
    }

    /// Whether scripts come without the signature that the engine asks for.
    pub fn skip_signing_scripts(mut self, yes: bool) -> Self {
        self.skip_signing_scripts = Some(yes);
        self
    }
}

/// What the service says: a location, or, with the status of a success all the same, errors.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a location")]
pub(crate) struct LocationResponse {
    #[serde(alias = "Location")]
    location: Option<String>,
    /// The newer form has several, the first one being the one that was asked for.
    #[serde(alias = "Locations")]
    locations: Option<Vec<LocationEntry>>,
    #[serde(alias = "Errors")]
    errors: Option<Vec<Value>>,
    #[serde(alias = "RequestId")]
    request_id: Option<Value>,
    #[serde(alias = "IsArchived")]
    is_archived: Option<bool>,
    #[serde(alias = "IsRecordable")]
    is_recordable: Option<bool>,
    #[serde(alias = "AssetTypeId")]
    asset_type_id: Option<Value>,
    #[serde(alias = "AssetMetadatas")]
    asset_metadatas: Option<Vec<MetadataWire>>,
    #[serde(alias = "ContentRepresentationSpecifier")]
    content_representation_specifier: Option<RepresentationWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a location")]
struct LocationEntry {
    #[serde(alias = "Location")]
    location: Option<String>,
    #[serde(alias = "AssetMetadatas")]
    asset_metadatas: Option<Vec<MetadataWire>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "metadata")]
struct MetadataWire {
    #[serde(alias = "MetadataType")]
    metadata_type: Option<Value>,
    #[serde(alias = "Value")]
    value: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a representation")]
struct RepresentationWire {
    format: Option<Value>,
    major_version: Option<Value>,
    fidelity: Option<Value>,
}

impl LocationResponse {
    /// What the service says instead of a location.
    pub(crate) fn error(&self) -> Option<&Value> {
        self.errors.as_ref()?.first()
    }

    /// The location, if there is one.
    pub(crate) fn into_location(self) -> Option<AssetLocation> {
        let is_some = |location: &String| !location.is_empty();
        let first = self.locations.unwrap_or_default().into_iter().next();
        let (entry, metadata) = first.map_or((None, None), |entry| {
            (entry.location, entry.asset_metadatas)
        });
        Some(AssetLocation {
            location: self.location.filter(is_some).or(entry.filter(is_some))?,
            is_recordable: self.is_recordable,
            is_archived: self.is_archived,
            asset_type_id: self
                .asset_type_id
                .and_then(json_text)
                .as_deref()
                .and_then(parse_u64),
            metadata: self
                .asset_metadatas
                .or(metadata)
                .unwrap_or_default()
                .into_iter()
                .map(MetadataWire::metadata)
                .collect(),
            representation: self
                .content_representation_specifier
                .map(RepresentationWire::representation),
            request_id: self.request_id.and_then(json_text),
        })
    }
}

impl MetadataWire {
    fn metadata(self) -> AssetMetadata {
        AssetMetadata {
            metadata_type: self.metadata_type.and_then(json_text).unwrap_or_default(),
            value: self.value.and_then(json_text),
        }
    }
}

impl RepresentationWire {
    fn representation(self) -> ContentRepresentation {
        ContentRepresentation {
            format: self.format.and_then(json_text),
            major_version: self.major_version.and_then(json_text),
            fidelity: self.fidelity.and_then(json_text),
        }
    }
}
