//! Metrics, events, Team Create and permissions of the sandbox.

use crate::common::Raw;
use rblx_open_cloud::models::{
    EventCategory, EventField, EventFilter, EventUpdate, EventVisibility, NewEvent,
};
use rblx_open_cloud::sandbox::{Sandbox, SandboxUniverse};
use rblx_open_cloud::{ErrorKind, Result};
use time::{Duration, OffsetDateTime};

fn titles(sandbox: &Sandbox, filter: EventFilter) -> Vec<String> {
    let events = sandbox.client().universe(13_058).list_events(filter);
    events.map(|event| event.unwrap().title.unwrap()).collect()
}

#[test]
fn events_are_created_changed_and_deleted() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let universe = client.universe(13_058);
    assert_eq!(titles(&sandbox, EventFilter::upcoming()), ["Winter Fair"]);
    assert_eq!(
        titles(&sandbox, EventFilter::all()),
        ["Opening", "Winter Fair"]
    );

    let start = OffsetDateTime::now_utc() + Duration::hours(1);
    let new = NewEvent::new("Sale", "s", start, start + Duration::hours(1))
        .group(7)
        .categories([EventCategory::ItemDrop])
        .thumbnails([5])
        .recurrence("0 18 * * 6")
        .recurs_until(start);
    let event = universe.create_event(new).unwrap();
    assert_eq!(event.visibility, Some(EventVisibility::Private));
    assert_eq!(event.all_thumbnails_created, Some(true));
    assert_eq!(event.host.unwrap().group_id(), Some(7.into()));
    assert_eq!(
        (event.display_title, event.universe_id),
        (None, Some(13_058.into()))
    );
    let public = EventFilter::upcoming().visibility(EventVisibility::Public);
    assert_eq!(titles(&sandbox, public), ["Winter Fair"]);
    let soon = EventFilter::upcoming().starts_before(start + Duration::minutes(1));
    assert_eq!(titles(&sandbox, soon), ["Sale"]);
    let pages = universe.list_events(EventFilter::all()).page_size(1);
    assert_eq!(pages.map(Result::unwrap).count(), 3);

    let handle = client.event(event.id);
    let update = EventUpdate::new()
        .title("Big Sale")
        .recurrence("0 19 * * 6")
        .visibility(EventVisibility::Public);
    let changed = handle.update(update).unwrap();
    assert_eq!(changed.title.as_deref(), Some("Big Sale"));
    let config = changed.config.unwrap();
    assert_eq!(config.recurrence.as_deref(), Some("0 19 * * 6"));
    assert!(config.recurrence_end_time.is_some(), "it stays");
    let fields = [EventField::DisplayTitle];
    let named = handle.get_with(fields).unwrap();
    assert_eq!(
        (named.display_title.as_deref(), named.title),
        (Some("Big Sale"), None)
    );
    let error = handle.get_with(["price".into()]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadRequest);
    let backward = EventUpdate::new().end(start - Duration::hours(1));
    assert_eq!(
        handle.update(backward).unwrap_err().kind(),
        ErrorKind::BadRequest
    );
    assert!(
        handle.get().unwrap().end_time > Some(start),
        "nothing changed"
    );
    handle.delete().unwrap();
    assert_eq!(handle.delete().unwrap_err().kind(), ErrorKind::NotFound);
    let of_nobody = client.universe(404).list_events(EventFilter::all());
    assert_eq!(of_nobody.count(), 0);
}

#[test]
fn an_event_ends_by_the_clock() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.advance(std::time::Duration::from_secs(3 * 24 * 60 * 60));
    assert_eq!(titles(&sandbox, EventFilter::upcoming()), [""; 0]);
    assert_eq!(titles(&sandbox, EventFilter::all()).len(), 2);
}

#[test]
fn events_as_other_clients_send_them() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let path = "/virtual-events/v3/universes/13058/game-events";
    let required = r#""title":"T","subtitle":"S","startTime":"2030-01-01T00:00:00.000+02:00","endTime":"2030-01-02T00:00:00Z""#;
    let created = raw.json(
        "POST",
        path,
        &format!(r#"{{{required},"visibility":"Public","tagline":null}}"#),
    );
    assert_eq!(created.status, 200, "{}", created.text());
    assert!(created.text().contains(r#""visibility":"public""#));
    for body in [
        "{}".to_owned(),
        format!(r#"{{{required},"visibility":"Moderated"}}"#),
        required.replace("2030-01-02", "2029-01-02"),
        format!("{{{}}}", required.replace("2030-01-02", "2029-01-02")),
    ] {
        assert_eq!(raw.json("POST", path, &body).status, 400, "{body}");
    }
    assert_eq!(raw.get(&format!("{path}?pageSize=101")).status, 400);
    assert_eq!(raw.get(&format!("{path}?fields=*")).status, 200);
}

#[test]
fn permissions_follow_ownership() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.add_universe(SandboxUniverse::new(5, "Arena", 6).owner_user(2));
    let client = sandbox.client();
    let can_manage: Vec<_> = client
        .universe_permissions([13_058, 404, 13_059, 5])
        .unwrap()
        .into_iter()
        .map(|(id, permissions)| (id.get(), permissions.can_manage.unwrap()))
        .collect();
    assert_eq!(can_manage, [(13_058, true), (13_059, true), (5, false)]);
    let groups = client.manageable_groups().unwrap();
    let ids: Vec<_> = groups.iter().map(|group| group.id.get()).collect();
    assert_eq!(ids, [7, 8]);
    let missing = client.universe(404);
    for error in [
        missing.my_permissions().unwrap_err(),
        missing.activate().unwrap_err(),
        missing.team_create().is_enabled().unwrap_err(),
    ] {
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::BadRequest, Some("1"))
        );
    }
    let too_many = client.universe_permissions(1..=101).unwrap_err();
    assert_eq!(too_many.code(), Some("9"));
}

