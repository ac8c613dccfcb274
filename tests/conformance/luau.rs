//! Every call about Luau scripts and instances, with every parameter.

use std::time::Duration;

use rblx_open_cloud::models::{InstanceUpdate, LuauInput, LuauScript, RunContext};
use rblx_open_cloud::{AssetFile, Client, ErrorKind, Result};
use serde_json::json;

const TASK: &str = "universes/123/places/456/versions/7/luau-execution-sessions/s/tasks/t";

/// The mock makes up states, URLs and paths, so a response may be a failed script, or unreadable; that the request was
/// accepted is checked for all of them together.
fn accepted<T>(result: Result<T>) {
    if let Err(error) = result {
        let is_made_up = matches!(
            error.kind(),
            ErrorKind::Decode | ErrorKind::OperationFailed | ErrorKind::Unexpected
        );
        assert!(is_made_up, "{error}");
    }
}

pub(crate) fn call(client: &Client) {
    let universe = client.universe(123);
    let place = universe.place(456);
    let path = "universes/123/luau-execution-session-task-binary-inputs/b";
    let input: LuauInput = serde_json::from_value(json!({ "path": path })).unwrap();
    let script = || {
        LuauScript::source("return 1")
            .timeout(Duration::from_secs(60))
            .input(&input)
            .binary_output()
    };
    accepted(place.run(LuauScript::source("return 1")).start());
    accepted(place.run(script()).start());
    accepted(place.run(script().version(7)).start());
    accepted(client.luau_task(TASK).poll());
    accepted(client.luau_task(TASK).get());
    let lines = client.luau_task(TASK).list_logs();
    lines.page_size(2).limit(2).for_each(accepted);
    // Content cannot be uploaded to the URL of the mock.
    accepted(universe.luau_input(AssetFile::bytes("a.bin", [1, 2, 3])));

    let instance = place.instance("44b188da-ce63-2b47-02e9-c68d004b5664");
    accepted(instance.get());
    let update = || {
        InstanceUpdate::script()
            .name("n")
            .source("print()")
            .enabled(true)
    };
    accepted(instance.update(update().run_context(RunContext::Server)));
    accepted(instance.update(InstanceUpdate::module_script().source("return 1")));
    accepted(instance.update(InstanceUpdate::local_script().enabled(false)));
    // An operation of the mock may never be done.
    let children = instance.list_children().wait_for(Duration::ZERO);
    let mut children = children.page_size(2).limit(2).starting_at("token");
    if let Some(Err(error)) = children.next() {
        assert_ne!(error.kind(), ErrorKind::BadRequest, "{error}");
    }
    let path = "universes/123/places/456/instances/i/operations/o";
    let mut operation = client.operation::<rblx_open_cloud::models::Instance>(path);
    accepted(operation.poll());
}

/// Makes every call that the sandbox supports.
pub(crate) fn call_sandbox(client: &Client) {
    let limit = Duration::from_secs(5);
    let universe = client.universe(13_058);
    let place = universe.place(90);
    let script = LuauScript::source("return 1").timeout(Duration::from_secs(60));
    place.run(script.clone()).wait(limit).unwrap();
    let mut task = place.run(script.version(1)).start().unwrap();
    task.wait(limit).unwrap();
    task.get().unwrap();
    assert_eq!(task.list_logs().map(Result::unwrap).count(), 0);
    // Content does not pass through the proxy: its URL is the sandbox's own.
    universe
        .luau_input(AssetFile::bytes("a.bin", [1, 2, 3]))
        .unwrap();

    let children = place.root_instance().list_children().page_size(1);
    assert_eq!(children.map(Result::unwrap).count(), 2);
    let settings = place.instance("00000000-0000-0000-0000-000000000005");
    settings.get().unwrap().wait(limit).unwrap();
    let update = InstanceUpdate::module_script().source("return {}");
    settings.update(update).unwrap().wait(limit).unwrap();
}
