//! Sessions: tokens are renewed in time, once, and not lost.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::time::Duration;

use rblx_open_cloud::oauth2::{App, Scope, Session, TokenSet, TokenStore};
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use rblx_open_cloud::{Client, ErrorKind, RetryPolicy};
use serde_json::json;

use crate::flow::{app, peer_app, sandbox, tokens};
use crate::support::{MockServer, Received, json as response, ok};

/// Stores tokens in memory, and can fail.
#[derive(Clone, Default)]
struct MemoryStore(Arc<Mutex<Contents>>);

#[derive(Default)]
struct Contents {
    saved: Vec<TokenSet>,
    rejections: usize,
    reads: bool,
}

impl MemoryStore {
    fn saves(&self) -> usize {
        self.0.lock().unwrap().saved.len()
    }

    fn reject(&self, times: usize) {
        self.0.lock().unwrap().rejections = times;
    }

    /// Lets `load` return the saved tokens from now on.
    fn readable(self) -> Self {
        self.0.lock().unwrap().reads = true;
        self
    }

    fn last(&self) -> TokenSet {
        self.0.lock().unwrap().saved.last().unwrap().clone()
    }
}

impl TokenStore for MemoryStore {
    fn save(&self, tokens: &TokenSet) -> io::Result<()> {
        let mut contents = self.0.lock().unwrap();
        if contents.rejections > 0 {
            contents.rejections -= 1;
            return Err(io::Error::new(
                io::ErrorKind::StorageFull,
                "the disk is full",
            ));
        }
        contents
            .saved
            .push(TokenSet::from_json(&tokens.to_json()).unwrap());
        Ok(())
    }

    fn load(&self) -> io::Result<Option<TokenSet>> {
        let contents = self.0.lock().unwrap();
        Ok(contents.saved.last().cloned().filter(|_| contents.reads))
    }
}

/// A session whose access token ends at once, so that the next call has to renew it.
fn due(sandbox: &Sandbox) -> (Session, MemoryStore) {
    let app = app(sandbox);
    sandbox.access_tokens_live(Duration::ZERO);
    let tokens = tokens(&app);
    sandbox.access_tokens_live(Duration::from_secs(899));
    let store = MemoryStore::default();
    let session = Session::new(&app, tokens, store.clone());
    session.save().unwrap();
    sandbox.clear_requests();
    (session, store)
}

fn request_count(sandbox: &Sandbox, path: &str) -> usize {
    let requests = sandbox.requests();
    requests
        .iter()
        .filter(|request| request.path() == path)
        .count()
}

fn client(session: &Session) -> Client {
    let builder = session.client_builder();
    builder
        .poll_interval(Duration::from_millis(1), Duration::from_millis(1))
        .build()
        .unwrap()
}

const TOKEN: &str = "/oauth/v1/token";
const USER: &str = "/cloud/v2/users/156";

#[test]
fn a_token_is_replaced_before_it_ends_and_saved_before_it_is_used() {
    let sandbox = sandbox();
    let (session, store) = due(&sandbox);
    let client = client(&session);
    assert_eq!(client.user(156).get().unwrap().name, "builderman");
    assert_eq!(
        (
            request_count(&sandbox, TOKEN),
            request_count(&sandbox, USER)
        ),
        (1, 1)
    );
    assert_eq!(store.saves(), 2);
    assert_eq!(store.last().to_json(), session.tokens().to_json());
    client.user(156).get().unwrap();
    assert_eq!(
        request_count(&sandbox, TOKEN),
        1,
        "fresh for a quarter of an hour"
    );
    assert_eq!(session.tokens().user().unwrap().user_id.get(), 156);
}

#[test]
fn new_tokens_are_saved_before_the_first_request_that_carries_them() {
    let sandbox = Arc::new(sandbox());
    let app = app(&sandbox);
    let (store, log) = (MemoryStore::default(), Arc::new(Mutex::new(Vec::new())));
    let (saved, seen, there) = (store.clone(), Arc::clone(&log), Arc::clone(&sandbox));
    let session = Session::new(&app, tokens(&app), move |tokens: &TokenSet| {
        seen.lock()
            .unwrap()
            .push((request_count(&there, TOKEN), request_count(&there, USER)));
        saved.save(tokens)
    });
    sandbox.clear_requests();
    assert_eq!(
        store.saves(),
        0,
        "nothing is saved or requested before it is needed"
    );
    let client = client(&session);
    client.user(156).get().unwrap();
    session.save().unwrap();
    assert_eq!(store.saves(), 1, "it was saved already");
    session.refresh().unwrap();
    client.user(156).get().unwrap();
    assert_eq!(
        *log.lock().unwrap(),
        [(0, 0), (1, 1)],
        "token requests and calls before each save"
    );
}

