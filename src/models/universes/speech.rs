//! Speech that is generated from texts.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::error::Result;
use crate::json;
use crate::models::limits::finite;
use crate::models::serde_helpers::{count, is_none, optional_id};
use crate::models::{Asset, AssetId};

/// A text to speak, with voice, pitch and speed.
///
/// ```
/// use rblx_open_cloud::models::Speech;
///
/// let speech = Speech::new("Welcome to the arena").voice("1").pitch(1.2).speed(0.9);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Speech {
    text: String,
    voice: Option<String>,
    pitch: Option<f64>,
    speed: Option<f64>,
}

impl Speech {
    /// Creates speech from a text, in the service's default voice.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            voice: None,
            pitch: None,
            speed: None,
        }
    }

    /// Sets the voice by its id. The [official guide](https://create.roblox.com/docs/audio/objects) lists the voices.
    pub fn voice(mut self, id: impl Into<String>) -> Self {
        self.voice = Some(id.into());
        self
    }

    /// Sets the pitch.
    pub fn pitch(mut self, pitch: f64) -> Self {
        self.pitch = Some(pitch);
        self
    }

    /// Sets the speed.
    pub fn speed(mut self, speed: f64) -> Self {
        self.speed = Some(speed);
        self
    }

    pub(crate) fn body(&self) -> Result<Map<String, Value>> {
        let mut style = Map::new();
        if let Some(voice) = &self.voice {
            style.insert("voiceId".to_owned(), voice.as_str().into());
        }
        for (name, value) in [("pitch", self.pitch), ("speed", self.speed)] {
            let Some(value) = value else { continue };
            let value = finite(&format!("the {name} of speech"), value)?;
            style.insert(name.to_owned(), value.into());
        }
        let mut body = Map::new();
        body.insert("text".to_owned(), self.text.as_str().into());
        if !style.is_empty() {
            body.insert("speechStyle".to_owned(), style.into());
        }
        Ok(body)
    }
}

/// The asset that holds generated speech.
///
/// The official document describes the id and the quota; the service sometimes returns the asset itself instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SpeechAsset {
    /// Id of the audio asset.
    pub asset_id: AssetId,
    /// Number of further generations in the current period.
    #[serde(skip_serializing_if = "is_none")]
    pub remaining_quota: Option<u64>,
    /// Asset, if the service returned it.
    #[serde(skip_serializing_if = "is_none")]
    pub asset: Option<Asset>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "generated speech")]
struct SpeechAssetWire {
    #[serde(default, deserialize_with = "optional_id")]
    asset_id: Option<AssetId>,
    #[serde(default, deserialize_with = "count")]
    remaining_quota: Option<u64>,
    asset: Option<Asset>,
    path: Option<Value>,
    display_name: Option<Value>,
}

impl<'de> Deserialize<'de> for SpeechAsset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;

        let text = Value::deserialize(deserializer)?.to_string();
        let wire: SpeechAssetWire = json::from_str(&text).map_err(D::Error::custom)?;
        let is_asset = wire.path.is_some() || wire.display_name.is_some();
        let asset = match wire.asset {
            None if is_asset => Some(json::from_str(&text).map_err(D::Error::custom)?),
            asset => asset,
        };
        let id = wire.asset_id.or(asset.as_ref().map(|asset| asset.asset_id));
        Ok(Self {
            asset_id: id.ok_or_else(|| D::Error::missing_field("assetId"))?,
            remaining_quota: wire.remaining_quota,
            asset,
        })
    }
}
