//! Whatever a browser, a file or a server brings: a value or an error, never a panic.

use proptest::prelude::*;
use rblx_open_cloud::oauth2::{App, IdToken, TokenSet};

use crate::flow::peer_app;
use crate::support::{Peer, json as answer};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn redirects_of_any_text(text in "\\PC*", code in "[ -~]{0,40}") {
        let app = App::builder("id", "http://localhost/callback").base_url("http://127.0.0.1:1").build().unwrap();
        let sign_in = app.sign_in(["openid"]).unwrap();
        let other = App::builder(text.clone(), text.clone()).base_url("http://127.0.0.1:1").build();
        let _ = other.map(|app| app.login_on_loopback(0, ["openid"]).map(drop));
        let failed = format!("?state={}&error={code}{text}", sign_in.state());
        for redirect in [text, failed] {
            prop_assert!(sign_in.finish(&redirect).is_err());
        }
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
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn answers_of_any_text(text in "\\PC*", status in 200_u16..600) {
        let app = peer_app(&Peer::saying([answer(status, &text)]));
        let tokens = TokenSet::from_json(r#"{"access_token":"a","refresh_token":"planted-refresh"}"#).unwrap();
        prop_assert!(app.refresh(&tokens).is_err());
        let _ = app.introspect(tokens.access_token());
        let _ = app.token_resources(tokens.access_token());
        let _ = app.discovery();
        prop_assert!(app.verify_id_token(&IdToken::from(text), None).is_err());
    }
}
