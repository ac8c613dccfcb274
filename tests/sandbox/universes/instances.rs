//! Instances: the tree of place 90, and what other clients send.

use super::SOON;
use crate::common::Raw;
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{InstanceKind, InstanceUpdate, RunContext};
use rblx_open_cloud::resource::Instance;
use rblx_open_cloud::sandbox::Sandbox;
use serde_json::{Value, json};

const INSTANCES: &str = "/cloud/v2/universes/13058/places/90/instances";

fn id(number: u8) -> String {
    format!("00000000-0000-0000-0000-{number:012}")
}

fn instance(sandbox: &Sandbox, number: u8) -> Instance {
    sandbox
        .client()
        .universe(13_058)
        .place(90)
        .instance(id(number))
}

fn finished(raw: &mut Raw, started: &Value) -> Value {
    let path = format!("/cloud/v2/{}", started["path"].as_str().unwrap());
    for _ in 0..1000 {
        let operation = raw.get(&path).json();
        if operation["done"] == true {
            return operation;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("never done")
}

#[test]
fn the_tree_is_walked_from_its_root() {
    let sandbox = Sandbox::start().unwrap();
    let place = sandbox.client().universe(13_058).place(90);
    let mut found = Vec::new();
    let mut open = vec![place.root_instance()];
    while let Some(parent) = open.pop() {
        for child in parent.list_children().page_size(1) {
            let child = child.unwrap();
            found.push(child.name.clone().unwrap());
            if child.has_children == Some(true) {
                open.push(place.instance(&child.id));
            }
        }
    }
    found.sort();
    assert_eq!(
        found,
        [
            "Hud",
            "Main",
            "Modules",
            "ServerScriptService",
            "Settings",
            "Workspace"
        ]
    );
    let other = sandbox.client().universe(13_058).place(91);
    let error = other
        .root_instance()
        .list_children()
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[test]
fn sources_are_read_and_changed() {
    let sandbox = Sandbox::start().unwrap();
    let script = instance(&sandbox, 6);
    let update = InstanceUpdate::script()
        .name("Start")
        .source("print('new')")
        .enabled(false)
        .run_context(RunContext::Server);
    let mut changing = script.update(update).unwrap();
    let before = script.get().unwrap().wait(SOON).unwrap();
    assert_eq!(
        before.name.as_deref(),
        Some("Main"),
        "the change takes effect when the operation is done"
    );
    let changed = changing.wait(SOON).unwrap();
    assert_eq!(
        (changed.name.as_deref(), changed.source()),
        (Some("Start"), Some("print('new')"))
    );
    assert!(matches!(
        changed.kind,
        InstanceKind::Script {
            enabled: Some(false),
            run_context: Some(RunContext::Server),
            ..
        }
    ));
    assert_eq!(script.get().unwrap().wait(SOON).unwrap(), changed);
    let folder = instance(&sandbox, 4)
        .update(InstanceUpdate::folder().name("Lib"))
        .unwrap()
        .wait(SOON)
        .unwrap();
    assert_eq!(
        (folder.kind, folder.name.as_deref()),
        (InstanceKind::Folder, Some("Lib"))
    );
}

#[test]
fn what_the_service_rejects_is_rejected() {
    let sandbox = Sandbox::start().unwrap();
    for wrong in [
        InstanceUpdate::script().source("x"),
        InstanceUpdate::local_script().enabled(true),
    ] {
        let error = instance(&sandbox, 5).update(wrong).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BadRequest, "{error}");
    }
    sandbox.open_in_studio(90, true);
    let error = instance(&sandbox, 5)
        .update(InstanceUpdate::module_script().source("x"))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert_eq!(
        instance(&sandbox, 77).get().unwrap_err().kind(),
        ErrorKind::NotFound
    );
}

#[test]
fn other_clients_name_the_whole_object_or_no_mask() {
    let sandbox = Sandbox::start().unwrap();
    let mut raw = Raw::connect(&sandbox);
    let target = format!("{INSTANCES}/{}", id(5));
    for (query, source) in [
        ("", "a"),
        ("?updateMask=engineInstance", "b"),
        ("?updateMask=engineInstance.Details", "c"),
    ] {
        let body = json!({ "engineInstance": { "Id": id(5), "Details": { "ModuleScript": { "Source": source } } } });
        let started = raw.json("PATCH", &format!("{target}{query}"), &body.to_string());
        let done = finished(&mut raw, &started.json());
        let read = &done["response"]["engineInstance"];
        assert_eq!(
            (&read["Details"]["ModuleScript"]["Source"], &read["Parent"]),
            (&json!(source), &json!(id(4)))
        );
    }
    let body = r#"{"engineInstance":{"Details":{"ModuleScript":{"Source":7}}}}"#;
    assert_eq!(raw.json("PATCH", &target, body).status, 400);
    let long = json!({ "engineInstance": { "Details": { "ModuleScript": { "Source": "é".repeat(100_001) } } } });
    assert_eq!(raw.json("PATCH", &target, &long.to_string()).status, 400);
}

#[test]
fn a_result_of_more_than_500_000_bytes_ends_in_422() {
    let sandbox = Sandbox::start().unwrap();
    for number in [5, 6, 7] {
        let source = "x".repeat(200_000);
        let update = match number {
            5 => InstanceUpdate::module_script(),
            6 => InstanceUpdate::script(),
            _ => InstanceUpdate::local_script(),
        };
        instance(&sandbox, number)
            .update(update.source(source))
            .unwrap()
            .wait(SOON)
            .unwrap();
    }
    // Characters that JSON writes in six.
    let update = InstanceUpdate::module_script().source("\u{1}".repeat(100_000));
    let mut changing = instance(&sandbox, 5).update(update).unwrap();
    changing.wait(SOON).unwrap();
    let error = instance(&sandbox, 5).get().unwrap().wait(SOON).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::OperationFailed, Some("422"))
    );
    assert!(error.to_string().contains("500,000 bytes"), "{error}");
    let error = instance(&sandbox, 4)
        .list_children()
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(error.code(), Some("422"));
    assert!(
        instance(&sandbox, 3)
            .list_children()
            .all(|child| child.is_ok())
    );
}
