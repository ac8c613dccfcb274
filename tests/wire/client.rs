//! Making a client: credentials, base URLs, proxies.

use std::process::Command;
use std::time::Duration;

use crate::support::{self, MockServer, ok};
use rblx_open_cloud::{AccessToken, ApiKey, Client, ClientBuilder, Error, ErrorKind, RetryPolicy};

const USER: &str = r#"{"createTime":"2006-03-08T14:01:02Z","id":"1","name":"n","displayName":"d"}"#;

#[test]
fn a_token_goes_out_as_bearer() {
    let peer = MockServer::replying([ok(USER)]);
    let client = Client::builder(AccessToken::from("granted"))
        .base_url(&peer.url)
        .user_agent("tool/1.0")
        .build()
        .unwrap();
    client.user(1).get().unwrap();
    let request = peer.requests().remove(0);
    assert_eq!(request.header("authorization"), Some("Bearer granted"));
    assert_eq!(request.header("x-api-key"), None);
    assert_eq!(request.header("user-agent"), Some("tool/1.0"));
}

#[test]
fn an_invalid_credential_is_rejected_without_being_shown() {
    for key in [
        "",
        "line\nbreak-secret",
        "secret\r\nx: y",
        "nul\0secret",
        " secret",
        "secret ",
        "sécret",
        "tab\tsecret",
    ] {
        for error in [
            Client::new(key).unwrap_err(),
            Client::new(ApiKey::from(key.to_owned())).unwrap_err(),
            Client::new(AccessToken::from(key)).unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
            assert!(!format!("{error:?}").contains("cret"), "{error:?}");
        }
    }
}

#[test]
fn keys_are_never_sent_in_the_clear() {
    for (base, hint) in [
        ("http://apis.roblox.com", "https"),
        ("http://127.0.0.1.example.com", "https"),
        ("ftp://127.0.0.1", "https://"),
        ("127.0.0.1:1", "https://"),
        ("https://user:password@example.com", "password"),
        ("", "URL"),
    ] {
        let error = Client::builder("key").base_url(base).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.message().contains(hint), "{base}: {error}");
        assert!(!error.message().contains(":password@"));
    }
}

#[test]
fn without_tls_https_names_the_missing_feature() {
    let live = Client::new("key");
    if cfg!(feature = "rustls") {
        live.unwrap();
    } else {
        let error = live.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.message().contains("feature `rustls`"), "{error}");
    }
}

