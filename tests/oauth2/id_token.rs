//! Valid ID tokens, and invalid ones of every kind.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rblx_open_cloud::oauth2::{App, IdToken, Scope};
use rblx_open_cloud::sandbox::SandboxApp;
use rblx_open_cloud::{ErrorKind, Result};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use ring::{digest, hmac};
use serde_json::{Value, json};

use crate::browser::{consent, parameter};
use crate::flow::{app, peer_app, sandbox, tokens};
use crate::support::{MockServer, Received, ok};

fn text(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A key that signs tokens.
struct Signer(EcdsaKeyPair);

impl Signer {
    fn new() -> Self {
        let (method, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let document = EcdsaKeyPair::generate_pkcs8(method, &random).unwrap();
        Self(EcdsaKeyPair::from_pkcs8(method, document.as_ref(), &random).unwrap())
    }

    fn jwk(&self, id: &str) -> Value {
        let point = self.0.public_key().as_ref();
        json!({"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":id,"x":text(&point[1..33]),"y":text(&point[33..])})
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        let signed = format!("{}.{}", text(header.to_string()), text(claims.to_string()));
        let signature = self
            .0
            .sign(&SystemRandom::new(), signed.as_bytes())
            .unwrap();
        format!("{signed}.{}", text(signature))
    }
}

fn header() -> Value {
    json!({"alg":"ES256","kid":"key-1","typ":"JWT"})
}

fn now() -> i64 {
    time::OffsetDateTime::now_utc().unix_timestamp()
}

fn with(mut object: Value, name: &str, value: Value) -> Value {
    object[name] = value;
    object
}

/// A service that publishes these keys, each response once, the last one from then on.
struct Service {
    peer: MockServer,
    app: App,
}

impl Service {
    fn publishing(lists: Vec<Vec<Value>>) -> Self {
        let responses: Vec<_> = lists
            .into_iter()
            .map(|keys| ok(json!({ "keys": keys }).to_string()))
            .collect();
        let peer = MockServer::replying(responses);
        let app = peer_app(&peer);
        Self { peer, app }
    }

    fn claims(&self) -> Value {
        json!({"sub":"156","iss":format!("{}/oauth/", self.peer.url),"aud":"app-1","nonce":"nonce-1",
            "iat":now(),"nbf":now(),"exp":now() + 900,"name":"n"})
    }

    fn verify(&self, token: &str) -> Result<u64> {
        let user = self
            .app
            .verify_id_token(&IdToken::from(token), Some("nonce-1"));
        user.map(|user| user.user_id.get())
    }
}

#[track_caller]
fn assert_rejected(result: Result<u64>, why: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidIdToken, "{error}");
    assert!(error.to_string().contains(why), "{why}: {error}");
}

#[test]
fn a_valid_token_identifies_the_user() {
    let signer = Signer::new();
    let service = Service::publishing(vec![vec![
        json!({"kty":"RSA","kid":"key-1","n":"AQAB","e":"AQAB"}),
        json!({"kty":"EC","crv":"P-256","kid":7}),
        signer.jwk("key-1"),
    ]]);
    let claims = service.claims();
    for claims in [
        claims.clone(),
        with(claims.clone(), "aud", json!(["app-1"])),
        with(
            with(claims.clone(), "aud", json!(["x", "app-1"])),
            "azp",
            json!("app-1"),
        ),
        with(claims.clone(), "exp", json!(now() - 30)),
        with(claims.clone(), "nbf", json!(now() + 30)),
        with(claims.clone(), "sub", json!(156)),
    ] {
        assert_eq!(
            service.verify(&signer.sign(&header(), &claims)).unwrap(),
            156,
            "{claims}"
        );
    }
    let any = service
        .app
        .verify_id_token(&IdToken::from(signer.sign(&header(), &claims)), None);
    assert_eq!(any.unwrap().display_name.as_deref(), Some("n"));
    assert_eq!(
        service.peer.requests().len(),
        1,
        "the keys are fetched once"
    );
    // One key and no name of it.
    let service = Service::publishing(vec![vec![signer.jwk("key-1")]]);
    assert!(
        service
            .verify(&signer.sign(&json!({"alg":"ES256"}), &service.claims()))
            .is_ok()
    );
}

#[test]
fn claims_that_do_not_fit_are_rejected() {
    let signer = Signer::new();
    let service = Service::publishing(vec![vec![signer.jwk("key-1")]]);
    for (name, value, why) in [
        ("aud", json!("app-2"), "another app"),
        ("aud", json!(["app-2", "app-3"]), "another app"),
        ("aud", json!(["app-1", "app-2"]), "another app"),
        ("aud", json!(null), "another app"),
        (
            "iss",
            json!("https://apis.roblox.com/oauth/"),
            "another issuer",
        ),
        (
            "iss",
            json!(format!("{}/oauth", service.peer.url)),
            "another issuer",
        ),
        ("iss", json!(null), "another issuer"),
        ("exp", json!(now() - 61), "expired"),
        ("exp", json!(null), "expired"),
        ("exp", json!("soon"), "expired"),
        ("nbf", json!(now() + 120), "not valid yet"),
        ("nonce", json!("nonce-2"), "another sign-in"),
        ("nonce", json!(null), "another sign-in"),
        ("sub", json!("somebody"), "names no user"),
        ("sub", json!(null), "names no user"),
    ] {
        let claims = with(service.claims(), name, value);
        assert_rejected(service.verify(&signer.sign(&header(), &claims)), why);
    }
    assert_eq!(service.peer.requests().len(), 1);
}

#[test]
fn forged_tokens_are_rejected() {
    let (signer, thief) = (Signer::new(), Signer::new());
    let service = Service::publishing(vec![vec![signer.jwk("key-1")]]);
    let claims = service.claims();
    // The key of somebody else under the right name.
    assert_rejected(service.verify(&thief.sign(&header(), &claims)), "signature");
    let good = signer.sign(&header(), &claims);
    let [head, body, signature] = good.split('.').collect::<Vec<_>>()[..] else {
        unreachable!()
    };
    // Claims of one token with the signature of another.
    let other = text(with(claims.clone(), "sub", json!("1")).to_string());
    assert_rejected(
        service.verify(&format!("{head}.{other}.{signature}")),
        "signature",
    );
    assert_rejected(
        service.verify(&format!("{head}.{body}.{}", text([0; 64]))),
        "signature",
    );
    assert_rejected(
        service.verify(&format!("{head}.{body}.{}", text([0; 3]))),
        "signature",
    );
    assert_rejected(service.verify(&format!("{head}.{body}.")), "signature");
    let point = signer.0.public_key().as_ref();
    for alg in [
        "none", "None", "NONE", "HS256", "RS256", "ES384", "es256", "",
    ] {
        let forged = format!(
            "{}.{body}",
            text(with(header(), "alg", json!(alg)).to_string())
        );
        // The public key as a secret, and no signature at all.
        let key = hmac::Key::new(hmac::HMAC_SHA256, point);
        let tag = text(hmac::sign(&key, forged.as_bytes()).as_ref());
        assert_rejected(service.verify(&format!("{forged}.{tag}")), "ES256");
        assert_rejected(service.verify(&format!("{forged}.")), "ES256");
        assert_rejected(service.verify(&format!("{forged}.{signature}")), "ES256");
    }
    // A header that brings a key of its own, or requires an extension.
    let brought = with(header(), "jwk", thief.jwk("key-1"));
    assert_rejected(service.verify(&thief.sign(&brought, &claims)), "signature");
    let demanding = with(header(), "crit", json!(["exp"]));
    assert_rejected(
        service.verify(&signer.sign(&demanding, &claims)),
        "requires an extension",
    );
    assert_eq!(
        service.peer.requests().len(),
        1,
        "none of them costs a request"
    );
}

#[test]
fn malformed_tokens_are_rejected_and_shown_nowhere() {
    let signer = Signer::new();
    let service = Service::publishing(vec![vec![signer.jwk("key-1")]]);
    let good = signer.sign(&header(), &service.claims());
    for token in [
        "",
        ".",
        "..",
        "...",
        "planted-token",
        "planted.token",
        "planted.token.text",
        &good[1..],
        &good.replace('.', ""),
        &format!("{good}.planted"),
        &format!("{good}="),
        &format!(" {good}"),
        &format!("{}.e30.AA", text("[]")),
        &format!("{}.e30.AA", text(r#"{"alg":1}"#)),
        &format!("{good}{}", "A".repeat(20_000)),
    ] {
        let error = service.verify(token).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidIdToken, "{token:.60}");
        assert!(!format!("{error:?}").contains("planted"), "{error:?}");
    }
    let list = signer.sign(&header(), &json!(["planted"]));
    assert_rejected(service.verify(&list), "malformed");
    assert!(format!("{:?}", IdToken::from("planted")).contains("redacted"));
}

#[test]
fn a_rotated_key_is_fetched_once() {
    let (old, new) = (Signer::new(), Signer::new());
    let service = Service::publishing(vec![
        vec![old.jwk("key-0")],
        vec![old.jwk("key-0"), new.jwk("key-1")],
    ]);
    let token = old.sign(&with(header(), "kid", json!("key-0")), &service.claims());
    assert!(service.verify(&token).is_ok());
    let token = new.sign(&header(), &service.claims());
    assert!(service.verify(&token).is_ok(), "rotated");
    assert_eq!(service.peer.requests().len(), 2);
    assert!(service.verify(&token).is_ok());
    assert_eq!(service.peer.requests().len(), 2, "known from now on");
    let nameless = new.sign(&json!({"alg":"ES256"}), &service.claims());
    assert_rejected(service.verify(&nameless), "not one of the service's");
}

/// Anybody can send tokens; they must not cause a request for each of them.
#[test]
fn tokens_of_unknown_keys_do_not_fetch_the_keys_each_time() {
    let (known, stranger) = (Signer::new(), Signer::new());
    let service = Service::publishing(vec![vec![known.jwk("key-1")]]);
    assert!(
        service
            .verify(&known.sign(&header(), &service.claims()))
            .is_ok()
    );
    let worthless = |number: usize| {
        let name = json!(format!("key-{}", number + 100));
        stranger.sign(&with(header(), "kid", name), &service.claims())
    };
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (service, worthless) = (&service, &worthless);
            scope.spawn(move || {
                for number in 0..25 {
                    let token = worthless(25 * thread + number);
                    assert_rejected(service.verify(&token), "not one of the service's");
                }
            });
        }
    });
    assert_eq!(service.peer.requests().len(), 2, "of 100 tokens");
    assert!(
        service
            .verify(&known.sign(&header(), &service.claims()))
            .is_ok()
    );
}

