//! `upload("icon.png").run()`: settings that follow from the file, checks, and names.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rblx_open_cloud::models::{AssetPrivacy, AssetType, ModerationState};
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use rblx_open_cloud::{AssetFile, Error, ErrorKind, ModeratedName, NameOutcome, Uploaded};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and more";
const RBXM: &[u8] = b"<roblox!\x89\xff\r\n\x1a\n and more";

fn png(name: &str) -> AssetFile {
    AssetFile::bytes(name, PNG)
}

fn upload(sandbox: &Sandbox, file: AssetFile) -> Result<Uploaded, Error> {
    sandbox.client().user(156).upload(file).run()
}

#[test]
fn a_path_is_enough() {
    let sandbox = Sandbox::start().unwrap();
    let path = std::env::temp_dir().join(format!("My Icon.v2.{}.PNG", std::process::id()));
    std::fs::write(&path, PNG).unwrap();
    let uploaded = sandbox.client().user(156).upload(&path).run().unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(uploaded.asset_type, AssetType::Image);
    assert_eq!(
        uploaded.display_name,
        format!("My Icon.v2.{}", std::process::id())
    );
    assert_eq!(uploaded.name, NameOutcome::AsAsked);
    assert_eq!(uploaded.moderation_state, Some(ModerationState::Approved));
    assert_eq!(uploaded.revision.as_deref(), Some("1"));
    let got = sandbox.client().asset(uploaded.asset_id).get().unwrap();
    assert_eq!(got, uploaded.asset, "it waited until it was processed");
    let seen = &sandbox.uploads()[0];
    assert_eq!(seen.content_type(), Some("image/png"));
    assert_eq!(seen.content(), PNG, "what was looked at is sent as well");
    assert_eq!(seen.expected_price(), Some(0));
}

#[test]
fn the_type_follows_from_the_extension_unless_it_is_said() {
    let sandbox = Sandbox::start().unwrap();
    let files: [(&str, &[u8], AssetType); 6] = [
        ("a.jpeg", b"\xFF\xD8\xFF\xE0", AssetType::Image),
        ("a.tga", b"\0\0\x02", AssetType::Image),
        ("a.ogg", b"OggS", AssetType::Audio),
        ("a.fbx", b"; FBX 7.4.0", AssetType::Model),
        ("a.rbxm", RBXM, AssetType::Model),
        ("a.mp4", b"\0\0\0\x18ftypmp42", AssetType::Video),
    ];
    for (name, content, asset_type) in files {
        let uploaded = upload(&sandbox, AssetFile::bytes(name, content)).unwrap();
        assert_eq!(uploaded.asset_type, asset_type, "{name}");
    }
    let client = sandbox.client();
    let animation = AssetFile::bytes("walk.rbxm", RBXM);
    let animation = client.group(7).upload(animation).animation().run().unwrap();
    assert_eq!(animation.asset_type, AssetType::Animation);
    let decal = client
        .user(156)
        .upload(png("a.png"))
        .decal()
        .privacy(AssetPrivacy::Restricted)
        .run()
        .unwrap();
    assert!(
        sandbox.uploads()[7]
            .request_json()
            .contains("\"assetPrivacy\":\"restricted\"")
    );
    assert_eq!(decal.asset_type, AssetType::Decal);
    let uploads = sandbox.uploads();
    assert_eq!(
        (uploads[6].creator_user(), uploads[6].creator_group()),
        (None, Some(7.into()))
    );
}

#[test]
fn a_reader_is_sent_whole_although_it_was_looked_at() {
    let sandbox = Sandbox::start().unwrap();
    let progress = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&progress);
    let content: Vec<u8> = [PNG, &vec![7; 300_000]].concat();
    let file = AssetFile::reader(
        "a.png",
        content.len() as u64,
        std::io::Cursor::new(content.clone()),
    );
    let uploaded = sandbox
        .client()
        .user(156)
        .upload(file)
        .on_progress(move |sent, total| log.lock().unwrap().push((sent, total)))
        .run()
        .unwrap();
    assert_eq!(uploaded.display_name, "a");
    assert_eq!(sandbox.uploads()[0].content(), content);
    let all = content.len() as u64;
    assert_eq!(progress.lock().unwrap().last(), Some(&(all, all)));
}

