//! Ids that are numbers.

/// Defines id types around the number that the service uses, with the segment before it in the path of a resource.
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident = $collection:literal,)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// Returns the number.
            #[must_use]
            pub const fn get(self) -> u64 {
                self.0
            }
        }

        // The only integer: a second one would make `client.user(156)` ambiguous.
        impl From<u64> for $name {
            fn from(id: u64) -> Self {
                Self(id)
            }
        }

        // Not the other direction: it would make `id == 156.into()` ambiguous.
        impl PartialEq<$name> for u64 {
            fn eq(&self, id: &$name) -> bool {
                *self == id.0
            }
        }

        impl $crate::models::serde_helpers::ResourceId for $name {
            const COLLECTION: &'static str = $collection;
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                *id
            }
        }

        impl From<$name> for u64 {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Error;

            fn from_str(text: &str) -> crate::Result<Self> {
                $crate::models::serde_helpers::parse_u64(text).map(Self).ok_or_else(|| {
                    crate::Error::invalid_input(format!(concat!("{:?} is not a valid ", stringify!($name), ": a number from 0 to {} is expected"), text, u64::MAX))
                })
            }
        }

        /// Writes a text of digits, which keeps every id exact in every language.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        /// Reads a number or a text of digits.
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::models::serde_helpers::integer(deserializer).map(Self)
            }
        }
    )* };
}
