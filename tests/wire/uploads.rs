//! Uploads and updates, byte for byte.

use std::io::{self, Read};
use std::sync::{Arc, Mutex};

use crate::form::{Part, parts};
use crate::support::{self, MockServer, Received, ok};
use rblx_open_cloud::models::{AssetType, AssetUpdate, AssetUpload};
use rblx_open_cloud::{AssetFile, ErrorKind, Result};
use serde_json::{Value, json};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const PENDING: &str = r#"{"path":"operations/op-1","operationId":"op-1","done":false}"#;

fn upload(peer: &MockServer, asset_type: AssetType, file: AssetFile) -> Result<()> {
    let upload = AssetUpload::new(asset_type, "Näme \"x\"", "two\nlines", file);
    peer.client().user(156).upload_asset(upload).map(drop)
}

fn parts_of(request: &Received) -> Vec<Part> {
    assert_eq!(
        request.header("content-length").unwrap(),
        request.body.len().to_string()
    );
    assert_eq!(request.header("transfer-encoding"), None);
    parts(request.header("content-type").unwrap(), &request.body)
}

fn json_of(part: &Part) -> Value {
    assert_eq!((part.name.as_str(), &part.file_name), ("request", &None));
    serde_json::from_slice(&part.content).unwrap()
}

#[test]
fn an_upload_is_two_parts_with_an_exact_length() {
    let peer = MockServer::replying([ok(PENDING)]);
    let all_bytes = (0..=255).cycle().take(300_000);
    let content: Vec<u8> = PNG.iter().copied().chain(all_bytes).collect();
    let file = AssetFile::bytes("file.png", content.clone());
    upload(&peer, AssetType::Decal, file).unwrap();

    let request = peer.requests().remove(0);
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", "/assets/v1/assets")
    );
    assert_eq!(request.header("x-api-key"), Some(support::KEY));
    let parts = parts_of(&request);
    assert_eq!(parts.len(), 2);
    assert_eq!(
        json_of(&parts[0]),
        json!({"assetType": "Decal", "displayName": "Näme \"x\"", "description": "two\nlines",
            "creationContext": {"creator": {"userId": "156"}, "expectedPrice": 0}})
    );
    let file = Part {
        name: "fileContent".to_owned(),
        file_name: Some("file.png".to_owned()),
        content_type: Some("image/png".to_owned()),
        content,
    };
    assert_eq!(parts[1], file);
}

#[test]
fn a_group_uploads_and_updates_in_the_same_way() {
    let peer = MockServer::replying([ok(PENDING)]);
    let group = peer.client().group(7);
    let file = AssetFile::bytes("a.mp3", [1, 2]);
    let operation = group
        .upload_asset(AssetUpload::new(AssetType::Audio, "n", "d", file).expected_price(10))
        .unwrap();
    assert_eq!(
        (operation.path(), operation.is_done()),
        ("operations/op-1", false)
    );
    let request = peer.requests().remove(0);
    assert_eq!(
        json_of(&parts_of(&request)[0])["creationContext"],
        json!({"creator": {"groupId": "7"}, "expectedPrice": 10})
    );
    group
        .update_asset(5, AssetUpdate::new().description(""))
        .map(drop)
        .unwrap();
    assert_eq!(
        peer.requests()[1].target,
        "/assets/v1/assets/5?updateMask=description"
    );
}

#[test]
fn an_update_sends_the_fields_that_are_set_and_their_mask() {
    let file = || AssetFile::bytes("model.fbx", [1, 2, 3]);
    for (change, target, json, files) in [
        (
            AssetUpdate::new().file(file()),
            "",
            json!({"assetId": "42"}),
            1,
        ),
        (
            AssetUpdate::new().display_name("n"),
            "?updateMask=displayName",
            json!({"assetId": "42", "displayName": "n"}),
            0,
        ),
        (
            AssetUpdate::new()
                .description("d")
                .display_name("n")
                .file(file())
                .expected_price(3),
            "?updateMask=displayName%2Cdescription",
            json!({"assetId": "42", "displayName": "n", "description": "d", "creationContext": {"expectedPrice": 3}}),
            1,
        ),
    ] {
        let peer = MockServer::replying([ok(PENDING)]);
        peer.client()
            .user(1)
            .update_asset(42, change)
            .map(drop)
            .unwrap();
        let request = peer.requests().remove(0);
        assert_eq!(request.method, "PATCH");
        assert_eq!(request.target, format!("/assets/v1/assets/42{target}"));
        let parts = parts_of(&request);
        assert_eq!(json_of(&parts[0]), json);
        assert_eq!(parts.len(), 1 + files);
        assert!(
            parts
                .iter()
                .skip(1)
                .all(|part| part.content_type.as_deref() == Some("model/fbx"))
        );
    }
    let peer = MockServer::replying([ok(PENDING)]);
    let error = peer
        .client()
        .user(1)
        .update_asset(42, AssetUpdate::new())
        .unwrap_err();
    assert_eq!(
        (error.kind(), peer.requests().len()),
        (ErrorKind::InvalidInput, 0)
    );
}

