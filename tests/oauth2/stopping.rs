//! A shutdown ends waits for tokens and browsers, and no tokens are lost.

use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use rblx_open_cloud::oauth2::{App, Session, TokenFile, TokenSet, TokenStore};
use rblx_open_cloud::{Client, Error, ErrorKind, Result, RetryPolicy};
use serde_json::json;

use crate::flow::peer_app;
use crate::support::{MockServer, json as response, ok, wait_until};

const TOKEN: &str = "/oauth/v1/token";
const USER: &str = r#"{"createTime":"2006-03-08T14:01:02Z","id":"1","name":"n","displayName":"d"}"#;
/// More than it ever takes, and much less than any time limit of the crate.
const QUICK: Duration = Duration::from_secs(10);

/// Keeps the token endpoint waiting until it is opened.
#[derive(Clone, Default)]
struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    fn open(&self) {
        *self.0.0.lock().unwrap() = true;
        self.0.1.notify_all();
    }

    fn pass(&self) {
        let open = self.0.0.lock().unwrap();
        let wait = Duration::from_secs(20);
        let passed = self.0.1.wait_timeout_while(open, wait, |open| !*open);
        assert!(!passed.unwrap().1.timed_out(), "nobody opened the gate");
    }
}

/// A service whose token endpoint responds once the gate is open. It exchanges each refresh token once.
fn service(gate: &Gate) -> MockServer {
    let (gate, spent) = (gate.clone(), Mutex::new(Vec::new()));
    MockServer::new(move |number, request| {
        if request.path() != TOKEN {
            return ok(USER);
        }
        gate.pass();
        let form = request.body.clone();
        let mut spent = spent.lock().unwrap();
        if spent.contains(&form) {
            return response(400, r#"{"error":"invalid_grant"}"#);
        }
        spent.push(form);
        let tokens = json!({"access_token": format!("access-{number}"), "token_type": "Bearer",
            "refresh_token": format!("refresh-{number}"), "expires_in": 899, "scope": "openid"});
        ok(tokens.to_string())
    })
}

/// Tokens whose access token is expired.
fn expired() -> TokenSet {
    let json = json!({"access_token": "access", "refresh_token": "refresh", "expires_in": 899,
        "obtained_at": "2020-01-01T00:00:00Z"});
    TokenSet::from_json(&json.to_string()).unwrap()
}

fn folder(name: &str) -> std::path::PathBuf {
    let name = format!("rblx-stopping-{}-{name}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs the call in threads of its own, shuts the client down once they are blocked, and returns their errors.
fn stopped(
    client: &Client,
    threads: usize,
    call: impl Fn(&Client) -> Result<()> + Clone + Send + 'static,
    is_blocked: impl Fn() -> bool,
) -> Vec<Error> {
    let (sender, results) = mpsc::channel();
    for _ in 0..threads {
        let (sender, client, call) = (sender.clone(), client.clone(), call.clone());
        thread::spawn(move || sender.send(call(&client).unwrap_err()).unwrap());
    }
    wait_until("blocked calls", is_blocked);
    thread::sleep(Duration::from_millis(10));
    let started = Instant::now();
    client.shutdown();
    let errors = (0..threads).map(|_| results.recv_timeout(Duration::from_secs(20)).unwrap());
    let errors: Vec<Error> = errors.collect();
    assert!(started.elapsed() < QUICK, "{:?}", started.elapsed());
    for error in &errors {
        assert_eq!(error.kind(), ErrorKind::Shutdown, "{error}");
        assert!(
            !error.outcome_unknown() && error.attempts() == 0,
            "{error:?}"
        );
        assert_eq!(
            error.path(),
            Some("/cloud/v2/groups/7/join-requests/5:accept")
        );
    }
    errors
}

fn accept(client: &Client) -> Result<()> {
    client.group(7).accept_join_request(5)
}

#[test]
fn a_shutdown_ends_calls_that_wait_for_a_token_and_the_new_tokens_are_kept() {
    let gate = Gate::default();
    let peer = service(&gate);
    let folder = folder("renewal");
    let file = TokenFile::new(folder.join("session.json"));
    let session = Session::new(&peer_app(&peer), expired(), file.clone());
    let client = session.client().unwrap();
    let other = session.client().unwrap();
    // One thread renews, the others wait for it.
    stopped(&client, 4, accept, || !peer.requests().is_empty());
    gate.open();
    // The refresh token was spent by then: what came of it is saved, and another client goes on with it.
    other.user(1).get().unwrap();
    let requests = peer.requests();
    let count = requests
        .iter()
        .filter(|request| request.path() == TOKEN)
        .count();
    assert_eq!((requests.len(), count), (2, 1), "{requests:?}");
    let saved = file.load().unwrap().unwrap();
    assert!(saved.to_json().contains("\"refresh-0\""));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_shutdown_ends_the_wait_for_the_lock_of_another_process() {
    let gate = Gate::default();
    gate.open();
    let peer = service(&gate);
    let folder = folder("lock");
    let file = TokenFile::new(folder.join("session.json"));
    let session = Session::new(&peer_app(&peer), expired(), file.clone());
    let lock = file.lock().unwrap();
    let client = session.client().unwrap();
    stopped(&client, 2, accept, || true);
    drop(lock);
    // Nobody wants the token any more, so no refresh token is spent.
    session.save().unwrap();
    assert!(peer.requests().is_empty());
    session.client().unwrap().user(1).get().unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_deadline_covers_the_wait_for_a_token() {
    let gate = Gate::default();
    let peer = service(&gate);
    let session = Session::new(&peer_app(&peer), expired(), |_: &TokenSet| Ok(()));
    let client = session.client().unwrap();
    let started = Instant::now();
    let error = accept(&client.with_deadline(Duration::from_millis(30))).unwrap_err();
    assert!(started.elapsed() < QUICK);
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(
        error.message().contains("was not renewed within"),
        "{error}"
    );
    assert!(!error.outcome_unknown(), "nothing was sent");
    gate.open();
    client.user(1).get().unwrap();
    assert_eq!(peer.requests().len(), 2, "one renewal, one call");
}

#[test]
fn a_shutdown_of_the_app_ends_its_calls_and_sign_ins() {
    let gate = Gate::default();
    let peer = service(&gate);
    let app = App::builder("app-1", "http://localhost/callback");
    let app = app.base_url(&peer.url).retry(RetryPolicy::none());
    let app = app.build().unwrap();
    let waiting = {
        let flow = app.sign_in(["openid"]).unwrap().on_loopback(0);
        thread::spawn(move || flow.unwrap().wait(Duration::from_secs(60)).unwrap_err())
    };
    let calling = {
        let app = app.clone();
        thread::spawn(move || app.refresh(&expired()).unwrap_err())
    };
    wait_until("a request", || !peer.requests().is_empty());
    let started = Instant::now();
    app.shutdown();
    for thread in [waiting, calling] {
        let error = thread.join().unwrap();
        assert_eq!(error.kind(), ErrorKind::Shutdown, "{error}");
    }
    assert!(started.elapsed() < QUICK);
    gate.open();
    let error = app.discovery().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Shutdown, "{error}");
}
