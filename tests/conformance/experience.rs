//! Every call about metrics, events, Team Create and ads, with every parameter.

#[cfg(feature = "ads")]
use rblx_open_cloud::models::{
    AdAgeGroup, AdDevice, CampaignBudget, CampaignPayment, CampaignSchedule, CampaignState,
    CampaignTargeting, CampaignUpdate, MicroUsd, NewCampaign,
};
#[cfg(feature = "analytics")]
use rblx_open_cloud::models::{
    DimensionQuery, DimensionValues, FilterOperation, Granularity, MetricQuery, MetricSeries,
};
use rblx_open_cloud::models::{
    EventAudience, EventCategory, EventFeaturing, EventField, EventFilter, EventUpdate,
    EventVisibility, NewEvent,
};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{Client, Result};
use time::{Duration, OffsetDateTime};

use crate::universes::{accepted, some};

const JOB: &str = "5d8f0a6e-0000-4000-8000-000000000001";

fn new_event(start: OffsetDateTime) -> NewEvent {
    NewEvent::new("t", "s", start, start + Duration::hours(1))
        .description("d")
        .visibility(EventVisibility::Public)
        .group(7)
        .place(91)
        .categories([EventCategory::Quest, EventCategory::Festival])
        .thumbnails([11, 12])
        .recurrence("0 18 * * 6")
        .recurs_until(start)
        .audience(EventAudience::Rsvp)
        .featuring(EventFeaturing::Enabled)
        .tagline("l")
}

fn event_update(start: OffsetDateTime) -> EventUpdate {
    EventUpdate::new()
        .title("t")
        .subtitle("s")
        .description("d")
        .start(start)
        .end(start + Duration::hours(1))
        .visibility(EventVisibility::Private)
        .place(91)
        .categories([EventCategory::NewMap])
        .thumbnails([11])
        .recurrence("0 18 * * 6")
        .recurs_until(start)
        .audience(EventAudience::All)
        .featuring(EventFeaturing::Disabled)
        .tagline("l")
}

pub(crate) fn call(client: &Client) {
    let universe = client.universe(123);
    let time = OffsetDateTime::UNIX_EPOCH;
    let filter = EventFilter::all()
        .starts_before(time)
        .starts_after(time)
        .ends_before(time)
        .visibility(EventVisibility::Moderated)
        .fields([EventField::Title, EventField::DisplayTitle]);
    some(universe.list_events(EventFilter::upcoming()));
    some(universe.list_events(filter));
    accepted(universe.create_event(new_event(time)));
    // The validators do not accept larger integers.
    let event = client.event(9_007_199_254_740_991);
    accepted(event.get());
    accepted(event.get_with([EventField::Config, EventField::Host]));
    accepted(event.update(event_update(time)));
    accepted(event.delete());

    let place = universe.place(456);
    accepted(universe.activate());
    accepted(universe.deactivate());
    accepted(universe.my_permissions());
    accepted(client.universe_permissions([1, 2]));
    accepted(client.manageable_groups());
    accepted(universe.team_create().is_enabled());
    accepted(universe.team_create().set_enabled(true));
    accepted(universe.team_create().remove_member(156));
    accepted(client.team_create_settings([1, 2]));
    let members = place.list_team_create_members().page_size(25);
    members.limit(2).for_each(accepted);
    accepted(place.close_team_test(JOB));

    #[cfg(feature = "analytics")]
    analytics(client);
    #[cfg(feature = "ads")]
    ads(client);
}

#[cfg(feature = "analytics")]
fn analytics(client: &Client) {
    let universe = client.universe(123);
    let start = OffsetDateTime::UNIX_EPOCH;
    let end = start + Duration::days(7);
    let query = MetricQuery::new("m", Granularity::None, start, end)
        .break_down_by(["Country", "Platform"])
        .filter("Platform", FilterOperation::In, ["Phone"])
        .limit(5);
    accepted(universe.query_metric(query));
    let query = DimensionQuery::new("m", ["Country"], start, end)
        .filter("Platform", FilterOperation::GreaterThanOrEqual, ["1"])
        .granularity(Granularity::OneWeek)
        .limit(5);
    accepted(universe.dimension_values(query));
    let path = |kind| format!("v1/universes/123/operations/{kind}/abc");
    accepted(client.operation::<MetricSeries>(path("metrics")).poll());
    let mut values = client.operation::<DimensionValues>(path("dimension-values"));
    accepted(values.poll());
}