#[test]
fn a_metadata_only_response_is_the_asset_itself() {
    for (response, name) in [
        (r#"{"displayName":"n"}"#, Some("n")),
        (r#"{"path":"assets/42","displayName":"n"}"#, Some("n")),
        (
            r#"{"assetId":null,"previews":[{"asset":"assets/123","altText":"p"}]}"#,
            None,
        ),
        ("{}", None),
        (
            r#"{"path":"operations/x","done":true,"response":{"displayName":"n"}}"#,
            Some("n"),
        ),
    ] {
        let peer = MockServer::replying([ok(response)]);
        let mut operation = peer
            .client()
            .user(1)
            .update_asset(42, AssetUpdate::new().display_name("n"))
            .unwrap();
        assert!(operation.is_done());
        assert!(operation.path().is_empty() || response.contains("operations/"));
        let asset = operation.poll().unwrap().unwrap();
        assert_eq!(
            (asset.asset_id.get(), asset.display_name.as_deref()),
            (42, name),
            "{response}"
        );
        assert_eq!(peer.requests().len(), 1, "no second request");
    }
}

/// The first bytes of a file of this format.
fn beginning(extension: &str) -> &'static [u8] {
    match extension.to_ascii_lowercase().as_str() {
        "png" => PNG,
        "jpeg" | "jpg" => b"\xFF\xD8\xFF",
        "bmp" => b"BM",
        "ogg" => b"OggS",
        "wav" => b"RIFF\0\0\0\0WAVE",
        "flac" => b"fLaC",
        "gltf" => b"{}",
        "glb" => b"glTF",
        "rbxm" => b"<roblox!\x89\xff\r\n\x1a\n",
        "rbxmx" => b"<roblox>",
        "mesh" => b"version 4.00\n",
        _ => b"\x01",
    }
}

#[test]
fn content_types_follow_from_extensions_in_any_case() {
    let picture = [
        ("png", "image/png"),
        ("JPEG", "image/jpeg"),
        ("jpg", "image/jpeg"),
        ("Bmp", "image/bmp"),
        ("tga", "image/tga"),
    ];
    let model = [
        ("fbx", "model/fbx"),
        ("gltf", "model/gltf+json"),
        ("GLB", "model/gltf-binary"),
        ("rbxm", "model/x-rbxm"),
        ("rbxmx", "model/x-rbxm"),
    ];
    let cases = [
        (AssetType::Decal, &picture[..]),
        (AssetType::Image, &picture),
        (
            AssetType::Audio,
            &[
                ("mp3", "audio/mpeg"),
                ("OGG", "audio/ogg"),
                ("wav", "audio/wav"),
                ("flac", "audio/flac"),
            ],
        ),
        (AssetType::Model, &model),
        (AssetType::Animation, &model[3..]),
        (
            AssetType::Video,
            &[("mp4", "video/mp4"), ("MOV", "video/mov")],
        ),
        (AssetType::Mesh, &[("mesh", "model/x-file-mesh-data")]),
    ];
    let peer = MockServer::replying([ok(PENDING)]);
    let mut expected = Vec::new();
    for (asset_type, formats) in cases {
        for (extension, content_type) in formats {
            upload(
                &peer,
                asset_type.clone(),
                AssetFile::bytes(format!("a.b.{extension}"), beginning(extension)),
            )
            .unwrap();
            expected.push((*content_type).to_owned());
        }
    }
    let sent: Vec<String> = peer
        .requests()
        .iter()
        .map(|request| parts_of(request).remove(1).content_type.unwrap())
        .collect();
    assert_eq!(sent, expected);
}

#[test]
fn mismatched_files_are_rejected_before_anything_is_sent() {
    let peer = MockServer::replying([ok(PENDING)]);
    for (asset_type, name, kind, hint) in [
        (
            AssetType::Decal,
            "song.mp3",
            ErrorKind::InvalidAsset,
            "png, jpeg, jpg, bmp, tga",
        ),
        (
            AssetType::Audio,
            "a.png",
            ErrorKind::InvalidAsset,
            "mp3, ogg, wav, flac",
        ),
        (
            AssetType::Animation,
            "a.fbx",
            ErrorKind::InvalidAsset,
            "rbxm, rbxmx",
        ),
        (
            AssetType::Decal,
            "picture",
            ErrorKind::InvalidInput,
            "content_type",
        ),
        (
            AssetType::Decal,
            "picture.",
            ErrorKind::InvalidInput,
            "content_type",
        ),
        (
            AssetType::from("Hat"),
            "hat.png",
            ErrorKind::InvalidInput,
            "content_type",
        ),
    ] {
        let error = upload(&peer, asset_type, AssetFile::bytes(name, [1])).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(hint), "{error}");
    }
    let change = AssetUpdate::new().file(AssetFile::bytes("a.png", PNG));
    let error = peer.client().user(1).update_asset(42, change).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidAsset);
    for bad in ["", "png", "image/png\r\nx: y", "image/ü", "a b/c\0"] {
        let error = upload(
            &peer,
            AssetType::Decal,
            AssetFile::bytes("a", [1]).content_type(bad),
        )
        .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{bad:?}: {error}");
    }
    assert_eq!(peer.requests().len(), 0);
}

