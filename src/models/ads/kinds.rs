//! The kinds of values of campaigns.

open_enum! {
    /// The goal of a campaign.
    CampaignObjective,
    /// Visits of the experience.
    Engagement = "ENGAGEMENT",
}

open_enum! {
    /// The payment method of a campaign.
    CampaignPayment,
    /// By credit card.
    CreditCard = "CREDIT_CARD",
    /// With ads credit.
    AdsCredit = "ADS_CREDIT",
    /// By invoice.
    Invoice = "INVOICE",
}

open_enum! {
    /// The state of a campaign that its owner sets.
    CampaignState,
    /// It runs.
    Active = "ACTIVE",
    /// It is paused.
    Paused = "PAUSED",
    /// It is cancelled, **which is final**.
    Cancelled = "CANCELLED",
}

open_enum! {
    /// Whether a campaign is shown, as the service determines it.
    DeliveryStatus,
    /// It is shown.
    Serving = "SERVING",
    /// It is being reviewed.
    InReview = "IN_REVIEW",
    /// It is not shown.
    NotServing = "NOT_SERVING",
    /// It was rejected.
    Rejected = "REJECTED",
}

open_enum! {
    /// A reason for a delivery status.
    DeliveryReason,
    /// It has not started yet.
    Scheduled = "SCHEDULED",
    /// The service paused it.
    AutoPaused = "AUTO_PAUSED",
    /// It is paused.
    Paused = "PAUSED",
    /// It is not active.
    Inactive = "INACTIVE",
    /// It has reached its end.
    Completed = "COMPLETED",
    /// Its time is over.
    Expired = "EXPIRED",
    /// It is cancelled.
    Cancelled = "CANCELLED",
    /// It was moderated.
    Moderated = "MODERATED",
    /// It promises content that the experience does not have.
    ClickBait = "CLICK_BAIT",
    /// The experience is filtered.
    GameFiltered = "GAME_FILTERED",
    /// The experience is private.
    Private = "PRIVATE",
    /// The place cannot be joined by everyone.
    PlaceJoinRestricted = "PLACE_JOIN_RESTRICTED",
    /// It is shown, and the service is still learning which users to show it to.
    Learning = "LEARNING",
}

open_enum! {
    /// The time that a budget is for. It is fixed when the campaign is created.
    BudgetType,
    /// Each day.
    Daily = "DAILY",
    /// The whole campaign.
    Lifetime = "LIFETIME",
}

open_enum! {
    /// The bid strategy of a campaign.
    BidStrategy,
    /// The service decides.
    Automated = "AUTOMATED",
}

open_enum! {
    /// An age group to show a campaign to.
    AdAgeGroup,
    /// 13 to 17 years.
    From13To17 = "AGE_13_17",
    /// 18 to 24 years.
    From18To24 = "AGE_18_24",
    /// 25 years and above.
    From25 = "AGE_25_PLUS",
}

open_enum! {
    /// A kind of device to show a campaign on.
    AdDevice,
    /// Phones.
    Phone = "PHONE",
    /// Tablets.
    Tablet = "TABLET",
    /// Desktop computers.
    Desktop = "DESKTOP",
    /// Consoles.
    Console = "CONSOLE",
}
