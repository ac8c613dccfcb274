//! Thumbnails of the home page: requests, uploads of several files, and responses.

use std::time::Duration;

use crate::form;
use crate::repetition::Repetition;
use crate::support::{MockServer, json, ok};
use rblx_open_cloud::models::{
    HomeThumbnailId, HomeThumbnailModeration, HomeThumbnailStatus, PersonalizationId,
    PersonalizationStatus,
};
use rblx_open_cloud::resource::HomeThumbnails;
use rblx_open_cloud::{AssetFile, ErrorKind, Result};

const BASE: &str = "/thumbnail-personalization-api/v1/universes/5";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0binary \r\n--x\r\n";
const LIMIT: Duration = Duration::from_secs(10);
const NO_IDS: [&str; 0] = [];

fn png(name: &str) -> AssetFile {
    AssetFile::bytes(name, PNG.to_vec())
}

/// The request of a call, decoded, with its body.
fn sent(call: impl FnOnce(HomeThumbnails)) -> String {
    let peer = MockServer::replying([ok("{}")]);
    call(peer.client().universe(5).home_thumbnails());
    let requests = peer.requests();
    assert_eq!(requests.len(), 1, "one request");
    let body = String::from_utf8_lossy(&requests[0].body);
    format!("{} {} {body}", requests[0].method, requests[0].target)
        .trim_end()
        .to_owned()
}

