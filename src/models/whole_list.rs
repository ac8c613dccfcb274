//! Lists without pages.

use serde::Deserialize;

use super::serde_helpers::null_to_default;

/// A list that comes in one response, in the field `data` or `groups`.
#[derive(Deserialize)]
#[serde(
    expecting = "a list in the field `data`",
    bound = "T: Deserialize<'de>"
)]
pub(crate) struct WholeList<T> {
    #[serde(
        alias = "groups",
        default = "Vec::new",
        deserialize_with = "null_to_default"
    )]
    pub(crate) data: Vec<T>,
}
