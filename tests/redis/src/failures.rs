//! Servers that are away, slow, locked, or somebody else's.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::server::Server;
use crate::support::LimitedServer;
use rblx_open_cloud::rate_limit::{LimitedCall, RateLimiter, RedisLimiter};
use rblx_open_cloud::{Client, ErrorKind, Method};

const PASSWORD: &str = "planted-secret-password";

type Events = Arc<Mutex<Vec<String>>>;

fn client(service: &LimitedServer, limiter: RedisLimiter) -> (Client, Events) {
    let events = Events::default();
    let log = Arc::clone(&events);
    let client = service
        .server
        .builder()
        .wait_on_rate_limit(true)
        .rate_limiter(limiter)
        .on_event(move |event| log.lock().unwrap().push(format!("{event} {event:?}")))
        .build()
        .unwrap();
    (client, events)
}

fn has(events: &Events, text: &str) -> bool {
    events
        .lock()
        .unwrap()
        .iter()
        .any(|event| event.contains(text))
}

fn service() -> LimitedServer {
    LimitedServer::new(100_000, Duration::from_secs(60))
}

#[test]
fn an_unreachable_server_is_not_an_error_and_is_found_later() {
    let Some(mut redis) = Server::start("away") else {
        return;
    };
    redis.kill();
    let service = service();
    let (client, events) = client(&service, RedisLimiter::open(&redis.url()).unwrap());
    client.user(1).get().unwrap();
    let text = format!(
        "continues without the rate limiter (the Redis server 127.0.0.1:{}: connection refused)",
        redis.port
    );
    assert!(has(&events, &text), "{events:?}");
    redis.restart();
    let started = Instant::now();
    while !has(&events, "the rate limiter is back") {
        client.user(1).get().unwrap();
        assert!(started.elapsed() < Duration::from_secs(20));
    }
}

#[test]
fn a_lost_connection_is_replaced_silently() {
    let Some(mut redis) = Server::start("lost") else {
        return;
    };
    let service = service();
    let (client, events) = client(&service, RedisLimiter::open(&redis.url()).unwrap());
    client.user(1).get().unwrap();
    redis.kill();
    redis.restart();
    client.user(1).get().unwrap();
    // The script is loaded again where only that is gone.
    redis.command("SCRIPT FLUSH");
    client.user(1).get().unwrap();
    redis.command("FLUSHALL");
    client.user(1).get().unwrap();
    assert!(!has(&events, "limiter"), "{events:?}");
}

#[test]
fn a_suspended_server_delays_calls_once_and_does_not_delay_a_shutdown() {
    let Some(redis) = Server::start("suspended") else {
        return;
    };
    let service = service();
    let limiter = RedisLimiter::open(&redis.url())
        .unwrap()
        .timeout(Duration::from_millis(100));
    let (patient, events) = client(&service, limiter);
    patient.user(1).get().unwrap();
    redis.signal("STOP");
    let started = Instant::now();
    patient.user(1).get().unwrap();
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
    assert!(has(&events, "no response in time"), "{events:?}");
    // The kernel takes new connections for it, so only the sign-in can fail.
    let limiter = RedisLimiter::open(&redis.url())
        .unwrap()
        .timeout(Duration::from_secs(60));
    let (stopped, _) = client(&service, limiter);
    let worker = stopped.clone();
    let call = std::thread::spawn(move || worker.user(1).get().unwrap_err());
    std::thread::sleep(Duration::from_millis(50));
    let started = Instant::now();
    stopped.shutdown();
    let error = call.join().unwrap();
    println!(
        "a call that waited for the server ended {:?} after the shutdown",
        started.elapsed()
    );
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Shutdown, 0));
    redis.signal("CONT");
    let started = Instant::now();
    while !has(&events, "the rate limiter is back") {
        patient.user(1).get().unwrap();
        assert!(started.elapsed() < Duration::from_secs(20));
    }
}

#[test]
fn a_slow_server_is_waited_for_within_its_time() {
    let Some(redis) = Server::start("slow") else {
        return;
    };
    let service = service();
    let (client, events) = client(
        &service,
        RedisLimiter::open(&redis.url())
            .unwrap()
            .timeout(Duration::from_secs(10)),
    );
    client.user(1).get().unwrap();
    redis.command("CLIENT PAUSE 300 ALL");
    client.user(1).get().unwrap();
    assert!(!has(&events, "limiter"), "{events:?}");
}

