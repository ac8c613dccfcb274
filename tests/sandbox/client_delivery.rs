//! The crate's own client fetches content from the sandbox.

use std::time::Duration;

use rblx_open_cloud::models::{AssetId, AssetType, AssetUpdate, AssetUpload};
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use rblx_open_cloud::{AccessToken, AssetFile, Client, DownloadOptions, ErrorKind};

const SOON: Duration = Duration::from_secs(10);

fn upload(client: &Client, content: Vec<u8>) -> AssetId {
    let file = AssetFile::bytes("tree.fbx", content);
    let upload = AssetUpload::new(AssetType::Model, "Tree", "", file);
    let mut operation = client.user(156).upload_asset(upload).unwrap();
    operation.wait(SOON).unwrap().asset_id
}

fn content(length: usize) -> Vec<u8> {
    (0..=255).cycle().take(length).collect()
}

#[test]
fn what_was_uploaded_comes_back() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.polls_until_done(0);
    let token = Client::builder(AccessToken::from(sandbox.api_key())).base_url(sandbox.url());
    for client in [sandbox.client(), token.build().unwrap()] {
        for length in [1, 1000, 300_000] {
            let id = upload(&client, content(length));
            let mut got = Vec::new();
            // The sandbox rejects a request for content that carries a key.
            let count = client.asset(id).download(&mut got).unwrap();
            assert_eq!((count, got), (length as u64, content(length)));
        }
    }
}

#[test]
fn each_version_has_its_content() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let id = upload(&client, b"first".to_vec());
    let asset = client.asset(id);
    let second = AssetUpdate::new().file(AssetFile::bytes("tree.fbx", b"second".to_vec()));
    asset.update(second).unwrap().wait(SOON).unwrap();
    let get = |download: DownloadOptions<'_>| {
        let mut got = Vec::new();
        asset.download_with(&mut got, download).unwrap();
        String::from_utf8(got).unwrap()
    };
    assert_eq!(get(DownloadOptions::new()), "second");
    assert_eq!(get(DownloadOptions::new().version(1)), "first");
    assert_eq!(
        get(DownloadOptions::new()
            .version(2)
            .expected_type(AssetType::Model)),
        "second"
    );
    asset.roll_back(1).unwrap();
    assert_eq!(get(DownloadOptions::new()), "first");
    assert_eq!(asset.location().unwrap().size(), Some(5));

    let missing = asset.download_with(Vec::new(), DownloadOptions::new().version(9));
    assert_eq!(missing.unwrap_err().kind(), ErrorKind::NotFound);
    let other = DownloadOptions::new().expected_type(AssetType::Decal);
    let other = asset.download_with(Vec::new(), other).unwrap_err();
    assert_eq!(other.code(), Some("400"));
    let unknown = client.asset(1).download(Vec::new()).unwrap_err();
    assert_eq!(
        (unknown.kind(), unknown.code()),
        (ErrorKind::NotFound, Some("404"))
    );
}

#[test]
fn failures_before_the_content_are_overcome() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let id = upload(&client, b"content".to_vec());
    sandbox.clear_requests();
    for fault in [
        Fault::unavailable(),
        Fault::close_connection(),
        Fault::rate_limited(0),
    ] {
        sandbox.fail_next(fault);
        let mut got = Vec::new();
        client.asset(id).download(&mut got).unwrap();
        assert_eq!(got, b"content");
    }
    assert_eq!(sandbox.requests().len(), 9, "three for each");
    let wrong = Client::builder("wrong").base_url(sandbox.url());
    let error = wrong.build().unwrap().asset(id).download(Vec::new());
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidKey);
}
