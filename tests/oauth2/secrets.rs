//! No Debug, Display, error or page shows a secret of a sign-in.

use std::fmt::Debug;
use std::io;

use rblx_open_cloud::oauth2::{App, IdToken, RefreshToken, Scope, Session, TokenSet};
use rblx_open_cloud::sandbox::SandboxApp;
use rblx_open_cloud::{AccessToken, Error, ErrorKind, RetryPolicy};
use serde_json::json;

use crate::flow::sandbox;
use crate::support::{MockServer, json as response, ok, shown, with_headers};

const SECRET: &str = "planted-client/secret+1";
const CODE: &str = "planted-code";
const SAVED: &str = r#"{"access_token":"planted-access","refresh_token":"planted-refresh","id_token":"planted-identity"}"#;

#[track_caller]
fn assert_clean(text: &str) {
    let written = text.to_ascii_lowercase();
    for word in ["planted", "706c616e746564"] {
        assert!(!written.contains(word), "{text}");
    }
}

#[track_caller]
fn assert_debug_is_clean(value: &dyn Debug) {
    assert_clean(&format!("{value:?}"));
    assert_clean(&format!("{value:#?}"));
}

#[track_caller]
fn assert_error_is_clean(error: &Error) {
    assert_clean(&shown(error));
}

fn app(peer: &MockServer) -> App {
    App::builder("app-1", "https://example.com/callback")
        .secret(SECRET)
        .base_url(&peer.url)
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
}

#[test]
fn no_output_contains_a_secret() {
    let peer = MockServer::replying([ok("{}")]);
    let app = app(&peer);
    let tokens = TokenSet::from_json(SAVED).unwrap();
    let session = Session::new(&app, tokens.clone(), |_: &TokenSet| Ok(()));
    let sign_in = app.sign_in([Scope::OpenId]).unwrap();
    assert_debug_is_clean(
        &App::builder("a", "b:")
            .secret(SECRET)
            .proxy("http://u:planted@127.0.0.1:1"),
    );
    // A password in a URL is shown neither by `Debug` nor by the error that rejects it.
    let builder = App::builder("a", "http://u:planted@localhost/")
        .base_url("http://u:planted@127.0.0.1:1/p?q");
    assert_debug_is_clean(&builder);
    assert!(format!("{builder:?}").contains("[redacted]@127.0.0.1:1/p?[redacted]"));
    assert_error_is_clean(&builder.build().unwrap_err());
    for redirect in [
        "http://u:planted@localhost/",
        "http://u:planted@localhost/#",
        "http:planted@x y",
    ] {
        let builder = App::builder("a", redirect).base_url("http://127.0.0.1:1");
        match builder.build() {
            Ok(app) => {
                assert_debug_is_clean(&app);
                let sign_in = app.sign_in([Scope::OpenId]).unwrap();
                assert_debug_is_clean(&sign_in);
                assert_error_is_clean(&sign_in.on_loopback(0).unwrap_err());
            }
            Err(error) => assert_error_is_clean(&error),
        }
    }
    assert_debug_is_clean(&app);
    assert_debug_is_clean(&tokens);
    assert_debug_is_clean(&tokens.access_token());
    assert_debug_is_clean(&tokens.refresh_token());
    assert_debug_is_clean(&tokens.id_token());
    assert_debug_is_clean(&session);
    assert_debug_is_clean(&session.client_builder());
    assert_debug_is_clean(&session.client().unwrap());
    assert_debug_is_clean(&session.client().unwrap().user(1));
    assert_debug_is_clean(&(RefreshToken::from("planted"), IdToken::from("planted")));
    let shown = format!("{sign_in:?}");
    assert!(!shown.contains(sign_in.state()), "{shown}");
    let sandbox = sandbox();
    assert_debug_is_clean(&SandboxApp::new("a", "b:").secret(SECRET));
    sandbox.add_app(SandboxApp::new("a", "b:").secret(SECRET));
    assert_debug_is_clean(&sandbox);
    assert_debug_is_clean(&sandbox.access_token(156, [Scope::OpenId]));
}