#[test]
fn extreme_settings_are_rejected_or_clamped() {
    for agent in ["", "a\nb", "ü"] {
        let error = Client::builder("key")
            .base_url("http://127.0.0.1:1")
            .user_agent(agent)
            .build()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
    let error = Client::builder("key")
        .base_url("http://127.0.0.1:1")
        .proxy("user:hunter2@:::")
        .build()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(!format!("{error:?}").contains("hunter2"));
    let peer = MockServer::replying([ok(USER)]);
    for timeout in [Duration::MAX, Duration::from_secs(10)] {
        peer.builder()
            .timeout(timeout)
            .build()
            .unwrap()
            .user(1)
            .get()
            .unwrap();
    }
    assert_eq!(
        peer.builder()
            .timeout(Duration::ZERO)
            .build()
            .unwrap()
            .user(1)
            .get()
            .map_err(|error| error.kind())
            .err()
            .unwrap_or(ErrorKind::Timeout),
        ErrorKind::Timeout
    );
}

#[test]
fn a_proxy_for_socks_is_rejected_before_anything_is_sent() {
    for url in [
        "socks5://127.0.0.1:1",
        "socks4://127.0.0.1:1",
        "socks4a://127.0.0.1:1",
    ] {
        let error = Client::builder("key")
            .base_url("http://127.0.0.1:1")
            .proxy(url)
            .build()
            .unwrap_err();
        assert!(error.message().contains("SOCKS"), "{error}");
    }
    if cfg!(feature = "rustls") {
        let peer = MockServer::replying([ok(USER)]);
        let text = child(&[
            ("TEST_BASE", &peer.url),
            ("ROBLOX_API_KEY", "key"),
            ("ALL_PROXY", "socks5://127.0.0.1:1"),
        ]);
        assert!(text.contains("SOCKS"), "{text}");
    }
}

#[test]
fn a_proxy_set_on_the_builder_is_used_for_loopback_too() {
    let proxy = MockServer::replying([support::json(502, "{}")]);
    let client = Client::builder("key")
        .base_url("http://127.0.0.1:1")
        .proxy(&proxy.url)
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    client.user(1).get().unwrap_err();
    assert_eq!(proxy.requests().len(), 1, "the proxy was used");
}

/// The error of a call through this proxy, and that of an upload.
fn through(proxy: &str) -> Vec<Error> {
    let client = Client::builder("key")
        .base_url("http://127.0.0.1:1")
        .proxy(proxy)
        .timeout(Duration::from_secs(5))
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let mut errors = vec![client.user(1).get().unwrap_err()];
    #[cfg(feature = "upload")]
    {
        use rblx_open_cloud::AssetFile;
        use rblx_open_cloud::models::{AssetType, AssetUpload};

        let file = AssetFile::bytes("a.tga", [1]);
        let upload = AssetUpload::new(AssetType::Decal, "n", "d", file);
        errors.push(client.user(1).upload_asset(upload).unwrap_err());
    }
    errors.push(client.group(7).accept_join_request(1).unwrap_err());
    errors
}

#[test]
fn a_proxy_at_fault_is_blamed_by_host_and_port() {
    let saying = |bytes: &[u8]| {
        let proxy = MockServer::replying([bytes.to_vec()]);
        (proxy.url.replace("http://", ""), proxy)
    };
    let (wants_password, _one) = saying(b"HTTP/1.1 407 X\r\ncontent-length: 0\r\n\r\n");
    let (forbids, _two) = saying(b"HTTP/1.1 403 X\r\ncontent-length: 0\r\n\r\n");
    let (fails, _three) = saying(b"HTTP/1.1 502 X\r\ncontent-length: 0\r\n\r\n");
    let (closes, _four) = saying(b"");
    let (chats, _five) = saying(b"SSH-2.0-OpenSSH_9.2\r\n\r\n");
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = free.local_addr().unwrap().to_string();
    drop(free);
    for (proxy, words, advice) in [
        (
            wants_password.as_str(),
            "requires a user name and a password",
            "http://user:password@host:3128",
        ),
        (
            &forbids,
            "did not connect to the server; it responded 403",
            "HTTPS_PROXY",
        ),
        (
            &fails,
            "did not connect to the server; it responded 502",
            "setting `proxy`",
        ),
        (&closes, "closed the connection", "setting `proxy`"),
        (&chats, "does not respond with HTTP", "setting `proxy`"),
        (&nobody, "refused the connection", "setting `proxy`"),
        (
            "proxy.invalid:3128",
            "has a name that could not be resolved",
            "setting `proxy`",
        ),
    ] {
        for error in through(&format!("http://user:planted@{proxy}")) {
            let text = error.to_string();
            assert_eq!(error.kind(), ErrorKind::Transport, "{text}");
            let said = format!("the proxy {proxy} {words}");
            assert!(text.contains(&said) && text.contains(advice), "{text}");
            assert!(!format!("{error:?}").contains("planted"), "{error:?}");
            assert!(!error.outcome_unknown(), "nothing was sent: {text}");
            assert!(!text.contains("base URL"), "{text}");
        }
    }
}

#[test]
fn a_host_at_fault_is_blamed_itself() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let error = |url: &str| {
        let client = Client::builder("key").base_url(url).no_proxy();
        let client = client.retry(RetryPolicy::none()).build().unwrap();
        client.user(1).get().unwrap_err()
    };
    let rejected = error(&nobody).to_string();
    assert!(
        rejected.contains(&format!("at {nobody}: connection refused")),
        "{rejected}"
    );
    assert!(rejected.contains("Is the server running?"), "{rejected}");
    if cfg!(feature = "rustls") {
        let unknown = error("https://roblox.invalid").to_string();
        assert!(
            unknown.contains("at https://roblox.invalid: the host name could not be resolved"),
            "{unknown}"
        );
        assert!(unknown.contains("Check the network"), "{unknown}");
    }
}

