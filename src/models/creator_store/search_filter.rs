//! Filters of searches: for sounds and for models.

use serde::Serialize;

use super::{StoreAudioType, StoreInstanceType, StoreModelSubType, StoreMusicChart};
use crate::error::Result;
use crate::models::open_enum::validate_all;
use crate::models::serde_helpers::is_none;

/// Selects the sounds to search for.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct StoreAudioFilter {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    audio_types: Vec<StoreAudioType>,
    #[serde(skip_serializing_if = "is_none")]
    pub(super) min_duration_seconds: Option<u32>,
    #[serde(skip_serializing_if = "is_none")]
    pub(super) max_duration_seconds: Option<u32>,
    #[serde(skip_serializing_if = "is_none")]
    artist: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    album: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    music_chart_type: Option<StoreMusicChart>,
}

impl StoreAudioFilter {
    /// Selects every sound.
    pub fn new() -> Self {
        Self::default()
    }

    /// Selects sounds of these types.
    pub fn types(mut self, types: impl IntoIterator<Item = StoreAudioType>) -> Self {
        self.audio_types = types.into_iter().collect();
        self
    }

    /// Sets the minimum duration, in seconds.
    pub fn min_seconds(mut self, seconds: u32) -> Self {
        self.min_duration_seconds = Some(seconds);
        self
    }

    /// Sets the maximum duration, in seconds.
    pub fn max_seconds(mut self, seconds: u32) -> Self {
        self.max_duration_seconds = Some(seconds);
        self
    }

    /// Selects music of an artist.
    pub fn artist(mut self, name: impl Into<String>) -> Self {
        self.artist = Some(name.into());
        self
    }

    /// Selects music of an album.
    pub fn album(mut self, name: impl Into<String>) -> Self {
        self.album = Some(name.into());
        self
    }

    /// Selects music of a chart.
    pub fn chart(mut self, chart: StoreMusicChart) -> Self {
        self.music_chart_type = Some(chart);
        self
    }

    /// Returns an error for the wrong case of a known value.
    pub(super) fn validate(&self) -> Result<()> {
        validate_all(&self.audio_types)?;
        validate_all(&self.music_chart_type)
    }
}

/// Selects the models to search for.
#[derive(Debug, Clone, Default, Serialize)]
#[must_use]
pub struct StoreModelFilter {
    #[serde(rename = "includedSubTypes", skip_serializing_if = "Vec::is_empty")]
    included: Vec<StoreModelSubType>,
    #[serde(rename = "excludedSubTypes", skip_serializing_if = "Vec::is_empty")]
    excluded: Vec<StoreModelSubType>,
    #[serde(
        rename = "includedInstanceTypes",
        skip_serializing_if = "Vec::is_empty"
    )]
    instances: Vec<StoreInstanceType>,
}

impl StoreModelFilter {
    /// Selects every model.
    pub fn new() -> Self {
        Self::default()
    }

    /// Selects models of these subtypes.
    pub fn sub_types(mut self, types: impl IntoIterator<Item = StoreModelSubType>) -> Self {
        self.included = types.into_iter().collect();
        self
    }

    /// Excludes models of these subtypes.
    pub fn without_sub_types(mut self, types: impl IntoIterator<Item = StoreModelSubType>) -> Self {
        self.excluded = types.into_iter().collect();
        self
    }

    /// Selects models that contain these instance types.
    pub fn containing(mut self, types: impl IntoIterator<Item = StoreInstanceType>) -> Self {
        self.instances = types.into_iter().collect();
        self
    }

    /// Returns an error for the wrong case of a known value.
    pub(super) fn validate(&self) -> Result<()> {
        validate_all(&self.included)?;
        validate_all(&self.excluded)?;
        validate_all(&self.instances)
    }
}