#[test]
fn requests_are_the_documented_ones() {
    for (sent, expected) in [
        (
            sent(|home| drop(home.list().page_size(9).starting_at("t").next())),
            format!("GET {BASE}/thumbnails?limit=9&nextCursor=t"),
        ),
        (
            sent(|home| drop(home.delete(["a b", "c"]).unwrap())),
            format!("DELETE {BASE}/thumbnails?homepageThumbnailIds=a%20b&homepageThumbnailIds=c"),
        ),
        (
            sent(|home| {
                let list = home.personalizations(PersonalizationStatus::Inactive);
                drop(list.starting_at("t").next());
            }),
            format!("GET {BASE}/personalization?status=Inactive&limit=50&cursor=t"),
        ),
        (
            sent(|home| drop(home.personalizations(None).next())),
            format!("GET {BASE}/personalization?limit=50"),
        ),
        (
            sent(|home| drop(home.create_personalization(["a", "b"]).unwrap())),
            format!(r#"POST {BASE}/personalization/create {{"homepageThumbnailIds":["a","b"]}}"#),
        ),
        (
            sent(|home| drop(home.update_personalization("p", ["a"]).unwrap())),
            format!(
                r#"POST {BASE}/personalization/update {{"id":"p","homepageThumbnailIds":["a"]}}"#
            ),
        ),
        (
            sent(|home| drop(home.resume_upload(["o1", "o2"]).poll().unwrap())),
            format!("GET {BASE}/thumbnails/uploads/status?operationIds=o1&operationIds=o2"),
        ),
    ] {
        assert_eq!(sent, expected);
    }
}

#[test]
fn several_files_are_uploaded_in_one_form() {
    let accepted = r#"{"fileToOperationIdDict":{"b.jpg":null,"a \"1\".png":"o1","c.webp":"o3"}}"#;
    let states = [
        r#"{"uploadStatus":1,"uploadThumbnailStatusDict":{}}"#,
        r#"{"uploadStatus":1,"uploadThumbnailStatusDict":{"o1":{"homepageThumbnailId":"h1","assetId":7,"moderationStatus":"Reviewing"},"o3":{"homepageThumbnailId":null,"assetId":0,"moderationStatus":"Unspecified"}}}"#,
        r#"{"uploadStatus":"Finished","uploadThumbnailStatusDict":{"o3":{"homepageThumbnailId":"","assetId":0,"moderationStatus":"Rejected"},"o1":{"homepageThumbnailId":"h1","assetId":"7","moderationStatus":"Reviewing"}}}"#,
    ];
    let responses: Vec<_> = std::iter::once(accepted).chain(states).map(ok).collect();
    let peer = MockServer::replying(responses);
    let home = peer.client().universe(5).home_thumbnails();
    let files = [
        png("a \"1\".png"),
        AssetFile::bytes("b.jpg", b"\xFF\xD8\xFFpicture".to_vec()),
        AssetFile::bytes("c.webp", b"RIFF\x10\0\0\0WEBPVP8 ".to_vec()),
    ];
    let mut upload = home.upload(files).unwrap();
    assert_eq!(upload.refused().collect::<Vec<_>>(), ["b.jpg"]);
    let ids: Vec<String> = upload.ids().map(ToString::to_string).collect();
    assert_eq!(ids, ["o1", "o3"]);
    let uploaded = upload.wait(LIMIT).unwrap();
    let first = &uploaded[0];
    assert_eq!(first.file_name.as_deref(), Some("a \"1\".png"));
    assert_eq!(first.id, Some(HomeThumbnailId::from("h1")));
    assert_eq!(first.asset_id, Some(7.into()));
    let second = &uploaded[1];
    assert_eq!((second.id.as_ref(), second.asset_id), (None, None));
    let rejected = Some(HomeThumbnailModeration::Rejected);
    assert_eq!(second.moderation_status, rejected);

    let requests = peer.requests();
    assert_eq!(requests.len(), 4);
    let target = format!("{BASE}/thumbnails/uploads");
    assert_eq!(
        (&*requests[0].method, &*requests[0].target),
        ("POST", &*target)
    );
    let parts = form::parts(
        requests[0].header("content-type").unwrap(),
        &requests[0].body,
    );
    let seen: Vec<_> = parts
        .iter()
        .map(|part| {
            (
                part.name.as_str(),
                part.file_name.as_deref().unwrap(),
                part.content_type.as_deref().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("files", "a %221%22.png", "image/png"),
            ("files", "b.jpg", "image/jpeg"),
            ("files", "c.webp", "image/webp"),
        ]
    );
    assert_eq!(parts[0].content, PNG);
    let status = format!("{target}/status?operationIds=o1&operationIds=o3");
    assert!(requests[1..].iter().all(|request| request.target == status));
}

#[test]
fn invalid_input_is_not_sent() {
    let peer = MockServer::replying([ok("{}")]);
    let home = peer.client().universe(5).home_thumbnails();
    let twice = home.upload([png("a.png"), png("b.png"), png("a.png")]);
    let error = twice.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(
        error
            .to_string()
            .contains("two files of the upload have the name \"a.png\""),
        "{error}"
    );
    let none = home.upload([]).unwrap_err();
    assert_eq!(none.kind(), ErrorKind::InvalidInput);
    for file in [
        AssetFile::bytes("a.png", b"GIF89a picture".to_vec()),
        AssetFile::bytes("a.tga", b"picture".to_vec()),
        AssetFile::bytes("a.png", Vec::new()),
    ] {
        let error = home.upload([png("b.png"), file]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidAsset, "{error}");
    }
    let errors = [
        home.delete(NO_IDS).map(drop),
        home.delete([""]).map(drop),
        home.create_personalization(NO_IDS).map(drop),
        home.update_personalization("p", NO_IDS).map(drop),
        home.update_personalization("", ["a"]).map(drop),
    ];
    for result in errors {
        assert_eq!(result.unwrap_err().kind(), ErrorKind::InvalidInput);
    }
    assert!(peer.requests().is_empty());
}

#[test]
fn an_upload_without_accepted_files_is_done() {
    let rejected = r#"{"fileToOperationIdDict":{"a.png":null,"b.png":""}}"#;
    for (body, expected) in [
        (rejected, vec!["a.png", "b.png"]),
        (
            r#"{"fileToOperationIdDict":{"a.png":null}}"#,
            vec!["a.png", "b.png"],
        ),
        (r#"{"fileToOperationIdDict":{}}"#, vec!["a.png", "b.png"]),
    ] {
        let peer = MockServer::replying([ok(body)]);
        let home = peer.client().universe(5).home_thumbnails();
        let mut upload = home.upload([png("a.png"), png("b.png")]).unwrap();
        let mut names: Vec<_> = upload.refused().collect();
        names.sort_unstable();
        assert_eq!(names, expected, "{body}");
        assert_eq!(upload.poll().unwrap(), Some(Vec::new()));
        assert_eq!(peer.requests().len(), 1, "there is nothing to poll");
    }
}

#[test]
fn a_wait_that_times_out_reports_the_progress() {
    let running = r#"{"uploadStatus":1,"uploadThumbnailStatusDict":{"o1":{"homepageThumbnailId":"h"},"o2":{}}}"#;
    let peer = MockServer::replying([ok(running)]);
    let home = peer.client().universe(5).home_thumbnails();
    let error = home
        .resume_upload(["o1", "o2"])
        .wait(Duration::from_millis(5))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StillRunning);
    assert!(error.to_string().contains("1 of 2 thumbnails"), "{error}");
}

#[test]
fn responses_in_all_forms() {
    let page = r#"{"homepageThumbnails":[{"homepageThumbnailId":"h","assetId":1234567890,"moderationStatus":"Approved","personalizedConfigStatus":"Inactive","homepageThumbnailStatus":"Glittering"}],"nextCursor":""}"#;
    let peer = MockServer::replying([ok(page)]);
    let home = peer.client().universe(5).home_thumbnails();
    let thumbnails: Vec<_> = home.list().collect::<Result<_>>().unwrap();
    let status = HomeThumbnailStatus::from("Glittering");
    assert_eq!(thumbnails[0].status, Some(status));
    assert_eq!(
        (
            &thumbnails[0].moderation_status,
            &thumbnails[0].personalized_config_status
        ),
        (
            &Some(HomeThumbnailModeration::Approved),
            &Some(PersonalizationStatus::Inactive)
        )
    );
    assert_eq!(peer.requests().len(), 1, "an empty cursor ends the list");

    let page = r#"{"personalizedConfigs":[{"id":"p","personalizedConfigStatus":"Active","createdUtc":"2026-05-01T00:00:00Z","thumbnails":[{"homepageThumbnailId":"h","assetId":5,"personalizedThumbnailStatus":"Active","homepageThumbnailStatus":"Active"}],"lastServedUtc":null}],"nextCursor":"c"}"#;
    let peer = MockServer::replying([ok(page), ok("{}")]);
    let home = peer.client().universe(5).home_thumbnails();
    let active = home.personalizations(PersonalizationStatus::Active);
    let active: Vec<_> = active.collect::<Result<_>>().unwrap();
    assert_eq!(active[0].thumbnails[0].asset_id, Some(5.into()));
    assert!(active[0].created.is_some() && active[0].last_served.is_none());
    assert_eq!(peer.requests()[1].query("cursor").as_deref(), Some("c"));

    for (body, id) in [
        ("\"p\"", Some("p")),
        ("{}", None),
        ("\"\"", None),
        ("", None),
    ] {
        let peer = MockServer::replying([ok(body)]);
        let home = peer.client().universe(5).home_thumbnails();
        let created = home.create_personalization(["h"]).unwrap();
        assert_eq!(
            created.as_ref().map(PersonalizationId::as_str),
            id,
            "{body}"
        );
        let updated = home.update_personalization("p", ["h"]).unwrap();
        assert_eq!(updated, created, "{body}");
    }
    let peer = MockServer::replying([ok(r#"{"h1":true,"h2":false}"#), ok("{}"), ok("")]);
    let home = peer.client().universe(5).home_thumbnails();
    let deleted = home.delete(["h1", "h2"]).unwrap();
    assert_eq!(deleted.into_values().collect::<Vec<_>>(), [true, false]);
    assert!(home.delete(["h1"]).unwrap().is_empty());
    assert!(home.delete(["h1"]).unwrap().is_empty());
}

type Call = fn(&HomeThumbnails) -> Result<()>;

/// Each call, and whether it is sent again if its outcome is unknown.
const REPETITION: &[(&str, bool, Call)] = &[
    ("list", true, |home| {
        home.list().next().transpose().map(drop)
    }),
    ("upload", false, |home| {
        home.upload([png("a.png")]).map(drop)
    }),
    ("status", true, |home| {
        home.resume_upload(["o"]).poll().map(drop)
    }),
    ("delete", true, |home| home.delete(["h"]).map(drop)),
    ("personalizations", true, |home| {
        let mut list = home.personalizations(PersonalizationStatus::Active);
        list.next().transpose().map(drop)
    }),
    ("create", false, |home| {
        home.create_personalization(["h"]).map(drop)
    }),
    ("update", true, |home| {
        home.update_personalization("p", ["h"]).map(drop)
    }),
];

#[test]
fn only_idempotent_calls_are_sent_again() {
    let uploaded = r#"{"fileToOperationIdDict":{"a.png":"o"}}"#;
    for (name, expected, call) in REPETITION {
        let success = if *name == "upload" { uploaded } else { "{}" };
        let failure = json(503, "{}");
        let repetition = Repetition::after(&failure, success, name, |client| {
            call(&client.universe(5).home_thumbnails())
        });
        assert_eq!(repetition.is_repeated(), *expected, "{name}");
    }
}
