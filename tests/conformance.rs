//! The official document as judge: every call of the crate passes a server made from it, and so does the sandbox.
//!
//! Needs the folder that `.ci/conformance` prepares (`CONFORMANCE_DIR`), with Node and Java; skipped without it.
#![cfg(feature = "upload")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::too_many_lines,
    reason = "a failed test is a panic, and what was skipped is said"
)]

#[path = "support/endpoints.rs"]
mod endpoints;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rblx_open_cloud::models::{
    AssetField, AssetQuotaFilter, AssetType, AssetUpdate, AssetUpload, InventoryAssetType,
    InventoryFilter, MembershipFilter, Thumbnail, ThumbnailFormat, ThumbnailRequest,
    ThumbnailShape,
};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{AssetFile, Client, RetryPolicy};

/// A validating server, ended with the test.
struct Judge {
    process: Child,
    url: String,
}

impl Judge {
    fn start(folder: &Path, document: Option<&str>, arguments: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let mut command = Command::new(folder.join("start.sh"));
        command
            .arg(port.to_string())
            .args(arguments)
            .stdout(Stdio::piped())
            .env("LOG", folder.join("judge.log"));
        if let Some(document) = document {
            command.env("DOC", folder.join(document));
        }
        let mut process = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        assert_eq!(line.trim(), "ready", "see judge.log in the folder");
        Self {
            process,
            url: format!("http://127.0.0.1:{port}"),
        }
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        // The script stops its own server on TERM; a kill would leave that behind.
        let _ = Command::new("kill")
            .arg(self.process.id().to_string())
            .status();
        let _ = self.process.wait();
    }
}

/// What went through: method, path, and the whole answer as text.
type Seen = Arc<Mutex<Vec<(String, String, String)>>>;

/// A pass-through that sees every request and every answer.
fn recorder(upstream: &str) -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let upstream = upstream.trim_start_matches("http://").to_owned();
    let seen = Seen::default();
    let log = Arc::clone(&seen);
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let (upstream, log) = (upstream.clone(), Arc::clone(&log));
            std::thread::spawn(move || pass(client, &upstream, &log));
        }
    });
    (url, seen)
}

/// Passes one request on, over a connection of its own, with headers that keep the answer readable.
fn pass(client: TcpStream, upstream: &str, log: &Seen) {
    let mut reader = BufReader::new(client);
    let (mut head, mut length, mut first) = (String::new(), 0, String::new());
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        let lower = line.to_lowercase();
        if first.is_empty() {
            first.clone_from(&line);
        }
        if let Some(value) = lower.strip_prefix("content-length: ") {
            length = value.trim().parse().unwrap();
        }
        if !lower.starts_with("accept-encoding:") && !lower.starts_with("connection:") {
            head.push_str(&line);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let mut server = TcpStream::connect(upstream).unwrap();
    server
        .write_all(format!("{head}connection: close\r\n\r\n").as_bytes())
        .unwrap();
    server.write_all(&body).unwrap();
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).unwrap();
    let mut words = first.split_whitespace();
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    let path = target.split('?').next().unwrap().to_owned();
    log.lock().unwrap().push((
        method.to_owned(),
        path,
        String::from_utf8_lossy(&answer).into_owned(),
    ));
    reader.get_mut().write_all(&answer).unwrap();
}

fn assert_accepted(seen: &Seen) {
    for (method, path, answer) in seen.lock().unwrap().iter() {
        let lower = answer.to_lowercase();
        let violation = lower
            .lines()
            .any(|line| line.starts_with("sl-violations:") && line.contains("\"error\""));
        let refused = lower.contains("https://stoplight.io/prism/errors")
            || lower.contains("x-specmatic-result: failure")
            || lower.contains("media type text/plain");
        assert!(!violation && !refused, "{method} {path}: {answer}");
    }
}

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("CONFORMANCE_DIR").map(PathBuf::from);
    if folder.is_none() {
        println!("CONFORMANCE_DIR is not set: skipped");
    }
    folder
}

