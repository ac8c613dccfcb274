//! Updates of campaigns.

use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

use super::MicroUsd;
use super::kinds::CampaignState;
use crate::models::open_enum::reject_misspelled;

/// The longest time that a campaign can run, in days.
const MAX_DAYS: u64 = 3650;

change! {
    /// An update of a campaign. Only the fields that are set change; the service accepts no others.
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
    status = "status": check CampaignState => settable,
    /// Sets the amount of the budget. A lower one becomes valid at the next midnight of the account's time zone.
    budget = "budget.amountMicros": MicroUsd,
    /// Sets the start. Only before the campaign has started.
    start = "schedule.startTime": check OffsetDateTime => time_text,
    /// Sets the number of days, up to 3,650. Only before the campaign has started.
    days = "schedule.durationInDays": check u64 => valid_days,
}

/// Returns the number of days, or the reason for rejecting it.
pub(super) fn valid_days(days: u64) -> Result<u64, String> {
    if !(1..=MAX_DAYS).contains(&days) {
        return Err(format!(
            "a campaign runs for 1 to {MAX_DAYS} days, not {days}"
        ));
    }
    Ok(days)
}

fn time_text(time: OffsetDateTime) -> Result<String, String> {
    let utc = time.checked_to_offset(UtcOffset::UTC);
    let text = utc.and_then(|utc| utc.format(&Rfc3339).ok());
    text.ok_or_else(|| format!("the time {time} cannot be written"))
}

fn settable(state: CampaignState) -> Result<CampaignState, String> {
    match reject_misspelled(state.as_str(), "CampaignState", CampaignState::KNOWN) {
        Ok(()) => Ok(state),
        Err(error) => Err(error.message().to_owned()),
    }
}
