//! Filters of the log of bans and unbans.

use crate::models::{PlaceId, UserId};

/// Selects the entries of a log of bans and unbans to list.
///
/// ```
/// use rblx_open_cloud::models::RestrictionLogFilter;
///
/// let all = RestrictionLogFilter::all();
/// let one = RestrictionLogFilter::all().user(156).place(90);
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[must_use]
pub struct RestrictionLogFilter {
    user: Option<UserId>,
    place: Option<PlaceId>,
}

impl RestrictionLogFilter {
    /// Selects every entry.
    pub fn all() -> Self {
        Self::default()
    }

    /// Selects bans and unbans of one user.
    pub fn user(mut self, user: impl Into<UserId>) -> Self {
        self.user = Some(user.into());
        self
    }

    /// Selects bans and unbans in one place.
    pub fn place(mut self, place: impl Into<PlaceId>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// Returns the `filter` parameter.
    pub(crate) fn to_filter_string(self) -> Option<String> {
        let user = self.user.map(|user| format!("user == 'users/{user}'"));
        let place = self.place.map(|place| format!("place == 'places/{place}'"));
        let conditions: Vec<String> = user.into_iter().chain(place).collect();
        (!conditions.is_empty()).then(|| conditions.join(" && "))
    }
}
