//! Recordings: their files, and their replay.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use crate::common::Raw;
use rblx_open_cloud::models::{InventoryFilter, MembershipFilter};
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use rblx_open_cloud::{Client, ErrorKind, RetryPolicy};

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("recording-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn client(sandbox: &Sandbox, key: &str) -> Client {
    let quick = RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    Client::builder(key)
        .base_url(sandbox.url())
        .retry(quick)
        .build()
        .unwrap()
}

fn texts(folder: &PathBuf) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().flatten().collect();
    files.sort_by_key(fs::DirEntry::file_name);
    let text = |file: &fs::DirEntry| {
        let name = file.file_name().into_string().unwrap();
        (name, fs::read_to_string(file.path()).unwrap())
    };
    files.iter().map(text).collect()
}

#[test]
fn a_recording_replays_the_responses_of_the_service() {
    let folder = folder("responses");
    let upstream = Sandbox::builder()
        .api_key("planted-secret-key")
        .start()
        .unwrap();
    let recorder = Sandbox::builder()
        .record(&folder, &upstream.url())
        .start()
        .unwrap();
    let caller = client(&recorder, "planted-secret-key");
    let user = caller.user(156).get().unwrap();
    let items: Vec<_> = caller
        .user(156)
        .list_inventory(InventoryFilter::all())
        .collect();
    let missing = caller.user(1).get().unwrap_err();
    caller.group(7).accept_join_request(2).unwrap();
    upstream.fail_next(Fault::unavailable());
    caller.group(8).get().unwrap();
    drop((recorder, upstream));

    let files = texts(&folder);
    assert!(
        files[0].0.starts_with("0001-GET-cloud-v2-users-156"),
        "{}",
        files[0].0
    );
    for (name, text) in &files {
        assert!(!text.contains("planted-secret-key"), "{name}: {text}");
    }
    assert!(files[0].1.contains("[redacted]"));

    let player = Sandbox::builder().replay(&folder).start().unwrap();
    let replaying = client(&player, "any-key");
    assert_eq!(replaying.user(156).get().unwrap(), user);
    let again: Vec<_> = replaying
        .user(156)
        .list_inventory(InventoryFilter::all())
        .collect();
    assert_eq!(again.len(), items.len());
    assert!(
        again
            .into_iter()
            .zip(items)
            .all(|(again, item)| again.unwrap() == item.unwrap())
    );
    let error = replaying.user(1).get().unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (missing.kind(), missing.message())
    );
    replaying.group(7).accept_join_request(2).unwrap();
    assert_eq!(
        replaying.group(8).get().unwrap().id.get(),
        8,
        "first the 503, then the group"
    );

    let error = replaying
        .group(7)
        .list_memberships(MembershipFilter::all())
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(
        error
            .to_string()
            .contains("Not recorded: GET /cloud/v2/groups/7/memberships"),
        "{error}"
    );
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_token_is_hidden_wherever_it_is_sent() {
    let folder = folder("token");
    let upstream = Sandbox::start().unwrap();
    let recorder = Sandbox::builder()
        .record(&folder, &upstream.url())
        .start()
        .unwrap();
    let mut raw = Raw::connect(&recorder);
    let body = r#"{"note":"planted-token"}"#;
    let length = format!("content-length: {}", body.len());
    let headers = ["authorization: bearer planted-token", &length];
    let head = raw.head("POST", "/cloud/v2/users/156/notifications", &headers);
    raw.send(head + body);
    raw.reply();
    let (name, text) = texts(&folder).remove(0);
    assert!(!text.contains("planted-token"), "{name}: {text}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn folders_that_cannot_be_used_are_named() {
    let folder = folder("folders");
    let start = |builder: rblx_open_cloud::sandbox::SandboxBuilder| {
        builder.start().unwrap_err().to_string()
    };
    let error = start(Sandbox::builder().replay(&folder));
    assert!(
        error.contains("cannot be read") && error.contains("recording-folders"),
        "{error}"
    );
    fs::create_dir(&folder).unwrap();
    assert!(start(Sandbox::builder().replay(&folder)).contains("does not contain a recording"));
    fs::write(folder.join("0001.json"), "{}").unwrap();
    assert!(
        start(Sandbox::builder().replay(&folder)).contains("0001.json is not a recorded exchange")
    );
    let error = start(Sandbox::builder().record(&folder, "https://apis.roblox.com"));
    assert!(error.contains("holds a recording already"), "{error}");
    fs::remove_file(folder.join("0001.json")).unwrap();
    let error = start(Sandbox::builder().record(&folder, "http://example.com"));
    assert!(error.contains("https"), "{error}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_upstream_that_is_gone_is_a_bad_gateway() {
    let folder = folder("gone");
    let recorder = Sandbox::builder()
        .record(&folder, "http://127.0.0.1:1")
        .start()
        .unwrap();
    let client = recorder
        .client_builder()
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let error = client.user(156).get().unwrap_err();
    assert_eq!(error.status(), Some(502));
    assert!(error.to_string().contains("upstream"), "{error}");
    fs::remove_dir_all(folder).unwrap();
}
