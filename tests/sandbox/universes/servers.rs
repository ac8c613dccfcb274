//! Game servers and restarts.

use std::time::Duration;

use super::{SOON, file};
use crate::common::{Raw, assert_error};
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{
    PlaceVersions, RestartPlan, RestartServers, RestartState, ServerFilter, ServerLogFilter,
};
use rblx_open_cloud::sandbox::{Sandbox, SandboxUniverse};
use serde_json::json;

#[test]
fn servers_and_their_logs() {
    let sandbox = Sandbox::start().unwrap();
    let place = sandbox.client().universe(13_058).place(90);
    let count = |filter| place.count_servers(1, filter).unwrap();
    assert_eq!(count(ServerFilter::all()), Some(4));
    assert_eq!(count(ServerFilter::all().shut_down(false)), Some(3));
    assert_eq!(
        count(ServerFilter::all().raw("occupancy >= 2").full(false)),
        Some(2)
    );
    assert_eq!(
        count(ServerFilter::all().raw("status in ['crashed', 'moderated']")),
        Some(1)
    );
    assert_eq!(
        place.count_servers(2, ServerFilter::all()).unwrap(),
        Some(0)
    );
    let running = ServerFilter::all()
        .shut_down(false)
        .order_by_descending("occupancy");
    let servers: Vec<_> = place
        .list_servers(1, running)
        .page_size(1)
        .map(Result::unwrap)
        .collect();
    let players: Vec<_> = servers
        .iter()
        .map(|server| server.occupancy.unwrap())
        .collect();
    assert_eq!(players, [3, 2, 1]);
    assert!(servers[0].uptime.unwrap() > Duration::from_secs(86_400));
    let job = servers[0].job_id.as_ref().unwrap();
    assert_eq!(
        place
            .list_server_logs(1, job, ServerLogFilter::all())
            .count(),
        4
    );
    let errors = ServerLogFilter::all().at_least("Error".into());
    let error = place
        .list_server_logs(1, job, errors)
        .next()
        .unwrap()
        .unwrap();
    assert!(error.stack_trace.is_some() && error.message_time.is_some());
    let gone = place
        .list_server_logs(1, "none", ServerLogFilter::all())
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(gone.kind(), ErrorKind::NotFound);
    let wrong = place
        .list_servers(1, ServerFilter::all().raw("occupancy ~ 3"))
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::BadRequest);
    assert_eq!(place.server_filters().unwrap().len(), 2);
}

#[test]
fn restarts_follow_the_clock() {
    let sandbox = Sandbox::builder().clock_speed(0.0).start().unwrap();
    sandbox.operations_take(Duration::from_secs(30));
    let universe = sandbox.client().universe(13_058);
    let place = universe.place(90);
    assert_eq!(place.publish(file("a")).unwrap(), 2);
    let forecast = universe.forecast_restart().unwrap().remove(0);
    assert_eq!(
        (
            forecast.place_id.get(),
            forecast.players_impacted,
            forecast.instances_impacted
        ),
        (90, Some(6), Some(3))
    );

    let plan = RestartPlan::for_place(90, PlaceVersions::ExceptCurrent).bleed_off(10);
    let mut restart = universe.launch_restart(plan).unwrap();
    assert_eq!(
        (restart.players_impacted(), restart.instances_impacted()),
        (Some(6), Some(3))
    );
    let state = |wanted: RestartState, players: u64| {
        let listed = universe.restarts().unwrap().remove(0);
        assert_eq!(listed.places[0].state, Some(wanted));
        assert_eq!(listed.remaining_players(), players);
    };
    state(RestartState::Delaying, 6);
    assert_eq!(restart.poll().unwrap(), None);
    sandbox.advance(Duration::from_secs(600));
    state(RestartState::Restarting, 3);
    sandbox.advance(Duration::from_secs(30));
    let end = restart.poll().unwrap().unwrap();
    assert_eq!(
        (end.id.as_str(), end.places[0].latest_version),
        (restart.id().as_str(), Some(2))
    );
    state(RestartState::Succeeded, 0);
    assert_eq!(
        place
            .count_servers(1, ServerFilter::all().shut_down(false))
            .unwrap(),
        Some(0)
    );
    let moved = place
        .list_servers(2, ServerFilter::all())
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(
        moved.player_ids.len(),
        6,
        "the players join a server of the new version"
    );
    assert_eq!(
        universe.forecast_restart().unwrap()[0].players_impacted,
        Some(0)
    );
}

#[test]
fn restarts_of_chosen_places_and_of_nothing() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.add_universe(SandboxUniverse::new(5, "Small", 6).place(7, "Side"));
    let job = sandbox.add_server(6, [156, 2]);
    sandbox.add_server(7, [1001]);
    assert_eq!(sandbox.add_server(1, [156]).as_str(), "");
    let universe = sandbox.client().universe(5);
    let mut nothing = universe
        .launch_restart(RestartPlan::for_place(6, PlaceVersions::ExceptCurrent))
        .unwrap();
    assert_eq!(nothing.instances_impacted(), Some(0));
    nothing.wait(SOON).unwrap();
    let mut chosen = universe
        .launch_restart(RestartPlan::for_place(6, PlaceVersions::These(vec![1, 3])))
        .unwrap();
    assert_eq!(chosen.players_impacted(), Some(2));
    chosen.wait(SOON).unwrap();
    let servers = universe
        .place(6)
        .list_servers(1, ServerFilter::all())
        .map(Result::unwrap);
    let ended = servers.filter(|server| server.shut_down == Some(true));
    assert_eq!(
        ended.filter_map(|server| server.job_id).collect::<Vec<_>>(),
        [job]
    );
    assert_eq!(
        universe
            .place(7)
            .count_servers(1, ServerFilter::all().shut_down(false))
            .unwrap(),
        Some(1)
    );

    universe
        .restart_servers(RestartServers::all().places([7]))
        .unwrap();
    sandbox.advance(Duration::from_secs(2));
    assert_eq!(
        universe
            .place(7)
            .count_servers(1, ServerFilter::all())
            .unwrap(),
        Some(2)
    );
    assert_eq!(
        universe.restarts().unwrap().len(),
        2,
        "the older call does not list its restart"
    );
    let foreign = universe
        .launch_restart(RestartPlan::for_place(90, PlaceVersions::All))
        .unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::BadRequest);
    let mut raw = Raw::connect(&sandbox);
    for body in [
        json!({"places": {"6": {"versions": [1], "excludeCurrentVersion": true}}}),
        json!({"bleedOffDurationMinutes": 241}),
        json!({"attributes": [1]}),
    ] {
        let reply = raw.json(
            "POST",
            "/server-management/v1/universes/5/restarts",
            &body.to_string(),
        );
        assert_eq!(reply.status, 400, "{body}");
    }
    for (universe, status, code) in [(1, 404, "NOT_FOUND"), (5, 400, "INVALID_ARGUMENT")] {
        let target = format!("/cloud/v2/universes/{universe}:restartServers");
        let reply = raw.json("POST", &target, r#"{"placeIds":["90"]}"#);
        assert_error(&reply, status, code);
    }
}