fn client(url: &str, key: &str) -> Client {
    let millisecond = Duration::from_millis(1);
    Client::builder(key)
        .base_url(url)
        .retry(RetryPolicy::none())
        .poll_interval(millisecond, millisecond)
        .build()
        .unwrap()
}

/// The proxies read bodies as text, so the content is text.
fn model() -> AssetFile {
    AssetFile::bytes("model.fbx", b"; FBX 7.4.0 project file".to_vec())
}

#[test]
fn every_call_with_every_parameter_is_accepted() {
    let Some(folder) = folder() else { return };
    let strict = Judge::start(&folder, None, &["strict"]);
    let chain = Judge::start(
        &folder,
        Some("openapi.closed.json"),
        &["proxy", &strict.url],
    );
    let (url, seen) = recorder(&chain.url);
    let client = client(&url, "key");
    let user = client.user(156);

    user.get().unwrap();
    user.list_groups()
        .page_size(5)
        .limit(3)
        .pages()
        .next()
        .unwrap()
        .unwrap();
    let by_type = InventoryFilter::by_type()
        .asset_types([InventoryAssetType::Hat, InventoryAssetType::DynamicHead])
        .only_collectibles()
        .badges()
        .game_passes()
        .private_servers();
    let by_id = InventoryFilter::by_id()
        .assets([1, 2])
        .badges([3])
        .game_passes([4])
        .private_servers([5]);
    for filter in [InventoryFilter::all(), by_type.into(), by_id.into()] {
        // More than one page, so that a page token goes out too.
        let mut pages = user.list_inventory(filter).page_size(2).pages();
        pages.next().unwrap().unwrap();
        pages.next().unwrap().unwrap();
    }
    let upload =
        || AssetUpload::new(AssetType::Model, "Name", "Description", model()).expected_price(10);
    let everything = || {
        AssetUpdate::new()
            .display_name("n")
            .description("d")
            .file(model())
            .expected_price(1)
    };
    user.upload_asset(upload()).map(drop).unwrap();
    let picture = ThumbnailRequest::new()
        .size(150)
        .format(ThumbnailFormat::Jpeg)
        .shape(ThumbnailShape::Square);
    let mut picture = user.generate_thumbnail(picture).unwrap();
    println!("the picture: {:?}", picture.poll());
    let polled = client
        .operation::<Thumbnail>("users/156/operations/1")
        .poll();
    println!("another one: {polled:?}");
    let quotas = AssetQuotaFilter::all()
        .uploads()
        .asset_type(AssetType::Audio);
    user.list_asset_quotas(quotas)
        .page_size(2)
        .pages()
        .next()
        .unwrap()
        .unwrap();

    let group = client.group(7);
    group.get().unwrap();
    group
        .list_roles()
        .page_size(2)
        .limit(2)
        .for_each(|role| assert!(role.is_ok()));
    group.get_role(9).unwrap();
    for filter in [
        MembershipFilter::all(),
        MembershipFilter::user(156),
        MembershipFilter::role(9),
    ] {
        group
            .list_memberships(filter)
            .page_size(2)
            .limit(2)
            .for_each(|one| assert!(one.is_ok()));
    }
    client
        .list_memberships([156, 2])
        .limit(2)
        .for_each(|one| assert!(one.is_ok()));
    group.set_role(156, 9).unwrap();
    group.assign_role(156, 9).unwrap();
    group.unassign_role(156, 9).unwrap();
    group
        .list_join_requests()
        .page_size(2)
        .limit(2)
        .for_each(|one| assert!(one.is_ok()));
    group.find_join_request(156).unwrap();
    group.accept_join_request(156).unwrap();
    group.decline_join_request(156).unwrap();

    let asset = client.asset(42);
    asset.get().unwrap();
    asset
        .get_with([AssetField::Description, AssetField::Previews])
        .unwrap();
    asset
        .list_versions()
        .page_size(2)
        .limit(2)
        .for_each(|one| assert!(one.is_ok()));
    asset.get_version(2).unwrap();
    asset.roll_back(1).unwrap();
    asset.archive().unwrap();
    asset.restore().unwrap();

    client.group(7).upload_asset(upload()).map(drop).unwrap();
    client
        .group(7)
        .update_asset(42, everything())
        .map(drop)
        .unwrap();
    let mut operation = user.update_asset(42, everything()).unwrap();
    // What comes back is random: it may be done, failed or still running.
    let polled = operation.poll();
    println!("the operation polled: {polled:?}");
    let polled = client
        .operation::<rblx_open_cloud::models::Asset>("operations/1")
        .poll();
    println!("another one: {polled:?}");

    assert_accepted(&seen);
    let seen = seen.lock().unwrap();
    for (method, template) in endpoints::endpoints() {
        let is_seen = seen
            .iter()
            .any(|(known, path, _)| *known == method && endpoints::is_of(path, &template));
        assert!(is_seen, "{method} {template} was never asked");
    }
    println!("{} requests accepted", seen.len());
}