#[test]
fn an_invalid_proxy_variable_is_named() {
    if cfg!(feature = "rustls") {
        let peer = MockServer::replying([ok(USER)]);
        for (name, value) in [
            ("HTTPS_PROXY", "http://:::planted"),
            ("all_proxy", "planted://x"),
        ] {
            let environment = [
                ("TEST_BASE", peer.url.as_str()),
                ("ROBLOX_API_KEY", "key"),
                (name, value),
            ];
            let text = child(&environment);
            assert!(
                text.contains(&format!("the environment variable {name} must be a URL")),
                "{text}"
            );
            assert!(!text.contains("planted"), "{text}");
        }
    }
}

/// Runs in a process of its own, with the environment that the test below gives it.
#[test]
#[ignore = "part of another test"]
fn child_with_an_environment() {
    let base = std::env::var("TEST_BASE").unwrap();
    let builder = Client::builder("key").base_url(base);
    let user = match std::env::var("TEST_REFUSE") {
        Ok(_) => builder.no_proxy(),
        Err(_) => builder,
    };
    user.build().unwrap().user(1).get().unwrap();
    let error = Client::from_env()
        .map(drop)
        .map_err(|error| error.message().to_owned());
    println!("from_env: {error:?}");
}

fn child(environment: &[(&str, &str)]) -> String {
    run_child("client::child_with_an_environment", environment)
}

/// Runs a test of this file in a process of its own, and returns what it prints.
fn run_child(test: &str, environment: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--ignored", "--nocapture"]);
    for name in ["ROBLOX_API_KEY", KEY_FILE, BASE_URL] {
        command.env_remove(name);
    }
    let output = command.envs(environment.iter().copied()).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{printed}");
    printed
}

#[test]
fn proxies_of_the_environment_are_never_used_for_loopback() {
    let peer = MockServer::replying([ok(USER)]);
    let dead = "http://127.0.0.1:1";
    let proxies = [
        ("ALL_PROXY", dead),
        ("HTTP_PROXY", dead),
        ("http_proxy", dead),
        ("TEST_BASE", &peer.url),
    ];
    child(&proxies);
    child(&[&proxies[..], &[("TEST_REFUSE", "1")]].concat());
    assert_eq!(peer.requests().len(), 2);
}

/// Runs in a process of its own, with the environment that the tests below give it.
#[test]
#[ignore = "part of another test"]
fn child_from_the_environment() {
    let made = ClientBuilder::from_env().and_then(|builder| {
        let builder = builder.timeout(Duration::from_secs(10));
        match std::env::var("TEST_BASE") {
            Ok(url) => builder.base_url(url).build(),
            Err(_) => builder.build(),
        }
    });
    let called = made.and_then(|client| client.user(1).get());
    match called {
        Ok(user) => println!("called {}", user.name),
        Err(error) => println!("failed {error:?}"),
    }
    println!(
        "from_env: {:?}",
        Client::from_env()
            .map(drop)
            .map_err(|error| error.to_string())
    );
}

const KEY_FILE: &str = "ROBLOX_API_KEY_FILE";
const BASE_URL: &str = "ROBLOX_OPEN_CLOUD_URL";

fn from_environment(environment: &[(&str, &str)]) -> String {
    run_child("client::child_from_the_environment", environment)
}

