//! Ids that are texts.

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
                let what = concat!("the ", stringify!($name));
                $crate::models::names::validated_name(what, &self.0, text_id!(@max $($max)?))
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
    (@max) => { usize::MAX };
    (@max $max:literal) => { $max };
}

#[cfg(test)]
#[allow(dead_code, unreachable_pub, reason = "the macro makes a public type")]
mod tests {
    text_id! {
        /// An id of up to five characters.
        ShortId max 5,
    }

    #[test]
    fn lengths_count_in_characters() {
        for text in ["a", "äöüßé", "🎩🎩🎩🎩🎩"] {
            assert_eq!(ShortId::from(text).validated().ok(), Some(text));
        }
        for (text, why) in [
            ("", "the ShortId cannot be empty"),
            ("..", "the ShortId cannot be \"..\""),
            (
                "äöüßéx",
                "the ShortId has at most 5 characters, not 6: \"äöüßéx\"",
            ),
        ] {
            let error = ShortId::from(text).validated().err();
            assert!(error.is_some_and(|error| error.to_string().contains(why)));
        }
    }
}