/// Whether a key is one of the service's is not known then, and that is what the error says.
#[test]
fn keys_that_cannot_be_fetched_are_not_reported_as_unknown() {
    let (known, new) = (Signer::new(), Signer::new());
    let keys = json!({"keys": [known.jwk("key-0")]}).to_string();
    let peer = MockServer::replying([ok(keys), crate::support::json(503, "{}")]);
    let service = Service {
        app: peer_app(&peer),
        peer,
    };
    let token = known.sign(&with(header(), "kid", json!("key-0")), &service.claims());
    assert!(service.verify(&token).is_ok());
    for _ in 0..3 {
        let token = new.sign(&header(), &service.claims());
        let error = service.verify(&token).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ServiceUnavailable, "{error}");
    }
    assert_eq!(service.peer.requests().len(), 2);
    assert!(service.verify(&token).is_ok(), "known keys work meanwhile");
}

/// A sign-in with the scope `openid` must return an ID token.
#[test]
fn a_sign_in_without_its_id_token_gives_no_tokens() {
    let keys = json!({"keys": [Signer::new().jwk("key-1")]}).to_string();
    let peer = MockServer::replying([
        ok(keys),
        ok(r#"{"access_token":"planted-access","expires_in":899,"scope":"profile"}"#),
    ]);
    let flow = peer_app(&peer)
        .sign_in([Scope::OpenId, Scope::Profile])
        .unwrap();
    let error = flow
        .finish(&format!("?code=c&state={}", flow.state()))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidIdToken, "{error}");
    assert!(error.to_string().contains("openid"), "{error}");
    assert!(!format!("{error:?}").contains("planted"));
}

