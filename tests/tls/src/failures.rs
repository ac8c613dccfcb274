//! Errors of TLS: what happened, who is to blame, and what to do.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rblx_open_cloud::models::{AssetType, AssetUpload};
use rblx_open_cloud::oauth2::{App, TokenSet};
use rblx_open_cloud::{AssetFile, Client, ClientBuilder, Error, ErrorKind, RetryPolicy};
use rustls::ServerConfig;
use serde_json::json;

use crate::authority::Authority;
use crate::server::{in_front_of, listen, serve};
use crate::support::{KEY, MockServer, ok};

/// A client that repeats what may be repeated, without delays.
fn builder(url: &str) -> ClientBuilder {
    let millisecond = Duration::from_millis(1);
    let policy = RetryPolicy::default()
        .initial_backoff(millisecond)
        .max_backoff(millisecond);
    Client::builder(KEY).base_url(url).retry(policy)
}

/// The errors of every kind of request to this server, whose certificate this authority did or did not sign.
fn errors(url: &str, authority: Option<&Authority>) -> Vec<Error> {
    let with_roots = |builder: ClientBuilder| match authority {
        Some(authority) => builder.root_certificates(authority.pem()),
        None => builder,
    };
    let client = with_roots(builder(url)).build().unwrap();
    let file = AssetFile::bytes("a.tga", [1]);
    let upload = AssetUpload::new(AssetType::Decal, "n", "d", file);
    let api = MockServer::replying([ok(json!({ "location": format!("{url}/x") }).to_string())]);
    let downloads = with_roots(builder(&api.url)).build().unwrap();
    let mut app = App::builder("app-1", "https://example.com/callback").base_url(url);
    if let Some(authority) = authority {
        app = app.root_certificates(authority.pem());
    }
    let tokens = TokenSet::from_json(r#"{"access_token":"a","refresh_token":"b"}"#).unwrap();
    vec![
        client.user(1).get().unwrap_err(),
        client.group(7).accept_join_request(1).unwrap_err(),
        client.user(1).upload_asset(upload).unwrap_err(),
        downloads.asset(5).download(std::io::sink()).unwrap_err(),
        client.key_info().unwrap_err(),
        app.retry(RetryPolicy::none())
            .build()
            .unwrap()
            .refresh(&tokens)
            .unwrap_err(),
    ]
}

/// Asserts the kind and the text of all of them, and that the request was never sent.
fn assert_all_say(url: &str, authority: Option<&Authority>, said: &[&str]) {
    for error in errors(url, authority) {
        let text = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Transport, "{text}");
        for words in said {
            assert!(text.contains(words), "{text}: not {words:?}");
        }
        assert!(text.contains(url), "{text}: where");
        assert!(!error.outcome_unknown(), "{text}");
        assert_eq!(error.attempts(), 1, "it would be the same again: {text}");
        let source = std::error::Error::source(&error).map(ToString::to_string);
        assert!(
            source.is_some_and(|source| !text.contains(&source)),
            "{text}"
        );
    }
}

fn quiet(config: &Arc<ServerConfig>) -> String {
    serve(config, |mut stream| {
        let _ = stream.read(&mut [0; 1000]);
    })
}

#[test]
fn an_untrusted_certificate_leads_to_advice() {
    let url = quiet(&Authority::new().server(&["localhost"]));
    assert_all_say(
        &url,
        None,
        &[
            "the server's TLS certificate is signed by an authority that is not trusted here",
            "If a company proxy inspects TLS",
            "setting `root_certificates`",
        ],
    );
    let error = builder(&url).build().unwrap().user(1).get().unwrap_err();
    // A build that has the feature already names the store of the system instead.
    let text = error.to_string();
    assert!(
        text.contains("`platform-verifier`") || text.contains("in this system"),
        "{text}"
    );
}

#[test]
fn given_certificates_replace_the_built_in_ones() {
    let signs = Authority::named("the company");
    let url = quiet(&signs.server(&["localhost"]));
    // The second one has the same name, but another key.
    for other in [Authority::new(), Authority::named("the company")] {
        assert_all_say(
            &url,
            Some(&other),
            &[
                "is signed by an authority that is not trusted here",
                "`root_certificates` replace the built-in ones; add the one that signed this",
            ],
        );
    }
}

#[test]
fn dates_and_names_are_distinguished() {
    let authority = Authority::new();
    for (config, said, advice) in [
        (
            authority.server_of(2001, 2002),
            "the server's TLS certificate has expired",
            "Check the clock of this machine",
        ),
        (
            authority.server_of(2201, 2202),
            "the server's TLS certificate is not valid yet",
            "Check the clock of this machine",
        ),
        (
            authority.server(&["other.example"]),
            "the server's TLS certificate is for another host name",
            "Check the host of the base URL",
        ),
    ] {
        assert_all_say(&quiet(&config), Some(&authority), &[said, advice]);
    }
}

