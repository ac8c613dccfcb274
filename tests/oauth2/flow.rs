//! Sign-ins from the URL to the tokens, and their errors.

use std::time::Duration;

use rblx_open_cloud::oauth2::{App, Prompt, Scope, TokenCreator, TokenOwner, TokenSet};
use rblx_open_cloud::sandbox::{Fault, Sandbox, SandboxApp};
use rblx_open_cloud::{AccessToken, Client, ErrorKind, Result};

use crate::browser::{consent, get, location, parameter};
use crate::support::{MockServer, json, ok};

const REDIRECT: &str = "https://example.com/callback";
const SECRET: &str = "RBX-planted-client-secret";

pub(crate) fn sandbox() -> Sandbox {
    Sandbox::start().unwrap()
}

pub(crate) fn app(sandbox: &Sandbox) -> App {
    sandbox
        .add_app(SandboxApp::new("app-1", REDIRECT))
        .build()
        .unwrap()
}

/// Signs user 156 in.
pub(crate) fn tokens(app: &App) -> TokenSet {
    let sign_in = app.sign_in([Scope::OpenId, Scope::Profile]).unwrap();
    sign_in.finish(&consent(&sign_in.url())).unwrap()
}

#[test]
fn a_user_signs_in_and_the_app_calls_in_their_name() {
    let sandbox = sandbox();
    let builder = sandbox.add_app(
        SandboxApp::new("app-1", REDIRECT)
            .secret(SECRET)
            .universe(3_828_411_582)
            .group(7),
    );
    let app = builder.build().unwrap();
    let sign_in = app
        .sign_in([Scope::OpenId, Scope::Profile, Scope::AssetRead])
        .unwrap()
        .prompt(Prompt::Consent);
    let url = sign_in.url();
    let query = |name| parameter(&url, name);
    assert!(url.starts_with(&format!(
        "{}/oauth/v1/authorize?client_id=app-1&",
        sandbox.url()
    )));
    assert_eq!(
        query("redirect_uri").unwrap(),
        "https%3A%2F%2Fexample.com%2Fcallback"
    );
    assert_eq!(query("scope").unwrap(), "openid%20profile%20asset%3Aread");
    assert_eq!(query("response_type").unwrap(), "code");
    assert_eq!(query("code_challenge_method").unwrap(), "S256");
    assert_eq!(query("code_challenge").unwrap().len(), 43);
    assert_eq!(query("prompt").unwrap(), "consent");
    assert_eq!(query("state").unwrap(), sign_in.state());
    assert_eq!(query("nonce").unwrap().len(), 43);

    let redirect = consent(&url);
    assert!(
        redirect.starts_with(&format!("{REDIRECT}?code=")),
        "{redirect}"
    );
    let tokens = sign_in.finish(&redirect).unwrap();
    let user = tokens.user().unwrap();
    assert_eq!(u64::from(user.user_id), 156);
    assert_eq!(user.user_name.as_deref(), Some("builderman"));
    assert_eq!(
        tokens.scopes(),
        [Scope::OpenId, Scope::Profile, Scope::AssetRead]
    );
    let left = tokens.expires_at().unwrap() - time::OffsetDateTime::now_utc();
    assert!(
        (890..=899).contains(&left.whole_seconds()),
        "seconds, not days: {left}"
    );

    let client = Client::builder(tokens.access_token().clone())
        .base_url(sandbox.url())
        .build()
        .unwrap();
    let known = client.user_info().unwrap();
    assert_eq!(&known, user);
    assert_eq!(known.created_at.unwrap().year(), 2006);
    assert_eq!(
        known.profile.unwrap(),
        "https://www.roblox.com/users/156/profile"
    );
    assert!(known.picture.unwrap().starts_with("https://"));
    assert_eq!(client.user(156).get().unwrap().name, "builderman");

    let token = tokens.access_token();
    let facts = app.introspect(token).unwrap();
    assert!(facts.active);
    assert_eq!(facts.client_id.as_deref(), Some("app-1"));
    assert_eq!(facts.user_id, Some(156.into()));
    assert_eq!(facts.scopes, tokens.scopes());
    assert_eq!(
        (facts.expires_at.unwrap() - facts.issued_at.unwrap()).whole_seconds(),
        899
    );
    let [resources] = &app.token_resources(token).unwrap()[..] else {
        panic!("one owner")
    };
    assert_eq!(resources.owner, TokenOwner::User(156.into()));
    assert_eq!(resources.universe_ids, [3_828_411_582.into()]);
    assert_eq!(
        resources.creators,
        [TokenCreator::Owner, TokenCreator::Group(7.into())]
    );

    let newer = app.refresh(&tokens).unwrap();
    assert_eq!(newer.user(), tokens.user());
    assert!(app.introspect(newer.access_token()).unwrap().active);
    app.revoke(newer.refresh_token().unwrap()).unwrap();
    let facts = app.introspect(newer.access_token()).unwrap();
    assert_eq!((facts.active, facts.user_id), (false, None));
    let error = app.refresh(&newer).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignInRequired);
    assert!(error.to_string().contains("sign in again"), "{error}");
}

