//! Whatever a browser, a file or a server brings: a value or an error, never a panic.

use proptest::prelude::*;
use rblx_open_cloud::RetryPolicy;
use rblx_open_cloud::oauth2::{App, IdToken, TokenSet};

use crate::support::{MockServer, json as response};

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Nobody responds at this address.
const NOWHERE: &str = "http://127.0.0.1:1";

fn assert_redirects_are_rejected(text: &str, code: &str) {
    let app = App::builder("id", "http://localhost/callback")
        .base_url(NOWHERE)
        .build();
    let sign_in = app.unwrap().sign_in(["openid"]).unwrap();
    let other = App::builder(text, text).base_url(NOWHERE).build();
    let _ = other.map(|app| app.login_on_loopback(0, ["openid"]).map(drop));
    let failed = format!("?state={}&error={code}{text}", sign_in.state());
    for redirect in [text, &failed] {
        assert!(sign_in.finish(redirect).is_err(), "{redirect}");
    }
}

#[test]
fn a_redirect_with_an_empty_error_is_rejected() {
    assert_redirects_are_rejected("", "");
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn redirects_of_any_text(text in "\\PC*", code in "[ -~]{0,40}") {
        assert_redirects_are_rejected(&text, &code);
    }

    #[test]
    fn saved_tokens_of_any_text(
        text in "\\PC*",
        seconds in any::<u64>(),
        time in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:00:00Z",
    ) {
        let _ = TokenSet::from_json(&text);
        let json = serde_json::json!({
            "access_token": "a", "refresh_token": text, "expires_in": seconds, "obtained_at": time, "scope": text,
        });
        let tokens = TokenSet::from_json(&json.to_string()).unwrap();
        let again = TokenSet::from_json(&tokens.to_json()).unwrap();
        prop_assert_eq!(again.to_json(), tokens.to_json());
        let _ = tokens.expires_at();
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn responses_of_any_text(text in "\\PC*", status in 200_u16..600) {
        let peer = MockServer::replying([response(status, &text)]);
        let app = App::builder("app-1", "https://example.com/callback")
            .base_url(&peer.url)
            .retry(RetryPolicy::none())
            .build()
            .unwrap();
        let tokens = TokenSet::from_json(r#"{"access_token":"a","refresh_token":"planted-refresh"}"#).unwrap();
        prop_assert!(app.refresh(&tokens).is_err());
        let _ = app.introspect(tokens.access_token());
        let _ = app.token_resources(tokens.access_token());
        let _ = app.discovery();
        prop_assert!(app.verify_id_token(&IdToken::from(text), None).is_err());
    }
}
