//! Processes that share a store: which tokens count, and what happens when the store fails.

use std::any::Any;
use std::io;
use std::sync::{Arc, Mutex};

use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::oauth2::{Session, TokenSet, TokenStore};
use serde_json::json;
use time::format_description::well_known::Rfc3339;

use crate::flow::peer_app;
use crate::support::{MockServer, Received, json as response, ok};

const TOKEN: &str = "/oauth/v1/token";
const REVOKE: &str = "/oauth/v1/token/revoke";
const USER: &str = r#"{"createTime":"2006-03-08T14:01:02Z","id":"1","name":"n","displayName":"d"}"#;

/// A store with faults, shared by its clones.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Contents>>);

#[derive(Default)]
struct Contents {
    tokens: Option<TokenSet>,
    saves: usize,
    load_fault: Option<io::ErrorKind>,
    lock_fault: Option<io::ErrorKind>,
    save_fault: Option<io::ErrorKind>,
}

impl Shared {
    fn holding(tokens: TokenSet) -> Self {
        let shared = Self::default();
        shared.put(tokens);
        shared
    }

    /// Saves tokens as another process would.
    fn put(&self, tokens: TokenSet) {
        self.change(|contents| contents.tokens = Some(tokens));
    }

    fn change(&self, change: impl FnOnce(&mut Contents)) {
        change(&mut self.0.lock().unwrap());
    }

    fn json(&self) -> String {
        self.0.lock().unwrap().tokens.as_ref().unwrap().to_json()
    }

    fn saves(&self) -> usize {
        self.0.lock().unwrap().saves
    }
}

fn fault(kind: Option<io::ErrorKind>) -> io::Result<()> {
    kind.map_or(Ok(()), |kind| {
        Err(io::Error::new(kind, "the shelf is on fire"))
    })
}

impl TokenStore for Shared {
    fn save(&self, tokens: &TokenSet) -> io::Result<()> {
        let mut contents = self.0.lock().unwrap();
        fault(contents.save_fault)?;
        contents.saves += 1;
        contents.tokens = Some(tokens.clone());
        Ok(())
    }

    fn load(&self) -> io::Result<Option<TokenSet>> {
        let contents = self.0.lock().unwrap();
        fault(contents.load_fault)?;
        Ok(contents.tokens.clone())
    }

    fn lock(&self) -> io::Result<Option<Box<dyn Any + Send>>> {
        fault(self.0.lock().unwrap().lock_fault).map(|()| None)
    }
}

/// Tokens that were obtained this many seconds ago, by the clock of who obtained them.
fn tokens(name: &str, age: i64) -> TokenSet {
    let time = time::OffsetDateTime::now_utc() - time::Duration::seconds(age);
    let json = json!({"access_token": format!("access-{name}"), "refresh_token": format!("refresh-{name}"),
        "expires_in": 899, "obtained_at": time.format(&Rfc3339).unwrap()});
    TokenSet::from_json(&json.to_string()).unwrap()
}