/// A folder that is removed at the end.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("rblx-open-cloud-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_key_comes_from_the_environment() {
    let peer = MockServer::replying([ok(USER)]);
    let base = (BASE_URL, peer.url.as_str());
    let good = from_environment(&[base, ("ROBLOX_API_KEY", "key-one")]);
    assert!(
        good.contains("called n") && good.contains("Ok(())"),
        "{good}"
    );
    let request = peer.requests().remove(0);
    assert_eq!(request.header("x-api-key"), Some("key-one"));
    for (environment, words, code) in [
        (&[][..], "ROBLOX_API_KEY is not set", "NoApiKey"),
        (&[], "or ROBLOX_API_KEY_FILE to a file", "NoApiKey"),
        (
            &[("ROBLOX_API_KEY", "")],
            "ROBLOX_API_KEY is empty",
            "NoApiKey",
        ),
        (
            &[("ROBLOX_API_KEY", "planted\n")],
            "ROBLOX_API_KEY: the API key contains",
            "InvalidApiKey",
        ),
        (
            &[("ROBLOX_API_KEY", "\"planted\"")],
            "ROBLOX_API_KEY: the API key is in quotes; remove them",
            "InvalidApiKey",
        ),
        (
            &[("ROBLOX_API_KEY", "'planted'")],
            "ROBLOX_API_KEY: the API key is in quotes; remove them",
            "InvalidApiKey",
        ),
        (
            &[("ROBLOX_API_KEY", "a"), (KEY_FILE, "b")],
            "are both set",
            "InvalidApiKey",
        ),
        (
            &[("ROBLOX_API_KEY", ""), (KEY_FILE, "b")],
            "are both set",
            "InvalidApiKey",
        ),
        (
            &[(KEY_FILE, "")],
            "ROBLOX_API_KEY_FILE is empty",
            "NoApiKey",
        ),
    ] {
        let text = from_environment(&[&[base][..], environment].concat());
        assert!(
            text.contains("kind: InvalidInput") && text.contains(words),
            "{text}"
        );
        assert!(text.contains(&format!("code: {code}\n")), "{text}");
        assert!(!text.contains("planted"), "{text}");
    }
    assert_eq!(peer.requests().len(), 1);
}