#[test]
fn a_deactivated_universe_is_private() {
    let sandbox = Sandbox::start().unwrap();
    let universe = sandbox.client().universe(13_058);
    let visibility = || universe.get().unwrap().visibility.unwrap().to_string();
    universe.deactivate().unwrap();
    assert_eq!(visibility(), "PRIVATE");
    universe.activate().unwrap();
    assert_eq!(visibility(), "PUBLIC");
}

#[test]
fn members_of_team_create_join_and_are_removed() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let universe = client.universe(13_058);
    universe.team_create().set_enabled(true).unwrap();
    let settings = client.team_create_settings([13_058, 404, 13_059]).unwrap();
    let enabled: Vec<_> = settings.iter().map(|one| one.is_enabled).collect();
    assert_eq!(enabled, [Some(true), Some(false)]);

    let place = universe.place(90);
    let count = || place.list_team_create_members().count();
    assert_eq!(count(), 0);
    for user in (1001..=1012).chain([156, 156, 404]) {
        sandbox.join_team_create(90, user);
    }
    let members = place.list_team_create_members().page_size(10);
    let names: Vec<_> = members.map(|one| one.unwrap().name.unwrap()).collect();
    assert_eq!(
        (names.len(), names.last().unwrap().as_str()),
        (13, "builderman")
    );
    universe.team_create().remove_member(156).unwrap();
    assert_eq!(count(), 12);
    let error = universe.team_create().remove_member(404).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::BadRequest, Some("3"))
    );
    let update = rblx_open_cloud::models::PlaceUpdate::new().display_name("n");
    assert_eq!(
        place.update(update).unwrap_err().kind(),
        ErrorKind::Conflict
    );
    sandbox.open_in_team_create(90, false);
    assert_eq!(count(), 0);
}

#[cfg(feature = "analytics")]
#[test]
fn every_second_query_takes_a_while() {
    use rblx_open_cloud::models::{DimensionQuery, Granularity, MetricQuery};

    let sandbox = Sandbox::start().unwrap();
    sandbox.polls_until_done(1);
    let universe = sandbox.client().universe(13_058);
    let day = |day: i64| OffsetDateTime::UNIX_EPOCH + Duration::days(day);
    sandbox.metric("m", [(day(1), 1.0), (day(2), 2.5), (day(9), 4.0)]);
    let query = |granularity| MetricQuery::new("m", granularity, day(1), day(9));
    let limit = std::time::Duration::from_secs(60);
    let mut values = Vec::new();
    for is_done in [true, false, true, false] {
        let mut operation = universe.query_metric(query(Granularity::OneDay)).unwrap();
        assert_eq!(operation.is_done(), is_done);
        let series = operation.wait(limit).unwrap();
        values.push(
            series
                .data_points()
                .map(|one| one.value)
                .collect::<Vec<_>>(),
        );
    }
    assert_eq!(values, vec![vec![1.0, 2.5]; 4]);
    let whole = query(Granularity::None).break_down_by(["Country"]);
    let series = universe.query_metric(whole).unwrap().wait(limit).unwrap();
    assert_eq!(series.values[0].data_points[0].value.to_string(), "3.5");
    assert_eq!(series.values[0].breakdowns[0].value, "All");
    let dimensions = DimensionQuery::new("m", ["Country", "Platform"], day(1), day(9));
    let dimensions = universe.dimension_values(dimensions).unwrap();
    assert!(!dimensions.is_done());

    for query in [
        MetricQuery::new("other", Granularity::OneDay, day(1), day(9)),
        query("OneYear".into()),
    ] {
        let error = universe.query_metric(query).unwrap_err();
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::BadRequest, Some("2001"))
        );
    }
    let error = sandbox
        .client()
        .operation::<rblx_open_cloud::models::MetricSeries>(
            "v1/universes/13058/operations/metrics/none",
        )
        .poll()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}
