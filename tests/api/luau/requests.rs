//! Every call with all of its parameters, as it goes over the wire.

use std::time::Duration;

use super::{PATH, TASK, place};
use crate::support::{MockServer, ok};
use rblx_open_cloud::models::{InstanceUpdate, LuauInput, LuauScript, RunContext};
use rblx_open_cloud::{AssetFile, Client, ErrorKind};

fn input() -> LuauInput {
    let path = "universes/5/luau-execution-session-task-binary-inputs/b1";
    serde_json::from_value(serde_json::json!({ "path": path })).unwrap()
}

#[test]
fn scripts() {
    let all = || {
        LuauScript::source("return 1")
            .timeout(Duration::from_millis(3500))
            .version(7)
            .input(&input())
            .binary_output()
    };
    assert_sends! {
        "POST /cloud/v2/universes/5/places/6/luau-execution-session-tasks {\"script\":\"return 1\"}"
            => |client| place(&client).run(LuauScript::source("return 1")).start();
        "POST /cloud/v2/universes/5/places/6/versions/7/luau-execution-session-tasks \
         {\"binaryInput\":\"universes/5/luau-execution-session-task-binary-inputs/b1\",\"enableBinaryOutput\":true,\
         \"script\":\"return 1\",\"timeout\":\"3.5s\"}"
            => |client| place(&client).run(all()).start();
        format!("GET {TASK}") => |client| client.luau_task(PATH).poll();
        format!("GET {TASK}?view=FULL") => |client| client.luau_task(PATH).get();
        format!("GET {TASK}/logs?view=STRUCTURED&maxPageSize=10000")
            => |client| client.luau_task(PATH).list_logs().next();
        format!("GET {TASK}/logs?view=STRUCTURED&maxPageSize=7&pageToken=t")
            => |client| client.luau_task(PATH).list_logs().page_size(7).starting_at("t").next();
        "POST /cloud/v2/universes/5/luau-execution-session-task-binary-inputs {\"size\":3}"
            => |client| client.universe(5).luau_input(AssetFile::bytes("a.bin", [1, 2, 3]));
    }
}

#[test]
fn tasks_are_found_by_all_four_shapes_of_their_path() {
    let universe = "/cloud/v2/universes/5/places/6";
    for (path, target) in [
        (PATH.to_owned(), TASK.to_owned()),
        (format!("/{PATH}"), TASK.to_owned()),
        (format!("cloud/v2/{PATH}"), TASK.to_owned()),
        (
            "universes/5/places/6/luau-execution-sessions/s/tasks/t".to_owned(),
            format!("{universe}/luau-execution-sessions/s/tasks/t"),
        ),
        (
            "universes/5/places/6/versions/2/luau-execution-session-tasks/t".to_owned(),
            format!("{universe}/versions/2/luau-execution-session-tasks/t"),
        ),
        (
            "universes/5/places/6/luau-execution-session-tasks/t u".to_owned(),
            format!("{universe}/luau-execution-session-tasks/t u"),
        ),
    ] {
        assert_sends! {
            format!("GET {target}") => |client| client.luau_task(path.as_str()).poll();
            format!("GET {target}/logs?view=STRUCTURED&maxPageSize=10000")
                => |client| client.luau_task(path.as_str()).list_logs().next();
        }
    }
    for path in [
        "",
        "tasks/1",
        "operations/1",
        "universes/5/places/6",
        &format!("{PATH}/logs"),
    ] {
        let peer = MockServer::replying([ok("{}")]);
        let client = peer.client();
        let error = client.luau_task(path).poll().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{path}");
        let error = client
            .luau_task(path)
            .list_logs()
            .next()
            .unwrap()
            .unwrap_err();
        assert!(
            error.to_string().contains("is not the path of a Luau task"),
            "{error}"
        );
        assert!(peer.requests().is_empty());
    }
}