#[test]
fn many_threads_refresh_once() {
    for threads in [2, 10] {
        let sandbox = sandbox();
        let (session, store) = due(&sandbox);
        let (client, barrier) = (client(&session), Barrier::new(threads));
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    barrier.wait();
                    client.user(156).get().unwrap();
                });
            }
        });
        assert_eq!((request_count(&sandbox, TOKEN), store.saves()), (1, 2));
        assert_eq!(request_count(&sandbox, USER), threads);
    }
}

#[test]
fn a_rejected_token_is_replaced_once_and_the_call_repeated_once() {
    for threads in [1, 10] {
        let sandbox = sandbox();
        let app = app(&sandbox);
        // Slow enough for others to be rejected meanwhile.
        let session = Session::new(&app, tokens(&app), |_: &TokenSet| {
            std::thread::sleep(Duration::from_millis(20));
            Ok(())
        });
        let client = session
            .client_builder()
            .retry(RetryPolicy::none())
            .build()
            .unwrap();
        client.user(156).get().unwrap();
        sandbox.clear_requests();
        sandbox.refuse_access_tokens();
        let barrier = Barrier::new(threads);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    barrier.wait();
                    client.user(156).get().unwrap();
                });
            }
        });
        assert_eq!(request_count(&sandbox, TOKEN), 1);
        assert!((threads..=2 * threads).contains(&request_count(&sandbox, USER)));
        if threads == 1 {
            assert_eq!(request_count(&sandbox, USER), 2, "no retry, but this one");
        }
    }
}

#[test]
fn a_rejection_that_comes_while_new_tokens_are_saved_waits_for_them() {
    let peer = MockServer::new(|number, request: &Received| {
        if request.path() == TOKEN {
            return ok(r#"{"access_token":"new","refresh_token":"r2","expires_in":899}"#);
        }
        if request.header("authorization") == Some("Bearer old") {
            std::thread::sleep(Duration::from_millis(10 * number as u64));
            return response(401, "{}");
        }
        ok(r#"{"createTime":"2006-03-08T14:01:02Z","id":"1","name":"n","displayName":"d"}"#)
    });
    let session = Session::new(&peer_app(&peer), saved(0, 899), |_: &TokenSet| {
        std::thread::sleep(Duration::from_millis(60));
        Ok(())
    });
    let (client, barrier) = (session.client().unwrap(), Barrier::new(10));
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| {
                barrier.wait();
                client.user(1).get().unwrap();
            });
        }
    });
    let count = peer.requests();
    let count = count.iter().filter(|request| request.path() == TOKEN);
    assert_eq!(count.count(), 1);
}

#[test]
fn creating_calls_are_repeated_after_a_401_too() {
    let sandbox = sandbox();
    let app = app(&sandbox);
    let sign_in = app.sign_in([Scope::GroupWrite]).unwrap();
    let tokens = sign_in
        .finish(&sandbox.consent(&sign_in.url()).unwrap())
        .unwrap();
    let session = Session::new(&app, tokens, MemoryStore::default());
    sandbox.refuse_access_tokens();
    client(&session).group(7).accept_join_request(2).unwrap();
    assert_eq!(
        request_count(&sandbox, "/cloud/v2/groups/7/join-requests/2:accept"),
        2
    );
}

#[test]
fn a_permanent_rejection_costs_one_refresh() {
    let sandbox = sandbox();
    let app = app(&sandbox);
    let session = Session::new(&app, tokens(&app), MemoryStore::default());
    let client = client(&session);
    sandbox.clear_requests();
    // 401 because of a missing scope.
    for calls in 1..=3 {
        let error = client.asset(1).get().unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::InvalidKey, Some(401))
        );
        assert_eq!(error.attempts(), if calls == 1 { 2 } else { 1 });
        assert!(error.to_string().contains("asset:read"), "{error}");
        assert_eq!(request_count(&sandbox, TOKEN), 1, "{calls} calls");
    }
}

#[test]
fn ten_threads_with_a_permanent_rejection_refresh_once() {
    let sandbox = sandbox();
    let app = app(&sandbox);
    let session = Session::new(&app, tokens(&app), MemoryStore::default());
    let client = client(&session);
    sandbox.clear_requests();
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| client.asset(1).get().unwrap_err());
        }
    });
    assert_eq!(request_count(&sandbox, TOKEN), 1);
    assert!(request_count(&sandbox, "/assets/v1/assets/1") <= 20);
}