#[test]
fn requests_are_what_the_service_documents() {
    let token = r#"{"access_token":"at","refresh_token":"rt","token_type":"bearer","expires_in":"899","scope":"asset:read"}"#;
    let peer = MockServer::replying([
        ok(token),
        ok(token),
        ok(r#"{"active":false}"#),
        ok(""),
        ok("{}"),
    ]);
    let app = App::builder("id/1", "http://localhost:80/a?b=c")
        .secret("s&=")
        .base_url(&peer.url)
        .build()
        .unwrap();
    let sign_in = app.sign_in(["asset:read"]).unwrap();
    let redirect = format!(
        "http://localhost:80/a?b=c&code=co%2Bde&state={}",
        sign_in.state()
    );
    let tokens = sign_in.finish(&redirect).unwrap();
    assert!(tokens.user().is_none(), "no ID token was requested");
    app.refresh(&tokens).unwrap();
    assert!(!app.introspect(tokens.access_token()).unwrap().active);
    app.revoke(tokens.refresh_token().unwrap()).unwrap();
    assert_eq!(app.token_resources(tokens.access_token()).unwrap(), []);

    let sent: Vec<_> = peer.requests();
    let form = |index: usize| {
        let request = &sent[index];
        assert_eq!(request.method, "POST");
        assert_eq!(
            request.header("content-type"),
            Some("application/x-www-form-urlencoded")
        );
        assert_eq!(request.header("accept-encoding"), Some("identity"));
        assert_eq!(
            (request.header("authorization"), request.header("x-api-key")),
            (None, None)
        );
        assert_eq!(request.connection, index, "a connection for each");
        (
            request.target.as_str(),
            String::from_utf8(request.body.clone()).unwrap(),
        )
    };
    let (path, body) = form(0);
    assert_eq!(path, "/oauth/v1/token");
    let verifier = parameter(&format!("?{body}"), "code_verifier").unwrap();
    assert_eq!(verifier.len(), 43);
    assert_eq!(
        body,
        format!(
            "grant_type=authorization_code&code=co%2Bde&code_verifier={verifier}\
             &redirect_uri=http%3A%2F%2Flocalhost%3A80%2Fa%3Fb%3Dc&client_id=id%2F1&client_secret=s%26%3D"
        )
    );
    let client = "&client_id=id%2F1&client_secret=s%26%3D";
    assert_eq!(
        form(1).1,
        format!("grant_type=refresh_token&refresh_token=rt{client}")
    );
    assert_eq!(
        form(2),
        ("/oauth/v1/token/introspect", format!("token=at{client}"))
    );
    assert_eq!(
        form(3),
        ("/oauth/v1/token/revoke", format!("token=rt{client}"))
    );
    assert_eq!(
        form(4),
        ("/oauth/v1/token/resources", format!("token=at{client}"))
    );
}

#[test]
fn a_redirect_that_belongs_to_another_sign_in_is_rejected_before_anything_is_sent() {
    let sandbox = sandbox();
    let app = app(&sandbox);
    let sign_in = app.sign_in([Scope::OpenId]).unwrap();
    let other = app.sign_in([Scope::OpenId]).unwrap();
    let theirs = consent(&other.url());
    let code = parameter(&theirs, "code").unwrap();
    sandbox.clear_requests();
    let state = sign_in.state();
    for redirect in [
        theirs.clone(),
        format!("{REDIRECT}?code={code}"),
        format!("{REDIRECT}?code={code}&state="),
        format!("{REDIRECT}?code={code}&state={}", &state[..42]),
        format!("{REDIRECT}?code={code}&state={state}x"),
        format!("{REDIRECT}?code={code}&state={state}&state={state}"),
        format!("{REDIRECT}?code={code}&code={code}&state={state}"),
        format!("{REDIRECT}?state={state}"),
        format!("{REDIRECT}?code=&state={state}"),
        format!("{REDIRECT}?error=access_denied"),
        REDIRECT.to_owned(),
        String::new(),
    ] {
        let error = sign_in.finish(&redirect).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{redirect}");
        assert_eq!(error.attempts(), 0);
        assert!(!error.to_string().contains(&code), "{error}");
    }
    assert_eq!(sandbox.requests().len(), 0);
    assert!(other.finish(&theirs).is_ok(), "the code was not spent");
}

#[test]
fn a_redirect_can_be_given_as_its_query_alone() {
    let sandbox = sandbox();
    let sign_in = app(&sandbox).sign_in([Scope::OpenId]).unwrap();
    let redirect = consent(&sign_in.url());
    let (_, query) = redirect.split_once('?').unwrap();
    assert!(sign_in.finish(query).is_ok());
}

#[test]
fn codes_work_once_and_for_a_minute() {
    let sandbox = sandbox();
    let app = app(&sandbox);
    let sign_in = app.sign_in([Scope::OpenId]).unwrap();
    let redirect = consent(&sign_in.url());
    let tokens = sign_in.finish(&redirect).unwrap();
    let error = sign_in.finish(&redirect).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignInRequired);
    assert_eq!(error.code(), Some("invalid_grant"));
    assert!(
        !app.introspect(tokens.access_token()).unwrap().active,
        "both ended"
    );

    let redirect = consent(&sign_in.url());
    sandbox.pass_time(Duration::from_secs(61));
    assert_eq!(
        sign_in.finish(&redirect).unwrap_err().kind(),
        ErrorKind::SignInRequired
    );

    // A code of one sign-in with the verifier of another.
    let other = app.sign_in([Scope::OpenId]).unwrap();
    let code = parameter(&consent(&sign_in.url()), "code").unwrap();
    let mixed = format!("{REDIRECT}?code={code}&state={}", other.state());
    assert_eq!(
        other.finish(&mixed).unwrap_err().kind(),
        ErrorKind::SignInRequired
    );
}

