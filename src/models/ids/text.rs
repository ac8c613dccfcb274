//! Ids that are texts.

use crate::error::{Error, Result};

/// Returns the text of an id for a request, with at most `max` characters. `name` is that of its type.
pub(crate) fn validated<'a>(name: &str, id: &'a str, max: Option<usize>) -> Result<&'a str> {
    let length = id.chars().count();
    let why = match max {
        _ if id.is_empty() => "cannot be empty".to_owned(),
        // Some servers interpret it as a path segment, even if it is encoded.
        _ if matches!(id, "." | "..") => "cannot be `.` or `..`".to_owned(),
        Some(max) if length > max => {
            format!("has at most {max} characters, not {length}: {id:?}")
        }
        _ => return Ok(id),
    };
    let name = super::with_article(name);
    Err(Error::invalid_input(format!("{name} {why}")))
}

/// Defines id types around the text that the service uses, with an optional maximum length in characters.
macro_rules! text_id {
    ($($(#[$doc:meta])* $name:ident $(max $max:literal)?,)*) => { $(
        $(#[$doc])*
        #[derive(
            Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(Box<str>);

        impl $name {
            /// Returns the text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Returns the text for a request. An empty one would name the list instead of the resource.
            #[allow(dead_code, reason = "not every kind of id is sent")]
            pub(crate) fn validated(&self) -> crate::Result<&str> {
                let max: &[usize] = &[$($max)?];
                crate::models::ids::validated_text(stringify!($name), &self.0, max.first().copied())
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.into())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id.into())
            }
        }

        impl From<&String> for $name {
            fn from(id: &String) -> Self {
                Self(id.as_str().into())
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(&self.0)
            }
        }
    )* };
}

#[cfg(test)]
#[allow(dead_code, unreachable_pub, reason = "the macro makes a public type")]
mod tests {
    text_id! {
        /// An id of up to five characters.
        ShortId max 5,
        /// An id whose name begins with a vowel.
        OtherId,
        /// An id whose name begins like "you".
        UserTextId,
    }

    #[test]
    fn errors_have_the_right_article() {
        for (error, start) in [
            (OtherId::from("").validated().err(), "an OtherId cannot"),
            (OtherId::from("..").validated().err(), "an OtherId cannot"),
            (
                UserTextId::from("").validated().err(),
                "a UserTextId cannot",
            ),
        ] {
            assert!(error.is_some_and(|error| error.to_string().contains(start)));
        }
    }

    #[test]
    fn lengths_count_in_characters() {
        for text in ["a", "äöüßé", "🎩🎩🎩🎩🎩"] {
            assert_eq!(ShortId::from(text).validated().ok(), Some(text));
        }
        for (text, why) in [
            ("", "a ShortId cannot be empty"),
            ("..", "a ShortId cannot be `.` or `..`"),
            (
                "äöüßéx",
                "a ShortId has at most 5 characters, not 6: \"äöüßéx\"",
            ),
        ] {
            let error = ShortId::from(text).validated().err();
            assert!(error.is_some_and(|error| error.to_string().contains(why)));
        }
    }
}
