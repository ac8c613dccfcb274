//! Reads JSON texts into models. Rejects lists in place of objects, which serde would accept.
//!
//! A derived `Deserialize` accepts an object, and also a list of the object's values. The service never sends such a
//! list, so it is an error here; and the code that reads it is not compiled for each model.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess,
    SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Value};

/// Parses a text that consists of one value.
pub(crate) fn from_str<'de, T: Deserialize<'de>>(text: &'de str) -> serde_json::Result<T> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(Json(&mut deserializer))?;
    deserializer.end()?;
    Ok(value)
}

/// A place for the value that a text is decoded to. Code that sees no more of it is compiled once for all types.
pub(crate) trait Slot {
    fn fill(&mut self, text: &str) -> serde_json::Result<()>;
}

impl<T: DeserializeOwned> Slot for Option<T> {
    fn fill(&mut self, text: &str) -> serde_json::Result<()> {
        *self = Some(from_str(text)?);
        Ok(())
    }
}

/// Adds a field to an object that lacks it, or has null in its place. An object that has it stays the same text.
pub(crate) fn with_field<'a>(
    object: &'a str,
    name: &str,
    value: &str,
) -> serde_json::Result<Cow<'a, str>> {
    let mut fields: Map<String, Value> = serde_json::from_str(object)?;
    if fields.get(name).is_some_and(|field| !field.is_null()) {
        return Ok(Cow::Borrowed(object));
    }
    fields.insert(name.to_owned(), value.into());
    Ok(Cow::Owned(Value::Object(fields).to_string()))
}

/// Returns the text of a JSON text or number.
pub(crate) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A deserializer that reads a struct from an object only. The wrappers below hand it on to nested values.
pub(crate) struct Json<D>(pub(crate) D);

macro_rules! forward {
    ($($name:ident)*) => {
        $(fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.0.$name(visitor)
        })*
    };
    (nested: $($name:ident($($argument:ident: $type:ty),*))*) => {
        $(fn $name<V: Visitor<'de>>(
            self, $($argument: $type,)* visitor: V
        ) -> Result<V::Value, D::Error> {
            self.0.$name($($argument,)* Nested(visitor))
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Json<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Nested(visitor))
    }

    forward! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
        deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_unit deserialize_identifier deserialize_ignored_any
    }

    forward! {
        nested:
        deserialize_any()
        deserialize_option()
        deserialize_seq()
        deserialize_map()
        deserialize_unit_struct(name: &'static str)
        deserialize_newtype_struct(name: &'static str)
        deserialize_tuple(len: usize)
        deserialize_tuple_struct(name: &'static str, len: usize)
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

/// A visitor, a seed, or the access to a map, a list or an enum.
struct Nested<T>(T);

macro_rules! visit {
    ($($name:ident($type:ty))*) => {
        $(fn $name<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.0.$name(value)
        })*
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Nested<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(formatter)
    }

    visit! {
        visit_bool(bool) visit_i64(i64) visit_i128(i128) visit_u64(u64) visit_u128(u128) visit_f64(f64)
        visit_str(&str) visit_borrowed_str(&'de str) visit_string(String)
        visit_bytes(&[u8]) visit_borrowed_bytes(&'de [u8]) visit_byte_buf(Vec<u8>)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Json(deserializer))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Json(deserializer))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Nested(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Nested(map))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<V::Value, A::Error> {
        self.0.visit_enum(Nested(data))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Nested<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Json(deserializer))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Nested<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(Nested(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Nested<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(Nested(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Nested<A> {
    type Error = A::Error;
    type Variant = Nested<A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), A::Error> {
        let (value, variant) = self.0.variant_seed(seed)?;
        Ok((value, Nested(variant)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Nested<A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.0.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.0.newtype_variant_seed(Nested(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.0.tuple_variant(len, Nested(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.0.struct_variant(fields, Nested(visitor))
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use serde::Deserialize;
    use serde_json::value::RawValue;

    use super::from_str;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Pair {
        left: u8,
        right: Option<Box<Pair>>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Bare,
        One(Pair),
        Two(u8, Pair),
        Named { pair: Pair },
    }

    fn pair(left: u8) -> Pair {
        Pair { left, right: None }
    }

    #[test]
    fn objects_are_read_from_objects_only() {
        let nested = Pair {
            left: 1,
            right: Some(Box::new(pair(2))),
        };
        let text = r#"{"left":1,"right":{"left":2}}"#;
        assert_eq!(from_str::<Pair>(text).ok(), Some(nested));
        for list in ["[1,null]", r#"{"left":1,"right":[2,null]}"#, "[[1,null]]"] {
            assert!(from_str::<Pair>(list).is_err(), "{list}");
            assert!(from_str::<Vec<Pair>>(list).is_err(), "{list}");
        }
        let error = from_str::<Pair>("[1,null]").map_err(|error| error.to_string());
        let message = "invalid type: sequence, expected struct Pair at line 1 column 0";
        assert_eq!(error, Err(message.to_owned()));
        let rest = from_str::<Pair>(r#"{"left":1} x"#).map_err(|error| error.to_string());
        assert!(rest.is_err_and(|error| error.starts_with("trailing characters")));
    }

    #[test]
    fn everything_else_is_read_as_usual() {
        let kinds =
            r#"["bare",{"one":{"left":1}},{"two":[2,{"left":3}]},{"named":{"pair":{"left":4}}}]"#;
        let read = from_str::<Vec<Kind>>(kinds).unwrap_or_default();
        let expected = [
            Kind::Bare,
            Kind::One(pair(1)),
            Kind::Two(2, pair(3)),
            Kind::Named { pair: pair(4) },
        ];
        assert_eq!(read, expected);
        let raw = from_str::<Vec<Box<RawValue>>>("[1.10, {\"a\": 1}]").unwrap_or_default();
        let texts: Vec<&str> = raw.iter().map(|value| value.get()).collect();
        assert_eq!(texts, ["1.10", "{\"a\": 1}"]);
        let value = from_str::<serde_json::Value>("[null,true,-1,1.5,\"\\n\",{\"a\":[]}]").ok();
        let plain = serde_json::from_str("[null,true,-1,1.5,\"\\n\",{\"a\":[]}]").ok();
        assert_eq!(value, plain);
        let borrowed = from_str::<&str>("\"text\"").ok();
        assert_eq!(borrowed, Some("text"));
        let tuple = from_str::<(u8, Cow<'_, str>, char, Option<()>)>("[1,\"b\",\"c\",null]").ok();
        assert_eq!(tuple, Some((1, Cow::Borrowed("b"), 'c', None)));
    }
}