#[test]
fn mismatched_files_are_rejected_before_anything_is_sent() {
    let sandbox = Sandbox::start().unwrap();
    for (name, content, why) in [
        ("a", PNG, "has no extension"),
        (
            "a.txt",
            PNG,
            "is a PNG picture by its content; give it the extension png",
        ),
        (
            "a.hologram",
            b"?",
            "files with the extension `hologram` are not supported, only: png, jpeg, jpg, bmp, tga, mp3",
        ),
        (
            "a.png",
            b"\xFF\xD8\xFF\xE0",
            "is a JPEG picture by its content",
        ),
        ("a.png", b"", "is empty"),
        ("a.ogg", b"no sound", "is not an Ogg file by its content"),
        (
            "a.gif",
            b"GIF89a",
            "a GIF picture is not accepted; convert it to a png",
        ),
        (
            "a.png",
            b"GIF89a",
            "which is not accepted for Image; convert it to a png",
        ),
    ] {
        let error = upload(&sandbox, AssetFile::bytes(name, content));
        let error = error.or_else(|error| match name {
            // The type comes first; with it the content is checked.
            "a.txt" => {
                assert!(
                    error
                        .to_string()
                        .contains("the extension `txt` are not supported")
                );
                let file = AssetFile::bytes(name, content);
                sandbox.client().user(156).upload(file).decal().run()
            }
            _ => Err(error),
        });
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidAsset, "{name}");
        assert!(error.to_string().contains(why), "{name}: {error}");
    }
    let client = sandbox.client();
    let unnamed = client
        .user(156)
        .upload(png("a.png"))
        .name(" \n")
        .run()
        .unwrap_err();
    assert_eq!(unnamed.kind(), ErrorKind::InvalidInput);
    let missing = client
        .user(156)
        .upload("no/such/file.png")
        .run()
        .unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::InvalidInput);
    assert!(
        missing.to_string().contains("no/such/file.png"),
        "{missing}"
    );
    assert_eq!(sandbox.requests().len(), 0);
}

#[test]
fn a_long_name_is_cut_between_characters() {
    let sandbox = Sandbox::start().unwrap();
    let file = png(&format!("{}.png", "ü".repeat(70)));
    assert_eq!(upload(&sandbox, file).unwrap().display_name, "ü".repeat(50));
}

#[test]
fn a_moderated_name_fails_or_is_replaced() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let error = upload(&sandbox, png("a moderated-name.png")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ModeratedText);

    let again = || ModeratedName::retry_as("image");
    let bad = || client.user(156).upload(png("a moderated-name.png"));
    let uploaded = bad().on_moderated_name(again()).run().unwrap();
    assert_eq!(
        (uploaded.display_name.as_str(), uploaded.name),
        ("image", NameOutcome::Fallback)
    );
    assert_eq!(sandbox.uploads()[0].content(), PNG, "sent whole once more");
    assert_eq!(sandbox.uploads().len(), 1, "the rejected one made nothing");

    // Another name does not help if the description is moderated.
    sandbox.clear_requests();
    let error = bad()
        .name("good")
        .description("moderated-description")
        .on_moderated_name(again())
        .run()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ModeratedText);
    assert_eq!(sandbox.requests().len(), 1);

    // The other name may be moderated as well.
    let worse = ModeratedName::retry_as("also a moderated-name");
    assert_eq!(
        bad().on_moderated_name(worse).run().unwrap_err().kind(),
        ErrorKind::ModeratedText
    );

    // Moderation may happen only during processing.
    sandbox.fail_next_operation("INVALID_ARGUMENT", "AssetName is moderated.");
    let late = client
        .user(156)
        .upload(png("fine.png"))
        .on_moderated_name(again())
        .run()
        .unwrap();
    assert_eq!(late.name, NameOutcome::Fallback);

    // A reader cannot be sent twice.
    let stream = AssetFile::reader("moderated-name.png", PNG.len() as u64, PNG);
    let error = client
        .user(156)
        .upload(stream)
        .on_moderated_name(again())
        .run()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ModeratedText);
    assert!(
        error.to_string().contains("can be read only once"),
        "{error}"
    );
}

#[test]
fn a_name_that_was_silently_replaced_is_reported() {
    let sandbox = Sandbox::start().unwrap();
    let uploaded = upload(&sandbox, png("censored-name.png")).unwrap();
    assert_eq!(uploaded.name, NameOutcome::Censored);
    assert_eq!(uploaded.display_name, "#############");
    let fine = upload(&sandbox, png("track #1.png")).unwrap();
    assert_eq!(fine.name, NameOutcome::AsAsked);
}

#[test]
fn an_upload_that_takes_too_long_names_its_operation() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.polls_until_done(u32::MAX);
    let error = sandbox
        .client()
        .user(156)
        .upload(png("a.png"))
        .wait_for(Duration::from_millis(5))
        .run()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StillRunning);
    assert!(
        error.operation().unwrap().starts_with("operations/"),
        "{error}"
    );
}

#[test]
fn a_deadline_counts_for_the_whole_upload() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client().with_deadline(Duration::from_millis(300));
    for silent in [false, true] {
        sandbox.polls_until_done(u32::MAX);
        if silent {
            sandbox.fail_next(Fault::never_respond());
        }
        let started = std::time::Instant::now();
        let error = client.user(156).upload(png("a.png")).run().unwrap_err();
        let kind = if silent {
            ErrorKind::Timeout
        } else {
            ErrorKind::StillRunning
        };
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(error.outcome_unknown(), silent, "{error}");
        assert!(
            started.elapsed() < Duration::from_secs(10),
            "{:?}",
            started.elapsed()
        );
    }
}

#[test]
fn a_file_with_an_unknown_outcome_is_not_sent_twice() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fail_next(Fault::lost_answer());
    let error = upload(&sandbox, png("a.png")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(sandbox.uploads().len(), 1);
}