#[cfg(feature = "upload")]
#[test]
fn an_upload_is_repeated_if_its_file_can_be_read_again() {
    use rblx_open_cloud::AssetFile;
    use rblx_open_cloud::models::{AssetType, AssetUpload};

    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.resize(100_000, 7);
    for (file, is_repeatable) in [
        (AssetFile::bytes("a.png", png.clone()), true),
        (
            AssetFile::reader("a.png", 100_000, io::Cursor::new(png.clone())),
            false,
        ),
    ] {
        let sandbox = sandbox();
        let app = app(&sandbox);
        let sign_in = app.sign_in([Scope::AssetRead, Scope::AssetWrite]).unwrap();
        let tokens = sign_in
            .finish(&sandbox.consent(&sign_in.url()).unwrap())
            .unwrap();
        let session = Session::new(&app, tokens, MemoryStore::default());
        sandbox.refuse_access_tokens();
        sandbox.clear_requests();
        let upload = AssetUpload::new(AssetType::Decal, "n", "d", file);
        let result = client(&session).user(156).upload_asset(upload).map(drop);
        if is_repeatable {
            result.unwrap();
            assert_eq!(
                (
                    request_count(&sandbox, TOKEN),
                    request_count(&sandbox, "/assets/v1/assets")
                ),
                (1, 2)
            );
            assert_eq!(sandbox.uploads()[0].content_length(), 100_000);
        } else {
            assert_eq!(result.unwrap_err().status(), Some(401));
            assert_eq!(
                (
                    request_count(&sandbox, TOKEN),
                    request_count(&sandbox, "/assets/v1/assets")
                ),
                (0, 1)
            );
        }
        assert_eq!(sandbox.uploads().len(), usize::from(is_repeatable));
    }
}

#[test]
fn a_save_that_fails_loses_nothing() {
    let sandbox = sandbox();
    let (session, store) = due(&sandbox);
    let client = client(&session);
    store.reject(2);
    for _ in 0..2 {
        let error = client.user(156).get().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TokensNotSaved);
        assert!(
            error.to_string().contains("next call saves them first"),
            "{error}"
        );
        assert!(
            format!("{error:?}").contains("the disk is full"),
            "{error:?}"
        );
    }
    assert_eq!(
        request_count(&sandbox, USER),
        0,
        "not used before they are saved"
    );
    let unsaved = session.tokens();
    assert!(
        session
            .app()
            .introspect(unsaved.access_token())
            .unwrap()
            .active
    );
    client.user(156).get().unwrap();
    assert_eq!(
        request_count(&sandbox, TOKEN),
        1,
        "saved again, not refreshed again"
    );
    assert_eq!(store.last().to_json(), unsaved.to_json());
    // The same for the first ones.
    let app = session.app();
    let store = MemoryStore::default();
    store.reject(1);
    let session = Session::new(app, tokens(app), store.clone());
    assert_eq!(
        session.save().unwrap_err().kind(),
        ErrorKind::TokensNotSaved
    );
    session.client().unwrap().user(156).get().unwrap();
    assert_eq!(store.saves(), 1);
}

#[test]
fn a_store_may_panic_or_use_the_session() {
    let sandbox = sandbox();
    let (session, _) = due(&sandbox);
    let turns = Arc::new(AtomicUsize::new(0));
    let here: Arc<Mutex<Option<(Session, Client)>>> = Arc::default();
    let (count, inside) = (Arc::clone(&turns), Arc::clone(&here));
    let tokens = session.tokens();
    let session = Session::new(session.app(), tokens, move |_: &TokenSet| {
        match count.fetch_add(1, Ordering::SeqCst) {
            0 => panic!("the disk is on fire"),
            1 => {
                let (session, client) = inside.lock().unwrap().clone().unwrap();
                assert!(
                    !session.tokens().scopes().is_empty(),
                    "the tokens can be seen"
                );
                let error = client.user(156).get().unwrap_err();
                Err(io::Error::other(error.to_string()))
            }
            _ => Ok(()),
        }
    });
    let client = client(&session);
    *here.lock().unwrap() = Some((session.clone(), client.clone()));
    let panicked = std::thread::scope(|scope| scope.spawn(|| client.user(156).get()).join());
    assert!(panicked.is_err());
    let error = client.user(156).get().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TokensNotSaved);
    assert!(
        format!("{error:?}").contains("cannot use the session"),
        "{error:?}"
    );
    client.user(156).get().unwrap();
    assert_eq!(request_count(&sandbox, TOKEN), 1);
    *here.lock().unwrap() = None;
}

