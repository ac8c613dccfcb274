//! The result of operations that return nothing.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, Visitor};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// The result of an operation that returns nothing: it only says that the operation is done.
///
/// The service returns an empty object, or nothing at all.
///
/// ```
/// use rblx_open_cloud::models::Finished;
///
/// let done: Finished = serde_json::from_str(r#"{"@type": "type.googleapis.com/google.protobuf.Empty"}"#)?;
/// assert_eq!(done, Finished::default());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Finished {}

/// The name that `deserialize` passes to the deserializer, by which [`NoResult`] recognizes [`Finished`].
const NAME: &str = "rblx_open_cloud::Finished";

impl Serialize for Finished {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_struct("Finished", 0)?.end()
    }
}

impl<'de> Deserialize<'de> for Finished {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Anything;

        impl<'de> Visitor<'de> for Anything {
            type Value = Finished;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("the end of an operation")
            }

            fn visit_unit<E>(self) -> Result<Finished, E> {
                Ok(Finished {})
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<Finished, D::Error> {
                IgnoredAny::deserialize(deserializer).map(|_| Finished {})
            }
        }

        deserializer.deserialize_newtype_struct(NAME, Anything)
    }
}

/// A deserializer for an operation that has ended without a result: only [`Finished`] can be decoded from it.
pub(crate) struct NoResult;

impl<'de> Deserializer<'de> for NoResult {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom("there is no result"))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        if name == NAME {
            visitor.visit_unit()
        } else {
            self.deserialize_any(visitor)
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::{Deserialize, Finished, NoResult};

    #[test]
    fn only_finished_is_decoded_from_no_result() {
        assert_eq!(Finished::deserialize(NoResult), Ok(Finished {}));
        assert!(Option::<u8>::deserialize(NoResult).is_err());
        assert!(<()>::deserialize(NoResult).is_err());
        assert!(serde_json::Value::deserialize(NoResult).is_err());
    }

    #[test]
    fn it_is_read_from_anything_and_written_as_an_empty_object() {
        for text in ["{}", "null", "{\"@type\":\"x\",\"a\":[1]}"] {
            let value: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
            assert_eq!(serde_json::from_str(text).ok(), Some(Finished {}), "{text}");
            assert_eq!(
                Finished::deserialize(&value).ok(),
                Some(Finished {}),
                "{text}"
            );
        }
        assert_eq!(
            serde_json::to_string(&Finished {}).ok().as_deref(),
            Some("{}")
        );
    }
}
