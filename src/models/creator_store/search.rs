//! What to search the creator store for.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    StoreAssetType, StoreAudioType, StoreInstanceType, StoreModelSubType, StoreMusicChart,
    StoreSearchView, StoreSort, StoreSortDirection,
};
use crate::error::{Error, Result};
use crate::models::Creator;
use crate::models::serde_helpers::base64;

/// What to search the creator store for. Only what is set is sent.
///
/// ```
/// use rblx_open_cloud::models::{StoreAssetType, StoreModelFilter, StoreSearch, StoreSort, StoreInstanceType};
///
/// let free_trees = StoreSearch::of(StoreAssetType::Model).text("tree").max_price_cents(0).sort_by(StoreSort::Ratings);
/// let tools = StoreSearch::of(StoreAssetType::Model)
///     .models(StoreModelFilter::new().containing([StoreInstanceType::Tool]));
/// let characters = StoreSearch::in_category("3d__characters");
/// ```
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct StoreSearch {
    #[serde(skip_serializing_if = "Option::is_none")]
    search_category_type: Option<StoreAssetType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sort_direction: Option<StoreSortDirection>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sort_category: Option<StoreSort>,
    #[serde(skip_serializing_if = "Option::is_none")]
    include_only_verified_creators: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_price_cents: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_price_cents: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facets: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    swimlane: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    search_view: Option<StoreSearchView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audio_search_filters: Option<StoreAudioFilter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model_search_filters: Option<StoreModelFilter>,
}

impl StoreSearch {
    /// Assets of this kind.
    pub fn of(asset_type: StoreAssetType) -> Self {
        Self {
            search_category_type: Some(asset_type),
            ..Self::default()
        }
    }

    /// Assets of a category such as `3d__characters`, which tells the kind as well.
    pub fn in_category(path: impl Into<String>) -> Self {
        Self::default().category(path)
    }

    /// Assets of a category within the kind.
    pub fn category(mut self, path: impl Into<String>) -> Self {
        self.category_path = Some(path.into());
        self
    }

    /// Assets that these words describe; in place of an image.
    pub fn text(mut self, words: impl Into<String>) -> Self {
        self.query = Some(words.into());
        self.image = None;
        self
    }

    /// Assets that look like this image, the bytes of a file; in place of words.
    pub fn image(mut self, file: impl AsRef<[u8]>) -> Self {
        self.image = Some(base64::encode(file.as_ref()));
        self.query = None;
        self
    }

    /// Assets that this user or this group made.
    pub fn creator(mut self, creator: Creator) -> Self {
        (self.user_id, self.group_id) = match creator {
            Creator::User(id) => (Some(id.get()), None),
            Creator::Group(id) => (None, Some(id.get())),
        };
        self
    }

    /// Whether to find assets of creators with the verified badge alone. Over GET the service does that unless told
    /// otherwise.
    pub fn verified_creators_only(mut self, yes: bool) -> Self {
        self.include_only_verified_creators = Some(yes);
        self
    }

    /// Assets that cost at least this, in cents of a US dollar.
    pub fn min_price_cents(mut self, cents: u64) -> Self {
        self.min_price_cents = Some(cents);
        self
    }

    /// Assets that cost at most this, in cents of a US dollar; with 0 what is free.
    pub fn max_price_cents(mut self, cents: u64) -> Self {
        self.max_price_cents = Some(cents);
        self
    }

    /// Further words; a page of an earlier search tells which there are.
    pub fn facets<I: Into<String>>(mut self, facets: impl IntoIterator<Item = I>) -> Self {
        self.facets = facets.into_iter().map(Into::into).collect();
        self
    }

    /// Assets with these tags.
    pub fn tags<I: Into<String>>(mut self, tags: impl IntoIterator<Item = I>) -> Self {
        self.tags = tags.into_iter().map(Into::into).collect();
        self
    }

    /// One of the store's rows, such as `trending`, `essential` or `priced`.
    pub fn swimlane(mut self, name: impl Into<String>) -> Self {
        self.swimlane = Some(name.into());
        self
    }

    /// What to sort by; unless set, how well they match.
    pub fn sort_by(mut self, sort: StoreSort) -> Self {
        self.sort_category = Some(sort);
        self
    }

    /// In which direction to sort.
    pub fn sort_direction(mut self, direction: StoreSortDirection) -> Self {
        self.sort_direction = Some(direction);
        self
    }

    /// How much to tell of each asset.
    pub fn view(mut self, view: StoreSearchView) -> Self {
        self.search_view = Some(view);
        self
    }

