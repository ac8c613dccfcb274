//! A page of what was found in the creator store.

use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize};

use super::CreatorStoreAsset;
use crate::models::serde_helpers::{count, non_empty, null_to_default};

/// A page of search results, and what the service tells about all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StoreSearchPage {
    /// What is on the page.
    pub assets: Vec<CreatorStoreAsset>,
    /// Names the page after it, for [`Items::starting_at`](crate::Items::starting_at).
    pub next_page_token: Option<String>,
    /// How many there are in all.
    pub total_results: Option<u64>,
    /// The words that were asked for besides.
    pub applied_facets: Vec<String>,
    /// The words that could be asked for besides.
    pub available_facets: Vec<String>,
    /// What was perhaps meant.
    pub suggested_query: Option<String>,
    /// The words that were searched for, if the service changed them.
    pub filtered_keyword: Option<String>,
}

/// How a page comes over the wire.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a page of search results")]
struct PageWire {
    creator_store_assets: Option<Vec<CreatorStoreAsset>>,
    next_page_token: Option<String>,
    #[serde(default, deserialize_with = "count")]
    total_results: Option<u64>,
    query_facets: Option<Facets>,
    query_correction: Option<Correction>,
    filtered_keyword: Option<String>,
    errors: Option<IgnoredAny>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "facets")]
struct Facets {
    #[serde(deserialize_with = "null_to_default")]
    applied_facets: Vec<String>,
    #[serde(deserialize_with = "null_to_default")]
    available_facets: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a correction")]
struct Correction {
    suggested_query: Option<String>,
}

impl<'de> Deserialize<'de> for StoreSearchPage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = PageWire::deserialize(deserializer)?;
        // An error with the status of a success is no search that found nothing.
        if wire.errors.is_some() && wire.creator_store_assets.is_none() {
            let why = "the answer tells an error in place of a page";
            return Err(D::Error::custom(why));
        }
        let facets = wire.query_facets.unwrap_or_default();
        Ok(Self {
            assets: wire.creator_store_assets.unwrap_or_default(),
            next_page_token: non_empty(wire.next_page_token),
            total_results: wire.total_results,
            applied_facets: facets.applied_facets,
            available_facets: facets.available_facets,
            suggested_query: non_empty(
                wire.query_correction
                    .and_then(|found| found.suggested_query),
            ),
            filtered_keyword: non_empty(wire.filtered_keyword),
        })
    }
}
