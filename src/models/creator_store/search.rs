//! Searches of the creator store.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    StoreAssetType, StoreAudioFilter, StoreModelFilter, StoreSearchView, StoreSort,
    StoreSortDirection,
};
use crate::error::{Error, Result};
use crate::models::Creator;
use crate::models::open_enum::validate_all;
use crate::models::serde_helpers::{base64, is_none};

/// A search of the creator store. Only the settings that are set are sent.
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
    #[serde(skip_serializing_if = "is_none")]
    search_category_type: Option<StoreAssetType>,
    #[serde(skip_serializing_if = "is_none")]
    category_path: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    query: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    user_id: Option<u64>,
    #[serde(skip_serializing_if = "is_none")]
    group_id: Option<u64>,
    #[serde(skip_serializing_if = "is_none")]
    sort_direction: Option<StoreSortDirection>,
    #[serde(skip_serializing_if = "is_none")]
    sort_category: Option<StoreSort>,
    #[serde(skip_serializing_if = "is_none")]
    include_only_verified_creators: Option<bool>,
    #[serde(skip_serializing_if = "is_none")]
    min_price_cents: Option<u64>,
    #[serde(skip_serializing_if = "is_none")]
    max_price_cents: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facets: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "is_none")]
    swimlane: Option<String>,
    #[serde(skip_serializing_if = "is_none")]
    search_view: Option<StoreSearchView>,
    #[serde(skip_serializing_if = "is_none")]
    audio_search_filters: Option<StoreAudioFilter>,
    #[serde(skip_serializing_if = "is_none")]
    model_search_filters: Option<StoreModelFilter>,
}

impl StoreSearch {
    /// Searches for assets of a type.
    pub fn of(asset_type: StoreAssetType) -> Self {
        Self {
            search_category_type: Some(asset_type),
            ..Self::default()
        }
    }

    /// Searches for assets of a category such as `3d__characters`, which implies the type.
    pub fn in_category(path: impl Into<String>) -> Self {
        Self::default().category(path)
    }

    /// Limits the search to a category within the type.
    pub fn category(mut self, path: impl Into<String>) -> Self {
        self.category_path = Some(path.into());
        self
    }

    /// Searches by words. Replaces an image.
    pub fn text(mut self, words: impl Into<String>) -> Self {
        self.query = Some(words.into());
        self.image = None;
        self
    }

    /// Searches for assets that look like an image, given as the bytes of a file. Replaces words.
    pub fn image(mut self, file: impl AsRef<[u8]>) -> Self {
        self.image = Some(base64::encode(file.as_ref()));
        self.query = None;
        self
    }

    /// Limits the search to assets of a user or group.
    pub fn creator(mut self, creator: Creator) -> Self {
        (self.user_id, self.group_id) = match creator {
            Creator::User(id) => (Some(id.get()), None),
            Creator::Group(id) => (None, Some(id.get())),
        };
        self
    }

    /// Sets whether only assets of creators with the verified badge are found. Over GET that is the default of the
    /// service.
    pub fn verified_creators_only(mut self, yes: bool) -> Self {
        self.include_only_verified_creators = Some(yes);
        self
    }

    /// Sets the minimum price, in US cents.
    pub fn min_price_cents(mut self, cents: u64) -> Self {
        self.min_price_cents = Some(cents);
        self
    }

    /// Sets the maximum price, in US cents. With 0 only free assets are found.
    pub fn max_price_cents(mut self, cents: u64) -> Self {
        self.max_price_cents = Some(cents);
        self
    }

    /// Sets facets: further words, of those that a page of an earlier search names.
    pub fn facets<I: Into<String>>(mut self, facets: impl IntoIterator<Item = I>) -> Self {
        self.facets = facets.into_iter().map(Into::into).collect();
        self
    }

    /// Limits the search to assets with these tags.
    pub fn tags<I: Into<String>>(mut self, tags: impl IntoIterator<Item = I>) -> Self {
        self.tags = tags.into_iter().map(Into::into).collect();
        self
    }

    /// Searches one of the store's rows, such as `trending`, `essential` or `priced`.
    pub fn swimlane(mut self, name: impl Into<String>) -> Self {
        self.swimlane = Some(name.into());
        self
    }

    /// Sets the order. The default is relevance.
    pub fn sort_by(mut self, sort: StoreSort) -> Self {
        self.sort_category = Some(sort);
        self
    }

    /// Sets the direction of the order.
    pub fn sort_direction(mut self, direction: StoreSortDirection) -> Self {
        self.sort_direction = Some(direction);
        self
    }

    /// Sets the amount of detail.
    pub fn view(mut self, view: StoreSearchView) -> Self {
        self.search_view = Some(view);
        self
    }

    /// Sets the filter for sounds.
    pub fn audio(mut self, filter: StoreAudioFilter) -> Self {
        self.audio_search_filters = Some(filter);
        self
    }

    /// Sets the filter for models.
    pub fn models(mut self, filter: StoreModelFilter) -> Self {
        self.model_search_filters = Some(filter);
        self
    }

    /// Returns an error for a search that cannot find anything, or for the wrong case of a known value.
    pub(crate) fn validated(self) -> Result<Self> {
        let invalid = |why: &str| Err(Error::invalid_input(why));
        if is_above(self.min_price_cents, self.max_price_cents) {
            return invalid("the lowest price of the search is above the highest");
        }
        if let Some(filter) = &self.audio_search_filters {
            if is_above(filter.min_duration_seconds, filter.max_duration_seconds) {
                return invalid("the shortest sound of the search is longer than the longest");
            }
            filter.validate()?;
        }
        if let Some(filter) = &self.model_search_filters {
            filter.validate()?;
        }
        validate_all(&self.search_category_type)?;
        validate_all(&self.sort_category)?;
        validate_all(&self.sort_direction)?;
        validate_all(&self.search_view)?;
        Ok(self)
    }

    /// Returns the search as query parameters, some of which have other names than in the body. A list repeats its name.
    pub(crate) fn parameters(self) -> Result<Vec<(String, String)>> {
        if self.image.is_some() {
            return Err(Error::invalid_input("only `search` can search by image"));
        }
        let body = serde_json::to_string(&self.validated()?);
        let fields = body.and_then(|body| serde_json::from_str(&body));
        let fields = fields.map_err(|error| {
            Error::invalid_input("the search cannot be written as JSON").with_source(error)
        })?;
        let mut parameters = Vec::new();
        flatten(fields, &mut parameters);
        Ok(parameters)
    }
}

fn is_above<T: PartialOrd>(min: Option<T>, max: Option<T>) -> bool {
    min.zip(max).is_some_and(|(min, max)| min > max)
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

/// Returns the query parameter for a field of the JSON.
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
