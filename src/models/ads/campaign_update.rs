//! Updates of campaigns.

use time::OffsetDateTime;

use super::MicroUsd;
use super::kinds::CampaignState;
use crate::error::{Error, Result};
use crate::models::open_enum::validated_value;
use crate::models::serde_helpers::timestamp::utc_text;

/// Maximum time that a campaign runs, in days.
const MAX_DAYS: u64 = 3650;

change! {
    /// An update of a campaign. Only the fields that are set change. Other fields of a campaign cannot be changed.
    ///
    /// ```
    /// use rblx_open_cloud::models::{CampaignState, CampaignUpdate, MicroUsd};
    ///
    /// let pause = CampaignUpdate::new().status(CampaignState::Paused);
    /// let raise = CampaignUpdate::new().budget(MicroUsd::dollars(10));
    /// ```
    #[derive(Debug, Clone, PartialEq, Eq)]
    CampaignUpdate: "the update of a campaign",
    /// Sets the name.
    name = "name": into String,
    /// Pauses, resumes or cancels the campaign. **`CampaignState::Cancelled` is final**: it never runs again.
    status = "status": check CampaignState => validated_value,
    /// Sets the amount of the budget. A lower one becomes valid at the next midnight of the account's time zone.
    budget = "budget.amountMicros": MicroUsd,
    /// Sets the start. Only before the campaign has started.
    start = "schedule.startTime": check OffsetDateTime => utc_text,
    /// Sets the number of days, up to 3,650. Only before the campaign has started.
    days = "schedule.durationInDays": check u64 => valid_days,
}

/// Returns the number of days, or an error for one that the service does not accept.
pub(super) fn valid_days(days: u64) -> Result<u64> {
    if !(1..=MAX_DAYS).contains(&days) {
        let why = format!("a campaign runs for 1 to {MAX_DAYS} days, not {days}");
        return Err(Error::invalid_input(why));
    }
    Ok(days)
}
