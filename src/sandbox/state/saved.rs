//! Serialization of parts of the state for which serde's default form is not suitable.

use time::OffsetDateTime;

/// The default for absent times: 2020-01-01.
pub(crate) fn default_time() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_577_836_800).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// Content of files, as URL-safe base64.
pub(crate) mod content {
    use std::borrow::Cow;
    use std::sync::Arc;

    use serde::de::{Deserialize, Deserializer, Error as _};
    use serde::ser::Serializer;

    use crate::sandbox::base64url::{decode, encode};

    pub(crate) fn serialize<S: Serializer>(
        content: &Arc<Vec<u8>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encode(content))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Arc<Vec<u8>>, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let content = decode(&text).ok_or_else(|| D::Error::custom("content is not base64"))?;
        Ok(Arc::new(content))
    }
}

/// Bytes, as URL-safe base64.
pub(crate) mod bytes {
    use std::sync::Arc;

    use serde::de::Deserializer;
    use serde::ser::Serializer;

    use crate::sandbox::base64url::encode;

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encode(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        super::content::deserialize(deserializer).map(Arc::unwrap_or_clone)
    }
}

/// Contents by number.
pub(crate) mod contents {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    struct Content(#[serde(with = "super::content")] Arc<Vec<u8>>);

    pub(crate) fn serialize<S: Serializer>(
        contents: &BTreeMap<u64, Arc<Vec<u8>>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let contents = contents.iter();
        serializer
            .collect_map(contents.map(|(number, content)| (number, Content(Arc::clone(content)))))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<u64, Arc<Vec<u8>>>, D::Error> {
        let contents = BTreeMap::<u64, Content>::deserialize(deserializer)?;
        Ok(contents
            .into_iter()
            .map(|(number, Content(content))| (number, content))
            .collect())
    }
}

/// Times by two ids.
pub(crate) mod times {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use time::OffsetDateTime;

    type Times = BTreeMap<u64, BTreeMap<u64, OffsetDateTime>>;

    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    struct Time(#[serde(with = "time::serde::rfc3339")] OffsetDateTime);

    pub(crate) fn serialize<S: Serializer>(
        times: &Times,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let times = times.iter().map(|(id, times)| {
            let times: BTreeMap<_, _> = times.iter().map(|(id, time)| (id, Time(*time))).collect();
            (id, times)
        });
        serializer.collect_map(times)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Times, D::Error> {
        let times = BTreeMap::<u64, BTreeMap<u64, Time>>::deserialize(deserializer)?;
        let times = times.into_iter();
        Ok(times
            .map(|(id, times)| {
                (
                    id,
                    times.into_iter().map(|(id, time)| (id, time.0)).collect(),
                )
            })
            .collect())
    }
}

/// JSON text: as a value where that loses nothing, else as `{"$json": "the text"}`.
pub(crate) mod json_text {
    use serde::de::{Deserialize, Deserializer};
    use serde::ser::{Serialize, Serializer};
    use serde_json::{Value, json};

    use crate::models::RawJson;

    pub(super) const TEXT: &str = "$json";

    pub(super) fn to_value(raw: &RawJson) -> Value {
        let value = serde_json::from_str::<Value>(raw.as_str());
        let same =
            |value: &Value| serde_json::to_string(value).is_ok_and(|text| text == raw.as_str());
        let value = value.ok().filter(same);
        value.unwrap_or_else(|| json!({ TEXT: raw.as_str() }))
    }

    pub(super) fn from_value<E: serde::de::Error>(value: Value) -> Result<RawJson, E> {
        match value.get(TEXT).and_then(Value::as_str) {
            Some(text) => RawJson::from_text(text).map_err(E::custom),
            None => Ok(RawJson::from(value)),
        }
    }

    pub(crate) fn serialize<S: Serializer>(
        raw: &RawJson,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        to_value(raw).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<RawJson, D::Error> {
        from_value(Value::deserialize(deserializer)?)
    }
}

/// JSON text that may be absent.
pub(crate) mod json_text_option {
    use serde::de::{Deserialize, Deserializer};
    use serde::ser::{Serialize, Serializer};
    use serde_json::Value;

    use super::json_text::{from_value, to_value};
    use crate::models::RawJson;

    #[allow(clippy::ref_option, reason = "serde passes the field")]
    pub(crate) fn serialize<S: Serializer>(
        raw: &Option<RawJson>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        raw.as_ref().map(to_value).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<RawJson>, D::Error> {
        let value = Option::<Value>::deserialize(deserializer)?;
        value.map(from_value).transpose()
    }
}

/// Maps whose keys are not texts, as lists of pairs.
pub(crate) mod pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<K: Serialize, V: Serialize, S: Serializer>(
        map: &BTreeMap<K, V>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(map)
    }

    pub(crate) fn deserialize<'de, K, V, D>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
    where
        K: Deserialize<'de> + Ord,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Ok(Vec::<(K, V)>::deserialize(deserializer)?
            .into_iter()
            .collect())
    }
}
