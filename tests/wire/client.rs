//! Making a client: credentials, base URLs, proxies.

use std::process::Command;
use std::time::Duration;

use crate::support::{self, Peer, ok};
use rblx_open_cloud::{AccessToken, ApiKey, Client, ErrorKind};

const USER: &str = r#"{"createTime":"2006-03-08T14:01:02Z","id":"1","name":"n","displayName":"d"}"#;

#[test]
fn a_token_goes_out_as_bearer() {
    let peer = Peer::saying([ok(USER)]);
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
fn a_credential_that_cannot_stand_in_a_header_is_refused_without_being_shown() {
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
fn odd_settings_are_refused_or_made_sensible() {
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
    let peer = Peer::saying([ok(USER)]);
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
fn a_proxy_for_socks_is_refused_before_anything_is_sent() {
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
        let peer = Peer::saying([ok(USER)]);
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
    let proxy = Peer::saying([support::json(502, "{}")]);
    let client = Client::builder("key")
        .base_url("http://127.0.0.1:1")
        .proxy(&proxy.url)
        .build()
        .unwrap();
    client.user(1).get().unwrap_err();
    assert_eq!(proxy.requests().len(), 1, "the proxy was asked");
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
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "client::child_with_an_environment",
            "--ignored",
            "--nocapture",
        ])
        .env_remove("ROBLOX_API_KEY");
    let output = command.envs(environment.iter().copied()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}");
    text
}

#[test]
fn proxies_of_the_environment_are_never_used_for_loopback() {
    let peer = Peer::saying([ok(USER)]);
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

#[test]
fn the_key_comes_from_the_environment() {
    let peer = Peer::saying([ok(USER)]);
    let none = child(&[("TEST_BASE", &peer.url)]);
    assert!(none.contains("ROBLOX_API_KEY is not set"), "{none}");
    let empty = child(&[("TEST_BASE", &peer.url), ("ROBLOX_API_KEY", "")]);
    assert!(empty.contains("ROBLOX_API_KEY is empty"), "{empty}");
    let broken = child(&[("TEST_BASE", &peer.url), ("ROBLOX_API_KEY", "key\n")]);
    assert!(
        broken.contains("line break") && broken.contains("ROBLOX_API_KEY: "),
        "{broken}"
    );
    if cfg!(feature = "rustls") {
        let good = child(&[("TEST_BASE", &peer.url), ("ROBLOX_API_KEY", "key")]);
        assert!(good.contains("Ok(())"), "{good}");
    }
}

#[test]
fn a_client_is_shared_between_threads() {
    fn is_shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    let peer = Peer::saying([ok(USER)]);
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
