//! Restarts: forecast, launch, and waiting for the end.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::{read, with_response};
use crate::support::{MockServer, json as failure, ok, with_headers};
use rblx_open_cloud::models::{
    PlaceForecast, PlaceVersions, RestartPlan, RestartState, RestartStatus,
};
use rblx_open_cloud::{AssetFile, ErrorKind};
use serde_json::{Value, json};

fn status(id: &str, states: &[(u64, &str, u64)]) -> Vec<u8> {
    let places: serde_json::Map<String, Value> = states
        .iter()
        .map(|(place, state, players)| {
            (
                place.to_string(),
                json!({"state": state, "remainingPlayers": players, "remainingInstances": 1}),
            )
        })
        .collect();
    ok(json!({"restartStatuses": {"other": {"placeRestartStatuses": {"1": {"state": "SUCCEEDED"}}},
        id: {"placeRestartStatuses": places}}}).to_string())
}

const LAUNCHED: &str = r#"{"id":"r","playersImpacted":5,"instancesImpacted":2}"#;

#[test]
fn a_restart_is_waited_for_and_reported() {
    let peer = MockServer::replying([
        ok(LAUNCHED),
        ok(r#"{"restartStatuses":null}"#),
        status("r", &[]),
        status("r", &[(90, "DELAYING", 5), (91, "RESTARTING", 2)]),
        failure(503, "{}"),
        with_headers(429, "retry-after: 0\r\n", "{}"),
        Vec::new(),
        status("r", &[(90, "SUCCEEDED", 0), (91, "A_STATE_OF_TOMORROW", 1)]),
        status("r", &[(90, "SUCCEEDED", 0), (91, "SUCCEEDED", 0)]),
    ]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let restart = peer
        .client()
        .universe(5)
        .launch_restart(RestartPlan::all())
        .unwrap();
    assert_eq!(
        (restart.id().as_str(), restart.players_impacted()),
        ("r", Some(5))
    );
    assert_eq!(
        (restart.instances_impacted(), restart.published_version()),
        (Some(2), None)
    );
    let mut restart =
        restart.on_progress(move |status| log.lock().unwrap().push(status.remaining_players()));
    let end = restart.wait(Duration::from_secs(60)).unwrap();
    assert!(end.is_done() && end.id.as_str() == "r");
    assert_eq!(*seen.lock().unwrap(), [0, 7, 1, 0]);
    assert_eq!(peer.requests().len(), 9);
}

#[test]
fn a_restart_that_takes_too_long_reports_its_progress() {
    let peer = MockServer::replying([status("r", &[(90, "RESTARTING", 3)])]);
    let started = Instant::now();
    let mut restart = peer.client().universe(5).restart("r");
    assert_eq!(restart.poll().unwrap(), None);
    let error = restart.wait(Duration::from_millis(20)).unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(10));
    assert_eq!(error.kind(), ErrorKind::StillRunning);
    let text = error.to_string();
    assert!(
        text.contains("restart r is not finished after 20ms"),
        "{text}"
    );
    assert!(
        text.contains("place 90 is RESTARTING with 3 players left"),
        "{text}"
    );
    assert!(text.contains("resume it by its id"), "{text}");
}

#[test]
fn a_rejection_ends_the_wait() {
    let peer = MockServer::replying([failure(
        403,
        r#"{"title":"Forbidden","status":403,"traceId":"t"}"#,
    )]);
    let error = peer
        .client()
        .universe(5)
        .restart("r")
        .wait(Duration::from_secs(60))
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.trace_id()),
        (ErrorKind::PermissionDenied, Some("t"))
    );
    assert_eq!(peer.requests().len(), 1);
}

#[test]
fn a_restart_of_nothing_is_done_at_once() {
    let peer = MockServer::replying([
        ok(r#"{"id":"r","playersImpacted":0,"instancesImpacted":0}"#),
        ok("{}"),
    ]);
    let mut restart = peer
        .client()
        .universe(5)
        .launch_restart(RestartPlan::all())
        .unwrap();
    let end = restart.wait(Duration::from_secs(60)).unwrap();
    assert!(end.places.is_empty());
    assert_eq!(peer.requests().len(), 2);
}

#[test]
fn a_launch_without_an_id_may_have_happened() {
    let error = with_response(r#"{"id":null,"playersImpacted":1}"#, |client| {
        client
            .universe(5)
            .launch_restart(RestartPlan::all())
            .unwrap_err()
    });
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.outcome_unknown());
}

