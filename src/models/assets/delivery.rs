//! The location of an asset's content.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::AssetType;
use crate::models::serde_helpers::{is_none, json_text, non_empty, parse_u64};

/// The kind of metadata that holds the size.
const SIZE: &str = "1";

/// The location of an asset's content. It expires after a while.
///
/// Anyone who has the location can fetch the content until it expires, so `Debug` omits its query.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AssetLocation {
    /// URL of the content. It is fetched without a key; the content may be compressed with gzip.
    pub location: String,
    /// Whether the content may be seen in screen recordings.
    #[serde(skip_serializing_if = "is_none")]
    pub is_recordable: Option<bool>,
    /// Whether the asset is archived.
    #[serde(skip_serializing_if = "is_none")]
    pub is_archived: Option<bool>,
    /// Asset type as a number of the engine.
    #[serde(skip_serializing_if = "is_none")]
    pub asset_type_id: Option<u64>,
    /// Metadata of the content.
    pub metadata: Vec<AssetMetadata>,
    /// Representation of the content, if there are several.
    #[serde(skip_serializing_if = "is_none")]
    pub representation: Option<ContentRepresentation>,
    /// Request id of the service.
    #[serde(skip_serializing_if = "is_none")]
    pub request_id: Option<String>,
}

impl AssetLocation {
    /// Returns the size of the content in bytes, if the metadata holds it.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        let is_size = |metadata: &&AssetMetadata| metadata.metadata_type == SIZE;
        parse_u64(self.metadata.iter().find(is_size)?.value.as_deref()?)
    }
}

impl fmt::Debug for AssetLocation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.location.split(['?', '#']).next().unwrap_or_default();
        formatter
            .debug_struct("AssetLocation")
            .field("location", &format_args!("{url:?}"))
            .field("is_recordable", &self.is_recordable)
            .field("is_archived", &self.is_archived)
            .field("asset_type_id", &self.asset_type_id)
            .field("metadata", &self.metadata)
            .field("representation", &self.representation)
            .field("request_id", &self.request_id)
            .finish()
    }
}

impl<'de> Deserialize<'de> for AssetLocation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let response = LocationResponse::deserialize(deserializer)?;
        let location = response.into_location();
        location.ok_or_else(|| D::Error::missing_field("location"))
    }
}

/// Metadata of an asset's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", from = "MetadataWire")]
#[non_exhaustive]
pub struct AssetMetadata {
    /// Kind of metadata: `1` is the size in bytes; others are not documented.
    pub metadata_type: String,
    /// Value.
    #[serde(skip_serializing_if = "is_none")]
    pub value: Option<String>,
}

/// A representation of an asset's content, of several that the service keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", from = "RepresentationWire")]
#[non_exhaustive]
pub struct ContentRepresentation {
    /// Format of the content.
    #[serde(skip_serializing_if = "is_none")]
    pub format: Option<String>,
    /// Version of the format.
    #[serde(skip_serializing_if = "is_none")]
    pub major_version: Option<String>,
    /// Level of detail.
    #[serde(skip_serializing_if = "is_none")]
    pub fidelity: Option<String>,
}

/// Selects the content of an asset to locate.
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
    /// Selects the newest content.
    pub fn new() -> Self {
        Self::default()
    }

    /// Selects the content of a version, by its number.
    pub fn version(mut self, number: u64) -> Self {
        self.version = Some(number);
        self
    }

    /// Makes the service reject an asset of another type.
    pub fn expected_type(mut self, asset_type: AssetType) -> Self {
        self.expected_type = Some(asset_type);
        self
    }

    /// Sets whether scripts are returned without the signature that the engine requires.
    pub fn skip_signing_scripts(mut self, yes: bool) -> Self {
        self.skip_signing_scripts = Some(yes);
        self
    }
}

/// The response: a location, or errors, which also come with a success status.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a location")]
pub(crate) struct LocationResponse {
    #[serde(alias = "Location")]
    location: Option<String>,
    /// The newer form holds several; the first is the one that was requested.
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
    #[serde(alias = "AssetMetadatas", alias = "metadata")]
    asset_metadatas: Option<Vec<AssetMetadata>>,
    #[serde(alias = "ContentRepresentationSpecifier", alias = "representation")]
    content_representation_specifier: Option<ContentRepresentation>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a location")]
struct LocationEntry {
    #[serde(alias = "Location")]
    location: Option<String>,
    #[serde(alias = "AssetMetadatas")]
    asset_metadatas: Option<Vec<AssetMetadata>>,
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
    /// Returns the error that the service wrote in place of a location.
    pub(crate) fn error(&self) -> Option<&Value> {
        self.errors.as_ref()?.first()
    }

    /// Returns the location, if there is one.
    pub(crate) fn into_location(self) -> Option<AssetLocation> {
        let entries = self.locations.unwrap_or_default();
        let first = entries.into_iter().next().unwrap_or_default();
        let asset_type_id = self.asset_type_id.and_then(json_text);
        let metadata = self.asset_metadatas.or(first.asset_metadatas);
        Some(AssetLocation {
            location: non_empty(self.location).or_else(|| non_empty(first.location))?,
            is_recordable: self.is_recordable,
            is_archived: self.is_archived,
            asset_type_id: asset_type_id.as_deref().and_then(parse_u64),
            metadata: metadata.unwrap_or_default(),
            representation: self.content_representation_specifier,
            request_id: self.request_id.and_then(json_text),
        })
    }
}

impl From<MetadataWire> for AssetMetadata {
    fn from(wire: MetadataWire) -> Self {
        Self {
            metadata_type: wire.metadata_type.and_then(json_text).unwrap_or_default(),
            value: wire.value.and_then(json_text),
        }
    }
}

impl From<RepresentationWire> for ContentRepresentation {
    fn from(wire: RepresentationWire) -> Self {
        Self {
            format: wire.format.and_then(json_text),
            major_version: wire.major_version.and_then(json_text),
            fidelity: wire.fidelity.and_then(json_text),
        }
    }
}
