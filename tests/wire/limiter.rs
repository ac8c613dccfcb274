//! Custom rate limiters.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::{LimitedServer, MockServer, TemporaryPath, USER, ok, wait_until};
use rblx_open_cloud::rate_limit::{FileLimiter, LimitedCall, LimiterError, RateLimiter, Turn};
use rblx_open_cloud::{Client, ClientBuilder, ErrorKind, Method, RateLimit};

const MINUTE: Duration = Duration::from_secs(60);

/// A limiter that records its calls.
#[derive(Default)]
struct Scripted {
    log: Mutex<Vec<String>>,
    waits: AtomicUsize,
    is_broken: bool,
}

impl RateLimiter for Scripted {
    fn acquire(&self, call: &LimitedCall<'_>) -> Result<Turn, LimiterError> {
        let wait = call.max_wait().is_some();
        self.log
            .lock()
            .unwrap()
            .push(format!("acquire {call} {} {wait}", call.token()));
        if self.is_broken {
            return Err("the store is away".into());
        }
        Ok(
            match self
                .waits
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                    left.checked_sub(1)
                }) {
                Ok(left) => Turn::after(Duration::from_millis(1)).with_token(left as u64),
                Err(_) => Turn::now().with_token(77),
            },
        )
    }

    fn record(&self, call: &LimitedCall<'_>, reported: &RateLimit) -> Result<(), LimiterError> {
        self.log.lock().unwrap().push(format!(
            "record {call} {} {:?}",
            call.token(),
            reported.remaining
        ));
        if self.is_broken {
            return Err("the store is away".into());
        }
        Ok(())
    }
}

#[test]
fn a_limiter_decides_about_each_request_and_gets_each_response() {
    let service = LimitedServer::new(10, MINUTE);
    let limiter = Arc::new(Scripted {
        waits: AtomicUsize::new(2),
        ..Scripted::default()
    });
    let builder = service.server.builder().rate_limiter(Arc::clone(&limiter));
    let waiting = builder.clone().wait_on_rate_limit(true).build().unwrap();
    waiting.user(1).get().unwrap();
    let call = "GET /cloud/v2/users/{user_id}";
    let expected = [
        "acquire CALL 0 false",
        "acquire CALL 2 false",
        "acquire CALL 1 false",
        "record CALL 77 Some(9)",
    ];
    let log = || std::mem::take(&mut *limiter.log.lock().unwrap());
    assert_eq!(log(), expected.map(|line| line.replace("CALL", call)));
    // A client that does not wait still records what responses report.
    builder.build().unwrap().user(1).get().unwrap();
    assert_eq!(log(), [format!("record {call} 0 Some(8)")]);
    // A wait that is longer than the caller's deadline fails at once.
    limiter.waits.store(5, Ordering::Relaxed);
    let _ = waiting
        .with_deadline(Duration::from_micros(500))
        .user(1)
        .get();
    assert!(log()[0].ends_with("0 true"));
    let silent = MockServer::replying([ok(USER)]);
    let client = silent
        .builder()
        .rate_limiter(Arc::clone(&limiter))
        .build()
        .unwrap();
    client.user(1).get().unwrap();
    assert_eq!(log(), [""; 0], "nothing was reported");
}

#[test]
fn a_limiter_that_fails_is_not_used_for_a_while_and_no_call_fails() {
    let service = LimitedServer::new(1000, MINUTE);
    let limiter = Arc::new(Scripted {
        is_broken: true,
        ..Scripted::default()
    });
    let events = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&events);
    let client = service
        .server
        .builder()
        .wait_on_rate_limit(true)
        .rate_limiter(Arc::clone(&limiter))
        .on_event(move |event| log.lock().unwrap().push(format!("{event} {event:?}")))
        .build()
        .unwrap();
    for _ in 0..20 {
        client.user(1).get().unwrap();
    }
    assert!(limiter.log.lock().unwrap().len() < 10);
    let events = events.lock().unwrap();
    let fallback: Vec<_> = events
        .iter()
        .filter(|event| event.contains("LimiterFallback"))
        .collect();
    assert!((1..5).contains(&fallback.len()), "{fallback:?}");
    assert!(fallback[0].starts_with(
        "GET /cloud/v2/users/1: continues without the rate limiter (the store is away)"
    ));
    // The own count still knows what is left.
    assert_eq!(
        client
            .rate_limit("/cloud/v2/users/{user_id}")
            .unwrap()
            .remaining,
        Some(980)
    );
}

