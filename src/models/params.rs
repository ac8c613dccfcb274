//! Query parameters of filters.

use std::fmt::Display;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::error::{Error, Result};

/// The query parameters of a filter, in their order.
#[derive(Debug, Default)]
pub(crate) struct Params(Vec<(&'static str, String)>);

impl Params {
    /// Appends a parameter, if there is a value.
    pub(crate) fn with(mut self, name: &'static str, value: Option<impl Display>) -> Self {
        let value = value.map(|value| (name, value.to_string()));
        self.0.extend(value);
        self
    }

    /// Appends a parameter with a time, if there is one.
    ///
    /// # Errors
    /// `InvalidInput` if the year of the time does not have four digits.
    pub(crate) fn with_time(
        self,
        name: &'static str,
        time: Option<OffsetDateTime>,
    ) -> Result<Self> {
        let text = time.map(|time| time.format(&Rfc3339)).transpose();
        let text = text.map_err(|error| {
            Error::invalid_input("a time of the filter cannot be written").with_source(error)
        })?;
        Ok(self.with(name, text))
    }
}

impl IntoIterator for Params {
    type Item = (&'static str, String);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
