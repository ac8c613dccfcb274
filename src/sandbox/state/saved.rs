//! How parts of the state that are not JSON by themselves are saved.

use time::OffsetDateTime;

/// The time of what is loaded without one: 2020-01-01.
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

/// Maps whose keys are no texts, as lists of pairs.
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
