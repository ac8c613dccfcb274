//! Filters of lists of ordered data stores.

/// Selects the entries of an ordered data store to list, and their order.
///
/// ```
/// use rblx_open_cloud::models::OrderedFilter;
///
/// let leaderboard = OrderedFilter::all().descending();
/// let middle = OrderedFilter::all().at_least(0).at_most(30);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[must_use]
pub struct OrderedFilter {
    min: Option<i64>,
    max: Option<i64>,
    is_descending: bool,
}

impl OrderedFilter {
    /// Selects every entry, from the smallest value to the largest.
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects values from this one on.
    pub fn at_least(mut self, value: i64) -> Self {
        self.min = Some(value);
        self
    }

    /// Selects values up to this one.
    pub fn at_most(mut self, value: i64) -> Self {
        self.max = Some(value);
        self
    }

    /// Lists the largest value first.
    pub fn descending(mut self) -> Self {
        self.is_descending = true;
        self
    }

    /// Returns the parameter `filter`. The service wants single spaces between the parts.
    pub(crate) fn to_filter_string(self) -> Option<String> {
        let min = self.min.map(|value| format!("entry >= {value}"));
        let max = self.max.map(|value| format!("entry <= {value}"));
        let conditions: Vec<String> = min.into_iter().chain(max).collect();
        (!conditions.is_empty()).then(|| conditions.join(" && "))
    }

    /// Returns the order; `None` for the default of the service.
    pub(crate) fn order(self, descending: &'static str) -> Option<&'static str> {
        self.is_descending.then_some(descending)
    }
}