/// Accepts every call, and exchanges every refresh token once, as the service does.
fn service() -> MockServer {
    let spent = Mutex::new(Vec::new());
    MockServer::new(move |number, request: &Received| match request.path() {
        TOKEN => {
            let body = String::from_utf8(request.body.clone()).unwrap();
            let token = body.split('&').nth(1).unwrap().to_owned();
            let mut spent = spent.lock().unwrap();
            if spent.contains(&token) {
                return response(400, r#"{"error":"invalid_grant"}"#);
            }
            spent.push(token);
            ok(format!(
                r#"{{"access_token":"access-{number}","refresh_token":"refresh-{number}","expires_in":899}}"#
            ))
        }
        REVOKE => ok(""),
        _ => ok(USER),
    })
}

fn count(peer: &MockServer, path: &str) -> usize {
    let requests = peer.requests();
    requests
        .iter()
        .filter(|request| request.path() == path)
        .count()
}

/// The access token of the last call.
fn bearer(peer: &MockServer) -> String {
    let requests = peer.requests();
    let last = requests.iter().rfind(|request| request.path() != TOKEN);
    last.unwrap()
        .header("authorization")
        .unwrap()
        .replace("Bearer ", "")
}

fn load(peer: &MockServer, store: &Shared) -> Session {
    Session::load(&peer_app(peer), store.clone())
        .unwrap()
        .unwrap()
}

#[test]
fn tokens_of_another_process_are_used_whatever_its_clock_says() {
    // Its clock is behind by ten minutes, or by one, or says nothing; ours got the old tokens later than that.
    for age in [600, 60, 0] {
        let (peer, store) = (service(), Shared::holding(tokens("old", 850)));
        let session = load(&peer, &store);
        // So that `obtained_at` of ours is the present.
        session.refresh().unwrap();
        let client = session.client().unwrap();
        client.user(1).get().unwrap();
        store.put(tokens("theirs", age));
        session.refresh().unwrap();
        client.user(1).get().unwrap();
        assert_eq!(bearer(&peer), "access-theirs", "{age}");
        assert_eq!(count(&peer, TOKEN), 1, "{age}: no refresh token is spent");
        assert_eq!(store.saves(), 1);
    }
}

#[test]
fn an_unchanged_store_does_not_stop_a_refresh() {
    let (peer, store) = (service(), Shared::holding(tokens("old", 850)));
    let session = load(&peer, &store);
    session.client().unwrap().user(1).get().unwrap();
    assert_eq!((count(&peer, TOKEN), store.saves()), (1, 1));
    // The file was removed: what the session has goes on.
    store.change(|contents| contents.tokens = None);
    session.refresh().unwrap();
    assert_eq!((count(&peer, TOKEN), store.saves()), (2, 2));
}

/// A replica of a database may lag behind. A refresh token that was spent ends the whole authorization.
#[test]
fn spent_tokens_are_never_used_again() {
    let (peer, store) = (service(), Shared::holding(tokens("old", 850)));
    let session = load(&peer, &store);
    session.refresh().unwrap();
    store.put(tokens("old", 0));
    session.refresh().unwrap();
    let bodies: Vec<_> = peer
        .requests()
        .into_iter()
        .map(|request| request.body)
        .collect();
    assert_eq!(bodies.len(), 2);
    assert_ne!(bodies[0], bodies[1], "each refresh token is sent once");
}

#[test]
fn a_new_sign_in_replaces_stored_tokens() {
    let (peer, store) = (service(), Shared::holding(tokens("old", 0)));
    store.change(|contents| contents.load_fault = Some(io::ErrorKind::InvalidData));
    let fresh = peer_app(&peer).refresh(&tokens("before", 0)).unwrap();
    let session = Session::new(&peer_app(&peer), fresh.clone(), store.clone());
    session.save().unwrap();
    assert_eq!(store.json(), fresh.to_json(), "also if that cannot be read");
}

#[test]
fn an_unreadable_store_is_an_error() {
    let (peer, store) = (service(), Shared::holding(tokens("old", 900)));
    let session = load(&peer, &store);
    let client = session.client().unwrap();
    store.change(|contents| contents.load_fault = Some(io::ErrorKind::PermissionDenied));
    let error = client.user(1).get().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
    assert!(
        error.to_string().contains("the shelf is on fire"),
        "{error}"
    );
    assert_eq!(peer.requests().len(), 0, "nothing is spent");
    store.change(|contents| contents.load_fault = None);
    client.user(1).get().unwrap();
    assert_eq!(count(&peer, TOKEN), 1);
}

#[test]
fn without_the_lock_no_refresh_token_is_spent() {
    for (kind, expected) in [
        (io::ErrorKind::TimedOut, ErrorKind::Timeout),
        (io::ErrorKind::PermissionDenied, ErrorKind::InvalidInput),
    ] {
        let (peer, store) = (service(), Shared::holding(tokens("old", 900)));
        let session = load(&peer, &store);
        store.change(|contents| contents.lock_fault = Some(kind));
        let error = session.client().unwrap().user(1).get().unwrap_err();
        assert_eq!(error.kind(), expected, "{error}");
        assert!(
            error.to_string().contains("the shelf is on fire"),
            "{error}"
        );
        assert_eq!(peer.requests().len(), 0);
    }
}

#[test]
fn a_token_that_still_lives_is_used_while_the_store_fails() {
    for fault in ["load", "lock"] {
        let (peer, store) = (service(), Shared::holding(tokens("old", 850)));
        let session = load(&peer, &store);
        store.change(|contents| match fault {
            "load" => contents.load_fault = Some(io::ErrorKind::PermissionDenied),
            _ => contents.lock_fault = Some(io::ErrorKind::TimedOut),
        });
        session.client().unwrap().user(1).get().unwrap();
        assert_eq!(bearer(&peer), "access-old", "{fault}");
        assert_eq!(count(&peer, TOKEN), 0, "{fault}");
        session.refresh().unwrap_err();
    }
}

/// The new ones could not be saved, and the user signed in again elsewhere.
#[test]
fn a_later_sign_in_is_not_overwritten() {
    let (peer, store) = (service(), Shared::holding(tokens("old", 900)));
    let session = load(&peer, &store);
    store.change(|contents| contents.save_fault = Some(io::ErrorKind::StorageFull));
    let error = session.refresh().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TokensNotSaved);
    store.change(|contents| contents.save_fault = None);
    store.put(tokens("theirs", 0));
    session.client().unwrap().user(1).get().unwrap();
    assert_eq!(bearer(&peer), "access-theirs");
    assert!(store.json().contains("access-theirs"));
}

#[test]
fn unsaved_tokens_stay_unsaved_while_the_store_cannot_be_locked() {
    let (peer, store) = (service(), Shared::holding(tokens("old", 900)));
    let session = load(&peer, &store);
    store.change(|contents| contents.save_fault = Some(io::ErrorKind::StorageFull));
    session.refresh().unwrap_err();
    store.change(|contents| contents.lock_fault = Some(io::ErrorKind::TimedOut));
    let error = session.save().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TokensNotSaved, "{error}");
    store.change(|contents| (contents.save_fault, contents.lock_fault) = (None, None));
    session.save().unwrap();
    assert_eq!((store.saves(), count(&peer, TOKEN)), (1, 1));
}

#[test]
fn signing_out_revokes_the_stored_tokens() {
    let (peer, store) = (service(), Shared::holding(tokens("old", 0)));
    let session = load(&peer, &store);
    store.put(tokens("theirs", 300));
    session.sign_out().unwrap();
    let sent = peer.requests().remove(0);
    assert_eq!(sent.path(), REVOKE);
    assert!(
        String::from_utf8(sent.body)
            .unwrap()
            .contains("token=refresh-theirs")
    );
    let session = load(&peer, &store);
    store.change(|contents| contents.lock_fault = Some(io::ErrorKind::TimedOut));
    assert_eq!(session.sign_out().unwrap_err().kind(), ErrorKind::Timeout);
}
