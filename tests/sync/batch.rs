//! Batches with failures of the service or the network, judged by the requests that arrive; and batches that end early.

use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rblx_open_cloud::sandbox::{Fault, Sandbox};
use rblx_open_cloud::sync::UploadAll;
use rblx_open_cloud::{Client, ErrorKind, RetryPolicy};

use crate::folder::{Folder, Results, kinds, run};
use crate::support::{KEY, MockServer, json, ok, wait_until, with_headers};

/// Longer than an end without a wait, and much shorter than any wait of these tests.
const PROMPT: Duration = Duration::from_secs(20);
const DONE: &str =
    r#"{"path":"operations/1","done":true,"response":{"assetId":"77","displayName":"a"}}"#;

/// A client that waits for milliseconds where one with default settings waits for seconds.
fn client(url: &str) -> Client {
    let policy = RetryPolicy::default()
        .initial_backoff(Duration::from_millis(5))
        .max_backoff(Duration::from_millis(100));
    let (first, max) = (Duration::from_millis(1), Duration::from_millis(5));
    let builder = Client::builder(KEY).base_url(url).retry(policy);
    builder.poll_interval(first, max).build().unwrap()
}

fn all(folder: &Folder, url: &str) -> UploadAll {
    client(url).user(156).upload_all(folder.files())
}

fn posts(peer: &MockServer) -> usize {
    let requests = peer.requests();
    requests
        .iter()
        .filter(|request| request.method == "POST")
        .count()
}

fn count(results: &Results, word: &str) -> usize {
    kinds(results)
        .iter()
        .filter(|(_, kind)| kind == word)
        .count()
}

/// Whether one of the files says that the batch was stopped, and why.
fn says(results: &Results, text: &str) -> bool {
    results.values().any(|result| {
        let error = result
            .as_ref()
            .err()
            .map(ToString::to_string)
            .unwrap_or_default();
        error.contains("was not sent, since the batch was stopped") && error.contains(text)
    })
}

