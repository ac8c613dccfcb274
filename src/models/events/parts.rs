//! Parts of requests about events.

use std::num::NonZeroU8;

use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Iso8601;
use time::format_description::well_known::iso8601::{Config, EncodedConfig, TimePrecision};

use super::kinds::EventCategory;
use crate::error::Result;
use crate::models::AssetId;
use crate::models::open_enum::validated_value;
use crate::models::serde_helpers::timestamp::utc_text_in;

/// With three digits after the point, as the document of this service has them.
const MILLISECONDS: EncodedConfig = Config::DEFAULT
    .set_time_precision(TimePrecision::Second {
        decimal_digits: NonZeroU8::new(3),
    })
    .encode();

/// Returns a time as this service takes it, such as `2026-01-02T18:00:00.000Z`.
pub(super) fn time_text(time: OffsetDateTime) -> Result<String> {
    // The format rounds, so that the last nanosecond of a minute would be its second 60.
    let whole = time.replace_millisecond(time.millisecond());
    utc_text_in(&Iso8601::<MILLISECONDS>, whole.unwrap_or(time))
}

/// Returns categories with their ranks.
pub(super) fn ranked_categories(
    categories: impl IntoIterator<Item = EventCategory>,
) -> Result<Value> {
    let ranked = categories.into_iter().zip(0_u32..);
    ranked
        .map(|(category, rank)| Ok(json!({ "category": validated_value(category)?, "rank": rank })))
        .collect()
}

/// Returns thumbnails with their ranks.
pub(super) fn ranked_thumbnails<I: Into<AssetId>>(images: impl IntoIterator<Item = I>) -> Value {
    let ranked = images.into_iter().zip(0_u32..);
    ranked
        .map(|(image, rank)| json!({ "mediaId": image.into().get(), "rank": rank }))
        .collect()
}

#[cfg(test)]
mod tests {
    use time::{Duration, OffsetDateTime, UtcOffset};

    use super::time_text;

    #[test]
    fn times_have_three_digits_and_are_in_utc() {
        let start = OffsetDateTime::UNIX_EPOCH;
        let two_hours = UtcOffset::from_hms(2, 0, 0).unwrap_or(UtcOffset::UTC);
        for (time, text) in [
            (start, "1970-01-01T00:00:00.000Z"),
            (
                start + Duration::nanoseconds(59_999_999_999),
                "1970-01-01T00:00:59.999Z",
            ),
            (
                start + Duration::microseconds(5_040_900),
                "1970-01-01T00:00:05.040Z",
            ),
            (start.to_offset(two_hours), "1970-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(time_text(time).ok().as_deref(), Some(text));
        }
        let early = OffsetDateTime::UNIX_EPOCH - Duration::days(3_000 * 365);
        assert!(time_text(early).is_err());
    }
}