#[cfg(feature = "ads")]
fn ads(client: &Client) {
    let ads = client.ads();
    accepted(ads.universes());
    accepted(ads.options(None));
    accepted(ads.options(Some(123.into())));
    some(ads.list_billing_accounts());
    accepted(ads.billing_account("1"));
    some(ads.list_campaigns());
    some(ads.list_creatives(None));
    some(ads.list_creatives(Some(true)));
    let start = OffsetDateTime::UNIX_EPOCH;
    let targeting = CampaignTargeting::new()
        .age_groups([AdAgeGroup::From18To24])
        .countries(["US"])
        .devices([AdDevice::Console]);
    let campaign = |budget, payment| {
        NewCampaign::new(
            "n",
            123,
            [5],
            budget,
            CampaignSchedule::new(start, 7),
            payment,
        )
    };
    let amount = MicroUsd::dollars(5);
    let daily = campaign(CampaignBudget::daily(amount), CampaignPayment::AdsCredit);
    accepted(ads.create_campaign(daily));
    let whole = campaign(CampaignBudget::lifetime(amount), CampaignPayment::Invoice);
    accepted(ads.create_campaign(whole.targeting(targeting)));
    let update = CampaignUpdate::new()
        .name("n")
        .status(CampaignState::Cancelled)
        .budget(amount)
        .start(start)
        .days(7);
    accepted(ads.campaign("1").get());
    accepted(ads.campaign("1").update(update));
    accepted(ads.each_status(["1", "2"]));
}

/// Makes every call that the sandbox supports.
pub(crate) fn call_sandbox(sandbox: &Sandbox, client: &Client) {
    let universe = client.universe(13_058);
    let place = universe.place(91);
    universe.deactivate().unwrap();
    universe.activate().unwrap();
    assert_eq!(universe.my_permissions().unwrap().can_manage, Some(true));
    assert_eq!(client.universe_permissions([13_058, 404]).unwrap().len(), 1);
    assert_eq!(client.manageable_groups().unwrap().len(), 2);
    universe.team_create().set_enabled(true).unwrap();
    assert!(universe.team_create().is_enabled().unwrap());
    assert_eq!(client.team_create_settings([13_058, 404]).unwrap().len(), 1);
    sandbox.join_team_create(91, 1001);
    let members = place.list_team_create_members();
    assert_eq!(members.map(Result::unwrap).count(), 1);
    universe.team_create().remove_member(1001).unwrap();
    place.close_team_test(JOB).unwrap();
    sandbox.open_in_team_create(91, false);

    let start = OffsetDateTime::now_utc();
    let event = universe.create_event(new_event(start)).unwrap();
    let events = universe.list_events(EventFilter::all());
    assert_eq!(events.map(Result::unwrap).count(), 3);
    let handle = client.event(event.id);
    handle.get().unwrap();
    handle.get_with([EventField::DisplayTitle]).unwrap();
    handle.update(event_update(start)).unwrap();
    handle.delete().unwrap();

    #[cfg(feature = "analytics")]
    {
        let limit = std::time::Duration::from_secs(10);
        sandbox.metric("m", [(start, 1.0), (start + Duration::days(1), 2.5)]);
        let end = start + Duration::days(7);
        for _ in 0..2 {
            let query = MetricQuery::new("m", Granularity::OneDay, start, end);
            let query = query.break_down_by(["Country"]);
            let series = universe.query_metric(query).unwrap().wait(limit).unwrap();
            assert_eq!(series.data_points().count(), 2);
            let query = DimensionQuery::new("m", ["Country"], start, end);
            universe
                .dimension_values(query)
                .unwrap()
                .wait(limit)
                .unwrap();
        }
    }
}