#[test]
fn paths_that_cannot_be_used_say_what_to_do() {
    let folder = TemporaryPath::new("folder");
    std::fs::create_dir(&folder.0).unwrap();
    let notes = folder.0.join("notes.txt");
    std::fs::write(&notes, "milk, bread").unwrap();
    let mut cases = vec![
        (folder.0.clone(), "it is a directory. Name a file in it"),
        (
            folder.0.join("no/limits"),
            "its folder does not exist. Create the folder first",
        ),
        (notes.clone(), "it holds something else; use another path"),
    ];
    if cfg!(unix) {
        let pipe = folder.0.join("pipe");
        assert!(
            std::process::Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        cases.push((
            pipe,
            "it is a pipe or a device, not a file. Use another path",
        ));
        cases.push(("/dev/null".into(), "it is a pipe or a device"));
        cases.push(("/dev/zero".into(), "it is a pipe or a device"));
    }
    for (path, text) in cases {
        let error = FileLimiter::open(&path).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        let shown = error.to_string();
        assert!(
            shown.contains(text) && shown.contains(path.to_str().unwrap()),
            "{shown}"
        );
    }
    assert_eq!(std::fs::read_to_string(notes).unwrap(), "milk, bread");
}

fn over_file(service: &LimitedServer, file: &TemporaryPath) -> ClientBuilder {
    let limiter = FileLimiter::open(&file.0).unwrap();
    service
        .server
        .builder()
        .wait_on_rate_limit(true)
        .rate_limiter(limiter)
}

fn get(client: &Client, count: usize) {
    for _ in 0..count {
        client.user(1).get().unwrap();
    }
}

#[test]
fn a_file_that_is_deleted_emptied_or_damaged_is_started_again() {
    let service = LimitedServer::new(10_000, MINUTE);
    let file = TemporaryPath::new("damaged");
    let events = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&events);
    let client = over_file(&service, &file)
        .on_event(move |event| {
            count.fetch_add(
                usize::from(event.to_string().contains("limiter")),
                Ordering::Relaxed,
            );
        })
        .build()
        .unwrap();
    get(&client, 2);
    for content in ["", "\0\0\0", &"x".repeat(321)] {
        // In place, as an editor may do.
        let whole = std::fs::read_to_string(&file.0).unwrap();
        let head = if content.starts_with('x') {
            &whole[..320]
        } else {
            ""
        };
        std::fs::write(&file.0, format!("{head}{content}")).unwrap();
        get(&client, 2);
        let text = std::fs::read_to_string(&file.0).unwrap();
        assert!(text.starts_with("rblx-open-cloud rate limits 1"), "{text}");
        assert!(text.contains(" GET /cloud/v2/users/{user_id} "), "{text}");
    }
    std::fs::remove_file(&file.0).unwrap();
    let started = Instant::now();
    while !std::fs::read_to_string(&file.0).is_ok_and(|text| text.contains("{user_id}")) {
        get(&client, 1);
        assert!(started.elapsed() < Duration::from_secs(20));
    }
    assert_eq!(
        events.load(Ordering::Relaxed),
        0,
        "nothing of that is a failure"
    );
}

#[test]
fn threads_and_clients_share_a_file() {
    let service = LimitedServer::new(20, MINUTE);
    let file = TemporaryPath::new("threads");
    let clients: Vec<_> = (0..2)
        .map(|_| over_file(&service, &file).build().unwrap())
        .collect();
    std::thread::scope(|scope| {
        for number in 0..8 {
            let client = &clients[number % 2];
            scope.spawn(move || {
                let mut calls = std::iter::repeat_with(|| client.user(1).get());
                let error = calls.find_map(Result::err).unwrap();
                assert_eq!(error.kind(), ErrorKind::Shutdown, "{error}");
            });
        }
        wait_until("a used up window", || service.served() == 20);
        // Time for a call too many. The callers wait: an error of one of them would not be a shutdown.
        std::thread::sleep(Duration::from_millis(5));
        clients.iter().for_each(Client::shutdown);
    });
    assert_eq!((service.served(), service.rejected()), (20, 0));
}

#[test]
fn calls_are_separated_by_method_and_path() {
    let file = TemporaryPath::new("names");
    let limiter = FileLimiter::open(&file.0).unwrap();
    let mut used_up = RateLimit::default();
    (used_up.remaining, used_up.reset) = (Some(0), Some(MINUTE));
    limiter
        .record(&LimitedCall::new(Method::Get, "/a"), &used_up)
        .unwrap();
    for (method, path, waits) in [
        (Method::Get, "/a", true),
        (Method::Post, "/a", false),
        (Method::Get, "/b", false),
    ] {
        let turn = limiter.acquire(&LimitedCall::new(method, path)).unwrap();
        assert_eq!(turn.wait().is_some(), waits, "{method} {path}");
    }
    // More endpoints than the file has lines.
    for number in 0..300 {
        let path = format!("/{number}");
        let call = LimitedCall::new(Method::Get, &path);
        limiter.record(&call, &used_up).unwrap();
        assert!(limiter.acquire(&call).unwrap().wait().is_some());
    }
    assert_eq!(std::fs::metadata(&file.0).unwrap().len(), 257 * 320);
}