#[test]
fn a_dead_refresh_token_says_sign_in_again() {
    let sandbox = sandbox();
    let (session, _) = due(&sandbox);
    sandbox.revoke_authorizations();
    let client = client(&session);
    for _ in 0..3 {
        let error = client.user(156).get().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SignInRequired);
        assert!(error.to_string().contains("sign in again"), "{error}");
        assert_eq!(error.endpoint(), Some(TOKEN));
    }
    assert_eq!(
        (
            request_count(&sandbox, TOKEN),
            request_count(&sandbox, USER)
        ),
        (1, 0),
        "requested once"
    );
    // Also where it shows as a 401.
    let session = Session::new(session.app(), tokens(session.app()), MemoryStore::default());
    let client = session.client().unwrap();
    client.user(156).get().unwrap();
    sandbox.revoke_authorizations();
    assert_eq!(
        client.user(156).get().unwrap_err().kind(),
        ErrorKind::SignInRequired
    );
    // And without any refresh token.
    let bare = TokenSet::from_json(r#"{"access_token":"a","expires_in":0}"#).unwrap();
    let session = Session::new(session.app(), bare, MemoryStore::default());
    let error = session.client().unwrap().user(156).get().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignInRequired);
}

#[test]
fn threads_that_wait_share_a_failure() {
    let peer = MockServer::new(|_, _| {
        std::thread::sleep(Duration::from_millis(100));
        response(503, "{}")
    });
    let tokens =
        TokenSet::from_json(r#"{"access_token":"a","refresh_token":"planted-r","expires_in":0}"#);
    let session = Session::new(&peer_app(&peer), tokens.unwrap(), MemoryStore::default());
    let client = session.client().unwrap();
    let barrier = Barrier::new(10);
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| {
                barrier.wait();
                let error = client.user(1).get().unwrap_err();
                assert_eq!(error.kind(), ErrorKind::ServiceUnavailable);
                assert_eq!(error.endpoint(), Some(TOKEN));
                assert!(!format!("{error:?}").contains("planted"));
            });
        }
    });
    assert_eq!(peer.requests().len(), 1);
    client.user(1).get().unwrap_err();
    assert_eq!(peer.requests().len(), 2, "who comes later tries again");
}

/// A token set that an earlier process saved this many seconds ago.
fn saved(age: i64, lives: u64) -> TokenSet {
    let time = time::OffsetDateTime::now_utc() - time::Duration::seconds(age);
    let time = time
        .format(&time::format_description::well_known::Rfc3339)
        .unwrap();
    let json =
        json!({"access_token":"old","refresh_token":"r","expires_in":lives,"obtained_at":time});
    TokenSet::from_json(&json.to_string()).unwrap()
}