#[test]
fn a_refresh_token_works_once() {
    let sandbox = sandbox();
    let app = app(&sandbox);
    let tokens = tokens(&app);
    let newer = app.refresh(&tokens).unwrap();
    assert_eq!(
        app.refresh(&tokens).unwrap_err().kind(),
        ErrorKind::SignInRequired
    );
    // Whoever has the old one too may be a thief: all of it has ended.
    assert_eq!(
        app.refresh(&newer).unwrap_err().kind(),
        ErrorKind::SignInRequired
    );
    assert!(!app.introspect(newer.access_token()).unwrap().active);
}

#[test]
fn rejections_by_user_and_server_have_clear_errors() {
    let sandbox = sandbox();
    let secret = SandboxApp::new("app-1", REDIRECT)
        .secret(SECRET)
        .scopes(["openid"]);
    let app = sandbox.add_app(secret).build().unwrap();
    let sign_in = app.sign_in([Scope::OpenId]).unwrap();

    sandbox.decline_consent(true);
    let error = sign_in.finish(&consent(&sign_in.url())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConsentDenied);
    assert_eq!(error.code(), Some("access_denied"));
    assert!(error.to_string().contains("declined"), "{error}");
    sandbox.decline_consent(false);

    let greedy = app.sign_in([Scope::OpenId, Scope::AssetWrite]).unwrap();
    let error = greedy.finish(&consent(&greedy.url())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadRequest);
    assert!(error.to_string().contains("Creator Dashboard"), "{error}");

    for builder in [
        App::builder("app-1", REDIRECT).secret("wrong-secret"),
        App::builder("app-1", REDIRECT),
    ] {
        let stranger = builder.base_url(sandbox.url()).build().unwrap();
        let sign_in = stranger.sign_in([Scope::OpenId]).unwrap();
        let error = sign_in.finish(&consent(&sign_in.url())).unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::InvalidApp, Some(401))
        );
        assert!(
            error.to_string().contains("Check client id, secret"),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("wrong-secret"));
    }
    // Users who are not redirected see a page.
    let elsewhere = App::builder("app-1", "https://example.com/elsewhere");
    let elsewhere = elsewhere.base_url(sandbox.url()).build().unwrap();
    let response = get(&elsewhere.sign_in([Scope::OpenId]).unwrap().url());
    assert!(response.starts_with("HTTP/1.1 400"), "{response}");
}

