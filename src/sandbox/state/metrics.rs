//! Metrics of all universes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::sandbox::clock::timestamp;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Metrics {
    pub(crate) by_name: BTreeMap<String, Vec<Point>>,
    /// Number of queries so far.
    queries: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Point {
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) time: OffsetDateTime,
    pub(crate) value: f64,
}

impl Metrics {
    /// Counts a query, and returns whether it is done at once: every second one is not.
    pub(crate) fn count_query(&mut self) -> bool {
        self.queries += 1;
        !self.queries.is_multiple_of(2)
    }
}

impl Point {
    pub(crate) fn to_json(&self) -> Value {
        json!({ "time": timestamp(self.time), "value": self.value })
    }
}
