//! Values that all families send in the same way: times in UTC, and values of enums in the right case.

use crate::support::{MockServer, first, ok};
use rblx_open_cloud::models::{
    AlertCondition, AlertFilter, AlertOperator, AlertSeverity, AlertUpdate, CampaignBudget,
    CampaignPayment, CampaignSchedule, CampaignUpdate, ChangeAgent, ConfigChange, ConfigRepository,
    DimensionQuery, EventFilter, EventUpdate, ExperimentFilter, ExperimentMetric, Granularity,
    IncidentFilter, MdeQuery, MetricQuery, MicroUsd, NameHistoryQuery, NewAlert, NewCampaign,
    NewEvent, NewExperiment, PersonalizationStatus, PlaceHistoryFilter, RevisionRange,
    TableEntryId, TableEntryUpdate, TableHistoryQuery, TableTranslationUpdate, TableUpdate,
};
use rblx_open_cloud::time::{Duration, OffsetDateTime, PrimitiveDateTime, UtcOffset};
use rblx_open_cloud::{Client, ErrorKind, Result};

/// 2026-08-01T00:00:00Z, two hours east.
fn east() -> OffsetDateTime {
    let offset = UtcOffset::from_hms(2, 0, 0).unwrap();
    let start = OffsetDateTime::from_unix_timestamp(1_785_542_400).unwrap();
    start.to_offset(offset)
}

type List = fn(&Client) -> Result<()>;

/// Lists, and the query of a page that is as large as the service permits.
const LISTS: &[(&str, List)] = &[
    ("maxPageSize=100", |client| {
        let accounts = client.ads().list_billing_accounts();
        first(accounts.page_size(9999))
    }),
    ("maxPageSize=100", |client| {
        first(client.ads().list_campaigns().page_size(9999))
    }),
    ("maxPageSize=100", |client| {
        first(client.ads().list_creatives(None).page_size(9999))
    }),
    ("MaxPageSize=100", |client| {
        let config = client.universe(5).config(ConfigRepository::InExperience);
        first(config.list_revisions(RevisionRange::all()).page_size(9999))
    }),
    ("maxPageSize=100", |client| {
        let experiments = client.universe(5).experiments();
        first(experiments.list(ExperimentFilter::all()).page_size(9999))
    }),
    ("pageSize=100", |client| {
        let events = client.universe(5).list_events(EventFilter::upcoming());
        first(events.page_size(9999))
    }),
    ("limit=100", |client| {
        first(client.universe(5).home_thumbnails().list().page_size(9999))
    }),
    ("limit=100", |client| {
        let home = client.universe(5).home_thumbnails();
        first(
            home.personalizations(PersonalizationStatus::Active)
                .page_size(9999),
        )
    }),
    ("limit=100", |client| {
        first(
            client
                .universe(5)
                .place(6)
                .list_team_create_members()
                .page_size(9999),
        )
    }),
];

#[test]
fn pages_are_at_most_as_large_as_the_service_permits() {
    for (index, (query, list)) in LISTS.iter().enumerate() {
        let peer = MockServer::replying([ok("{}")]);
        list(&peer.client()).unwrap();
        let target = peer.only_request().target;
        let (_, sent) = target.split_once('?').unwrap();
        assert!(
            sent.split('&').any(|pair| pair == *query),
            "{index}: {target}"
        );
    }
}

/// A time whose year in UTC would be 10000.
fn latest() -> OffsetDateTime {
    PrimitiveDateTime::MAX.assume_offset(UtcOffset::from_hms(-2, 0, 0).unwrap())
}

/// The same time twice, or the second an hour later where the service needs a range.
type Call = fn(&Client, OffsetDateTime, OffsetDateTime) -> Result<()>;

const CALLS: &[(&str, Call)] = &[
    ("filter of events", |client, time, _| {
        let filter = EventFilter::upcoming().starts_before(time).ends_after(time);
        first(client.universe(5).list_events(filter))
    }),
    ("event", |client, time, later| {
        let event = NewEvent::new("t", "s", time, later).recurs_until(time);
        client.universe(5).create_event(event).map(drop)
    }),
    ("update of an event", |client, time, _| {
        let update = EventUpdate::new().start(time).end(time).recurs_until(time);
        client.event(7).update(update).map(drop)
    }),
    ("revisions of a config", |client, time, _| {
        let config = client.universe(5).config(ConfigRepository::InExperience);
        first(config.list_revisions(RevisionRange::all().since(time).until(time)))
    }),
    ("history of a place", |client, time, _| {
        let place = client.universe(5).place(6);
        first(place.list_versions(PlaceHistoryFilter::all().since(time).until(time)))
    }),
    ("incidents", |client, time, later| {
        let filter = IncidentFilter::between(time, later);
        client.universe(5).alerts().incidents(filter).map(drop)
    }),
    ("metric", |client, time, later| {
        let query = MetricQuery::new("m", Granularity::OneDay, time, later);
        client.universe(5).query_metric(query).map(drop)
    }),
    ("dimensions", |client, time, later| {
        let query = DimensionQuery::new("m", ["d"], time, later);
        client.universe(5).dimension_values(query).map(drop)
    }),
    ("campaign", |client, time, _| {
        client.ads().create_campaign(campaign(time)).map(drop)
    }),
    ("update of a campaign", |client, time, _| {
        let update = CampaignUpdate::new().start(time);
        client.ads().campaign("7").update(update).map(drop)
    }),
    ("start of an experiment", |client, time, _| {
        client.universe(5).experiment("e").schedule(time).map(drop)
    }),
    ("translation", |client, time, _| {
        let translation = TableTranslationUpdate::new("es", "Jugar").updated_time(time);
        let entry = TableEntryUpdate::new("k", "", "Play").translation_update(translation);
        let update = TableUpdate::new().entries([entry]);
        client.localization_table("t").update(update).map(drop)
    }),
];

