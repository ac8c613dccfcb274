//! The handle for ads.

use super::Campaign;
use crate::client::Client;
use crate::endpoint::{Endpoint, UserContent};
use crate::error::{Error, Result};
use crate::http::idempotency_key;
use crate::models::{
    self, AdCreative, AdvertisableUniverses, BillingAccount, BillingAccountId, CampaignId,
    CampaignOptions, CampaignStatus, CampaignStatuses, NewCampaign, UniverseId, status_request,
};
use crate::paging::Items;

const UNIVERSES: Endpoint =
    Endpoint::get("/ads-management/v1/advertisable-universes").scopes(&["ad.campaign:read"]);
const OPTIONS: Endpoint =
    Endpoint::get("/ads-management/v1/campaign-options").scopes(&["ad.campaign:read"]);
const LIST_ACCOUNTS: Endpoint = Endpoint::get("/ads-management/v1/billing-accounts")
    .scopes(&["ad.billing:read"])
    .paginated("billingAccounts", 100);
const GET_ACCOUNT: Endpoint =
    Endpoint::get("/ads-management/v1/billing-accounts/{id}").scopes(&["ad.billing:read"]);
const LIST_CAMPAIGNS: Endpoint = Endpoint::get("/ads-management/v1/campaigns")
    .scopes(&["ad.campaign:read"])
    .paginated("campaigns", 100);
const LIST_CREATIVES: Endpoint = Endpoint::get("/ads-management/v1/creatives")
    .scopes(&["ad.campaign:read"])
    .paginated("creatives", 100);
/// The service recognizes a repeated request by its idempotency key.
const CREATE: Endpoint = Endpoint::post("/ads-management/v1/campaigns")
    .scopes(&["ad.campaign:write"])
    .idempotent()
    .conflict_causes("Another change of the account was under way at the same time");
const STATUSES: Endpoint = Endpoint::post("/ads-management/v1/campaigns:batchGetStatus")
    .scopes(&["ad.campaign:read"])
    .user_content(UserContent::None)
    .idempotent();

pub(super) const ENDPOINTS: &[&Endpoint] = &[
    &UNIVERSES,
    &OPTIONS,
    &LIST_ACCOUNTS,
    &GET_ACCOUNT,
    &LIST_CAMPAIGNS,
    &LIST_CREATIVES,
    &CREATE,
    &STATUSES,
];

const KEY_NAME: &str = "x-idempotency-key";

impl Client {
    /// Returns a handle for ads. Sends no request.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// for campaign in client.ads().list_campaigns() {
    ///     let campaign = campaign?;
    ///     println!("{:?}: {:?}", campaign.name, campaign.delivery_status);
    /// }
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn ads(&self) -> Ads {
        Ads {
            client: self.clone(),
        }
    }
}

/// A handle for the ads of the owner of the API key. Created by [`Client::ads`].
///
/// ```no_run
/// # let client = rblx_open_cloud::Client::from_env()?;
/// use rblx_open_cloud::models::{CampaignBudget, CampaignPayment, CampaignSchedule, MicroUsd, NewCampaign};
/// use rblx_open_cloud::time::{Duration, OffsetDateTime};
///
/// let schedule = CampaignSchedule::new(OffsetDateTime::now_utc() + Duration::days(1), 7);
/// let budget = CampaignBudget::daily(MicroUsd::dollars(5));
/// let campaign = NewCampaign::new("Winter", 13_058, [9_876_543_210], budget, schedule, CampaignPayment::AdsCredit);
/// let campaign = client.ads().create_campaign(campaign)?;
/// println!("campaign {:?} is {:?}", campaign.id, campaign.delivery_status);
/// # Ok::<(), rblx_open_cloud::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a handle sends nothing until a method is called"]
pub struct Ads {
    pub(super) client: Client,
}

impl Ads {
    /// Returns the experiences that can be advertised.
    ///
    /// # Errors
    /// `PermissionDenied` if the owner of the API key cannot manage ads. The list comes in one response and fails as a whole.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/advertising#get_ads_management_v1_advertisable_universes) ·
    /// scope `ad.campaign:read` · 600 requests per minute · beta
    pub fn universes(&self) -> Result<Vec<UniverseId>> {
        let response: AdvertisableUniverses = self.client.call(&UNIVERSES).send()?;
        Ok(response.into_ids())
    }

    /// Returns the options for campaigns and, if an experience is named, whether it can be advertised.
    ///
    /// # Errors
    /// `BadRequest` if the id is not that of an experience.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/advertising#get_ads_management_v1_campaign_options) ·
    /// scope `ad.campaign:read` · 600 requests per minute · beta
    pub fn options(&self, universe: Option<UniverseId>) -> Result<CampaignOptions> {
        let call = self.client.call(&OPTIONS);
        call.query_opt("universeId", universe).send()
    }

