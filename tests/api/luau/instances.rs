//! Instances of a place's data model.

use std::time::Duration;

use super::place;
use crate::support::{MockServer, Received, ok};
use rblx_open_cloud::models::{Instance, InstanceId, InstanceKind, InstanceUpdate, RunContext};
use rblx_open_cloud::{Client, Error, ErrorKind, PageToken, Result};
use serde_json::{Value, json};

const LONG: Duration = Duration::from_secs(60);
const OPERATION: &str = "universes/5/places/6/instances/i-1/operations/o-1";

fn instance(id: &str, details: &Value) -> Value {
    json!({
        "path": format!("universes/5/places/6/instances/{id}"),
        "hasChildren": true,
        "engineInstance": { "Id": id, "Parent": "p-1", "Name": "Thing", "Details": details },
    })
}

fn done(response: &Value) -> Vec<u8> {
    ok(json!({ "path": OPERATION, "done": true, "response": response }).to_string())
}

fn running() -> Vec<u8> {
    ok(json!({ "path": OPERATION, "done": false }).to_string())
}

#[test]
fn reading_is_an_operation_that_is_polled_where_its_path_says() {
    let details =
        json!({ "Script": { "Enabled": true, "RunContext": "Server", "Source": "print(1.10)\n" } });
    let mut result = instance("i-1", &details);
    result["@type"] = json!("type.googleapis.com/roblox.open_cloud.cloud.v2.Instance");
    let peer = MockServer::replying([running(), running(), done(&result)]);
    let client = peer.client();
    let mut operation = place(&client).instance("i-1").get().unwrap();
    assert_eq!(operation.path(), OPERATION);
    let read = operation.wait(LONG).unwrap();
    assert_eq!(peer.requests()[1].target, format!("/cloud/v2/{OPERATION}"));
    assert_eq!(
        (read.id.as_str(), read.name.as_deref()),
        ("i-1", Some("Thing"))
    );
    assert_eq!(read.parent_id.as_ref().map(InstanceId::as_str), Some("p-1"));
    assert_eq!(
        (read.universe_id, read.place_id),
        (Some(5.into()), Some(6.into()))
    );
    assert_eq!(
        (read.has_children, read.source()),
        (Some(true), Some("print(1.10)\n"))
    );
    assert!(matches!(
        read.kind,
        InstanceKind::Script {
            enabled: Some(true),
            run_context: Some(RunContext::Server),
            ..
        }
    ));
    // The same in another process, and a result that comes at once.
    let again = client
        .operation::<Instance>(format!("cloud/v2/{OPERATION}"))
        .wait(LONG)
        .unwrap();
    assert_eq!(again, read);
    let peer = MockServer::replying([done(&result)]);
    let mut at_once = place(&peer.client()).instance("i-1").get().unwrap();
    assert_eq!(
        (at_once.wait(LONG).unwrap(), peer.requests().len()),
        (read, 1)
    );
}