#[test]
fn a_used_up_window_is_waited_for_whatever_the_service_reports() {
    for header in [
        "",
        "retry-after: 0\r\n",
        "retry-after: 0.01\r\n",
        "retry-after: soon\r\n",
        "retry-after: Wed, 21 Oct 2015 07:28:00 GMT\r\n",
        "x-ratelimit-reset: 0\r\n",
        "retry-after: 0.3\r\n",
    ] {
        // Two are taken in each window of 300 ms.
        let window = Mutex::new((Instant::now(), 0));
        let peer = MockServer::new(move |_, _| {
            let mut window = window.lock().unwrap();
            if window.0.elapsed() >= Duration::from_millis(300) {
                *window = (Instant::now(), 0);
            }
            window.1 += 1;
            if window.1 > 2 {
                return with_headers(429, header, r#"{"message":"Too many requests"}"#);
            }
            ok(DONE)
        });
        let folder = Folder::numbered(6);
        let results = run(all(&folder, &peer.url));
        assert_eq!(count(&results, "uploaded"), 6, "{header:?}: {results:?}");
        // Each window may be met by all four threads once, then by one after growing delays.
        assert!(
            posts(&peer) <= 6 + 3 * (4 + 6),
            "{header:?}: {}",
            posts(&peer)
        );
    }
}

#[test]
fn throttling_that_does_not_end_stops_the_batch() {
    for (threads, limit) in [(1, 500), (4, 500), (32, 500)] {
        let peer = MockServer::replying([with_headers(
            429,
            "retry-after: 0\r\n",
            r#"{"message":"slow down"}"#,
        )]);
        let folder = Folder::numbered(40);
        let started = Instant::now();
        let all = all(&folder, &peer.url).threads(threads);
        let results = run(all.retry_timeout(Duration::from_millis(limit)));
        assert_eq!(count(&results, "RateLimited"), 40);
        assert!(says(&results, "slow down"), "{results:?}");
        assert!(posts(&peer) <= threads + 8, "{threads}: {}", posts(&peer));
        assert!(started.elapsed() < Duration::from_secs(20));
    }
}

#[test]
fn an_excessive_wait_stops_the_batch_at_once() {
    let peer = MockServer::replying([with_headers(429, "retry-after: 3600\r\n", "{}")]);
    let folder = Folder::numbered(20);
    let started = Instant::now();
    let results = run(all(&folder, &peer.url));
    assert_eq!(count(&results, "RateLimited"), 20);
    assert!(says(&results, "3600 s"), "{results:?}");
    assert!(posts(&peer) <= 4, "{}", posts(&peer));
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn an_error_of_every_file_stops_the_batch() {
    let moderated = r#"{"code":"PERMISSION_DENIED","message":"User is moderated"}"#;
    let group = r#"{"message":"The user is not authorized to create assets for this group."}"#;
    let creator = r#"{"code":"INVALID_ARGUMENT","message":"The creator does not exist."}"#;
    for (status, body, threads, most, word) in [
        (401, "{}", 1, 1, "InvalidKey"),
        (401, "{}", 4, 4, "InvalidKey"),
        (403, moderated, 1, 1, "PermissionDenied"),
        (403, group, 1, 3, "PermissionDenied"),
        (403, group, 4, 4 + 2, "PermissionDenied"),
        (400, creator, 4, 8 + 3, "BadRequest"),
        // It is not known whether these arrived, so only a few are sent.
        (503, "{}", 1, 4, "unclear"),
        (503, "{}", 4, 4 + 3, "unclear"),
    ] {
        let peer = MockServer::replying([json(status, body)]);
        let folder = Folder::numbered(30);
        let all = all(&folder, &peer.url).ledger(folder.ledger());
        let results = run(all.threads(threads));
        let sent = posts(&peer);
        assert!(sent <= most, "{status} {threads}: {sent}");
        assert!(says(&results, ""), "{status}: {results:?}");
        assert!(count(&results, word) >= sent, "{status}: {results:?}");
        // Files that were not sent do not have an unknown outcome.
        assert_eq!(folder.text().matches("\"sent\"").count(), sent, "{status}");
    }
}

#[test]
fn errors_of_single_files_do_not_stop_the_batch() {
    let peer = MockServer::new(|number, _| match number % 3 {
        0 => json(400, r#"{"message":"\"InvalidImage\""}"#),
        1 => json(400, r#"{"message":"AssetName is moderated."}"#),
        _ => ok(DONE),
    });
    let folder = Folder::numbered(60);
    let results = run(all(&folder, &peer.url));
    assert_eq!((posts(&peer), count(&results, "uploaded")), (60, 20));
    // Nor does a rejection that comes now and then.
    let peer = MockServer::new(|number, _| match number % 2 {
        0 => json(403, r#"{"message":"No right"}"#),
        _ => ok(DONE),
    });
    let results = run(all(&folder, &peer.url).threads(1));
    assert_eq!(count(&results, "uploaded"), 30);
}

#[test]
fn a_dead_network_stops_the_batch() {
    // A port that was free a moment ago.
    let url = format!(
        "http://{}",
        TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
    );
    let folder = Folder::numbered(200);
    let started = Instant::now();
    let results = run(all(&folder, &url).ledger(folder.ledger()));
    assert_eq!(count(&results, "Transport"), 200);
    assert!(says(&results, "in a row"), "{results:?}");
    assert!(started.elapsed() < Duration::from_secs(20));
    assert!(folder.text().matches("\"sent\"").count() <= 4 + 8);
    // Nothing was sent, so nothing is unclear.
    let sandbox = Sandbox::start().unwrap();
    std::fs::remove_file(folder.ledger()).unwrap();
    let delay = Duration::from_millis(20);
    let quick = Client::builder(sandbox.api_key())
        .base_url(sandbox.url())
        .poll_interval(delay, delay);
    let results = run(folder.all(&quick.build().unwrap()));
    assert_eq!(count(&results, "uploaded"), 200);
}

#[test]
fn a_connection_that_is_rejected_for_a_while_is_waited_for() {
    let address = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let folder = Folder::numbered(3);
    let started = Arc::new(AtomicBool::new(false));
    let (seen, policy) = (
        Arc::clone(&started),
        RetryPolicy::default().initial_backoff(Duration::from_millis(20)),
    );
    let client = Client::builder(KEY)
        .base_url(format!("http://{address}"))
        .retry(policy)
        .build()
        .unwrap();
    let all = client
        .user(156)
        .upload_all(folder.files())
        .on_progress(move |_, _, _| seen.store(true, Ordering::Relaxed));
    let runner = std::thread::spawn(move || run(all));
    std::thread::sleep(Duration::from_millis(5));
    assert!(!started.load(Ordering::Relaxed), "nothing can be sent yet");
    let sandbox = Sandbox::start_with_key(address.port(), KEY).unwrap();
    assert_eq!(count(&runner.join().unwrap(), "uploaded"), 3);
    assert_eq!(sandbox.uploads().len(), 3);
}

#[cfg(unix)]
#[test]
fn few_descriptors_are_waited_for() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::numbered(30);
    let child = format!(
        "ulimit -n 20; exec '{}' --exact batch::the_run_with_few_descriptors --ignored --nocapture",
        std::env::current_exe().unwrap().display()
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &child])
        .env("SYNC_FOLDER", &folder.0)
        .env("SYNC_URL", sandbox.url())
        .env("SYNC_KEY", sandbox.api_key())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert_eq!(sandbox.uploads().len(), 30);
}

/// Not a test: what the one above starts as a process of its own.
#[test]
#[ignore = "is started by another test"]
fn the_run_with_few_descriptors() {
    let variable = |name: &str| std::env::var(name).unwrap();
    let millisecond = Duration::from_millis(1);
    let client = Client::builder(variable("SYNC_KEY"))
        .base_url(variable("SYNC_URL"))
        .poll_interval(millisecond, millisecond)
        .retry(RetryPolicy::default().initial_backoff(millisecond))
        .build()
        .unwrap();
    let folder = std::path::PathBuf::from(variable("SYNC_FOLDER"));
    let files: Vec<_> = (0..30)
        .map(|number| folder.join(format!("{number:03}.png")))
        .collect();
    for file in client
        .user(156)
        .upload_all(files)
        .threads(32)
        .ledger(folder.join("assets.ledger"))
    {
        file.unwrap();
    }
}

/// A service that accepts connections and never responds.
struct Silent {
    url: String,
    connections: Arc<Mutex<Vec<TcpStream>>>,
}

impl Silent {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let connections = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&connections);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                kept.lock().unwrap().push(stream);
            }
        });
        Self { url, connections }
    }

    /// Waits until this many requests have arrived, at least their first bytes.
    fn wait_for(&self, count: usize) {
        wait_until("the requests", || {
            self.connections.lock().unwrap().len() >= count
        });
        for stream in self.connections.lock().unwrap().iter_mut() {
            stream.read_exact(&mut [0; 4]).unwrap();
        }
    }
}