#[test]
fn unsuitable_keys_are_not_used() {
    let signer = Signer::new();
    let good = signer.jwk("key-1");
    for (name, value) in [
        ("kty", json!("RSA")),
        ("crv", json!("P-384")),
        ("use", json!("enc")),
        ("alg", json!("ES384")),
        ("x", json!("AA")),
        ("y", json!("!")),
        ("kid", json!("key-2")),
    ] {
        let service = Service::publishing(vec![vec![with(good.clone(), name, value)]]);
        let token = signer.sign(&header(), &service.claims());
        assert_rejected(service.verify(&token), "not one of the service's");
    }
    // On the curve it must be: a point that is not makes no signature good.
    let service = Service::publishing(vec![vec![with(good, "y", json!(text([1; 32])))]]);
    assert_rejected(
        service.verify(&signer.sign(&header(), &service.claims())),
        "signature",
    );
    for body in ["", "{}", r#"{"keys":7}"#, "<html>"] {
        let app = peer_app(&MockServer::replying([ok(body)]));
        let token = signer.sign(&header(), &json!({}));
        let error = app
            .verify_id_token(&IdToken::from(token), None)
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    }
}

/// A token endpoint whose ID token says what it should not.
#[test]
fn a_sign_in_with_a_bad_id_token_gives_no_tokens() {
    let signer = Signer::new();
    let keys = json!({"keys":[signer.jwk("key-1")]}).to_string();
    let made = move |request: &Received, url: &str, nonce: &str| {
        if request.path() == "/oauth/v1/certs" {
            return ok(&keys);
        }
        let claims = json!({"sub":"156","iss":format!("{url}/oauth/"),"aud":"app-1","nonce":nonce,"exp":now() + 900});
        let token = signer.sign(&header(), &claims);
        ok(json!({"access_token":"planted-access","expires_in":899,"id_token":token}).to_string())
    };
    let peer = MockServer::new(move |_, request| {
        let url = format!("http://{}", request.header("host").unwrap());
        made(request, &url, "the nonce of somebody else")
    });
    let sign_in = peer_app(&peer).sign_in([Scope::OpenId]).unwrap();
    let error = sign_in
        .finish(&format!("?code=c&state={}", sign_in.state()))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidIdToken);
    assert!(error.to_string().contains("another sign-in"), "{error}");
    assert!(!format!("{error:?}").contains("planted"));
}