#[test]
fn content_that_is_certainly_wrong_is_never_sent() {
    const LFS: &[u8] = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    let peer = MockServer::replying([ok(PENDING)]);
    let user = peer.client().user(1);
    for (name, content, why) in [
        ("a.png", &b""[..], "\"a.png\" is empty"),
        (
            "a.png",
            b"\xFF\xD8\xFF\xE0",
            "is a JPEG picture by its content; give it the extension jpg",
        ),
        ("a.png", LFS, "Git LFS"),
    ] {
        let error = upload(&peer, AssetType::Decal, AssetFile::bytes(name, content)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidAsset, "{name}");
        assert!(error.message().contains(why), "{error}");
    }
    for (name, content, why) in [
        ("a.rbxm", LFS, "Git LFS"),
        ("a.rbxm", &b""[..], "is empty"),
        ("a.rbxm", b"<roblox!\x89\xff\n\x1a\n\0\0\0", "line endings"),
        ("a.gltf", b"{\"buffers\":[{\"uri\":\"a.bin\"}]}", "glb"),
    ] {
        let change = || AssetUpdate::new().file(AssetFile::bytes(name, content));
        let by_user = user.update_asset(42, change()).unwrap_err();
        let by_asset = peer.client().asset(42).update(change()).unwrap_err();
        for error in [by_user, by_asset] {
            assert_eq!(error.kind(), ErrorKind::InvalidAsset, "{name}");
            assert!(error.message().contains(why), "{error}");
        }
    }
    // An empty file, and a pointer to one, are wrong whatever the content type.
    for content in [&b""[..], LFS] {
        let file = AssetFile::bytes("thing", content).content_type("model/x-rbxm");
        let error = upload(&peer, AssetType::from("Plugin"), file).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidAsset);
    }
    assert_eq!(peer.requests().len(), 0);
}

#[test]
fn a_content_type_set_by_hand_is_sent_as_it_is() {
    let peer = MockServer::replying([ok(PENDING)]);
    for (asset_type, name) in [
        (AssetType::from("Hat"), "hat"),
        (AssetType::Decal, "a.webp"),
    ] {
        upload(
            &peer,
            asset_type,
            AssetFile::bytes(name, [1]).content_type("image/webp; q=\"1\""),
        )
        .unwrap();
    }
    for request in peer.requests() {
        assert_eq!(
            parts_of(&request)[1].content_type.as_deref(),
            Some("image/webp; q=\"1\"")
        );
    }
}

#[test]
fn special_characters_in_file_names_are_escaped() {
    for (name, arrives) in [
        ("a\"; x=\"b.png", "a%22; x=%22b.png"),
        ("line\r\nbreak\n.png", "line%0D%0Abreak%0A.png"),
        ("back\\slash.png", "back\\slash.png"),
        ("ünïcödé 🎩.png", "ünïcödé 🎩.png"),
        ("100%25.png", "100%25.png"),
        ("../../etc/passwd.png", "../../etc/passwd.png"),
        ("--boundary--.png", "--boundary--.png"),
    ] {
        let peer = MockServer::replying([ok(PENDING)]);
        upload(&peer, AssetType::Decal, AssetFile::bytes(name, PNG)).unwrap();
        assert_eq!(
            parts_of(&peer.requests()[0])[1].file_name.as_deref(),
            Some(arrives)
        );
    }
}

