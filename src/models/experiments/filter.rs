//! Filters of experiments.

use super::kinds::{ExperimentProduct, ExperimentState};
use crate::error::Result;
use crate::models::open_enum::OpenEnum as _;
use crate::models::params::Params;

open_enum! {
    /// The sort key of experiments.
    ExperimentSort,
    /// Name.
    Name = "LIST_EXPERIMENT_SORT_KEY_NAME",
    /// Time of the last change.
    LastModifiedTime = "LIST_EXPERIMENT_SORT_KEY_LAST_MODIFIED_TIME",
    /// Time of the start.
    StartTime = "LIST_EXPERIMENT_SORT_KEY_START_TIME",
    /// Relevance.
    Relevance = "LIST_EXPERIMENT_SORT_KEY_RELEVANCE",
}

/// Selects the experiments to list, and their order.
///
/// ```
/// use rblx_open_cloud::models::{ExperimentFilter, ExperimentSort, ExperimentState};
///
/// let active = ExperimentFilter::all().states([ExperimentState::Scheduled, ExperimentState::Running]);
/// let newest = ExperimentFilter::all().sort_by(ExperimentSort::StartTime).descending();
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use]
pub struct ExperimentFilter {
    search: Option<String>,
    states: Vec<ExperimentState>,
    order: Option<&'static str>,
    sort: Option<ExperimentSort>,
    product: Option<ExperimentProduct>,
}

impl ExperimentFilter {
    /// Selects all experiments.
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects experiments by a search key, such as a part of the name.
    pub fn search(mut self, key: impl Into<String>) -> Self {
        self.search = Some(key.into());
        self
    }

    /// Selects experiments in one of these states.
    pub fn states(mut self, states: impl IntoIterator<Item = ExperimentState>) -> Self {
        self.states = states.into_iter().collect();
        self
    }

    /// Selects experiments on a product.
    pub fn product(mut self, product: ExperimentProduct) -> Self {
        self.product = Some(product);
        self
    }

    /// Sorts the experiments.
    pub fn sort_by(mut self, key: ExperimentSort) -> Self {
        self.sort = Some(key);
        self
    }

    /// Lists the smallest first.
    pub fn ascending(mut self) -> Self {
        self.order = Some("SORT_ORDER_ASCENDING");
        self
    }

    /// Lists the largest first.
    pub fn descending(mut self) -> Self {
        self.order = Some("SORT_ORDER_DESCENDING");
        self
    }

    /// Returns the query parameters.
    pub(crate) fn params(&self) -> Result<Params> {
        Params::default()
            .with("searchKey", self.search.as_ref())
            .with_each(
                "stateFilters",
                self.states.iter().map(ExperimentState::validated),
            )?
            .with("sortOrder", self.order)
            .with_known("sortKey", self.sort.as_ref())?
            .with_known("productTypeFilter", self.product.as_ref())
    }
}
