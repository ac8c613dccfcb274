//! The calls that are sent again: a table of all operations.

use std::time::Duration;

use crate::repetition::Repetition;
use crate::support::{MockServer, first, json, ok, response, with_headers};
use rblx_open_cloud::models::{
    Ban, PlaceHistoryFilter, PlaceUpdate, PlaceVersions, RestartPlan, RestartServers,
    RestrictionLogFilter, ServerFilter, ServerLogFilter, Speech, Translation, UniverseUpdate,
    VersionNotes,
};
use rblx_open_cloud::{AssetFile, Client, Result, RetryPolicy};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Repeat {
    Always,
    /// After a lost connection or a gateway's page, not after an error of the service.
    AfterLoss,
    Never,
}
use Repeat::{AfterLoss, Always, Never};

type Call = fn(&Client) -> Result<()>;

fn place_file() -> AssetFile {
    AssetFile::bytes("game.rbxlx", b"<roblox></roblox>".to_vec())
}

const TABLE: &[(&str, Repeat, Call)] = &[
    ("get universe", Always, |client| {
        client.universe(5).get().map(drop)
    }),
    ("update universe", Always, |client| {
        client
            .universe(5)
            .update(UniverseUpdate::new().vr_enabled(true))
            .map(drop)
    }),
    ("get place", Always, |client| {
        client.universe(5).place(6).get().map(drop)
    }),
    ("update place", Always, |client| {
        client
            .universe(5)
            .place(6)
            .update(PlaceUpdate::new().server_size(1))
            .map(drop)
    }),
    ("publish", AfterLoss, |client| {
        client.universe(5).place(6).publish(place_file()).map(drop)
    }),
    ("save", AfterLoss, |client| {
        client.universe(5).place(6).save(place_file()).map(drop)
    }),
    ("list versions", Always, |client| {
        first(
            client
                .universe(5)
                .place(6)
                .list_versions(PlaceHistoryFilter::all()),
        )
    }),
    ("list contributors", Always, |client| {
        first(client.universe(5).place(6).list_contributors())
    }),
    ("set notes", Always, |client| {
        client
            .universe(5)
            .place(6)
            .set_version_notes(1, VersionNotes::new("t"))
            .map(drop)
    }),
    ("publish message", Never, |client| {
        client.universe(5).publish_message("t", "m")
    }),
    ("publish message v1", Never, |client| {
        client.universe(5).publish_message_v1("t", "m")
    }),
    ("translate", Always, |client| {
        client
            .universe(5)
            .translate(Translation::new("x", ["fr-fr"]))
            .map(drop)
    }),
    ("speech", Never, |client| {
        client
            .universe(5)
            .generate_speech(Speech::new("x"))
            .map(drop)
    }),
    ("restart outdated", Always, |client| {
        client
            .universe(5)
            .restart_servers(RestartServers::outdated())
    }),
    ("restart all", Never, |client| {
        client.universe(5).restart_servers(RestartServers::all())
    }),
    ("restriction", Always, |client| {
        client.universe(5).restriction(156).map(drop)
    }),
    ("restriction in place", Always, |client| {
        client.universe(5).place(6).restriction(156).map(drop)
    }),
    ("list restrictions", Always, |client| {
        first(client.universe(5).list_restrictions())
    }),
    ("list restrictions in place", Always, |client| {
        first(client.universe(5).place(6).list_restrictions())
    }),
    ("ban", Always, |client| {
        client.universe(5).ban(156, Ban::permanent()).map(drop)
    }),
    ("ban in place", Always, |client| {
        client
            .universe(5)
            .place(6)
            .ban(156, Ban::for_days(1))
            .map(drop)
    }),
    ("unban", Always, |client| {
        client.universe(5).unban(156).map(drop)
    }),
    ("list logs", Always, |client| {
        first(
            client
                .universe(5)
                .list_restriction_logs(RestrictionLogFilter::all()),
        )
    }),
    ("list servers", Always, |client| {
        first(
            client
                .universe(5)
                .place(6)
                .list_servers(1, ServerFilter::all()),
        )
    }),
    ("count servers", Always, |client| {
        client
            .universe(5)
            .place(6)
            .count_servers(1, ServerFilter::all())
            .map(drop)
    }),
    ("list server logs", Always, |client| {
        first(
            client
                .universe(5)
                .place(6)
                .list_server_logs(1, "j", ServerLogFilter::all()),
        )
    }),
    ("server filters", Always, |client| {
        client.universe(5).place(6).server_filters().map(drop)
    }),
    ("forecast", Always, |client| {
        client.universe(5).forecast_restart().map(drop)
    }),
    ("launch", Never, |client| {
        let plan = RestartPlan::for_place(6, PlaceVersions::ExceptCurrent);
        client.universe(5).launch_restart(plan).map(drop)
    }),
    ("restarts", Always, |client| {
        client.universe(5).restarts().map(drop)
    }),
    ("place universe", Always, |client| {
        client.place_universe(6).map(drop)
    }),
];

/// A response that every call can decode.
const SUCCESS: &str = r#"{"path":"universes/5/places/6/user-restrictions/156","user":"users/156","versionNumber":1,"id":"7",
    "done":true,"response":{"assetId":"1"},"placeVersion":{"version":"1"},"universeId":5}"#;

/// Sends a call to a peer that fails once, and returns whether it was sent again.
fn is_repeated(name: &str, call: Call, failure: &[u8]) -> bool {
    let repetition = Repetition::after(failure, SUCCESS, name, call);
    let is_read = repetition.requests[0].method == "GET" || name == "translate";
    repetition.assert_outcome(!is_read, name).is_repeated()
}

#[test]
fn calls_are_repeated_as_the_table_says() {
    let lost: &[u8] = b"";
    let page = response(400, "text/html", "<html><h1>400 Bad request</h1></html>");
    let unavailable = json(503, r#"{"code":"UNAVAILABLE","message":"later"}"#);
    let throttled = with_headers(429, "retry-after: 0\r\n", "{}");
    for (name, repeat, call) in TABLE {
        assert_eq!(
            is_repeated(name, *call, lost),
            *repeat != Never,
            "{name} after a loss"
        );
        assert_eq!(
            is_repeated(name, *call, &page),
            *repeat != Never,
            "{name} after a page"
        );
        assert_eq!(
            is_repeated(name, *call, &unavailable),
            *repeat == Always,
            "{name} after a 503"
        );
        assert!(is_repeated(name, *call, &throttled), "{name} after a 429");
    }
}

#[test]
fn a_stream_is_published_once() {
    let content = b"<roblox></roblox>";
    let peer = MockServer::replying([Vec::new(), ok(SUCCESS)]);
    let retry = RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    let client = peer.builder().retry(retry).build().unwrap();
    let stream = AssetFile::reader("game.rbxlx", content.len() as u64, &content[..]);
    assert!(client.universe(5).place(6).publish(stream).is_err());
    assert_eq!(peer.requests().len(), 1, "it cannot be read again");
}