#[test]
fn the_key_comes_from_a_file() {
    let folder = Folder::new("keys");
    let peer = MockServer::replying([ok(USER)]);
    let base = (BASE_URL, peer.url.as_str());
    for content in ["key-two", "key-two\n", "key-two\r\n", "\u{feff}key-two\n\n"] {
        let text = from_environment(&[base, (KEY_FILE, &folder.file("key", content))]);
        assert!(text.contains("called n"), "{text}");
        let request = peer.requests().pop().unwrap();
        assert_eq!(request.header("x-api-key"), Some("key-two"));
    }
    let count = peer.requests().len();
    let missing = folder.0.join("missing").display().to_string();
    let directory = folder.0.display().to_string();
    let utf_16: Vec<u8> = "planted"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (path, words) in [
        (
            missing.as_str(),
            "cannot be read: there is no such file\n  kind: InvalidInput\n  code: NoApiKey",
        ),
        (
            &directory,
            "is a directory, not a file\n  kind: InvalidInput\n  code: InvalidApiKey",
        ),
        (
            "/dev/null",
            if cfg!(unix) {
                "is not a regular file"
            } else {
                ""
            },
        ),
        (&folder.file("empty", "\n"), "is empty"),
        (
            &folder.file("large", "planted".repeat(10_000)),
            "is too large",
        ),
        (
            &folder.file("wide", [&[0xff, 0xfe][..], &utf_16].concat()),
            "is not UTF-8 text",
        ),
        (
            &folder.file("two", "planted\nplanted\n"),
            "two: the API key contains a space, a line break",
        ),
        (&"planted".repeat(100), "too long to be shown"),
    ] {
        let text = from_environment(&[base, (KEY_FILE, path)]);
        assert!(
            text.contains("kind: InvalidInput") && text.contains(words),
            "{text}"
        );
        assert!(text.contains("ROBLOX_API_KEY_FILE: "), "{text}");
        assert!(!text.contains("planted"), "{text}");
    }
    assert_eq!(peer.requests().len(), count);
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_a_key_file_blocks_nothing() {
    let folder = Folder::new("key-pipe");
    let pipe = folder.0.join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let text = from_environment(&[(KEY_FILE, &pipe.display().to_string())]);
    assert!(text.contains("is not a regular file"), "{text}");
}

#[test]
fn a_base_url_of_the_environment_is_checked_like_any_other() {
    let peer = MockServer::replying([ok(USER)]);
    let key = ("ROBLOX_API_KEY", "key");
    for (url, words) in [
        ("", "ROBLOX_OPEN_CLOUD_URL is empty"),
        (
            "http://example.com",
            "ROBLOX_OPEN_CLOUD_URL: the base URL is rejected: plain http",
        ),
        (
            "http://user:planted@127.0.0.1:1",
            "it has a user name or a password",
        ),
        (
            "127.0.0.1:4306",
            "ROBLOX_OPEN_CLOUD_URL: the base URL is rejected",
        ),
        ("ftp://127.0.0.1", "neither https:// nor http://"),
    ] {
        let text = from_environment(&[key, (BASE_URL, url)]);
        assert!(
            text.contains("kind: InvalidInput") && text.contains(words),
            "{text}"
        );
        assert!(!text.contains("planted"), "{text}");
        // One that is set on the builder wins, whatever the variable says.
        let text = from_environment(&[key, (BASE_URL, url), ("TEST_BASE", &peer.url)]);
        assert!(text.contains("called n"), "{text}");
    }
    if cfg!(feature = "rustls") {
        let live = from_environment(&[key, ("TEST_BASE", &peer.url)]);
        assert!(live.contains("from_env: Ok(())"), "{live}");
    }
}

#[test]
fn debug_of_a_builder_shows_no_secret() {
    let builder = Client::builder("planted-key")
        .base_url("http://user:planted@127.0.0.1:1/path?planted=1")
        .proxy("http://user:planted@127.0.0.1:2");
    #[cfg(feature = "rustls")]
    let builder = builder.root_certificates("-----BEGIN PRIVATE KEY-----\nplanted");
    let text = format!("{builder:?} {builder:#?}");
    assert!(!text.contains("planted"), "{text}");
    assert!(text.contains("127.0.0.1:1/path"), "{text}");
    #[cfg(feature = "rustls")]
    assert!(!text.contains("112, 108, 97"), "the bytes neither: {text}");
}

#[cfg(feature = "rustls")]
#[test]
fn root_certificates_that_cannot_be_read_are_rejected() {
    // A certificate whose content is cut: its Base64 is whole.
    let cut = "-----BEGIN CERTIFICATE-----\nMIIBPjCB5aADAgECAgEB\n-----END CERTIFICATE-----\n";
    let key = "-----BEGIN PRIVATE KEY-----\ncGxhbnRlZA==\n-----END PRIVATE KEY-----\n";
    for (pem, words) in [
        ("", "there is no PEM text"),
        ("planted", "there is no PEM text"),
        (cut, "certificate 1 is damaged"),
        (
            "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n",
            "damaged",
        ),
        ("-----BEGIN CERTIFICATE-----\nMIIB\n", "damaged"),
        (key, "a private key, but no certificate"),
    ] {
        let builder = Client::builder("key").base_url("http://127.0.0.1:1");
        let error = builder.root_certificates(pem).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.message().contains(words), "{pem:?}: {error}");
        assert!(!format!("{error:?}").contains("planted"), "{error:?}");
    }
}

#[test]
fn a_client_is_shared_between_threads() {
    fn is_shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    let peer = MockServer::replying([ok(USER)]);
    let client = peer.client();
    is_shared(&client);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            let client = client.clone();
            scope.spawn(move || (0..10).for_each(|_| drop(client.user(1).get().unwrap())));
        }
    });
    assert_eq!(peer.requests().len(), 80);
    let connections = peer
        .requests()
        .iter()
        .map(|request| request.connection)
        .max()
        .unwrap()
        + 1;
    assert!(connections <= 8, "{connections} connections for 8 threads");
}

#[test]
fn a_base_url_that_was_copied_with_something_else_says_so() {
    for (url, why) in [
        ("", "it is empty"),
        (
            "http://127.0.0.1:1\n",
            "it contains a space or a line break",
        ),
        (" http://127.0.0.1:1", "it contains a space or a line break"),
        ("https://", "it is not a URL such as https://example.com"),
        ("example.com", "it begins with neither https:// nor http://"),
    ] {
        let error = Client::builder("key").base_url(url).build().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("invalid input: the base URL is rejected: {why}")
        );
    }
}