#[test]
fn the_keys_are_there_before_the_code_is_spent() {
    let peer = MockServer::replying([crate::support::json(503, "{}")]);
    let sign_in = peer_app(&peer).sign_in([Scope::OpenId]).unwrap();
    let error = sign_in
        .finish(&format!("?code=c&state={}", sign_in.state()))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ServiceUnavailable);
    let paths: Vec<_> = peer
        .requests()
        .iter()
        .map(|request| request.target.clone())
        .collect();
    assert_eq!(
        paths,
        ["/oauth/v1/certs"],
        "the code can still be exchanged"
    );
}

#[test]
fn the_sandbox_signs_and_rotates() {
    let sandbox = sandbox();
    let app = app(&sandbox);
    let token = tokens(&app).id_token().unwrap().clone();
    assert_eq!(
        app.verify_id_token(&token, None).unwrap().user_id.get(),
        156
    );
    let other = sandbox
        .add_app(SandboxApp::new("app-2", "https://example.com/2"))
        .build()
        .unwrap();
    assert_eq!(
        other.verify_id_token(&token, None).unwrap_err().kind(),
        ErrorKind::InvalidIdToken
    );
    sandbox.rotate_signing_key();
    assert!(tokens(&app).user().is_some(), "signed with the new key");
    let error = app.verify_id_token(&token, None).unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::InvalidIdToken,
        "the old one is published no more"
    );
    // A clock that is ahead by a minute does no harm.
    sandbox.pass_time(std::time::Duration::from_secs(59));
    assert!(tokens(&app).user().is_some());
    // Without `profile` there is the id alone.
    let sign_in = app.sign_in([Scope::OpenId]).unwrap();
    let bare = sign_in.finish(&consent(&sign_in.url())).unwrap();
    assert_eq!(bare.user().unwrap().user_name, None);
    let sign_in = app.sign_in(["asset:read"]).unwrap();
    assert!(
        sign_in
            .finish(&consent(&sign_in.url()))
            .unwrap()
            .user()
            .is_none()
    );
}

#[test]
fn the_challenge_is_the_hash_of_the_verifier() {
    let peer = MockServer::replying([ok(r#"{"access_token":"a"}"#)]);
    let sign_in = peer_app(&peer).sign_in(["asset:read"]).unwrap();
    sign_in
        .finish(&format!("?code=c&state={}", sign_in.state()))
        .unwrap();
    let body = String::from_utf8(peer.requests()[0].body.clone()).unwrap();
    let verifier = parameter(&format!("?{body}"), "code_verifier").unwrap();
    let hash = digest::digest(&digest::SHA256, verifier.as_bytes());
    assert_eq!(
        parameter(&sign_in.url(), "code_challenge").unwrap(),
        text(hash)
    );
    let other = peer_app(&peer).sign_in(["asset:read"]).unwrap();
    for name in ["state", "nonce", "code_challenge"] {
        assert_ne!(
            parameter(&other.url(), name),
            parameter(&sign_in.url(), name),
            "{name}"
        );
    }
    assert!(!sign_in.url().contains(&verifier));
}
