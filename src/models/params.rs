//! Query parameters of filters.

use std::fmt::Display;

use time::OffsetDateTime;

use super::open_enum::OpenEnum;
use super::serde_helpers::timestamp;
use crate::error::Result;

/// The query parameters of a filter, in their order.
#[derive(Debug, Default)]
pub(crate) struct Params(Vec<(&'static str, String)>);

impl Params {
    /// Appends a parameter, if there is a value.
    pub(crate) fn with(mut self, name: &'static str, value: Option<impl Display>) -> Self {
        if let Some(value) = value {
            self.0.push((name, value.to_string()));
        }
        self
    }

    /// Appends a parameter once for each value.
    pub(crate) fn with_each(
        self,
        name: &'static str,
        values: impl IntoIterator<Item = Result<impl Display>>,
    ) -> Result<Self> {
        let mut values = values.into_iter();
        values.try_fold(self, |params, value| Ok(params.with(name, Some(value?))))
    }

    /// Appends a parameter with a value of an enum, if there is one.
    ///
    /// # Errors
    /// `InvalidInput` for the wrong case of a known value.
    pub(crate) fn with_known(
        self,
        name: &'static str,
        value: Option<&impl OpenEnum>,
    ) -> Result<Self> {
        let text = value.map(OpenEnum::validated).transpose()?;
        Ok(self.with(name, text))
    }

    /// Appends a parameter with a time in UTC, if there is one.
    ///
    /// # Errors
    /// `InvalidInput` if the year of the time does not have four digits.
    pub(crate) fn with_time(
        self,
        name: &'static str,
        time: Option<OffsetDateTime>,
    ) -> Result<Self> {
        let text = time.map(timestamp::utc_text).transpose()?;
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
