//! The handle for a campaign.

use crate::call::Call;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{self, CampaignId, CampaignUpdate};

const GET: Endpoint =
    Endpoint::get("/ads-management/v1/campaigns/{id}").scopes(&["ad.campaign:read"]);
const UPDATE: Endpoint =
    Endpoint::patch("/ads-management/v1/campaigns/{id}").scopes(&["ad.campaign:write"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET, &UPDATE];

/// A handle for a campaign. Created by [`Ads::campaign`](super::Ads::campaign).
///
/// ```no_run
/// # let client = rblx_open_cloud::Client::from_env()?;
/// use rblx_open_cloud::models::{CampaignState, CampaignUpdate};
///
/// let campaign = client.ads().campaign("1122334455");
/// campaign.update(CampaignUpdate::new().status(CampaignState::Paused))?;
/// println!("{:?}", campaign.get()?.delivery_status);
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct Campaign {
    pub(super) client: Client,
    pub(super) id: CampaignId,
}

impl Campaign {
    /// Returns the id of the campaign. Sends no request.
    #[must_use]
    pub fn id(&self) -> &CampaignId {
        &self.id
    }

    /// Returns the campaign.
    ///
    /// # Errors
    /// `NotFound` if it does not exist or belongs to somebody else.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/advertising#get_ads_management_v1_campaigns__id_) ·
    /// scope `ad.campaign:read` · 600 requests per minute · beta
    pub fn get(&self) -> Result<models::Campaign> {
        self.call(&GET).send()
    }

    /// Changes the campaign, and returns it. **`CampaignState::Cancelled` is final.**
    ///
    /// # Errors
    /// `InvalidInput` if nothing is set (before anything is sent); `BadRequest` if the service does not accept a value, such
    /// as a new start of a campaign that has started; `NotFound` if it does not exist or belongs to somebody else.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/advertising#patch_ads_management_v1_campaigns__id_) ·
    /// scope `ad.campaign:write` · 60 requests per minute · beta
    pub fn update(&self, update: CampaignUpdate) -> Result<models::Campaign> {
        self.call(&UPDATE).json_checked(update.validated()).send()
    }

    fn call(&self, endpoint: &'static Endpoint) -> Call {
        let call = self.client.call(endpoint);
        call.path_param_checked(self.id.validated())
    }
}
