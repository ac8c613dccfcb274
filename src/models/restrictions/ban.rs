//! Bans to impose.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::models::limits::validate_length;
use crate::models::serde_helpers::duration;

/// Maximum length of the reason that the user sees, in characters.
const MAX_DISPLAY_REASON_LENGTH: usize = 400;
/// Maximum length of the reason that the user does not see, in characters.
const MAX_PRIVATE_REASON_LENGTH: usize = 1000;
/// Maximum length of a temporary ban, in seconds.
const MAX_SECONDS: u64 = 315_576_000_000;
const SECONDS_PER_DAY: u64 = 24 * 60 * 60;

/// A ban from a universe or a place.
///
/// Unless [`exclude_alt_accounts`](Self::exclude_alt_accounts) is set, the service also bans accounts that probably belong
/// to the same person.
///
/// ```
/// use rblx_open_cloud::models::Ban;
///
/// let temporary = Ban::for_days(2).display_reason("Spamming in the chat").private_reason("Third report this week");
/// let permanent = Ban::permanent().exclude_alt_accounts();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Ban {
    /// `None` for a permanent ban.
    duration: Option<Duration>,
    display_reason: Option<String>,
    private_reason: Option<String>,
    exclude_alt_accounts: bool,
}

impl Ban {
    /// Creates a ban without an end.
    pub fn permanent() -> Self {
        Self {
            duration: None,
            display_reason: None,
            private_reason: None,
            exclude_alt_accounts: false,
        }
    }

    /// Creates a ban of 1 to 3,652,500 days.
    pub fn for_days(days: u32) -> Self {
        Self::for_duration(Duration::from_secs(
            SECONDS_PER_DAY.saturating_mul(days.into()),
        ))
    }

    /// Creates a ban of 1 to 315,576,000,000 seconds. The service accepts whole seconds only.
    pub fn for_duration(duration: Duration) -> Self {
        Self {
            duration: Some(duration),
            ..Self::permanent()
        }
    }

    /// Sets the reason that the user sees, in up to 400 characters.
    pub fn display_reason(mut self, reason: impl Into<String>) -> Self {
        self.display_reason = Some(reason.into());
        self
    }

    /// Sets the reason that only moderators see, in up to 1000 characters.
    pub fn private_reason(mut self, reason: impl Into<String>) -> Self {
        self.private_reason = Some(reason.into());
        self
    }

    /// Keeps the ban to this account. By default other accounts of the same person are banned, too.
    pub fn exclude_alt_accounts(mut self) -> Self {
        self.exclude_alt_accounts = true;
        self
    }

    /// Returns the restriction as the service accepts it.
    pub(crate) fn body(&self) -> Result<Value> {
        let mut body = Map::new();
        body.insert("active".to_owned(), true.into());
        if let Some(duration) = self.duration {
            body.insert("duration".to_owned(), duration_text(duration)?.into());
        }
        for (name, text, max) in [
            (
                "privateReason",
                &self.private_reason,
                MAX_PRIVATE_REASON_LENGTH,
            ),
            (
                "displayReason",
                &self.display_reason,
                MAX_DISPLAY_REASON_LENGTH,
            ),
        ] {
            if let Some(text) = text {
                validate_length(&format!("the {name} of a ban"), text, max)?;
                body.insert(name.to_owned(), text.as_str().into());
            }
        }
        body.insert(
            "excludeAltAccounts".to_owned(),
            self.exclude_alt_accounts.into(),
        );
        Ok(body.into())
    }
}

fn duration_text(duration: Duration) -> Result<String> {
    let is_whole = duration.subsec_nanos() == 0;
    if !is_whole || !(1..=MAX_SECONDS).contains(&duration.as_secs()) {
        return Err(Error::invalid_input(format!(
            "a ban takes 1 to {MAX_SECONDS} whole seconds, not {duration:?}"
        )));
    }
    Ok(duration::to_text(duration))
}
