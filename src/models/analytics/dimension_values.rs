//! Results of queries of dimensions.

use serde::{Deserialize, Serialize};

use crate::models::serde_helpers::{is_none, null_to_default};

/// The result of a query of dimensions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, expecting = "the values of dimensions")]
#[non_exhaustive]
pub struct DimensionValues {
    /// Dimensions with their values.
    #[serde(deserialize_with = "null_to_default")]
    pub values: Vec<Dimension>,
}

/// A dimension with its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "a dimension")]
#[non_exhaustive]
pub struct Dimension {
    /// Name.
    pub dimension: String,
    /// Values.
    #[serde(default, deserialize_with = "null_to_default")]
    pub values: Vec<DimensionValue>,
}

/// A value of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a value of a dimension")]
#[non_exhaustive]
pub struct DimensionValue {
    /// Value, as filters accept it.
    pub value: String,
    /// Value for people, where the value is an id.
    #[serde(skip_serializing_if = "is_none")]
    pub display_value: Option<String>,
}
