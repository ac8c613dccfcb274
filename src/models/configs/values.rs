//! Published configs: the values alone, and the full entries with descriptions, variants and times.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use time::OffsetDateTime;

use super::rules::ConditionalRules;
use crate::error::Result;
use crate::json;
use crate::models::RawJson;
use crate::models::serde_helpers::{is_none, null_to_default, timestamp};

/// The published values of a config repository.
///
/// Values are [`RawJson`], which keeps every digit of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "the values of a config")]
#[non_exhaustive]
pub struct ConfigValues {
    /// Number of the published version.
    #[serde(
        default,
        rename = "metadata",
        with = "version",
        skip_serializing_if = "is_none"
    )]
    pub version: Option<u64>,
    /// Values by their keys.
    #[serde(default, deserialize_with = "null_to_default")]
    pub entries: BTreeMap<String, RawJson>,
    /// Conditional rules, if there are any.
    #[serde(default, skip_serializing_if = "is_none")]
    pub conditional_rules: Option<ConditionalRules>,
}

impl ConfigValues {
    /// Decodes the value of a key. Returns `None` if the key does not exist.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::ConfigRepository;
    ///
    /// let values = client.universe(13_058).config(ConfigRepository::InExperience).get()?;
    /// let health: Option<u32> = values.get("bossHealth")?;
    /// assert_eq!(health, Some(500));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `Decode` if the value is not a `T`.
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>> {
        let value = self.entries.get(key);
        value
            .map(|value| value.parse_named(format_args!("the value of {key:?}")))
            .transpose()
    }
}

/// Everything that is published in a config repository: values, descriptions, variants and times.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a config")]
#[non_exhaustive]
pub struct ConfigFull {
    /// Number of the published version.
    #[serde(
        default,
        rename = "metadata",
        with = "version",
        skip_serializing_if = "is_none"
    )]
    pub version: Option<u64>,
    /// Entries by their keys.
    #[serde(default, deserialize_with = "null_to_default")]
    pub entries: BTreeMap<String, ConfigEntry>,
    /// Conditional rules, if there are any.
    #[serde(default, skip_serializing_if = "is_none")]
    pub conditional_rules: Option<ConditionalRules>,
}

/// A published entry of a config.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an entry of a config")]
#[non_exhaustive]
pub struct ConfigEntry {
    /// Value where no condition applies. `null` if the service does not return one.
    #[serde(default, skip_serializing_if = "RawJson::is_null")]
    pub value: RawJson,
    /// Values under conditions.
    #[serde(
        default,
        deserialize_with = "null_to_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub variants: Vec<ConfigVariant>,
    /// Description.
    #[serde(default, skip_serializing_if = "is_none")]
    pub description: Option<String>,
    /// Time of the last change.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub last_modified_time: Option<OffsetDateTime>,
    /// Time of the last access.
    #[serde(default, with = "timestamp::option", skip_serializing_if = "is_none")]
    pub last_accessed_time: Option<OffsetDateTime>,
}

/// A value of an entry that applies under a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a variant of an entry")]
#[non_exhaustive]
pub struct ConfigVariant {
    /// Kind of condition.
    #[serde(default, rename = "type", skip_serializing_if = "is_none")]
    pub kind: Option<ConfigVariantKind>,
    /// Id of the conditional rule.
    #[serde(default, skip_serializing_if = "is_none")]
    pub variant_type_id: Option<String>,
    /// Value.
    #[serde(default, skip_serializing_if = "RawJson::is_null")]
    pub value: RawJson,
}

open_enum! {
    /// The kind of condition under which a value applies.
    ConfigVariantKind,
    /// A conditional rule.
    Conditional = "conditional",
}

/// The response of which the entries are decoded as one value.
#[derive(Deserialize)]
#[serde(expecting = "the values of a config")]
pub(crate) struct EntriesResponse {
    entries: Option<Box<RawValue>>,
}

impl EntriesResponse {
    /// Decodes the entries from their text. Without entries, an empty object.
    pub(crate) fn decode<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
        let response: Self = json::from_str(text)?;
        let entries = response.entries.as_deref().map(RawValue::get);
        serde_json::from_str(entries.unwrap_or("{}"))
    }
}

/// The version within the metadata.
mod version {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::models::serde_helpers::count;

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Metadata {
        #[serde(default, deserialize_with = "count")]
        config_version: Option<u64>,
    }

    #[allow(clippy::ref_option, reason = "the signature of serde")]
    pub(super) fn serialize<S: Serializer>(
        version: &Option<u64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let config_version = *version;
        Metadata { config_version }.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<u64>, D::Error> {
        let metadata = Option::<Metadata>::deserialize(deserializer)?;
        Ok(metadata.and_then(|metadata| metadata.config_version))
    }
}
