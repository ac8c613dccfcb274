//! The texts of errors: what happened, to what, who is to blame, and what to do.

use std::io::{self, Write};
use std::time::Duration;

use crate::support::{MockServer, json, ok, response, with_headers};
use rblx_open_cloud::models::{AssetType, AssetUpload};
use rblx_open_cloud::{AssetFile, Client, DownloadOptions, Error, ErrorKind, Result};
use serde_json::Value;

const PAGE: &str = "<!DOCTYPE html><html><title>Welcome to Hotel Wi-Fi</title></html>";
const NOT_THE_SERVICE: &str = "Something between this machine and the service may have responded";

fn error<T>(bytes: Vec<u8>, call: impl FnOnce(&Client) -> Result<T>) -> Error {
    let peer = MockServer::replying([bytes]);
    call(&peer.client()).err().unwrap()
}

fn read(client: &Client) -> Result<()> {
    client.user(156).get().map(drop)
}

fn write(client: &Client) -> Result<()> {
    client.group(7).accept_join_request(5)
}

fn upload(client: &Client) -> Result<()> {
    let file = AssetFile::bytes("a.png", b"\x89PNG\r\n\x1a\n".to_vec());
    let upload = AssetUpload::new(AssetType::Image, "a", "", file);
    client.user(156).upload_asset(upload).map(drop)
}

fn assert_has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing: {text}");
    }
}

#[test]
fn a_page_of_another_server_blames_a_proxy_or_gateway() {
    for status in [200, 401, 403, 404, 405, 407, 451] {
        for call in [read, write, upload] {
            let error = error(response(status, "text/html", PAGE), call);
            let text = error.to_string();
            assert_has(&text, &[NOT_THE_SERVICE, "proxy", "base URL"]);
            for word in ["scope", "the id", "The key's owner", "line 1"] {
                assert!(!text.contains(word), "{status} {word:?}: {text}");
            }
        }
    }
    // The page may hide a success: that comes first.
    let text = error(response(200, "text/html", PAGE), write).to_string();
    assert_has(&text, &["may have been carried out; check before"]);
    // A 5xx with a page is the gateway of the service itself.
    let text = error(response(502, "text/html", PAGE), read).to_string();
    assert_has(&text, &["on the side of the service"]);
}

#[test]
fn invalid_json_and_truncated_json_have_different_texts() {
    let text = error(ok("hello"), read).to_string();
    assert_has(&text, &["the response is not JSON", "Check the base URL"]);
    for half in [&b"{\"id\":\"15"[..], b"{", b"{\"id\":\"\xC3"] {
        let error = error(ok(half), read);
        let text = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_has(&text, &["ends in the middle", "cut the response off"]);
        assert!(!text.contains("base URL"), "{text}");
    }
    let error = error(ok("{\"path\":\"operations/1\",\"done\":fal"), upload);
    let text = error.to_string();
    assert_has(&text, &["ends in the middle", "may have been carried out"]);
    assert!(!text.contains("Try again"), "{text}");
}