#[test]
fn passwords_are_checked_at_once_and_shown_nowhere() {
    let Some(redis) = Server::start("password") else {
        return;
    };
    let limiter = RedisLimiter::open(&redis.url()).unwrap();
    redis.command(&format!("CONFIG SET requirepass {PASSWORD}"));
    let at = format!("127.0.0.1:{}", redis.port);
    for (url, text) in [
        (
            format!("redis://{at}/"),
            "it requires a password; write redis://",
        ),
        (
            format!("redis://:{PASSWORD}x@{at}/"),
            "it rejects the user name or the password",
        ),
        (
            format!("redis://nobody:{PASSWORD}@{at}/"),
            "it rejects the user name or the password",
        ),
        (
            format!("redis://:{PASSWORD}@{at}/99"),
            "DB index is out of range",
        ),
        (
            format!("rediss://:{PASSWORD}@{at}/"),
            "is for TLS, which is not built in",
        ),
        (
            format!("http://:{PASSWORD}@{at}/"),
            "is not valid; write redis://",
        ),
        (
            format!("redis://:{PASSWORD}@{at}:x/"),
            "is not valid; write redis://",
        ),
        (PASSWORD.to_owned(), "is not valid; write redis://"),
    ] {
        let error = RedisLimiter::open(&url).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(text), "{shown}");
        assert!(!shown.contains(PASSWORD), "{shown}");
    }
    let right = RedisLimiter::open(&format!("redis://default:{PASSWORD}@{at}/3")).unwrap();
    let call = LimitedCall::new(Method::Get, "/a");
    assert_eq!(right.acquire(&call).unwrap().wait(), None);
    assert!(!format!("{right:?}").contains(PASSWORD));
    // A user who may not run scripts.
    redis.command(&format!(
        "AUTH {PASSWORD}\r\nACL SETUSER reader on >{PASSWORD} ~* +@read +ping"
    ));
    let error = RedisLimiter::open(&format!("redis://reader:{PASSWORD}@{at}/"))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("this user may not do what is needed: SCRIPT LOAD, EVALSHA"),
        "{error}"
    );
    // A password that was set after the limiter was opened.
    let service = service();
    let (client, events) = client(&service, limiter);
    redis.command(&format!(
        "AUTH {PASSWORD}\r\nCLIENT KILL TYPE normal SKIPME yes"
    ));
    client.user(1).get().unwrap();
    assert!(has(&events, "it requires a password"), "{events:?}");
    assert!(!has(&events, PASSWORD));
}

#[test]
fn data_of_another_program_is_left_alone() {
    let Some(redis) = Server::start("foreign") else {
        return;
    };
    let key = "rblx-open-cloud:a:GET /cloud/v2/users/{user_id}";
    for (command, look) in [
        (format!("SET \"{key}\" mine"), format!("GET \"{key}\"")),
        (
            format!("HSET \"{key}\" end mine"),
            format!("HGET \"{key}\" end"),
        ),
        (
            format!("RPUSH \"{key}\" mine"),
            format!("LRANGE \"{key}\" 0 -1"),
        ),
    ] {
        redis.command("FLUSHALL");
        redis.command(&command);
        let service = service();
        let (client, events) = client(
            &service,
            RedisLimiter::open(&redis.url()).unwrap().prefix("a"),
        );
        client.user(1).get().unwrap();
        assert!(
            has(
                &events,
                "holds another program's data; use another prefix or database"
            ),
            "{events:?}"
        );
        assert!(redis.command(&look).contains("mine"), "{command}");
    }
}

#[test]
fn a_server_that_is_not_redis_is_rejected() {
    let web = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("redis://{}/", web.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = web.accept().unwrap();
        stream.read_exact(&mut [0; 10]).unwrap();
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let error = RedisLimiter::open(&url).unwrap_err().to_string();
    assert!(
        error.contains("does not speak the protocol of Redis"),
        "{error}"
    );
    // One that says nothing is like one that is away.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("redis://{}/", silent.local_addr().unwrap());
    let started = Instant::now();
    let limiter = RedisLimiter::open(&url).unwrap();
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
    let error = limiter
        .acquire(&LimitedCall::new(Method::Get, "/a"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("no response in time"), "{error}");
}

#[test]
fn owners_are_separated_by_prefix_and_keys_expire() {
    let Some(redis) = Server::start("prefix") else {
        return;
    };
    let limiter = RedisLimiter::open(&redis.url()).unwrap();
    let call = LimitedCall::new(Method::Get, "/a");
    let mut used_up = rblx_open_cloud::RateLimit::default();
    (used_up.remaining, used_up.reset) = (Some(0), Some(Duration::from_secs(60)));
    let (one, other) = (limiter.clone().prefix("users/1"), limiter.prefix("users/2"));
    one.record(&call, &used_up).unwrap();
    assert!(one.acquire(&call).unwrap().wait().unwrap() > Duration::from_secs(50));
    assert_eq!(other.acquire(&call).unwrap().wait(), None);
    let left = redis.command("PTTL \"rblx-open-cloud:users/1:GET /a\"");
    let left: u64 = left
        .trim_start_matches(':')
        .lines()
        .next()
        .unwrap()
        .parse()
        .unwrap();
    assert!((500_000..=600_000).contains(&left), "{left}");
}