#[test]
fn https_on_a_port_of_plain_http_says_so() {
    let address = listen(|mut stream| {
        let _ = stream.read(&mut [0; 1000]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
    });
    assert_all_say(
        &format!("https://{address}"),
        Some(&Authority::new()),
        &[
            "the server does not speak TLS on this port",
            "Check scheme and port: plain http may be expected there",
        ],
    );
}

#[test]
fn plain_http_on_a_port_of_tls_says_so() {
    let authority = Authority::new();
    let sandbox = MockServer::replying([ok("{}")]);
    let url = in_front_of(&authority.server(&["localhost"]), &sandbox.url);
    let url = url.replace("https://", "http://");
    let client = builder(&url).retry(RetryPolicy::none()).build().unwrap();
    let error = client.user(1).get().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    let text = error.to_string();
    assert!(text.contains("https may be expected there"), "{text}");
    assert_eq!(sandbox.requests().len(), 0);
}

#[test]
fn a_handshake_that_breaks_off_or_stalls_was_never_a_request() {
    let closing = listen(drop);
    let url = format!("https://{closing}");
    for error in errors(&url, None) {
        let text = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Transport, "{text}");
        assert!(text.contains("during the TLS handshake"), "{text}");
        assert!(!error.outcome_unknown(), "{text}");
    }
    let client = builder(&url).build().unwrap();
    let upload = |client: &Client| {
        let file = AssetFile::bytes("a.tga", [1]);
        let upload = AssetUpload::new(AssetType::Decal, "n", "d", file);
        client.user(1).upload_asset(upload).unwrap_err()
    };
    assert_eq!(
        upload(&client).attempts(),
        4,
        "nothing was sent, so it is tried again"
    );
    let silent = listen(|mut stream| {
        let _ = std::io::copy(&mut stream, &mut std::io::sink());
    });
    let client = builder(&format!("https://{silent}"))
        .connect_timeout(Duration::from_millis(40))
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    for error in [client.user(1).get().unwrap_err(), upload(&client)] {
        let text = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{text}");
        assert!(text.contains("no connection within 40ms"), "{text}");
        assert!(text.contains("setting `connect_timeout`"), "{text}");
        assert!(!error.outcome_unknown(), "{text}");
    }
    // A deadline that is shorter than the timeout is what has to be changed.
    let client = builder(&format!("https://{silent}"))
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
        .with_deadline(Duration::from_millis(40));
    for error in [client.user(1).get().unwrap_err(), upload(&client)] {
        let text = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{text}");
        assert!(text.contains("no connection within "), "{text}");
        assert!(text.contains("setting `with_deadline`"), "{text}");
    }
}

/// Opens every requested tunnel.
fn tunnel(mut client: impl Read + Write, forward: impl FnOnce(TcpStream) -> bool) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && client.read(&mut byte).is_ok_and(|read| read > 0) {
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let Some(target) = head.split(' ').nth(1) else {
        return;
    };
    let server = TcpStream::connect(target).unwrap();
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
    client.flush().unwrap();
    forward(server);
}

#[test]
fn behind_a_proxy_the_one_with_the_bad_certificate_is_blamed() {
    let (good, bad) = (Authority::new(), Authority::new());
    let server = quiet(&bad.server(&["localhost"]));
    let proxy = listen(|client| {
        let (mut from, mut to) = (client.try_clone().unwrap(), client.try_clone().unwrap());
        tunnel(client, move |server| {
            let (mut up, mut down) = (server.try_clone().unwrap(), server);
            std::thread::spawn(move || std::io::copy(&mut from, &mut up));
            std::io::copy(&mut down, &mut to).is_ok()
        });
    });
    let through = |proxy: &str| {
        let client = builder(&server)
            .proxy(proxy)
            .root_certificates(good.pem())
            .build()
            .unwrap();
        client.user(1).get().unwrap_err().to_string()
    };
    let text = through(&format!("http://{proxy}"));
    assert!(
        text.contains("the server's TLS certificate is signed by"),
        "{text}"
    );
    assert!(!text.contains(&proxy), "{text}");
    // The proxy itself speaks TLS, with a certificate that nobody trusts.
    let secure = quiet(&bad.server(&["localhost"]));
    let text = through(&secure);
    let address = secure.replace("https://", "");
    let said = format!("the proxy {address}'s TLS certificate is signed by");
    assert!(text.contains(&said), "{text}");
}