#[test]
fn a_connection_that_breaks_after_the_head_is_not_a_matter_of_the_scheme() {
    let scheme = "https may be expected there";
    let silent = error(Vec::new(), read).to_string();
    assert_has(&silent, &["closed the connection", scheme]);
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\nconnection: close\r\n\r\n{\"id\":";
    let text = error(half.to_vec(), read).to_string();
    assert_has(&text, &["before its response was complete"]);
    assert!(!text.contains(scheme), "{text}");
}

#[test]
fn an_empty_code_is_none_and_a_missing_creator_is_named() {
    let error = error(json(404, "{\"code\":\"\",\"message\":\"Gone.\"}"), upload);
    assert_eq!(error.code(), None);
    assert_eq!(
        error.to_string(),
        "not found: POST /assets/v1/assets returned 404: Gone. Check the creator: the user or the group"
    );
}

/// Downloads content from a separate host.
fn download(host: Vec<u8>, options: DownloadOptions<'_>, target: impl Write) -> Error {
    let host = MockServer::replying([host]);
    let location = format!("{}/content?token=planted-signature", host.url);
    let api = MockServer::replying([ok(serde_json::json!({ "location": location }).to_string())]);
    let downloaded = api.client().asset(42).download_with(target, options);
    let error = downloaded.unwrap_err();
    let texts = format!("{error} {error:?}");
    assert!(!texts.contains("planted-signature"), "{texts}");
    if error.kind() != ErrorKind::InvalidInput {
        assert_has(&texts, &[&host.url]);
    }
    error
}

#[test]
fn a_rejected_download_may_be_tried_again() {
    for status in [401, 403, 404, 410] {
        let reason =
            "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
        let host = response(status, "application/xml", reason);
        let text = download(host, DownloadOptions::new(), io::sink()).to_string();
        assert_has(&text, &["Request has expired", "the URL may have expired"]);
    }
}

#[test]
fn a_download_that_is_too_large_names_the_setting() {
    let host = response(200, "image/png", [7; 100]);
    let error = download(host, DownloadOptions::new().limit(99), io::sink());
    let text = error.to_string();
    assert_has(&text, &["larger than 99 bytes", "`DownloadOptions::limit`"]);
    // Without a length it is noticed on the way.
    let mut host = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_vec();
    host.extend([7; 100]);
    let text = download(host, DownloadOptions::new().limit(99), io::sink()).to_string();
    assert_has(&text, &["larger than 99 bytes", "`DownloadOptions::limit`"]);
}

/// A target that fails in its own way.
struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_error_of_the_writer_blames_the_caller() {
    for (kind, words) in [
        (io::ErrorKind::StorageFull, "no storage space"),
        (io::ErrorKind::PermissionDenied, "permission denied"),
    ] {
        let host = response(200, "image/png", [7; 100]);
        let error = download(host, DownloadOptions::new(), Broken(kind));
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert_has(
            &error.to_string(),
            &["the content cannot be written", words],
        );
    }
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let folder = std::env::temp_dir().join(format!("rblx-advice-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let missing = folder.join("missing.png");
    let below = folder.join("file");
    std::fs::write(&below, "x").unwrap();
    for (path, words) in [
        (missing.as_path(), "there is no such file"),
        (folder.as_path(), "is a directory, not a file"),
        (&below.join("icon.png"), "ot a directory"),
        ("".as_ref(), "there is no such file"),
        #[cfg(unix)]
        ("/dev/zero".as_ref(), "is not a file"),
        ("a\0b.png".as_ref(), "cannot be opened"),
    ] {
        let error = AssetFile::open(path).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert_has(&error.to_string(), &[words, &path.display().to_string()]);
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_reader_that_fails_names_the_file_in_plain_words() {
    struct Fails(io::ErrorKind);
    impl io::Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
    }
    for (kind, words) in [
        (io::ErrorKind::NotFound, "there is no such file"),
        (io::ErrorKind::PermissionDenied, "permission denied"),
        (io::ErrorKind::Other, "other error"),
    ] {
        let peer = MockServer::replying([ok("{}")]);
        let file = AssetFile::reader("song.ogg", 5, Fails(kind));
        let upload = AssetUpload::new(AssetType::Audio, "a", "", file);
        let error = peer.client().user(156).upload_asset(upload).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
        assert_has(&error.to_string(), &["song.ogg", "cannot be read", words]);
        assert!(peer.requests().is_empty());
    }
}

#[test]
fn only_real_dates_are_waited_for() {
    let wait = |value: &str| {
        let headers = format!("retry-after: {value}\r\n");
        error(with_headers(429, &headers, "{}"), read).retry_after()
    };
    let hour = Duration::from_secs(3600);
    let later = (time::OffsetDateTime::now_utc() + hour)
        .format(&time::format_description::well_known::Rfc2822);
    let named = wait(&later.unwrap().replace("+0000", "GMT")).unwrap();
    assert!(named <= hour && named > Duration::from_secs(3540));
    let comments = "(".repeat(100_000);
    let nested = "(".repeat(20) + " Wed, 21 Oct 2100";
    for malformed in [
        &*comments,
        &nested,
        "Wed, 21 Oct 2100 07:28:00 GMT (and a comment that is long)",
        "Wed, 21 Oct 99999 07:28:00 GMT",
        "Wed, 99 Oct 2100 07:28:00 GMT",
        ",,,",
    ] {
        let sent = malformed.get(..malformed.len().min(8000)).unwrap();
        assert_eq!(wait(sent), None, "{sent:.60}");
    }
}

#[test]
fn an_error_of_a_raw_call_names_likely_mistakes() {
    let raw = |client: &Client| {
        let request = client.request(rblx_open_cloud::Method::Delete, "/cloud/v2/a/{id}");
        request.path_param(5).send::<Value>()
    };
    for (status, words) in [
        (404, "Check the path and its ids"),
        (405, "Check the method and the path"),
        (410, "removed permanently"),
    ] {
        let text = error(json(status, "{\"message\":\"m\"}"), raw).to_string();
        assert_has(&text, &["DELETE /cloud/v2/a/5 returned", words]);
    }
}

#[cfg(feature = "sandbox")]
#[test]
fn a_port_of_a_sandbox_that_is_taken_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = rblx_open_cloud::sandbox::Sandbox::start_on(port).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    let text = error.to_string();
    assert_has(
        &text,
        &[
            &format!("port {port}"),
            "in use",
            "End the program that uses",
        ],
    );
    assert!(!text.contains("network"), "{text}");
}

#[test]
fn a_value_of_another_type_blames_the_type_first() {
    use rblx_open_cloud::models::{RawJson, Revision};
    let wrong = |body: &str, call: &dyn Fn(&Client) -> Result<()>| {
        let error = error(ok(body), call);
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        let text = error.to_string();
        assert_has(&text, &["type that", "is decoded to"]);
        assert!(!text.contains("Check the base URL"), "{text}");
    };
    let entry = r#"{"id":"k","value":"text"}"#;
    wrong(entry, &|client| {
        let store = client.universe(5).data_store("Coins");
        store.entry("k").get::<u32>().map(drop)
    });
    wrong(entry, &|client| {
        let store = client.universe(5).data_store("Coins");
        store.entry("k").get_at::<u32>(Revision::Latest).map(drop)
    });
    wrong("\"text\"", &|client| {
        let store = client.universe(5).data_store("Coins");
        store.v1().get::<u32>("k").map(drop)
    });
    #[cfg(feature = "memory-stores")]
    wrong(entry, &|client| {
        let map = client.universe(5).sorted_map("Board");
        map.get::<u32>("k").map(drop)
    });
    #[cfg(feature = "memory-stores")]
    wrong(r#"{"items":[{"id":"k","value":"text"}]}"#, &|client| {
        use rblx_open_cloud::models::MapFilter;
        let map = client.universe(5).sorted_map("Board");
        map.list::<u32>(MapFilter::all()).next().unwrap().map(drop)
    });
    #[cfg(feature = "memory-stores")]
    wrong(
        r#"{"readId":"r","queueItems":[{"path":"q","data":"text"}]}"#,
        &|client| {
            use rblx_open_cloud::models::QueueRead;
            let queue = client.universe(5).memory_queue("Jobs");
            let mut batch = queue.read::<u32>(QueueRead::up_to(1))?;
            Err(batch.failed.remove(0))
        },
    );
    #[cfg(feature = "configs")]
    wrong(r#"{"entries":{"a":"text"}}"#, &|client| {
        use rblx_open_cloud::models::ConfigRepository;
        let config = client.universe(5).config(ConfigRepository::InExperience);
        config
            .get_as::<std::collections::BTreeMap<String, u32>>()
            .map(drop)
    });
    wrong(
        r#"{"path":"operations/1","done":true,"response":{"a":"text"}}"#,
        &|client| {
            let mut operation =
                client.operation::<std::collections::BTreeMap<String, u32>>("operations/1");
            operation.poll().map(drop)
        },
    );
    wrong("\"text\"", &|client| {
        let call = client.request(rblx_open_cloud::Method::Get, "/cloud/v2/text");
        call.send::<u32>().map(drop)
    });
    wrong("{\"items\":[\"text\"]}", &|client| {
        let call = client.request(rblx_open_cloud::Method::Get, "/cloud/v2/texts");
        call.list::<u32>("items", 10).next().unwrap().map(drop)
    });
    let value = RawJson::from_text("\"text\"").unwrap();
    let error = value.parse_as::<u32>().unwrap_err().to_string();
    assert_has(&error, &["type that it is decoded to"]);
}
