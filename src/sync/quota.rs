//! The quota of audio uploads. It is requested once, before the first upload.

use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::models::{AssetQuotaFilter, AssetType, Creator};

/// The rest of the quota.
#[derive(Debug, Default)]
pub(super) enum AudioQuota {
    #[default]
    NotRequested,
    /// The service reports no quota.
    Unknown,
    Left {
        left: u64,
        description: String,
    },
}

impl AudioQuota {
    /// Takes one upload of the quota.
    pub(super) fn take(&mut self, client: &Client, creator: Creator) -> Result<()> {
        if matches!(self, Self::NotRequested) {
            *self = Self::request(client, creator);
        }
        let Self::Left { left, description } = self else {
            return Ok(());
        };
        match left.checked_sub(1) {
            Some(rest) => {
                *left = rest;
                Ok(())
            }
            None => Err(Error::new(
                ErrorKind::RateLimited,
                format!("the quota of audio uploads is used up: {description}; it was not sent"),
            )),
        }
    }

    /// Gives an unused upload back.
    pub(super) fn give_back(&mut self) {
        if let Self::Left { left, .. } = self {
            *left = left.saturating_add(1);
        }
    }

    fn request(client: &Client, creator: Creator) -> Self {
        // The service reports quotas only for users. For groups it decides itself.
        let Creator::User(user) = creator else {
            return Self::Unknown;
        };
        let filter = AssetQuotaFilter::all()
            .uploads()
            .asset_type(AssetType::Audio);
        let quotas = client.user(user).list_asset_quotas(filter).flatten();
        let strictest = quotas
            .filter_map(|quota| Some((quota.capacity?.saturating_sub(quota.usage?), quota)))
            .min_by_key(|(left, _)| *left);
        let Some((left, quota)) = strictest else {
            return Self::Unknown;
        };
        let reset = quota
            .usage_reset_time
            .map(|time| format!(", the next period starts on {}", time.date()));
        Self::Left {
            left,
            description: format!(
                "{} of {} are used{}",
                quota.usage.unwrap_or_default(),
                quota.capacity.unwrap_or_default(),
                reset.unwrap_or_default()
            ),
        }
    }
}