    /// Lists the billing accounts of the owner of the API key.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/advertising#get_ads_management_v1_billing_accounts) ·
    /// scope `ad.billing:read` · 600 requests per minute · up to 100 items per page · beta
    pub fn list_billing_accounts(&self) -> Items<BillingAccount> {
        self.client.call(&LIST_ACCOUNTS).list()
    }

    /// Returns a billing account.
    ///
    /// # Errors
    /// `NotFound` if it does not exist or belongs to somebody else.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/advertising#get_ads_management_v1_billing_accounts__id_) ·
    /// scope `ad.billing:read` · 600 requests per minute · beta
    pub fn billing_account(&self, id: impl Into<BillingAccountId>) -> Result<BillingAccount> {
        let id = id.into();
        let call = self.client.call(&GET_ACCOUNT);
        call.path_param_checked(id.validated()).send()
    }

    /// Lists the campaigns: active ones, then paused ones, then cancelled ones, the newest of each first.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/advertising#get_ads_management_v1_campaigns) ·
    /// scope `ad.campaign:read` · 600 requests per minute · up to 100 items per page · beta
    pub fn list_campaigns(&self) -> Items<models::Campaign> {
        self.client.call(&LIST_CAMPAIGNS).list()
    }

    /// Lists the images in the library: all, or only those that are archived or not.
    ///
    /// # Errors
    /// Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any
    /// other ends the list.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/advertising#get_ads_management_v1_creatives) ·
    /// scope `ad.campaign:read` · 600 requests per minute · up to 100 items per page · beta
    pub fn list_creatives(&self, archived: Option<bool>) -> Items<AdCreative> {
        let call = self.client.call(&LIST_CREATIVES);
        call.query_opt("isArchived", archived).list()
    }

    /// Creates a campaign, **which spends money** once it has been reviewed. Retries of one call create one campaign; a
    /// second call creates a second one.
    ///
    /// # Errors
    /// `InvalidInput` without an image, if it runs for more than 3,650 days, or if a value is spelled in the wrong case (before
    /// anything is sent); `BadRequest` if the budget is below the minimum, which the message names, or an image is not valid;
    /// `PermissionDenied` if the owner of the API key cannot manage the billing account, the experience cannot be advertised,
    /// or an image may not be used.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/advertising#post_ads_management_v1_campaigns) ·
    /// scope `ad.campaign:write` · 60 requests per minute · beta
    pub fn create_campaign(&self, campaign: NewCampaign) -> Result<models::Campaign> {
        let key = Ok(vec![(KEY_NAME, idempotency_key())]);
        let call = self.client.call(&CREATE).metadata(key);
        let created = call.json_checked(campaign.validated()).send();
        created.map_err(without_retry)
    }

    /// Returns a handle for a campaign. Sends no request.
    pub fn campaign(&self, id: impl Into<CampaignId>) -> Campaign {
        Campaign {
            client: self.client.clone(),
            id: id.into(),
        }
    }

    /// Returns the statuses of up to 100 campaigns. Fails if one of them does not exist;
    /// [`each_status`](Self::each_status) returns the others.
    ///
    /// # Errors
    /// `NotFound` if campaigns do not exist or belong to somebody else: the message names them. It fails as a whole if one
    /// campaign has no status. `InvalidInput` without an id, or with more than 100 (before anything is sent).
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/advertising#post_ads_management_v1_campaigns_batchGetStatus) ·
    /// scope `ad.campaign:read` · 1,000 requests per minute · beta
    pub fn statuses<I: Into<CampaignId>>(
        &self,
        campaigns: impl IntoIterator<Item = I>,
    ) -> Result<Vec<CampaignStatus>> {
        self.each_status(campaigns)?.into_result()
    }

    /// Returns the statuses of up to 100 campaigns, and those that were not found.
    ///
    /// # Errors
    /// `InvalidInput` without an id, or with more than 100 (before anything is sent). A campaign that was not found is part
    /// of the result, not an error.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/advertising#post_ads_management_v1_campaigns_batchGetStatus) ·
    /// scope `ad.campaign:read` · 1,000 requests per minute · beta
    pub fn each_status<I: Into<CampaignId>>(
        &self,
        campaigns: impl IntoIterator<Item = I>,
    ) -> Result<CampaignStatuses> {
        let campaigns: Vec<CampaignId> = campaigns.into_iter().map(Into::into).collect();
        let call = self.client.call(&STATUSES);
        let statuses: CampaignStatuses = call.json_checked(status_request(&campaigns)).send()?;
        Ok(statuses.completed(&campaigns))
    }
}

/// Marks an error as one after which the call must not be repeated: another call has another idempotency key.
fn without_retry(error: Error) -> Error {
    error.map(|inner| inner.is_idempotent = false)
}