#[test]
fn the_sandbox_answers_as_the_document_says() {
    let Some(folder) = folder() else { return };
    let sandbox = Sandbox::start().unwrap();
    let judge = Judge::start(
        &folder,
        Some("openapi.sliced.json"),
        &["proxy", &sandbox.url()],
    );
    let (url, seen) = recorder(&judge.url);
    let client = client(&url, sandbox.api_key());
    let user = client.user(156);

    assert_eq!(user.get().unwrap().name, "builderman");
    assert_eq!(user.list_groups().map(Result::unwrap).count(), 3);
    assert_eq!(
        user.list_inventory(InventoryFilter::all())
            .map(Result::unwrap)
            .count(),
        150
    );
    let collectibles = InventoryFilter::by_type().only_collectibles();
    assert_eq!(
        user.list_inventory(collectibles)
            .map(Result::unwrap)
            .count(),
        20
    );
    let picture = user
        .generate_thumbnail(ThumbnailRequest::new().size(150))
        .unwrap();
    assert!(picture.is_done());
    assert!(
        user.list_asset_quotas(AssetQuotaFilter::all())
            .map(Result::unwrap)
            .count()
            > 1
    );
    let group = client.group(7);
    group.get().unwrap();
    let roles: Vec<_> = group.list_roles().map(Result::unwrap).collect();
    group.get_role(roles[0].id).unwrap();
    assert!(
        group
            .list_memberships(MembershipFilter::all())
            .map(Result::unwrap)
            .count()
            > 20
    );
    assert_eq!(group.list_join_requests().map(Result::unwrap).count(), 1);
    group.accept_join_request(2).unwrap();
    group.assign_role(2, 98).unwrap();
    group.unassign_role(2, 98).unwrap();
    group.set_role(2, 98).unwrap();
    let upload = AssetUpload::new(AssetType::Model, "Tree", "A tree", model());
    let asset = user
        .upload_asset(upload)
        .unwrap()
        .wait(Duration::from_secs(5))
        .unwrap();
    let change = AssetUpdate::new().display_name("Oak").file(model());
    let asset = user
        .update_asset(asset.asset_id, change)
        .unwrap()
        .wait(Duration::from_secs(5))
        .unwrap();
    assert_eq!(asset.display_name.as_deref(), Some("Oak"));
    let renamed = user
        .update_asset(asset.asset_id, AssetUpdate::new().display_name("Elm"))
        .unwrap();
    assert!(renamed.is_done());
    let asset = client.asset(asset.asset_id);
    asset.get().unwrap();
    asset.archive().unwrap();
    asset.restore().unwrap();
    asset.get_version(1).unwrap();
    assert_accepted(&seen);
}
