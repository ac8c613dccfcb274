//! The calls that are sent again: a table of all operations.

use super::{PATH, place};
use crate::support::{MockServer, json, ok, response, with_headers};
use rblx_open_cloud::models::{InstanceUpdate, LuauScript};
use rblx_open_cloud::{AssetFile, Client, Result};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Repeat {
    Always,
    Never,
}
use Repeat::{Always, Never};

type Call = fn(&Client) -> Result<()>;

const TABLE: &[(&str, Repeat, Call)] = &[
    ("run", Never, |client| {
        let script = LuauScript::source("return 1");
        place(client).run(script).start().map(drop)
    }),
    ("run in a version", Never, |client| {
        let script = LuauScript::source("return 1").version(3);
        place(client).run(script).start().map(drop)
    }),
    ("input", Never, |client| {
        let file = AssetFile::bytes("a.bin", [1, 2, 3]);
        client.universe(5).luau_input(file).map(drop)
    }),
    ("poll", Always, |client| {
        client.luau_task(PATH).poll().map(drop)
    }),
    ("get task", Always, |client| {
        client.luau_task(PATH).get().map(drop)
    }),
    ("list logs", Always, |client| {
        client
            .luau_task(PATH)
            .list_logs()
            .next()
            .transpose()
            .map(drop)
    }),
    ("get instance", Always, |client| {
        place(client).instance("i").get().map(drop)
    }),
    ("list children", Always, |client| {
        let mut children = place(client).instance("i").list_children();
        children.next().transpose().map(drop)
    }),
    ("update instance", Always, |client| {
        let update = InstanceUpdate::script().source("x");
        place(client).instance("i").update(update).map(drop)
    }),
    ("poll instance", Always, |client| {
        let path = "universes/5/places/6/instances/i/operations/o";
        client
            .operation::<rblx_open_cloud::models::Instance>(path)
            .poll()
            .map(drop)
    }),
];

/// Sends a call to a peer that fails once, and returns the number of times that its first request was sent.
fn tries(name: &str, call: Call, failure: &[u8]) -> usize {
    let failure = failure.to_vec();
    let peer = MockServer::new(move |number, request| {
        if number == 0 {
            return failure.clone();
        }
        let host = request.header("host").unwrap_or_default();
        ok(format!(
            r#"{{"path":"universes/5/places/6/instances/i","done":true,"state":"COMPLETE","uploadUri":"http://{host}/u",
                "response":{{"path":"universes/5/places/6/instances/i"}}}}"#
        ))
    });
    let result = call(&peer.retrying_client());
    let requests = peer.requests();
    let tries = requests
        .iter()
        .filter(|request| request.target == requests[0].target)
        .count();
    assert!(
        requests
            .iter()
            .take(tries)
            .all(|request| request.body == requests[0].body),
        "{name}"
    );
    match result {
        Ok(()) => assert_eq!(tries, 2, "{name}"),
        Err(error) => {
            assert_eq!((tries, error.attempts()), (1, 1), "{name}: {error}");
            assert!(error.outcome_unknown(), "{name}: {error}");
        }
    }
    tries
}

#[test]
fn calls_are_repeated_as_the_table_says() {
    let lost: &[u8] = b"";
    let page = response(400, "text/html", "<html><h1>400 Bad request</h1></html>");
    let unavailable = json(503, r#"{"code":"UNAVAILABLE","message":"later"}"#);
    let throttled = with_headers(429, "retry-after: 0\r\n", "{}");
    for (name, repeat, call) in TABLE {
        let expected = if *repeat == Always { 2 } else { 1 };
        for failure in [lost, &page, &unavailable] {
            assert_eq!(tries(name, *call, failure), expected, "{name}");
        }
        assert_eq!(tries(name, *call, &throttled), 2, "{name} after a 429");
    }
}