#[test]
fn instances() {
    let script = InstanceUpdate::script()
        .run_context(RunContext::Server)
        .source("print()")
        .enabled(false)
        .name("Main");
    assert_sends! {
        "GET /cloud/v2/universes/5/places/6/instances/i-1"
            => |client| place(&client).instance("i-1").get();
        "GET /cloud/v2/universes/5/places/6/instances/root"
            => |client| place(&client).root_instance().get();
        "GET /cloud/v2/universes/5/places/6/instances/root:listChildren?maxPageSize=200"
            => |client| place(&client).root_instance().list_children().next();
        "GET /cloud/v2/universes/5/places/6/instances/i-1:listChildren?maxPageSize=50&pageToken=t"
            => |client| place(&client).instance("i-1").list_children().page_size(50).starting_at("t").next();
        "PATCH /cloud/v2/universes/5/places/6/instances/i-1?updateMask=engineInstance.Details.ModuleScript.Source \
         {\"engineInstance\":{\"Details\":{\"ModuleScript\":{\"Source\":\"return 1\"}},\"Id\":\"i-1\"}}"
            => |client| place(&client).instance("i-1").update(InstanceUpdate::module_script().source("return 1"));
        "PATCH /cloud/v2/universes/5/places/6/instances/i-1?updateMask=engineInstance.Name,\
         engineInstance.Details.Script.Enabled,engineInstance.Details.Script.RunContext,engineInstance.Details.Script.Source \
         {\"engineInstance\":{\"Details\":{\"Script\":{\"Enabled\":false,\"RunContext\":\"Server\",\"Source\":\"print()\"}},\
         \"Id\":\"i-1\",\"Name\":\"Main\"}}"
            => |client| place(&client).instance("i-1").update(script);
        "PATCH /cloud/v2/universes/5/places/6/instances/i-1?updateMask=engineInstance.Details.LocalScript.Source \
         {\"engineInstance\":{\"Details\":{\"LocalScript\":{\"Source\":\"\"}},\"Id\":\"i-1\"}}"
            => |client| place(&client).instance("i-1").update(InstanceUpdate::local_script().source(""));
    }
}

/// Calls that are rejected before anything is sent, with a part of the reason.
fn assert_rejects<T>(call: impl FnOnce(&Client) -> rblx_open_cloud::Result<T>, why: &str) {
    let peer = MockServer::replying([ok("{}")]);
    let error = call(&peer.client()).map(drop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput, "{why}");
    assert!(error.to_string().contains(why), "{error}");
    assert!(peer.requests().is_empty(), "{why}");
}

#[test]
fn what_the_service_would_reject_is_not_sent() {
    let run = |script: LuauScript, why: &str| {
        assert_rejects(|client| place(client).run(script).start(), why);
    };
    run(LuauScript::source(" \n"), "the script is empty");
    run(
        LuauScript::source("x".repeat(4 << 20) + "y"),
        "the maximum of a script is 4194304",
    );
    run(
        LuauScript::file("/nowhere/tests.luau"),
        "there is no such file",
    );
    run(LuauScript::file(std::env::temp_dir()), "is not a file");
    run(
        LuauScript::source("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
        "Git LFS pointer",
    );
    let one = || LuauScript::source("return 1");
    run(
        one().timeout(Duration::ZERO),
        "for more than 0 and up to 300s, not 0ns",
    );
    run(one().timeout(Duration::from_secs(301)), "not 301s");
    run(one().version(0), "count from 1");

    let large = AssetFile::reader("a.bin", (100 << 20) + 1, std::io::empty());
    assert_rejects(
        |client| client.universe(5).luau_input(large),
        "the maximum of an input is 104857600",
    );

    let update = |update: InstanceUpdate, why: &str| {
        assert_rejects(|client| place(client).instance("i").update(update), why);
    };
    update(InstanceUpdate::script(), "changes nothing");
    // Bytes count, not characters.
    update(
        InstanceUpdate::script().source("é".repeat(100_001)),
        "200002 bytes; the maximum is 200000",
    );
    update(
        InstanceUpdate::module_script().enabled(true),
        "a ModuleScript has no Enabled",
    );
    update(
        InstanceUpdate::folder().source("x"),
        "a Folder has no Source",
    );
    assert_rejects(|client| place(client).instance("").get(), "cannot be empty");
    assert_rejects(
        |client| place(client).instance("..").get(),
        "cannot be \"..\"",
    );
    let most = InstanceUpdate::script().source("é".repeat(100_000));
    let peer = MockServer::replying([ok("{}")]);
    let _ = place(&peer.client()).instance("i").update(most);
    assert_eq!(peer.requests().len(), 1);
}

#[test]
fn a_file_is_read_when_the_script_is_started() {
    let folder = std::env::temp_dir();
    let path = folder.join(format!(
        "rblx-open-cloud-script-{}.luau",
        std::process::id()
    ));
    std::fs::write(&path, "\u{feff}return \"ü\"\n").unwrap();
    let peer = MockServer::replying([ok("{}")]);
    let _ = place(&peer.client()).run(LuauScript::file(&path)).start();
    assert_eq!(
        String::from_utf8_lossy(&peer.requests()[0].body),
        r#"{"script":"return \"ü\"\n"}"#
    );
    std::fs::write(&path, [b'"', 0xff, b'"']).unwrap();
    let error = place(&peer.client())
        .run(LuauScript::file(&path))
        .start()
        .unwrap_err();
    assert!(error.to_string().contains("is not UTF-8 text"), "{error}");
    std::fs::remove_file(&path).unwrap();
}
