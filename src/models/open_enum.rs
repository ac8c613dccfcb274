//! Enums that the service may extend at any time.

use crate::error::{Error, Result};

/// A value that this version of the crate does not know, kept as the service wrote it.
///
/// It cannot be created directly, because a value that gets a variant in a later version would then compare
/// differently. Use `From<&str>` of the enum.
///
/// ```
/// use rblx_open_cloud::models::AssetType;
///
/// let unknown = AssetType::from("Hologram");
/// assert!(matches!(&unknown, AssetType::Unknown(text) if text.as_str() == "Hologram"));
/// assert_eq!(serde_json::to_string(&unknown)?, "\"Hologram\"");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// Returns the value as the service wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns the error for an unknown value. It suggests the known value that was probably meant.
pub(crate) fn unknown(text: &str, name: &str, known: &[&str]) -> Error {
    let hint = match suggestion(text, known) {
        Some(meant) => format!("did you mean {meant:?}?"),
        None => format!("known values: {}", known.join(", ")),
    };
    Error::invalid_input(format!("{text:?} is not a known {name}; {hint}"))
}

/// A value that may have been typed by hand. Defined by [`open_enum!`].
pub(crate) trait OpenEnum {
    const NAME: &str;
    const KNOWN: &[&str];

    /// Returns the value as the service writes it.
    fn as_str(&self) -> &str;

    /// Returns the text for a request, or an error for the wrong case of a known value.
    fn validated(&self) -> Result<&str> {
        let text = self.as_str();
        reject_misspelled(text, Self::NAME, Self::KNOWN)?;
        Ok(text)
    }
}

/// Returns the texts for a request, or an error for the wrong case of a known value.
pub(crate) fn validated_texts<T: OpenEnum>(values: &[T]) -> Result<Vec<&str>> {
    let mut texts = Vec::new();
    for value in values {
        texts.push(value.validated()?);
    }
    Ok(texts)
}

/// Returns the texts of a field mask, separated by commas; `None` without fields.
pub(crate) fn field_mask<T: OpenEnum>(fields: &[T]) -> Result<Option<String>> {
    let names = validated_texts(fields)?;
    Ok((!names.is_empty()).then(|| names.join(",")))
}

/// Returns an error for the wrong case of a known value. Takes a list, or a value that may be missing.
pub(crate) fn validate_all<'a, T: OpenEnum + 'a>(
    values: impl IntoIterator<Item = &'a T>,
) -> Result<()> {
    for value in values {
        value.validated()?;
    }
    Ok(())
}

/// Returns the value, or an error for the wrong case of a known one.
pub(crate) fn validated_value<T: OpenEnum>(value: T) -> Result<T> {
    value.validated()?;
    Ok(value)
}

/// Returns an error for a text that differs from a known value only in its case or separators.
pub(crate) fn reject_misspelled(text: &str, name: &str, known: &[&str]) -> Result<()> {
    if known.contains(&text) {
        return Ok(());
    }
    let wanted = letters(text);
    if known.iter().any(|value| letters(value) == wanted) {
        return Err(unknown(text, name, known));
    }
    Ok(())
}

/// Returns the most similar known value, if one is similar enough.
fn suggestion<'a>(text: &str, known: &[&'a str]) -> Option<&'a str> {
    let wanted = letters(text);
    let distances = known
        .iter()
        .map(|value| (distance(&wanted, &letters(value)), *value));
    let (distance, value) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= wanted.len().saturating_add(1) / 3).then_some(value)
}

/// Returns the letters and digits in lower case. Known values are ASCII, so the case of other letters does not matter; the
/// tables of Unicode would come into every program.
fn letters(text: &str) -> Vec<char> {
    text.chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || !letter.is_ascii())
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// Returns the Levenshtein distance: the number of letters to insert, remove or replace.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, left) in left.iter().enumerate() {
        let mut diagonal = index;
        let mut before = index.saturating_add(1);
        let mut next = vec![before];
        for (right, above) in right.iter().zip(row.iter().skip(1)) {
            let replaced = diagonal.saturating_add(usize::from(left != right));
            before = replaced.min(above.min(&before).saturating_add(1));
            next.push(before);
            diagonal = *above;
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// Defines an enum of known values, each with its text and further spellings of it.
macro_rules! open_enum {
    (
        $(#[$doc:meta])* $name:ident,
        $($(#[$variant_doc:meta])* $variant:ident = $text:literal $(| $alias:literal)*,)+
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A value that this version does not know.
            Unknown($crate::models::UnknownValue),
        }

        impl $name {
            /// The values that this version knows.
            pub(crate) const KNOWN: &[&str] = &[$($text),+];

            /// Returns the value as the service writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown(text) => text.as_str(),
                }
            }

            /// Parses a value that this version knows, in the spelling of the service. `From<&str>` accepts any text.
            ///
            /// # Errors
            /// `InvalidInput` for any other text; the message names the value that was probably meant.
            pub fn parse_known(text: &str) -> $crate::Result<Self> {
                match Self::from(text) {
                    Self::Unknown(_) => Err($crate::models::open_enum::unknown(text, stringify!($name), Self::KNOWN)),
                    known => Ok(known),
                }
            }
        }

        impl $crate::models::open_enum::OpenEnum for $name {
            const NAME: &str = stringify!($name);
            const KNOWN: &[&str] = Self::KNOWN;

            fn as_str(&self) -> &str {
                self.as_str()
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text $(| $alias)* => Self::$variant,)+
                    text => Self::Unknown($crate::models::UnknownValue::new(text)),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;

                impl serde::de::Visitor<'_> for Text {
                    type Value = $name;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        formatter.write_str("a text")
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        Ok($name::from(text))
                    }
                }

                deserializer.deserialize_str(Text)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::{distance, letters, suggestion};

    #[test]
    fn distances() {
        for (left, right, edits) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("decal", "Decal", 0),
            ("decl", "Decal", 1),
            ("kitten", "sitting", 3),
            ("MESH-PART", "MESH_PART", 0),
            ("D\u{e9}cal", "Decal", 1),
        ] {
            assert_eq!(
                distance(&letters(left), &letters(right)),
                edits,
                "{left} {right}"
            );
        }
    }

    #[test]
    fn suggestions() {
        let known = ["Image", "Decal", "Audio", "Model", ""];
        for (text, meant) in [
            ("decal", Some("Decal")),
            ("Decals", Some("Decal")),
            ("MODLE", Some("Model")),
            ("Hat", None),
            ("x", None),
        ] {
            assert_eq!(suggestion(text, &known), meant, "{text}");
        }
    }
}