#[test]
fn files_stream_from_disk_under_their_own_name() {
    let folder = std::env::temp_dir().join(format!("rblx-open-cloud-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("Größe 1.PNG");
    std::fs::write(&path, PNG).unwrap();
    let peer = MockServer::replying([ok(PENDING)]);
    let file = AssetFile::open(&path).unwrap();
    assert_eq!((file.name(), file.length()), ("Größe 1.PNG", 8));
    upload(&peer, AssetType::Decal, file).unwrap();
    let part = parts_of(&peer.requests()[0]).remove(1);
    assert_eq!(
        (part.file_name.as_deref(), part.content.as_slice()),
        (Some("Größe 1.PNG"), PNG)
    );

    let missing = AssetFile::open(folder.join("missing.png")).unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::InvalidInput);
    assert!(missing.to_string().contains("missing.png"), "{missing}");
    assert!(std::error::Error::source(&missing).is_some());
    assert!(
        AssetFile::open(&folder)
            .unwrap_err()
            .to_string()
            .contains("is a directory, not a file")
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn progress_counts_the_bytes_of_the_file() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let peer = MockServer::replying([ok(PENDING)]);
    let file = AssetFile::bytes("a.tga", vec![0; 1_000_000])
        .on_progress(move |sent, total| log.lock().unwrap().push((sent, total)));
    upload(&peer, AssetType::Decal, file).unwrap();
    let seen = seen.lock().unwrap();
    assert_eq!(seen.first(), Some(&(0, 1_000_000)));
    assert_eq!(seen.last(), Some(&(1_000_000, 1_000_000)));
    assert!(
        seen.len() > 4 && seen.windows(2).all(|pair| pair[0].0 < pair[1].0),
        "{seen:?}"
    );
}

/// A reader of `length` bytes in pieces, with interruptions.
struct Pieces {
    length: usize,
    calls: usize,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.calls += 1;
        if self.calls.is_multiple_of(3) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let read = self.length.min(buffer.len()).min(1000);
        buffer[..read].fill(0);
        self.length -= read;
        Ok(read)
    }
}

#[test]
fn a_reader_that_is_interrupted_is_read_on() {
    let peer = MockServer::replying([ok(PENDING)]);
    let file = AssetFile::reader(
        "a.tga",
        200_000,
        Pieces {
            length: 200_000,
            calls: 0,
        },
    );
    upload(&peer, AssetType::Decal, file).unwrap();
    assert_eq!(parts_of(&peer.requests()[0])[1].content.len(), 200_000);
}

#[test]
fn a_file_that_shrinks_or_grows_while_it_is_sent_is_an_error() {
    // The edges of the transport's buffer are where a missing or surplus byte is easily overlooked.
    for declared in [1, 1000, 128 * 1024 - 1, 128 * 1024, 128 * 1024 + 1, 400_000] {
        for (real, word) in [
            (declared - 1, "shrank"),
            (declared + 1, "grew"),
            (0, "shrank"),
            (declared * 3, "grew"),
        ] {
            let peer = MockServer::replying([ok(PENDING)]);
            let file = AssetFile::reader(
                "a.tga",
                declared as u64,
                Pieces {
                    length: real,
                    calls: 0,
                },
            );
            let error = upload(&peer, AssetType::Decal, file).unwrap_err();
            assert_eq!(
                error.kind(),
                ErrorKind::InvalidInput,
                "{declared} {real}: {error}"
            );
            assert!(error.message().contains(word), "{declared} {real}: {error}");
            assert_eq!(peer.requests().len(), 0, "no whole request arrived");
        }
    }
}

#[test]
fn a_reader_that_fails_is_an_error_with_its_cause() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("disk on fire"))
        }
    }
    let peer = MockServer::replying([ok(PENDING)]);
    let error = upload(
        &peer,
        AssetType::Decal,
        AssetFile::reader("a.tga", 10, Failing),
    )
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "disk on fire"
    );
}

#[test]
fn an_accepted_upload_says_so_when_polling_fails() {
    let peer = MockServer::new(|_, request| match request.method.as_str() {
        "POST" => ok(PENDING),
        _ => support::json(401, r#"{"message":"Invalid API Key"}"#),
    });
    let file = AssetFile::bytes("a.png", PNG);
    let error = peer.client().user(1).upload(file).run().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidKey);
    assert!(error.message().contains("the file was accepted"), "{error}");
    assert!(error.message().contains("Invalid API Key"), "{error}");
    assert_eq!(error.operation(), Some("operations/op-1"));
    assert!(error.outcome_unknown());
}

#[test]
fn each_upload_has_a_connection_of_its_own() {
    let peer = MockServer::replying([
        ok(r#"{"createTime":"2006-03-08T14:01:02Z","id":"1","name":"n","displayName":"d"}"#),
        ok(PENDING),
    ]);
    let client = peer.client();
    client.user(1).get().unwrap();
    for _ in 0..2 {
        let file = AssetFile::bytes("a.tga", [1]);
        client
            .user(1)
            .upload_asset(AssetUpload::new(AssetType::Decal, "n", "d", file))
            .map(drop)
            .unwrap();
    }
    let requests = peer.requests();
    assert_eq!(
        requests
            .iter()
            .map(|request| request.connection)
            .collect::<Vec<_>>(),
        [0, 1, 2]
    );
    assert_eq!(requests[2].header("connection"), Some("close"));
}