#[test]
fn error_bodies_of_every_shape_become_kinds() {
    for (status, body, kind) in [
        (
            400,
            r#"{"error":"invalid_grant"}"#,
            ErrorKind::SignInRequired,
        ),
        (
            401,
            r#"{"error":"invalid_grant","error_description":"x"}"#,
            ErrorKind::SignInRequired,
        ),
        (400, r#"{"error":"invalid_client"}"#, ErrorKind::InvalidApp),
        (
            400,
            r#"{"error":"unauthorized_client","error_description":""}"#,
            ErrorKind::InvalidApp,
        ),
        (
            400,
            r#"{"error":"unsupported_grant_type"}"#,
            ErrorKind::BadRequest,
        ),
        (400, r#"{"error":"invalid_scope"}"#, ErrorKind::BadRequest),
        (401, "", ErrorKind::InvalidApp),
        (400, "unsupported file type", ErrorKind::BadRequest),
        (429, r#"{"error":"invalid_grant"}"#, ErrorKind::RateLimited),
        (
            503,
            r#"{"error":"invalid_grant"}"#,
            ErrorKind::ServiceUnavailable,
        ),
        (
            403,
            r#"{"errors":[{"code":0,"message":"no"}]}"#,
            ErrorKind::PermissionDenied,
        ),
    ] {
        let peer = MockServer::replying([json(status, body)]);
        let app = peer_app(&peer);
        let tokens =
            TokenSet::from_json(r#"{"access_token":"a","refresh_token":"planted-refresh"}"#);
        let error = app.refresh(&tokens.unwrap()).unwrap_err();
        assert_eq!(error.kind(), kind, "{status} {body}");
        assert_eq!(error.endpoint(), Some("/oauth/v1/token"));
    }
}

pub(crate) fn peer_app(peer: &MockServer) -> App {
    App::builder("app-1", REDIRECT)
        .base_url(&peer.url)
        .retry(rblx_open_cloud::RetryPolicy::none())
        .build()
        .unwrap()
}

#[test]
fn unusual_responses_are_parsed_or_rejected() {
    let user = |body: &str| {
        let peer = MockServer::replying([ok(body)]);
        let client = Client::builder(AccessToken::from("token")).base_url(&peer.url);
        client.build().unwrap().user_info()
    };
    let bare = user(r#"{"sub":"1516563360"}"#).unwrap();
    assert_eq!(
        (u64::from(bare.user_id), bare.display_name, bare.created_at),
        (1_516_563_360, None, None)
    );
    let unusual =
        user(r#"{"sub":7,"nickname":"n","picture":null,"created_at":"1584682495","new":[1]}"#)
            .unwrap();
    assert_eq!(unusual.display_name.as_deref(), Some("n"));
    assert_eq!(unusual.created_at.unwrap().year(), 2020);
    assert_eq!(unusual.picture, None);
    let again = serde_json::to_value(
        user(r#"{"sub":"1","name":"n","preferred_username":"u","created_at":5}"#).unwrap(),
    );
    assert_eq!(
        again.unwrap(),
        serde_json::json!({"sub":"1","name":"n","preferred_username":"u","created_at":5})
    );
    assert_eq!(
        user(r#"{"name":"n"}"#).unwrap_err().kind(),
        ErrorKind::Decode
    );

    let body = r#"{"resource_infos":[
        {"owner":{"id":5,"type":"User"},"resources":{"universe":{"ids":["1",2]},"creator":{"ids":["U","U123","G123","X9"]}}},
        {"owner":{"id":"6","type":"Group"},"resources":{"universe":null}},
        {"owner":{"id":"x","type":"Robot"}}]}"#;
    let app = peer_app(&MockServer::replying([ok(body)]));
    let [one, two, three] = &app.token_resources(&AccessToken::from("t")).unwrap()[..] else {
        panic!("three owners")
    };
    assert_eq!(one.owner, TokenOwner::User(5.into()));
    assert_eq!(one.universe_ids, [1.into(), 2.into()]);
    let creators = [
        TokenCreator::Owner,
        TokenCreator::User(123.into()),
        TokenCreator::Group(123.into()),
        TokenCreator::Unknown("X9".to_owned()),
    ];
    assert_eq!(one.creators, creators);
    assert_eq!(
        (&two.owner, two.creators.len()),
        (&TokenOwner::Group(6.into()), 0)
    );
    assert_eq!(
        three.owner,
        TokenOwner::Unknown("Robot".to_owned(), "x".to_owned())
    );

    for body in [
        "",
        "[]",
        "{}",
        r#"{"access_token":7}"#,
        r#"{"access_token":""}"#,
        r#"{"access_token":"planted secret"}"#,
        r#"{"access_token":"planted-secret","token_type":"mac"}"#,
        r#"{"access_token":"planted-secret","expires_in":"planted-secret"}"#,
        r#"{"access_token":"planted-secret","#,
        "planted-secret",
    ] {
        let app = peer_app(&MockServer::replying([ok(body)]));
        let tokens = TokenSet::from_json(r#"{"access_token":"a","refresh_token":"rt"}"#).unwrap();
        let error = app.refresh(&tokens).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert!(
            !format!("{error:?} {:?}", error.body()).contains("planted"),
            "{error:?}"
        );
    }
}

#[test]
fn discovery_says_where_everything_is() {
    let sandbox = sandbox();
    let found = app(&sandbox).discovery().unwrap();
    assert_eq!(found.issuer, format!("{}/oauth/", sandbox.url()));
    assert_eq!(found.jwks_uri, format!("{}/oauth/v1/certs", sandbox.url()));
    assert_eq!(found.id_token_signing_alg_values_supported, ["ES256"]);
    assert!(found.scopes_supported.contains(&Scope::OpenId));
    let least =
        r#"{"issuer":"i","authorization_endpoint":"a","token_endpoint":"t","jwks_uri":"j"}"#;
    assert_eq!(
        peer_app(&MockServer::replying([ok(least)]))
            .discovery()
            .unwrap()
            .issuer,
        "i"
    );
}

fn local(id: &str, redirect: &str) -> Result<App> {
    App::builder(id, redirect)
        .base_url("http://127.0.0.1:1")
        .build()
}

#[test]
fn invalid_apps_are_rejected_at_once() {
    for (id, redirect) in [
        ("", REDIRECT),
        ("a b", REDIRECT),
        ("id", ""),
        ("id", "example.com/callback"),
        ("id", "/callback"),
        ("id", "https://example.com/#a"),
        ("id", "https://example.com/a b"),
        ("id", &format!("https://example.com/{}", "a".repeat(240))),
    ] {
        let error = local(id, redirect).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{id} {redirect}");
    }
    assert!(App::builder("id", REDIRECT).secret(" ").build().is_err());
    assert!(
        App::builder("id", REDIRECT)
            .base_url("http://example.com")
            .build()
            .is_err()
    );
    for redirect in [
        "http://localhost:80",
        "my-app-scheme:/",
        "my-app://action?param1=value1",
    ] {
        assert!(local("id", redirect).is_ok(), "{redirect}");
    }
    let app = local("id", REDIRECT).unwrap();
    for scopes in [&[][..], &[""], &["a b"], &["a\"b"], &["ü"]] {
        let error = app.sign_in(scopes.iter().copied()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{scopes:?}");
    }
    let url = app.sign_in(["new.thing:read"]).unwrap().url();
    assert!(url.contains("&scope=new.thing%3Aread&"), "{url}");
}

#[cfg(feature = "rustls")]
#[test]
fn an_app_is_one_of_the_live_service_by_default() {
    let app = App::new("id", REDIRECT).unwrap();
    let url = app.sign_in([Scope::OpenId]).unwrap().url();
    assert!(
        url.starts_with("https://apis.roblox.com/oauth/v1/authorize?client_id=id&"),
        "{url}"
    );
}

#[test]
fn a_lost_response_of_the_token_endpoint_ends_in_a_clear_error() {
    let sandbox = sandbox();
    let app = app(&sandbox);
    let tokens = tokens(&app);
    sandbox.fail_next(Fault::unavailable());
    let tokens = app.refresh(&tokens).unwrap();
    sandbox.fail_next(Fault::lost_answer());
    let error = app.refresh(&tokens).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignInRequired);
}

#[test]
fn scopes_count_for_tokens_and_not_for_the_key() {
    let sandbox = sandbox();
    let client = |scopes: &[Scope]| {
        let token = sandbox.access_token(2, scopes.iter().cloned());
        let client = Client::builder(token).base_url(sandbox.url());
        client.build().unwrap()
    };
    let bare = client(&[Scope::OpenId]);
    assert_eq!(
        bare.user(156).get().unwrap().name,
        "builderman",
        "needs no scope"
    );
    let error = bare
        .group(7)
        .list_join_requests()
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(
        (error.status(), error.code()),
        (Some(403), Some("INSUFFICIENT_SCOPE"))
    );
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    assert!(
        error
            .to_string()
            .contains("This call needs the scope: group:read"),
        "{error}"
    );
    let error = bare.asset(1).get().unwrap_err();
    assert_eq!(
        (error.status(), error.kind()),
        (Some(401), ErrorKind::InvalidKey)
    );
    assert!(error.to_string().contains("lack a scope"), "{error}");
    assert!(
        error
            .to_string()
            .contains("This call needs the scope: asset:read"),
        "{error}"
    );
    let error = client(&[Scope::AssetRead]).user_info().unwrap_err();
    assert!(error.to_string().contains("openid"), "{error}");

    assert_eq!(
        client(&[Scope::AssetRead])
            .asset(1)
            .get()
            .unwrap_err()
            .status(),
        Some(404)
    );
    let error = client(&[Scope::AssetRead]).asset(1).archive().unwrap_err();
    assert_eq!(error.status(), Some(401), "asset:write is missing");
    assert_eq!(
        sandbox.client().asset(1).get().unwrap_err().status(),
        Some(404),
        "the key may"
    );

    // Only its owner can give access to a private inventory.
    let filter = rblx_open_cloud::models::InventoryFilter::all;
    let theirs = client(&[Scope::UserInventoryItemRead]);
    assert!(theirs.user(2).list_inventory(filter()).next().is_none());
    let error = sandbox
        .client()
        .user(2)
        .list_inventory(filter())
        .next()
        .unwrap();
    assert_eq!(error.unwrap_err().kind(), ErrorKind::PermissionDenied);
}

#[test]
fn the_browser_is_sent_back_and_nothing_is_kept() {
    let sandbox = sandbox();
    let sign_in = app(&sandbox).sign_in([Scope::OpenId]).unwrap();
    let response = get(&sign_in.url());
    assert!(response.contains("cache-control: no-store"), "{response}");
    assert_eq!(
        parameter(&location(&response), "state").as_deref(),
        Some(sign_in.state())
    );
}