#[test]
fn classes_are_recognized_by_the_only_field_of_their_details() {
    let kind = |details: Value| {
        let instance: Instance = serde_json::from_value(instance("i", &details)).unwrap();
        let text = serde_json::to_string(&instance).unwrap();
        assert_eq!(
            serde_json::from_str::<Instance>(&text).unwrap(),
            instance,
            "{text}"
        );
        instance.kind
    };
    assert_eq!(kind(json!({ "Folder": {} })), InstanceKind::Folder);
    let module = kind(json!({ "ModuleScript": { "Source": "return 1" } }));
    assert!(
        matches!(&module, InstanceKind::ModuleScript { source, .. } if source.as_deref() == Some("return 1"))
    );
    let local = kind(json!({ "LocalScript": { "RunContext": "New", "Source": null } }));
    assert!(matches!(
        &local,
        InstanceKind::LocalScript {
            run_context: Some(RunContext::Unknown(_)),
            source: None,
            enabled: None,
            ..
        }
    ));
    for other in [
        json!({}),
        json!({ "Part": { "Size": [1.5, 2] } }),
        json!({ "Script": 7 }),
    ] {
        let InstanceKind::Other(raw) = kind(other.clone()) else {
            panic!("{other}");
        };
        assert_eq!(raw.as_str(), other.to_string());
    }
    let bare: Instance = serde_json::from_str(r#"{"engineInstance":{"Id":"x"}}"#).unwrap();
    assert_eq!(
        (bare.id.as_str(), bare.kind),
        ("x", InstanceKind::Other(json!({}).into()))
    );
    assert!(serde_json::from_str::<Instance>(r#"{"hasChildren":true}"#).is_err());
}

/// Responds to the pages of a list with operations that need one poll each; the token of a page is the id of its
/// operation.
fn children(pages: Vec<Value>) -> MockServer {
    MockServer::new(move |_, request: &Received| {
        if request.path().ends_with(":listChildren") {
            let token = request.query("pageToken").unwrap_or_else(|| "0".to_owned());
            let path = format!("universes/5/places/6/instances/i-1/operations/{token}");
            return ok(json!({ "path": path, "done": null }).to_string());
        }
        let number: usize = request.path().rsplit('/').next().unwrap().parse().unwrap();
        match &pages[number] {
            Value::Number(code) => {
                let error = json!({ "code": code, "message": "The response is too large." });
                ok(json!({ "path": OPERATION, "done": true, "error": error }).to_string())
            }
            page => done(page),
        }
    })
}

fn names(list: impl Iterator<Item = Result<Instance>>) -> Vec<String> {
    list.map(|child| {
        child.map_or_else(
            |error| error.kind().to_string(),
            |child| child.id.to_string(),
        )
    })
    .collect()
}

#[test]
fn each_page_of_children_is_an_operation() {
    let page = |ids: &[&str], next: Value| {
        let instances: Vec<_> = ids.iter().map(|id| instance(id, &json!({}))).collect();
        json!({ "@type": "x", "instances": instances, "nextPageToken": next })
    };
    let peer = children(vec![
        page(&["a", "b"], json!("1")),
        page(&[], json!("2")),
        json!({ "nextPageToken": "3" }),
        page(&["c"], json!(null)),
    ]);
    let list = |client: &Client| place(client).instance("i-1").list_children();
    let client = peer.client();
    assert_eq!(names(list(&client)), ["a", "b", "c"]);
    assert_eq!(peer.requests().len(), 8);
    let mut first = list(&client).limit(2);
    assert_eq!(names(&mut first), ["a", "b"]);
    assert!(first.next().is_none());
    assert_eq!(
        peer.requests().len(),
        10,
        "nothing beyond the limit is requested"
    );
    assert_eq!(
        peer.requests()[8].query("maxPageSize").as_deref(),
        Some("2")
    );
    assert_eq!(names(list(&client).limit(0)), [""; 0]);
    assert_eq!(names(list(&client).starting_at("3")), ["c"]);
    let mut list = list(&client);
    list.nth(2);
    assert_eq!(list.resume_token().map(PageToken::as_str), Some("3"));
}

#[test]
fn a_page_that_is_too_large_says_what_to_do() {
    let peer = children(vec![json!(422)]);
    let mut list = place(&peer.client()).instance("i-1").list_children();
    let error = list.next().unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::OperationFailed, Some("422"))
    );
    assert!(
        error
            .to_string()
            .contains("500,000 bytes: request fewer children with `page_size`"),
        "{error}"
    );
    assert!(!error.is_item());
    assert!(list.next().is_none());
}

#[test]
fn a_malformed_child_costs_one_child_and_a_repeated_token_is_an_error() {
    let malformed = json!({ "instances": [instance("a", &json!({})), { "path": 7 }, instance("c", &json!({}))] });
    let peer = children(vec![malformed]);
    let list: Vec<_> = place(&peer.client())
        .instance("i-1")
        .list_children()
        .collect();
    assert!(list[1].as_ref().is_err_and(Error::is_item));
    assert_eq!(
        (list.len(), list[2].as_ref().unwrap().id.as_str()),
        (3, "c")
    );

    let again = json!({ "instances": [instance("a", &json!({}))], "nextPageToken": "1" });
    let peer = children(vec![again.clone(), again]);
    let list = place(&peer.client()).instance("i-1").list_children();
    assert_eq!(names(list), ["a", "unexpected response"]);
}

#[test]
fn a_page_that_takes_too_long_can_be_resumed() {
    let peer = MockServer::replying([running()]);
    let mut list = place(&peer.client()).instance("i-1").list_children();
    list = list.wait_for(Duration::from_millis(5));
    let error = list.next().unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.operation()),
        (ErrorKind::StillRunning, Some(OPERATION))
    );
}

#[test]
fn a_script_that_is_open_elsewhere_is_a_conflict() {
    let body = r#"{"code":"ABORTED","message":"The instance is being edited."}"#;
    let peer = MockServer::replying([crate::support::json(409, body)]);
    let update = InstanceUpdate::script().source("x");
    let error = place(&peer.client())
        .instance("i-1")
        .update(update)
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert!(
        error.to_string().contains("open in Roblox Studio"),
        "{error}"
    );
}
