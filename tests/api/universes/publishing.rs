//! Publishing: requests, files that are not sent, and rejections.

use std::io::{self, Cursor, Read};
use std::sync::{Arc, Mutex};

use crate::support::{MockServer, Received, json, ok, response};
use rblx_open_cloud::resource::Place;
use rblx_open_cloud::{AssetFile, ErrorKind};

const BINARY: &[u8] = b"<roblox!\x89\xFF\r\n\x1A\n\0\0rest";
const XML: &[u8] = b"<?xml version=\"1.0\"?><roblox version=\"4\"></roblox>";

fn place(peer: &MockServer) -> Place {
    peer.client().universe(5).place(6)
}

fn published(file: AssetFile) -> Received {
    let peer = MockServer::replying([ok(r#"{"versionNumber":7}"#)]);
    assert_eq!(place(&peer).publish(file).unwrap(), 7);
    peer.requests().remove(0)
}

#[test]
fn the_content_type_follows_from_the_bytes() {
    for (name, content, content_type) in [
        ("game.rbxl", BINARY, "application/octet-stream"),
        ("build.tmp", BINARY, "application/octet-stream"),
        ("game.rbxlx", XML, "application/xml"),
        ("build", XML, "application/xml"),
    ] {
        let file = AssetFile::bytes(name, content).content_type("text/plain");
        let request = published(file);
        assert_eq!(request.header("content-type"), Some(content_type), "{name}");
        assert_eq!(
            request.header("content-length"),
            Some(content.len().to_string().as_str())
        );
        assert_eq!(request.body, content);
    }
    let stream = AssetFile::reader("game.rbxl", BINARY.len() as u64, Cursor::new(BINARY));
    assert_eq!(
        published(stream).body,
        BINARY,
        "the bytes that were looked at are sent, too"
    );
}

#[test]
fn a_path_is_enough() {
    let path = std::env::temp_dir().join(format!(
        "rblx-open-cloud-publish-{}.rbxl",
        std::process::id()
    ));
    std::fs::write(&path, BINARY).unwrap();
    let peer = MockServer::replying([ok(r#"{"versionNumber":7}"#)]);
    place(&peer).publish(&path).unwrap();
    place(&peer).publish(path.to_str().unwrap()).unwrap();
    place(&peer).save(path.clone()).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(peer.requests().iter().all(|request| request.body == BINARY));
    let error = place(&peer).publish(&path).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(
        error.to_string().contains("there is no such file"),
        "{error}"
    );
    assert_eq!(peer.requests().len(), 3);
}

#[test]
fn the_version_is_read_whatever_the_content_type() {
    for response in [
        response(200, "text/plain; charset=utf-8", r#"{"versionNumber":7}"#),
        response(200, "application/json", r#"{"versionNumber":7}"#),
        response(
            200,
            "application/json",
            r#"{"versionNumber":"7","other":1}"#,
        ),
    ] {
        let peer = MockServer::replying([response]);
        assert_eq!(place(&peer).publish(AssetFile::bytes("x", XML)).unwrap(), 7);
    }
}

#[test]
fn files_that_are_certainly_not_places_are_not_sent() {
    let peer = MockServer::replying([ok(r#"{"versionNumber":7}"#)]);
    for (name, content, why) in [
        ("game.rbxl", &b""[..], "is empty"),
        (
            "game.rbxl",
            b"version https://git-lfs.github.com/spec/v1\noid",
            "git lfs pull",
        ),
        ("game.rbxl", b"<html>", "HTML page"),
        ("game.rbxl", XML, "give it the extension rbxlx"),
        ("tree.rbxm", BINARY, "is a model by its extension"),
        ("game.lua", b"print()", "is not a Roblox place"),
    ] {
        let error = place(&peer)
            .publish(AssetFile::bytes(name, content))
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidAsset, "{error}");
        let text = error.to_string();
        assert!(text.contains(why) && text.contains(name), "{text}");
    }
    assert!(peer.requests().is_empty());
}

#[test]
fn a_conflict_names_its_causes() {
    let peer = MockServer::replying([json(409, r#"{"message":"Conflict"}"#)]);
    let error = place(&peer)
        .publish(AssetFile::bytes("x", XML))
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Conflict, Some(409))
    );
    let text = error.to_string();
    for cause in ["Studio", "Team Create", "does not belong to the universe"] {
        assert!(text.contains(cause), "{text}");
    }
    assert!(!text.contains("read it again"), "{text}");
}

#[test]
fn a_file_that_is_too_large_is_reported_as_such() {
    let peer = MockServer::replying([json(413, "")]);
    let error = place(&peer)
        .publish(AssetFile::bytes("x", XML))
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("The file is too large for the service"),
        "{error}"
    );
    let peer = MockServer::replying([json(400, r#"{"message":"Invalid file content."}"#)]);
    let error = place(&peer)
        .publish(AssetFile::bytes("x", XML))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidAsset, "{error}");
}

#[test]
fn progress_ends_with_the_last_byte() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let content = [BINARY, &vec![0; 1_000_000]].concat();
    let total = content.len() as u64;
    let file = AssetFile::bytes("game.rbxl", content)
        .on_progress(move |sent, total| log.lock().unwrap().push((sent, total)));
    published(file);
    let seen = seen.lock().unwrap();
    assert_eq!(
        (seen.first(), seen.last()),
        (Some(&(0, total)), Some(&(total, total)))
    );
    assert!(
        seen.windows(2).all(|pair| pair[0].0 < pair[1].0),
        "{seen:?}"
    );
}

#[test]
fn a_wrong_length_publishes_nothing() {
    let length = BINARY.len() as u64;
    for (declared, why) in [(length + 1, "shrank"), (length - 1, "grew")] {
        let peer = MockServer::replying([ok(r#"{"versionNumber":7}"#)]);
        let file = AssetFile::reader("game.rbxl", declared, Cursor::new(BINARY));
        let error = place(&peer).publish(file).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains(why), "{error}");
        assert!(peer.requests().is_empty(), "the request is incomplete");
    }
    let unending = Read::chain(BINARY, io::repeat(7)).take(u64::MAX);
    let peer = MockServer::replying([ok(r#"{"versionNumber":7}"#)]);
    let error = place(&peer)
        .publish(AssetFile::reader("game.rbxl", 100_000, unending))
        .unwrap_err();
    assert!(error.to_string().contains("grew"), "{error}");
}
