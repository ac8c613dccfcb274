//! Filters of lists of sorted maps.

use super::SortKey;
use crate::error::Result;

/// Selects the items of a sorted map to list, and their order.
///
/// ```
/// use rblx_open_cloud::models::MapFilter;
///
/// let team = MapFilter::all().id_above("team_1").id_below("team_5");
/// let best = MapFilter::all().sort_key_above(100).descending();
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use]
pub struct MapFilter {
    id_above: Option<String>,
    id_below: Option<String>,
    sort_key_above: Option<SortKey>,
    sort_key_below: Option<SortKey>,
    is_descending: bool,
}

impl MapFilter {
    /// Selects every item, in ascending order.
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects ids that come after this text. The text itself is left out.
    pub fn id_above(mut self, id: impl Into<String>) -> Self {
        self.id_above = Some(id.into());
        self
    }

    /// Selects ids that come before this text. The text itself is left out.
    pub fn id_below(mut self, id: impl Into<String>) -> Self {
        self.id_below = Some(id.into());
        self
    }

    /// Selects sort keys above this one.
    pub fn sort_key_above(mut self, key: impl Into<SortKey>) -> Self {
        self.sort_key_above = Some(key.into());
        self
    }

    /// Selects sort keys below this one.
    pub fn sort_key_below(mut self, key: impl Into<SortKey>) -> Self {
        self.sort_key_below = Some(key.into());
        self
    }

    /// Lists items in descending order.
    pub fn descending(mut self) -> Self {
        self.is_descending = true;
        self
    }

    /// Returns the parameter `filter`.
    pub(crate) fn to_filter_string(&self) -> Result<Option<String>> {
        let mut conditions = Vec::new();
        for (operator, id) in [(">", &self.id_above), ("<", &self.id_below)] {
            conditions.extend(
                id.as_ref()
                    .map(|id| format!("id {operator} {}", quoted(id))),
            );
        }
        for (operator, key) in [(">", &self.sort_key_above), ("<", &self.sort_key_below)] {
            let Some(key) = key else { continue };
            let literal = match key.validated()? {
                SortKey::Number(number) => number.to_string(),
                SortKey::Text(text) => quoted(text),
            };
            conditions.push(format!("sortKey {operator} {literal}"));
        }
        Ok((!conditions.is_empty()).then(|| conditions.join(" && ")))
    }

    /// Returns the parameter `orderBy`.
    pub(crate) fn order(&self) -> Option<&'static str> {
        self.is_descending.then_some("id desc")
    }
}

/// Writes a text as a literal of a filter.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', r"\\").replace('"', r#"\""#);
    let text = text.replace('\n', r"\n").replace('\r', r"\r");
    format!("\"{text}\"")
}