#[test]
fn publish_and_restart_publishes_once() {
    let file = || AssetFile::bytes("game.rbxlx", b"<roblox></roblox>".to_vec());
    let plan = || RestartPlan::for_place(6, PlaceVersions::ExceptCurrent);
    let peer = MockServer::replying([ok(r#"{"versionNumber":8}"#), ok(LAUNCHED)]);
    let restart = peer
        .client()
        .universe(5)
        .publish_and_restart(6, file(), plan())
        .unwrap();
    assert_eq!(restart.published_version(), Some(8));
    let requests = peer.requests();
    assert_eq!(requests[0].path(), "/universes/v1/5/places/6/versions");
    assert_eq!(
        requests[1].path(),
        "/server-management/v1/universes/5/restarts"
    );

    let peer = MockServer::replying([ok(r#"{"versionNumber":8}"#), failure(403, "{}")]);
    let error = peer
        .client()
        .universe(5)
        .publish_and_restart(6, file(), plan())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    assert!(
        error.to_string().contains("version 8 was published"),
        "{error}"
    );

    let peer = MockServer::replying([ok(r#"{"versionNumber":8}"#)]);
    let error = peer
        .client()
        .universe(5)
        .publish_and_restart(6, file(), plan().bleed_off(0))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(
        peer.requests().is_empty(),
        "a wrong plan must not come up after publishing"
    );
}

#[test]
fn the_state_of_a_restart() {
    let body = r#"{"restartStatuses":{"z":{"universeId":"5","scheduledTime":"2026-01-02T03:04:05Z",
        "startTime":"2026-01-02T03:14:05Z","placeRestartStatuses":{"90":{"state":"RESTARTING",
        "startTime":"2026-01-02T03:14:05Z","endTime":null,"totalPlayers":9,"totalInstances":3,"remainingPlayers":4,
        "remainingInstances":1,"filter":{"versions":null,"excludeCurrentVersion":true},"latestVersion":"12"},
        "91":{"state":null,"filter":{"versions":[1,2]}},"92":{"filter":null}}},"a":{"placeRestartStatuses":null}}}"#;
    let restarts = with_response(body, |client| client.universe(5).restarts().unwrap());
    assert_eq!(
        restarts
            .iter()
            .map(|restart| restart.id.as_str())
            .collect::<Vec<_>>(),
        ["z", "a"]
    );
    let places = &restarts[0].places;
    assert_eq!(places[0].place_id.get(), 90);
    assert_eq!(places[0].state, Some(RestartState::Restarting));
    assert_eq!(
        (places[0].total_players, places[0].latest_version),
        (Some(9), Some(12))
    );
    assert_eq!(places[0].filter, PlaceVersions::ExceptCurrent);
    assert_eq!(places[1].filter, PlaceVersions::These(vec![1, 2]));
    assert_eq!(
        (&places[1].state, &places[2].filter),
        (&None, &PlaceVersions::All)
    );
    assert_eq!(
        (
            restarts[0].remaining_players(),
            restarts[0].remaining_instances()
        ),
        (4, 1)
    );
    assert!(
        !restarts[0].is_done() && !restarts[1].is_done(),
        "nothing is known of the second one"
    );
    for restart in &restarts {
        read::<RestartStatus>(&serde_json::to_value(restart).unwrap());
    }
    let error = with_response(
        r#"{"restartStatuses":{"r":{"placeRestartStatuses":{"x":{}}}}}"#,
        |client| client.universe(5).restarts().unwrap_err(),
    );
    assert!(error.message().contains("\"x\" is not a key"), "{error}");
}

#[test]
fn a_forecast() {
    let body = r#"{"placeForecasts":{"91":{"playersImpacted":1},"90":{"playersImpacted":4,"totalPlayers":9,
        "instancesImpacted":1,"totalInstances":3,"latestPlaceVersion":"12","publishTime":"2026-01-02T03:04:05Z",
        "isNotInUniverse":false,"playersPerVersion":{"12":5,"9":4},"instancesPerVersion":null}}}"#;
    let places = with_response(body, |client| {
        client.universe(5).forecast_restart().unwrap()
    });
    assert_eq!(
        places
            .iter()
            .map(|place| place.place_id.get())
            .collect::<Vec<_>>(),
        [91, 90]
    );
    let place = &places[1];
    assert_eq!(
        (place.players_impacted, place.total_players),
        (Some(4), Some(9))
    );
    assert_eq!(
        (place.latest_place_version, place.is_not_in_universe),
        (Some(12), Some(false))
    );
    let versions: Vec<_> = place
        .players_per_version
        .iter()
        .map(|(version, players)| (*version, *players))
        .collect();
    assert_eq!(versions, [(9, 4), (12, 5)]);
    assert!(place.instances_per_version.is_empty());
    for place in &places {
        read::<PlaceForecast>(&serde_json::to_value(place).unwrap());
    }
    assert!(
        with_response("{}", |client| client.universe(5).forecast_restart())
            .unwrap()
            .is_empty()
    );
}

#[test]
fn numbers_that_no_restart_has_do_not_overflow() {
    let place =
        json!({"placeId": "1", "remainingPlayers": u64::MAX, "remainingInstances": u64::MAX});
    let status: RestartStatus =
        serde_json::from_value(json!({"id": "r", "places": [place, place]})).unwrap();
    assert_eq!(status.remaining_players(), u64::MAX);
    assert_eq!(status.remaining_instances(), u64::MAX);
}