#[test]
fn a_server_that_sends_secrets_back_cannot_make_an_error_hold_them() {
    let all = "planted-client/secret+1 planted-client%2Fsecret%2B1 planted-client\\/secret+1 planted-code planted-access planted-refresh";
    let escaped: Vec<String> = CODE.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
    let escaped = escaped.concat();
    let bodies = [
        json!({"error": "invalid_grant", "error_description": all}).to_string(),
        json!({"error": all, "error_description": all, "details": [{all: all}], "traceId": all})
            .to_string(),
        format!(r#"{{"error":"{escaped}","error_description":"x {escaped}"}}"#),
        json!({"errors": [{"code": 0, "message": all}]}).to_string(),
        json!({"access_token": all, "expires_in": {"planted": 1}}).to_string(),
        json!({"access_token": all, "token_type": "Bearer"}).to_string(),
        format!("plain {all}"),
        format!("<html><title>{all}</title></html>"),
        json!(all).to_string(),
        all[..60].to_owned(),
    ];
    for body in bodies {
        for status in [200, 302, 400, 401, 403, 429, 500, 503] {
            let bytes = with_headers(
                status,
                "location: http://planted-code.example/planted-code\r\nx-request-id: planted-code\r\n",
                &body,
            );
            let peer = MockServer::replying([bytes]);
            let app = app(&peer);
            let sign_in = app.sign_in(["asset:read"]).unwrap();
            let back = format!("?code={CODE}&state={}", sign_in.state());
            let errors = [
                sign_in.finish(&back).map(drop),
                app.refresh(&TokenSet::from_json(SAVED).unwrap()).map(drop),
                app.introspect(&AccessToken::from("planted-access"))
                    .map(drop),
                app.token_resources(&AccessToken::from("planted-access"))
                    .map(drop),
                app.revoke(&RefreshToken::from("planted-refresh")),
            ];
            for (index, result) in errors.into_iter().enumerate() {
                if let Err(error) = result {
                    let reported = format!("{error:?} {:?}", error.body());
                    let own = [
                        CODE,
                        "planted-refresh",
                        "planted-access",
                        "planted-access",
                        "planted-refresh",
                    ][index];
                    for secret in [own, SECRET, "planted-client%2F", "planted-client\\/"] {
                        assert!(!reported.contains(secret), "{status} {body}: {reported}");
                    }
                    if !(400..500).contains(&status) {
                        assert_eq!(error.body(), None, "what may be tokens is not kept");
                    }
                }
            }
        }
    }
}

/// The decoder's message contains a value of the wrong type.
#[test]
fn an_undecodable_response_is_not_shown() {
    for body in [
        r#"{"active":"planted-fresh"}"#,
        r#"{"active":true,"exp":"planted-fresh"}"#,
        r#"{"resource_infos":"planted-fresh"}"#,
        r#"{"active":true,"scope":["planted-fresh"]}"#,
        r#"["planted-fresh"]"#,
    ] {
        let app = app(&MockServer::replying([ok(body)]));
        let token = AccessToken::from("planted-access");
        for result in [
            app.introspect(&token).map(drop),
            app.token_resources(&token).map(drop),
        ] {
            if let Err(error) = result {
                assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
                assert_error_is_clean(&error);
            }
        }
    }
}

#[test]
fn a_token_that_the_service_repeats_is_redacted() {
    let echo = |request: &crate::support::Received| {
        let token = request
            .header("authorization")
            .unwrap_or_default()
            .replace("Bearer ", "");
        response(
            400,
            json!({"message": format!("bad {token}"), "code": token}).to_string(),
        )
    };
    let peer = MockServer::new(move |number, request| match request.path() {
        "/oauth/v1/token" => ok(format!(
            r#"{{"access_token":"planted-access-{number}","refresh_token":"planted-refresh-{number}"}}"#
        )),
        _ => echo(request),
    });
    let tokens = TokenSet::from_json(SAVED).unwrap();
    let session = Session::new(&app(&peer), tokens, |_: &TokenSet| Ok(()));
    let client = session.client().unwrap();
    for _ in 0..3 {
        let error = client.user(1).get().unwrap_err();
        assert!(error.to_string().contains("[redacted]"), "{error}");
        assert_error_is_clean(&error);
        session.refresh().unwrap();
    }
}

#[test]
fn an_error_of_a_store_does_not_show_the_tokens() {
    let peer = MockServer::replying([ok(SAVED)]);
    let tokens = TokenSet::from_json(SAVED).unwrap();
    let session = Session::new(&app(&peer), tokens, |tokens: &TokenSet| {
        Err(io::Error::other(format!(
            "cannot write {}",
            tokens.to_json()
        )))
    });
    let error = session.refresh().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TokensNotSaved);
    assert_error_is_clean(&error);
}

#[test]
fn a_redirect_cannot_send_control_characters_to_a_terminal() {
    let peer = MockServer::replying([ok("{}")]);
    let sign_in = app(&peer).sign_in(["asset:read"]).unwrap();
    let back = format!(
        "?state={}&error=access_denied%1B%5B31m&error_description=%1B%5B31mred%0A{}",
        sign_in.state(),
        "x".repeat(5000)
    );
    let error = sign_in.finish(&back).unwrap_err();
    assert!(!error.to_string().contains(char::is_control), "{error:?}");
    assert!(error.to_string().len() < 1000);
    assert_eq!(peer.requests().len(), 0);
}
