//! Events of universes: requests, responses, and retries.

use crate::support::{MockServer, json, ok, response};
use rblx_open_cloud::models::{
    EventAudience, EventCategory, EventFeaturing, EventField, EventFilter, EventHostType,
    EventUpdate, EventVisibility, NewEvent, RsvpStatus, VirtualEvent,
};
use rblx_open_cloud::{Client, ErrorKind, Result};
use time::{Duration as Length, OffsetDateTime};

const LIST: &str = "/virtual-events/v3/universes/5/game-events";
const EVENT: &str = "/virtual-events/v3/game-events/9007199254740993";
const ID: u64 = 9_007_199_254_740_993;

/// 2026-01-03T18:00:00Z.
fn start() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_767_463_200).unwrap()
}

fn new() -> NewEvent {
    NewEvent::new("Fair", "Snow", start(), start() + Length::hours(2))
}

/// The request of a call, decoded, with its body.
fn sent(call: impl FnOnce(Client) -> Result<()>) -> String {
    let peer = MockServer::replying([ok(r#"{"id":"9007199254740993"}"#)]);
    call(peer.client()).unwrap();
    peer.only_request().line()
}

fn listed(filter: EventFilter) -> String {
    let peer = MockServer::replying([ok(r#"{"gameEvents":[]}"#)]);
    assert_eq!(peer.client().universe(5).list_events(filter).count(), 0);
    let target = peer.requests()[0].target.clone();
    let target = percent_encoding::percent_decode_str(&target);
    target.decode_utf8().unwrap().into_owned()
}

#[test]
fn lists() {
    let bounds = EventFilter::upcoming()
        .starts_before(start())
        .starts_after(start())
        .ends_before(start())
        .ends_after(start())
        .visibility(EventVisibility::Public)
        .fields([EventField::Title, EventField::DisplayTitle]);
    let time = "2026-01-03T18:00:00Z";
    for (filter, query) in [
        (EventFilter::upcoming(), String::new()),
        (
            EventFilter::all(),
            "endsAfter=1970-01-01T00:00:00Z&".to_owned(),
        ),
        (
            EventFilter::all().ends_after(start()),
            format!("endsAfter={time}&"),
        ),
        (
            bounds,
            format!(
                "startsBefore={time}&startsAfter={time}&endsBefore={time}&endsAfter={time}&visibility=public&fields=title,displayTitle&"
            ),
        ),
    ] {
        assert_eq!(listed(filter), format!("{LIST}?{query}pageSize=50"));
    }
    let peer = MockServer::replying([
        ok(r#"{"gameEvents":[{"id":"1"}],"nextPageToken":"t","previousPageToken":null}"#),
        ok(r#"{"gameEvents":[{"id":2}],"nextPageToken":null,"previousPageToken":"s"}"#),
    ]);
    let universe = peer.client().universe(5);
    let events = universe.list_events(EventFilter::upcoming()).page_size(100);
    let ids: Vec<u64> = events.map(|event| event.unwrap().id.get()).collect();
    assert_eq!(ids, [1, 2]);
    let targets: Vec<_> = peer.requests().into_iter().map(|one| one.target).collect();
    let pages = [
        format!("{LIST}?pageSize=100"),
        format!("{LIST}?pageSize=100&pageToken=t"),
    ];
    assert_eq!(targets, pages);
}

#[test]
fn changes() {
    let whole = new()
        .description("d")
        .visibility(EventVisibility::Public)
        .group(7)
        .place(91)
        .categories([EventCategory::Festival, EventCategory::Quest])
        .thumbnails([11, 12])
        .recurrence("0 18 * * 6")
        .recurs_until(start() + Length::milliseconds(1))
        .audience(EventAudience::Subscribed)
        .featuring(EventFeaturing::Enabled)
        .tagline("t");
    let update = EventUpdate::new()
        .title("Fair")
        .subtitle("Snow")
        .description("")
        .start(start())
        .end(start())
        .visibility("Private".into())
        .place(91)
        .categories([EventCategory::NewMap])
        .thumbnails([11])
        .recurrence("0 18 * * 6")
        .recurs_until(start())
        .audience(EventAudience::None)
        .featuring(EventFeaturing::Disabled)
        .tagline("t");
    let time = "2026-01-03T18:00:00.000Z";
    let required = format!(
        r#""endTime":"2026-01-03T20:00:00.000Z","startTime":"{time}","subtitle":"Snow","title":"Fair""#
    );
    for (line, expected) in [
        (
            sent(|client| client.universe(5).create_event(new()).map(drop)),
            format!("POST {LIST} {{{required}}}"),
        ),
        (
            sent(|client| client.universe(5).create_event(whole).map(drop)),
            format!(
                r#"POST {LIST} {{"categories":[{{"category":"festival","rank":0}},{{"category":"quest","rank":1}}],"config":{{"notificationAudience":"subscribed","recurrence":"0 18 * * 6","recurrenceEndTime":"2026-01-03T18:00:00.001Z"}},"description":"d","endTime":"2026-01-03T20:00:00.000Z","featuringStatus":"enabled","groupId":7,"placeId":91,"startTime":"{time}","subtitle":"Snow","tagline":"t","thumbnails":[{{"mediaId":11,"rank":0}},{{"mediaId":12,"rank":1}}],"title":"Fair","visibility":"public"}}"#
            ),
        ),
        (
            sent(|client| client.event(ID).update(update).map(drop)),
            format!(
                r#"PATCH {EVENT} {{"categories":[{{"category":"newMap","rank":0}}],"config":{{"notificationAudience":"none","recurrence":"0 18 * * 6","recurrenceEndTime":"{time}"}},"description":"","endTime":"{time}","featuringStatus":"disabled","placeId":91,"startTime":"{time}","subtitle":"Snow","tagline":"t","thumbnails":[{{"mediaId":11,"rank":0}}],"title":"Fair","visibility":"private"}}"#
            ),
        ),
        (
            sent(|client| client.event(ID).get().map(drop)),
            format!("GET {EVENT}"),
        ),
        (
            sent(|client| client.event(ID).get_with([]).map(drop)),
            format!("GET {EVENT}"),
        ),
        (
            sent(|client| {
                let fields = [EventField::DisplayTitle, "newField".into()];
                client.event(ID).get_with(fields).map(drop)
            }),
            format!("GET {EVENT}?fields=displayTitle,newField"),
        ),
        (
            sent(|client| client.event(ID).delete()),
            format!("DELETE {EVENT}"),
        ),
    ] {
        assert_eq!(line, expected);
    }
}

#[test]
fn wrong_events_are_not_sent() {
    let peer = MockServer::replying([ok("{}")]);
    let client = peer.client();
    let moderated = EventVisibility::Moderated;
    for (event, why) in [
        (
            NewEvent::new(" ", "s", start(), start() + Length::hours(1)),
            "the title of an event cannot be empty",
        ),
        (
            NewEvent::new("t", "", start(), start() + Length::hours(1)),
            "the subtitle of an event cannot be empty",
        ),
        (
            NewEvent::new("t", "s", start(), start()),
            "must end after its start",
        ),
        (new().visibility(moderated.clone()), "only moderators set"),
        (
            new().visibility("PUBLIC".into()),
            "did you mean \"public\"?",
        ),
    ] {
        let error = client.universe(5).create_event(event).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains(why), "{error}");
    }
    for (update, why) in [
        (EventUpdate::new(), "changes nothing"),
        (
            EventUpdate::new().visibility(moderated),
            "only moderators set",
        ),
    ] {
        let error = client.event(ID).update(update).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains(why), "{error}");
    }
    assert!(peer.requests().is_empty());
}

#[test]
fn responses() {
    let read = |json: &str| serde_json::from_str::<VirtualEvent>(json).unwrap();
    let event = read(
        r#"{"id":"9007199254740993","title":"T","host":{"hostType":"group","hostId":"7","hostName":null},
        "visibility":"Public","featuringStatus":"new","userRsvpStatus":"maybeGoing","startTime":"2026-01-03T18:00:00+00:00",
        "endTime":null,"universeId":5,"placeId":"6","categories":null,"config":{"notificationAudience":"all"}}"#,
    );
    assert_eq!(event.id.get(), ID, "no double holds it");
    assert_eq!(event.visibility, Some(EventVisibility::Public));
    assert_eq!(event.featuring_status, Some("new".into()));
    assert_eq!(event.user_rsvp_status, Some(RsvpStatus::MaybeGoing));
    assert_eq!(event.start_time, Some(start()));
    let host = event.host.unwrap();
    assert_eq!(host.host_type, Some(EventHostType::Group));
    assert_eq!((host.user_id(), host.group_id()), (None, Some(7.into())));
    for (text, visibility) in [
        ("private", EventVisibility::Private),
        ("Private", EventVisibility::Private),
        ("moderated", EventVisibility::Moderated),
        ("Moderated", EventVisibility::Moderated),
    ] {
        let event = read(&format!(r#"{{"id":"1","visibility":"{text}"}}"#));
        assert_eq!(event.visibility, Some(visibility));
    }
    assert_eq!(read(r#"{"id":1}"#).title, None);
}

/// Name, whether it is sent again, and the call.
type Row = (&'static str, bool, fn(&Client) -> Result<()>);

#[test]
fn only_a_creation_is_not_sent_again() {
    let table: &[Row] = &[
        ("list", true, |client| {
            let mut events = client.universe(5).list_events(EventFilter::all());
            events.next().transpose().map(drop)
        }),
        ("create", false, |client| {
            client.universe(5).create_event(new()).map(drop)
        }),
        ("get", true, |client| client.event(ID).get().map(drop)),
        ("update", true, |client| {
            let update = EventUpdate::new().title("t");
            client.event(ID).update(update).map(drop)
        }),
        ("delete", true, |client| client.event(ID).delete()),
    ];
    for (name, is_sent_again, call) in table {
        let peer = MockServer::replying([json(503, "{}")]);
        let error = call(&peer.retrying_client()).unwrap_err();
        assert_eq!(peer.requests().len() > 1, *is_sent_again, "{name}");
        assert_eq!(error.kind(), ErrorKind::ServiceUnavailable, "{name}");
    }
}

#[test]
fn a_404_after_a_lost_response_means_deleted() {
    let missing = json(404, r#"{"title":"Not Found","status":404,"detail":"gone"}"#);
    let done = response(204, "application/json", "");
    let peer = MockServer::replying([done]);
    peer.client().event(ID).delete().unwrap();
    let peer = MockServer::replying([json(503, "{}"), missing.clone()]);
    peer.retrying_client().event(ID).delete().unwrap();
    assert_eq!(peer.requests().len(), 2);
    let peer = MockServer::replying([missing]);
    let error = peer.retrying_client().event(ID).delete().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(error.to_string().contains("gone"), "{error}");
}