fn campaign(start: OffsetDateTime) -> NewCampaign {
    NewCampaign::new(
        "n",
        5,
        [1],
        CampaignBudget::daily(MicroUsd::dollars(5)),
        CampaignSchedule::new(start, 7),
        CampaignPayment::AdsCredit,
    )
}

#[test]
fn times_are_sent_in_utc() {
    let hour = Duration::hours(1);
    for (what, call) in CALLS {
        let peer = MockServer::replying([ok("{}")]);
        let _ = call(&peer.client(), east(), east() + hour);
        let request = peer.requests().remove(0);
        let target = percent_encoding::percent_decode_str(&request.target);
        let target = target.decode_utf8().unwrap();
        let sent = format!("{target} {}", String::from_utf8_lossy(&request.body));
        let is_utc =
            sent.contains("2026-08-01T00:00:00Z") || sent.contains("2026-08-01T00:00:00.000Z");
        assert!(is_utc && !sent.contains("02:00"), "{what}: {sent}");
    }
}

#[test]
fn times_that_cannot_be_sent_are_errors() {
    let earlier = latest() - Duration::hours(1);
    for (what, call) in CALLS {
        let peer = MockServer::replying([ok("{}")]);
        for (time, later) in [(latest(), latest()), (earlier, latest())] {
            let error = call(&peer.client(), time, later).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{what}: {error}");
        }
        assert!(peer.requests().is_empty(), "{what}");
    }
}

