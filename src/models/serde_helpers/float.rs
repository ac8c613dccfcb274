//! Fractions: as numbers, and as texts of them.

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

/// Reads a fraction that may be null or absent. `NaN` and infinities are read as `None`.
pub(crate) fn optional_float<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<f64>, D::Error> {
    let number = match Value::deserialize(deserializer)? {
        Value::Null => None,
        Value::Number(number) => number.as_f64(),
        Value::String(text) => Some(text.trim().parse().map_err(|_| not_a_number(&text))?),
        other => return Err(not_a_number(&other.to_string())),
    };
    Ok(number.filter(|number| number.is_finite()))
}

/// Reads a fraction.
#[cfg(feature = "analytics")]
pub(crate) fn float<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    optional_float(deserializer)?.ok_or_else(|| not_a_number("null"))
}

fn not_a_number<E: Error>(text: &str) -> E {
    E::custom(format_args!("{text:?} is not a number"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::optional_float;

    #[test]
    fn fractions_are_numbers_or_texts() {
        let read = |value: Value| optional_float(value).ok();
        for (value, number) in [
            (json!(1.5), Some(1.5)),
            (json!(-3), Some(-3.0)),
            (json!("2.25"), Some(2.25)),
            (json!(null), None),
            (json!("NaN"), None),
            (json!("Infinity"), None),
        ] {
            assert_eq!(read(value.clone()), Some(number), "{value}");
        }
        for value in [json!("many"), json!([1]), json!("")] {
            assert_eq!(read(value.clone()), None, "{value}");
        }
    }
}