/// Responds to every call, and issues new tokens.
fn service() -> MockServer {
    MockServer::new(|number, request: &Received| match request.path() {
        TOKEN => ok(format!(
            r#"{{"access_token":"new-{number}","refresh_token":"r-{number}","expires_in":899}}"#
        )),
        _ => ok(r#"{"createTime":"2006-03-08T14:01:02Z","id":"1","name":"n","displayName":"d"}"#),
    })
}

#[test]
fn saved_tokens_age_by_the_system_clock() {
    for (age, lives, is_renewed) in [
        (0, 899, false),
        (800, 899, false),
        (845, 899, true),
        (100_000, 899, true),
        // The clock was set back by a minute since, or by more.
        (-30, 899, false),
        (-3600, 899, true),
        // Seconds, not days.
        (86_400, 86_400 + 600, false),
    ] {
        let peer = service();
        let session = Session::new(&peer_app(&peer), saved(age, lives), MemoryStore::default());
        session.client().unwrap().user(1).get().unwrap();
        let sent = peer.requests();
        assert_eq!(sent.len(), 1 + usize::from(is_renewed), "{age} of {lives}");
        let bearer = sent
            .last()
            .unwrap()
            .header("authorization")
            .unwrap()
            .to_owned();
        assert_eq!(bearer == "Bearer old", !is_renewed, "{bearer}");
    }
    // A token of unknown age is renewed. A token of unknown lifetime is used until it is rejected.
    for (json, requests) in [
        (
            r#"{"access_token":"old","refresh_token":"r","expires_in":899}"#,
            2,
        ),
        (r#"{"access_token":"old","refresh_token":"r"}"#, 1),
    ] {
        let peer = service();
        let tokens = TokenSet::from_json(json).unwrap();
        let session = Session::new(&peer_app(&peer), tokens, MemoryStore::default());
        session.client().unwrap().user(1).get().unwrap();
        assert_eq!(peer.requests().len(), requests, "{json}");
    }
}

#[test]
fn a_token_that_still_lives_is_used_while_the_authorization_server_is_down() {
    let peer = MockServer::new(|_, request: &Received| match request.path() {
        TOKEN => response(503, "{}"),
        _ => ok(r#"{"createTime":"2006-03-08T14:01:02Z","id":"1","name":"n","displayName":"d"}"#),
    });
    let session = Session::new(&peer_app(&peer), saved(850, 899), MemoryStore::default());
    let client = session.client().unwrap();
    for _ in 0..3 {
        client.user(1).get().unwrap();
    }
    let count = peer
        .requests()
        .iter()
        .filter(|request| request.path() == TOKEN)
        .count();
    assert_eq!(count, 1, "not with every call");
    let session = Session::new(&peer_app(&peer), saved(900, 899), MemoryStore::default());
    let error = session.client().unwrap().user(1).get().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ServiceUnavailable);
}

#[test]
fn a_refresh_keeps_what_the_response_omits() {
    let peer = MockServer::replying([ok(r#"{"access_token":"new","scope":""}"#)]);
    let json = r#"{"access_token":"old","refresh_token":"planted-r","scope":"openid asset:read","user":{"sub":"5"}}"#;
    let session = Session::new(
        &peer_app(&peer),
        TokenSet::from_json(json).unwrap(),
        MemoryStore::default(),
    );
    session.refresh().unwrap();
    let tokens = session.tokens();
    assert_eq!(tokens.scopes(), [Scope::OpenId, Scope::AssetRead]);
    assert_eq!(tokens.user().unwrap().user_id.get(), 5);
    assert!(tokens.to_json().contains("planted-r"));
}

#[test]
fn tokens_of_a_faster_process_are_used() {
    let sandbox = sandbox();
    let (first, store) = due(&sandbox);
    let store = store.readable();
    let second = Session::load(first.app(), store.clone()).unwrap().unwrap();
    let third = Session::load(first.app(), store.clone()).unwrap().unwrap();
    client(&first).user(156).get().unwrap();
    client(&second).user(156).get().unwrap();
    assert_eq!(
        request_count(&sandbox, TOKEN),
        1,
        "the second one took over what the first one saved"
    );
    assert_eq!(second.tokens().to_json(), first.tokens().to_json());
    // The user signed in again elsewhere: what was dead lives on.
    sandbox.revoke_authorizations();
    assert_eq!(
        client(&third).user(156).get().unwrap_err().kind(),
        ErrorKind::SignInRequired
    );
    store.save(&tokens(first.app())).unwrap();
    client(&third).user(156).get().unwrap();
    client(&first).user(156).get().unwrap();
}

#[test]
fn signing_out_ends_it() {
    let sandbox = sandbox();
    let app = app(&sandbox);
    let session = Session::new(&app, tokens(&app), MemoryStore::default());
    let client = client(&session);
    client.user(156).get().unwrap();
    session.sign_out().unwrap();
    assert_eq!(
        client.user(156).get().unwrap_err().kind(),
        ErrorKind::SignInRequired
    );
    assert!(
        !app.introspect(session.tokens().access_token())
            .unwrap()
            .active
    );
}

#[test]
fn lists_and_operations_go_on_with_the_new_token() {
    let sandbox = sandbox();
    let app = app(&sandbox);
    let sign_in = app.sign_in([Scope::UserInventoryItemRead]).unwrap();
    let tokens = sign_in
        .finish(&sandbox.consent(&sign_in.url()).unwrap())
        .unwrap();
    let session = Session::new(&app, tokens, MemoryStore::default());
    let filter = rblx_open_cloud::models::InventoryFilter::all();
    let items = client(&session)
        .user(156)
        .list_inventory(filter)
        .page_size(10);
    let mut count = 0;
    for item in items {
        item.unwrap();
        count += 1;
        if count % 40 == 0 {
            sandbox.refuse_access_tokens();
            // As if a minute had passed.
            session.refresh().unwrap();
        }
    }
    assert_eq!(count, 150);
}

#[test]
fn a_lost_response_to_a_refresh_says_sign_in_again() {
    let sandbox = sandbox();
    let (session, _) = due(&sandbox);
    sandbox.fail_next(Fault::lost_answer());
    let error = client(&session).user(156).get().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignInRequired);
}

fn assert_shared<T: Send + Sync + Clone>() {}

#[test]
fn sessions_and_apps_can_be_shared() {
    assert_shared::<Session>();
    assert_shared::<App>();
    assert_shared::<TokenSet>();
}