/// Two files under way and one that is broken, whose error is the first result.
fn started(folder: &Folder, url: &str) -> UploadAll {
    std::fs::write(folder.0.join("000.png"), "no picture").unwrap();
    let mut all = all(folder, url).ledger(folder.ledger()).threads(2);
    assert_eq!(
        all.next().unwrap().unwrap_err().error.kind(),
        ErrorKind::InvalidAsset
    );
    all
}

#[test]
fn dropping_it_cuts_uploads_that_wait_for_a_response() {
    let silent = Silent::start();
    let folder = Folder::numbered(10);
    let all = started(&folder, &silent.url);
    silent.wait_for(2);
    let started = Instant::now();
    drop(all);
    assert!(started.elapsed() < PROMPT, "{:?}", started.elapsed());
    assert_eq!(folder.text().matches("\"sent\":true").count(), 2);
    assert!(!folder.text().contains("void"));
    assert_eq!(
        silent.connections.lock().unwrap().len(),
        2,
        "no further file was sent"
    );
    // The next run reports the two.
    let text = folder.text();
    let head = text.split_once('\n').unwrap().0;
    let sandbox = Sandbox::start().unwrap();
    let ours = head.replace(&silent.url, &sandbox.url());
    std::fs::write(folder.ledger(), text.replacen(head, &ours, 1)).unwrap();
    let results = run(folder.all(&sandbox.client()));
    assert_eq!(
        (count(&results, "unclear"), count(&results, "uploaded")),
        (2, 7)
    );
}

