//! Ids of ads.

text_id! {
    /// Identifies a campaign.
    CampaignId,
    /// Identifies an account that pays for campaigns.
    BillingAccountId,
    /// Identifies an entry in the library of creatives. It is not the id of the asset.
    AdCreativeId,
}