#[test]
fn a_known_value_in_the_wrong_case_is_not_sent() {
    let peer = MockServer::replying([ok("{}")]);
    let client = peer.client();
    let universe = client.universe(5);
    let (event, alerts, table) = (
        client.event(7),
        universe.alerts(),
        client.localization_table("t"),
    );
    let experiments = universe.experiments();
    let new_event = || NewEvent::new("t", "s", east(), east() + Duration::hours(1));
    let new_alert = || NewAlert::new("n", "m", AlertCondition::absolute(AlertOperator::Less, 1.0));
    let entry = || TableEntryUpdate::new("k", "", "Play");
    let history = || TableHistoryQuery::new(TableEntryId::new("k", "", "Play"));
    let update_table = |entry| table.update(TableUpdate::new().entries([entry])).map(drop);
    let agent = ChangeAgent::new("USER".into());
    let mut budget = CampaignBudget::daily(MicroUsd::dollars(5));
    budget.budget_type = Some("daily".into());
    let cheap = NewCampaign::new(
        "n",
        5,
        [1],
        budget,
        CampaignSchedule::new(east(), 7),
        CampaignPayment::AdsCredit,
    );
    let results: Vec<(Result<()>, &str)> = vec![
        (
            first(universe.list_events(EventFilter::all().visibility("PUBLIC".into()))),
            "public",
        ),
        (
            first(universe.list_events(EventFilter::all().fields(["Title".into()]))),
            "title",
        ),
        (event.get_with(["start_time".into()]).map(drop), "startTime"),
        (
            universe
                .create_event(new_event().audience("All".into()))
                .map(drop),
            "all",
        ),
        (
            universe
                .create_event(new_event().featuring("ENABLED".into()))
                .map(drop),
            "enabled",
        ),
        (
            universe
                .create_event(new_event().categories(["New Map".into()]))
                .map(drop),
            "newMap",
        ),
        (
            event
                .update(EventUpdate::new().audience("RSVP".into()))
                .map(drop),
            "rsvp",
        ),
        (
            event
                .update(EventUpdate::new().featuring("Disabled".into()))
                .map(drop),
            "disabled",
        ),
        (
            event
                .update(EventUpdate::new().categories(["Quest".into()]))
                .map(drop),
            "quest",
        ),
        (
            alerts
                .list(AlertFilter::all().severity("sev_0".into()))
                .map(drop),
            "SEV_0",
        ),
        (
            alerts
                .list(AlertFilter::all().status("firing".into()))
                .map(drop),
            "Firing",
        ),
        (
            alerts
                .incidents(IncidentFilter::between(east(), east()).severity("Sev1".into()))
                .map(drop),
            "SEV_1",
        ),
        (
            alerts
                .create(new_alert().severity("sev_0".into()))
                .map(drop),
            "SEV_0",
        ),
        (
            alerts
                .create(new_alert().evaluated("oneDay".into(), 1))
                .map(drop),
            "OneDay",
        ),
        (
            alerts
                .create(NewAlert::new(
                    "n",
                    "m",
                    AlertCondition::absolute("GT".into(), 1.0),
                ))
                .map(drop),
            "Gt",
        ),
        (
            alerts
                .update("7", AlertUpdate::new().severity("sev_0"))
                .map(drop),
            "SEV_0",
        ),
        (
            alerts
                .update("7", AlertUpdate::new().interval("one day"))
                .map(drop),
            "OneDay",
        ),
        (
            alerts
                .update("7", AlertUpdate::new().state("enabled"))
                .map(drop),
            "Enabled",
        ),
        (
            alerts
                .update(
                    "7",
                    AlertUpdate::new().condition(AlertCondition::change("lte".into(), 1.0)),
                )
                .map(drop),
            "Lte",
        ),
        (
            first(
                experiments.list(ExperimentFilter::all().states(["experiment_state_draft".into()])),
            ),
            "EXPERIMENT_STATE_DRAFT",
        ),
        (
            first(
                experiments
                    .list(ExperimentFilter::all().sort_by("list_experiment_sort_key_name".into())),
            ),
            "LIST_EXPERIMENT_SORT_KEY_NAME",
        ),
        (
            first(experiments.list(
                ExperimentFilter::all().product("experiment_product_type_matchmaking".into()),
            )),
            "EXPERIMENT_PRODUCT_TYPE_MATCHMAKING",
        ),
        (
            experiments.create(misspelled_goal()).map(drop),
            "DAY_1_RETENTION",
        ),
        (
            universe
                .experiment("e")
                .replace(misspelled_goal())
                .map(drop),
            "DAY_1_RETENTION",
        ),
        (
            experiments
                .minimum_effect(MdeQuery::new(retention(), 14))
                .map(drop),
            "DAY_1_RETENTION",
        ),
        (
            universe.config("inExperienceConfig".into()).get().map(drop),
            "InExperienceConfig",
        ),
        (
            universe
                .config("dataStoresConfig".into())
                .change(ConfigChange::new().set("a", 1))
                .map(drop),
            "DataStoresConfig",
        ),
        (
            first(
                universe
                    .home_thumbnails()
                    .personalizations(Some("active".into())),
            ),
            "Active",
        ),
        (first(table.list_entries("icu".into())), "Icu"),
        (table.count_entries("ICU".into()).map(drop), "Icu"),
        (update_table(entry().format("legacy".into())), "Legacy"),
        (
            update_table(entry().translation_update(
                TableTranslationUpdate::new("es", "Jugar").change_agent(agent),
            )),
            "User",
        ),
        (
            table
                .history("es", [history().order("asc".into())])
                .map(drop),
            "Asc",
        ),
        (
            client
                .badge(9)
                .localization()
                .name_history(NameHistoryQuery::names("es").order("DESC".into()))
                .map(drop),
            "Desc",
        ),
        (client.ads().create_campaign(cheap).map(drop), "DAILY"),
    ];
    for (result, meant) in results {
        let error = result.unwrap_err();
        let text = error.to_string();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{text}");
        assert!(
            text.contains("did you mean") && text.contains(meant),
            "{meant}: {text}"
        );
    }
    assert!(peer.requests().is_empty());
    let unknown = AlertUpdate::new().severity(AlertSeverity::from("SEV_9"));
    let _ = alerts.update("7", unknown);
    assert_eq!(peer.requests().len(), 1, "unknown values are sent");
}

fn retention() -> ExperimentMetric {
    "universe_experiment_metric_day_1_retention".into()
}

fn misspelled_goal() -> NewExperiment {
    NewExperiment::new("n").goal(retention())
}

/// JSON has no such numbers: they would be sent as null.
#[test]
fn numbers_that_are_not_finite_are_rejected() {
    let peer = MockServer::replying([ok("{}")]);
    let universe = peer.client().universe(5);
    let (alerts, experiments) = (universe.alerts(), universe.experiments());
    let condition = |number| AlertCondition::absolute(AlertOperator::Less, number);
    let plan = MdeQuery::new(ExperimentMetric::Day1Retention, 14);
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let updates = [
            AlertUpdate::new().threshold(number),
            AlertUpdate::new().condition(condition(number)),
        ];
        let updates = updates.map(|update| alerts.update("7", update).map(drop));
        let plans = [
            plan.clone().weights(number, [50.0]),
            plan.clone().weights(50.0, [25.0, number]),
        ];
        let plans = plans.map(|plan| experiments.minimum_effect(plan).map(drop));
        let created = alerts.create(NewAlert::new("n", "m", condition(number)));
        for result in updates.into_iter().chain(plans).chain([created.map(drop)]) {
            let error = result.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
            assert!(error.to_string().contains("finite number"), "{error}");
        }
    }
    assert!(peer.requests().is_empty());
}