#[test]
fn dropping_it_ends_every_wait() {
    // For a window, for an operation, for the others.
    let window = MockServer::replying([with_headers(429, "retry-after: 100\r\n", "{}")]);
    let operation = MockServer::replying([ok(r#"{"path":"operations/1","done":false}"#)]);
    for peer in [window, operation] {
        let folder = Folder::numbered(10);
        let all = started(&folder, &peer.url);
        wait_until("a request", || !peer.requests().is_empty());
        let started = Instant::now();
        drop(all);
        assert!(started.elapsed() < PROMPT, "{:?}", started.elapsed());
    }
}

#[test]
fn shutting_the_client_down_ends_the_batch_and_says_so() {
    let silent = Silent::start();
    let folder = Folder::numbered(10);
    let client = client(&silent.url);
    let all = client
        .user(156)
        .upload_all(folder.files())
        .ledger(folder.ledger())
        .threads(2);
    let runner = std::thread::spawn(move || run(all));
    silent.wait_for(2);
    let started = Instant::now();
    client.shutdown();
    let results = runner.join().unwrap();
    assert!(started.elapsed() < PROMPT, "{:?}", started.elapsed());
    let kinds: Vec<_> = results
        .values()
        .map(|result| result.as_ref().unwrap_err().error.kind())
        .collect();
    assert_eq!(kinds, [ErrorKind::Shutdown; 10]);
    assert_eq!(
        count(&results, "unclear"),
        2,
        "the two that were being sent"
    );
    assert_eq!(folder.text().matches("\"sent\":true").count(), 2);
    assert!(!folder.text().contains("void"));
}

#[test]
fn waits_of_the_batch_are_reported() {
    let peer = MockServer::replying([with_headers(429, "retry-after: 0.3\r\n", "{}"), ok(DONE)]);
    let events = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&events);
    let client = peer
        .builder()
        .on_event(move |event| log.lock().unwrap().push(event.to_string()))
        .build()
        .unwrap();
    let folder = Folder::numbered(1);
    assert_eq!(
        count(
            &run(client.user(156).upload_all(folder.files())),
            "uploaded"
        ),
        1
    );
    let events = events.lock().unwrap().join("\n");
    let retry =
        "POST /assets/v1/assets: attempt 1 failed (rate limited, 429); next attempt in 2.0s";
    assert!(events.contains(retry), "{events}");
}

#[test]
fn ending_early_neither_duplicates_nor_loses_files() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::numbered(50);
    let mut all = folder.all(&sandbox.client()).threads(2);
    all.next().unwrap().unwrap();
    drop(all);
    let sent = sandbox.uploads().len();
    assert!(sent < 50, "{sent}");
    let results = run(folder.all(&sandbox.client()));
    assert_eq!(results.len(), 50);
    let unclear = count(&results, "unclear");
    assert!(unclear <= 2, "{unclear}");
    assert_eq!(
        count(&results, "uploaded") + count(&results, "unchanged") + unclear,
        50
    );
    let mut contents: Vec<_> = sandbox
        .uploads()
        .iter()
        .map(|upload| upload.content().to_vec())
        .collect();
    contents.sort();
    contents.dedup();
    assert_eq!(
        contents.len(),
        sandbox.uploads().len(),
        "nothing arrived twice"
    );
    assert!(
        contents.len() + unclear >= 50,
        "nothing was lost without a word"
    );
}

#[test]
fn a_panic_in_a_closure_stops_the_batch_and_reaches_the_caller() {
    let silent = Silent::start();
    let folder = Folder::numbered(20);
    let (started, called) = (Instant::now(), Arc::new(Mutex::new(0)));
    let calls = Arc::clone(&called);
    let mut all = all(&folder, &silent.url)
        .threads(2)
        .each(move |path, upload| {
            *calls.lock().unwrap() += 1;
            assert!(!path.ends_with("001.png"), "no 001");
            upload
        });
    let caught = catch_unwind(AssertUnwindSafe(|| all.next()));
    let message = caught.unwrap_err();
    assert_eq!(message.downcast_ref::<&str>(), Some(&"no 001"));
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{:?}",
        started.elapsed()
    );
    assert!(all.next().is_none());
    assert!(*called.lock().unwrap() <= 2, "no further file was started");
}

#[test]
fn a_panic_while_a_file_is_sent_reaches_the_caller() {
    let silent = Silent::start();
    let folder = Folder::numbered(20);
    let started = Instant::now();
    let mut all = all(&folder, &silent.url)
        .ledger(folder.ledger())
        .threads(2)
        .on_progress(|path, _, _| {
            assert!(!path.ends_with("001.png"), "no 001");
        });
    let caught = catch_unwind(AssertUnwindSafe(|| all.next()));
    assert_eq!(caught.unwrap_err().downcast_ref::<&str>(), Some(&"no 001"));
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{:?}",
        started.elapsed()
    );
    assert!(all.next().is_none());
    drop(all);
    // Both were noted before they were sent.
    assert_eq!(folder.text().matches("\"sent\":true").count(), 2);
}

#[test]
fn a_batch_does_not_make_others_wait() {
    // The window is used up: a batch waits for the next one, calls of other clones do not.
    let peer = MockServer::new(|_, _| {
        let headers =
            "x-ratelimit-limit: 1;w=100\r\nx-ratelimit-remaining: 0\r\nx-ratelimit-reset: 100\r\n";
        with_headers(200, headers, DONE)
    });
    let folder = Folder::numbered(4);
    let client = client(&peer.url);
    let mut all = client.user(156).upload_all(folder.files()).threads(1);
    all.next().unwrap().unwrap();
    let started = Instant::now();
    let icon = folder.0.join("003.png");
    client.user(156).upload(icon).run().unwrap();
    assert!(started.elapsed() < Duration::from_secs(10));
    drop(all);
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_file_with_an_unknown_outcome_is_not_sent_again() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::numbered(8);
    sandbox.fail_next_times(Fault::lost_answer(), 1);
    let results = run(folder.all(&sandbox.client()));
    assert_eq!(
        (count(&results, "unclear"), count(&results, "uploaded")),
        (1, 7)
    );
    assert_eq!(sandbox.uploads().len(), 8);
}
