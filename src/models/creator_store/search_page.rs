//! Pages of search results.

use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize};

use super::CreatorStoreAsset;
use crate::models::serde_helpers::{count, is_none, non_empty, null_to_default};

/// A page of search results, with the facts that the service returns about the whole search.
///
/// `Serialize` writes the names of the fields; `Deserialize` reads them, and the form of the service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StoreSearchPage {
    /// Assets on this page.
    pub assets: Vec<CreatorStoreAsset>,
    /// Token of the next page, for [`Items::starting_at`](crate::Items::starting_at).
    #[serde(skip_serializing_if = "is_none")]
    pub next_page_token: Option<String>,
    /// Number of results on all pages.
    #[serde(skip_serializing_if = "is_none")]
    pub total_results: Option<u64>,
    /// Facets that the search used.
    pub applied_facets: Vec<String>,
    /// Facets that a further search can use.
    pub available_facets: Vec<String>,
    /// Query that was probably meant.
    #[serde(skip_serializing_if = "is_none")]
    pub suggested_query: Option<String>,
    /// Query that was used, if the service changed it.
    #[serde(skip_serializing_if = "is_none")]
    pub filtered_keyword: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a page of search results")]
struct PageWire {
    #[serde(alias = "assets")]
    creator_store_assets: Option<Vec<CreatorStoreAsset>>,
    next_page_token: Option<String>,
    #[serde(default, deserialize_with = "count")]
    total_results: Option<u64>,
    query_facets: Option<Facets>,
    #[serde(default, deserialize_with = "null_to_default")]
    applied_facets: Vec<String>,
    #[serde(default, deserialize_with = "null_to_default")]
    available_facets: Vec<String>,
    query_correction: Option<Correction>,
    suggested_query: Option<String>,
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
        // An error with a success status is not a search without results.
        if wire.errors.is_some() && wire.creator_store_assets.is_none() {
            let why = "the response is an error instead of a page";
            return Err(D::Error::custom(why));
        }
        let facets = wire.query_facets.unwrap_or(Facets {
            applied_facets: wire.applied_facets,
            available_facets: wire.available_facets,
        });
        let corrected = wire
            .query_correction
            .and_then(|found| found.suggested_query);
        Ok(Self {
            assets: wire.creator_store_assets.unwrap_or_default(),
            next_page_token: non_empty(wire.next_page_token),
            total_results: wire.total_results,
            applied_facets: facets.applied_facets,
            available_facets: facets.available_facets,
            suggested_query: non_empty(corrected.or(wire.suggested_query)),
            filtered_keyword: non_empty(wire.filtered_keyword),
        })
    }
}