    /// Which sounds.
    pub fn audio(mut self, filter: StoreAudioFilter) -> Self {
        self.audio_search_filters = Some(filter);
        self
    }

    /// Which models.
    pub fn models(mut self, filter: StoreModelFilter) -> Self {
        self.model_search_filters = Some(filter);
        self
    }

    /// Refuses what cannot be found.
    pub(crate) fn validated(self) -> Result<Self> {
        let refused = |why: &str| Err(Error::invalid_input(why));
        if is_above(self.min_price_cents, self.max_price_cents) {
            return refused("the lowest price of the search is above the highest");
        }
        let sounds = self.audio_search_filters.as_ref();
        if sounds.is_some_and(|of| is_above(of.min_duration_seconds, of.max_duration_seconds)) {
            return refused("the shortest sound of the search is longer than the longest");
        }
        Ok(self)
    }

    /// The same as query parameters, which have some names of their own. Lists come as several of one name.
    pub(crate) fn parameters(self) -> Result<Vec<(String, String)>> {
        if self.image.is_some() {
            return Err(Error::invalid_input(
                "an image can be searched by with `search` alone",
            ));
        }
        let fields = serde_json::to_value(self.validated()?).map_err(|error| {
            Error::invalid_input("the search cannot be written as JSON").with_source(error)
        })?;
        let mut parameters = Vec::new();
        if let Value::Object(fields) = fields {
            flatten(fields, &mut parameters);
        }
        Ok(parameters)
    }
}

fn is_above<T: PartialOrd>(least: Option<T>, most: Option<T>) -> bool {
    least.zip(most).is_some_and(|(least, most)| least > most)
}

fn flatten(fields: Map<String, Value>, parameters: &mut Vec<(String, String)>) {
    for (field, value) in fields {
        let mut add = |value: &Value| {
            let text = value.as_str().map(str::to_owned);
            let text = text.unwrap_or_else(|| value.to_string());
            parameters.push((parameter(&field).to_owned(), text));
        };
        match value {
            Value::Object(fields) => flatten(fields, parameters),
            Value::Array(values) => values.iter().for_each(add),
            value => add(&value),
        }
    }
}

/// The name of the query parameter for a field of the JSON.
fn parameter(field: &str) -> &str {
    match field {
        "minDurationSeconds" => "audioMinDurationSeconds",
        "maxDurationSeconds" => "audioMaxDurationSeconds",
        "artist" => "audioArtist",
        "album" => "audioAlbum",
        "includedSubTypes" => "modelSubTypes",
        "excludedSubTypes" => "excludedModelSubTypes",
        field => field,
    }
}

/// Which sounds to search for.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct StoreAudioFilter {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    audio_types: Vec<StoreAudioType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_duration_seconds: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_duration_seconds: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    artist: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    album: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    music_chart_type: Option<StoreMusicChart>,
}

impl StoreAudioFilter {
    /// Every sound.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sounds of these kinds.
    pub fn types(mut self, types: impl IntoIterator<Item = StoreAudioType>) -> Self {
        self.audio_types = types.into_iter().collect();
        self
    }

    /// Sounds of at least this length, in seconds.
    pub fn min_seconds(mut self, seconds: u32) -> Self {
        self.min_duration_seconds = Some(seconds);
        self
    }

    /// Sounds of at most this length, in seconds.
    pub fn max_seconds(mut self, seconds: u32) -> Self {
        self.max_duration_seconds = Some(seconds);
        self
    }

    /// Music of this artist.
    pub fn artist(mut self, name: impl Into<String>) -> Self {
        self.artist = Some(name.into());
        self
    }

    /// Music of this album.
    pub fn album(mut self, name: impl Into<String>) -> Self {
        self.album = Some(name.into());
        self
    }

    /// Music of this chart.
    pub fn chart(mut self, chart: StoreMusicChart) -> Self {
        self.music_chart_type = Some(chart);
        self
    }
}

/// Which models to search for.
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
    /// Every model.
    pub fn new() -> Self {
        Self::default()
    }

    /// Models that are this besides.
    pub fn sub_types(mut self, types: impl IntoIterator<Item = StoreModelSubType>) -> Self {
        self.included = types.into_iter().collect();
        self
    }

    /// Models that are not this besides.
    pub fn without_sub_types(mut self, types: impl IntoIterator<Item = StoreModelSubType>) -> Self {
        self.excluded = types.into_iter().collect();
        self
    }

    /// Models that contain these.
    pub fn containing(mut self, types: impl IntoIterator<Item = StoreInstanceType>) -> Self {
        self.instances = types.into_iter().collect();
        self
    }
}
