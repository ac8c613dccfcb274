//! Processes that share a rate limit: each for itself, over a file, and over Redis where there is a server. Prints the
//! tables of `docs/benchmarks.md`.
//!
//! `cargo bench -p benches --bench limits`; `TEST_REDIS_URL` names the server.
#![allow(
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and a failure is a panic"
)]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rblx_open_cloud::rate_limit::{FileLimiter, LimitedCall, RateLimiter, RedisLimiter};
use rblx_open_cloud::{Client, Method, RateLimit, RetryPolicy};

#[path = "../tests/support/call_processes.rs"]
mod call_processes;

const PROCESSES: usize = 32;
const LIMIT: u64 = 100;
const WINDOW: Duration = Duration::from_millis(600);
const WINDOWS: u32 = 10;
const BODY: &str = r#"{"id":"1","name":"n","displayName":"d","createTime":"2020-01-01T00:00:00Z"}"#;

fn main() {
    if let Some([url, limiter]) = call_processes::role().as_deref() {
        return make_calls(url, limiter);
    }
    let file = std::env::temp_dir().join(format!("limits-bench-{}", std::process::id()));
    let path = file.display().to_string();
    let redis = std::env::var("TEST_REDIS_URL").ok();
    let mut rows = vec![
        ("each for itself", "none".to_owned()),
        ("a file", path.clone()),
    ];
    match &redis {
        Some(url) => rows.push(("Redis", url.clone())),
        None => println!("TEST_REDIS_URL is not set: Redis is left out"),
    }
    println!(
        "| {PROCESSES} processes over | served | rejected | throughput | fewest and most of a process |"
    );
    println!("| --- | --- | --- | --- | --- |");
    let mut without_limiter = None;
    for (name, limiter) in &rows {
        let (served, rejected, counts) = run(limiter);
        let ratio = served as f64 / *without_limiter.get_or_insert(served) as f64;
        let share = 100 * rejected / (served + rejected).max(1);
        let (min, max) = (
            counts.iter().min().expect("some"),
            counts.iter().max().expect("some"),
        );
        println!("| {name} | {served} | {rejected} ({share} %) | {ratio:.2} | {min} to {max} |");
    }
    println!("\n| one process | µs per call (two requests of the limiter) |\n| --- | --- |");
    println!(
        "| a file | {:.1} |",
        microseconds(&FileLimiter::open(&file).expect("a file"))
    );
    if let Some(url) = redis {
        println!(
            "| Redis | {:.1} |",
            microseconds(&RedisLimiter::open(&url).expect("a server").prefix("bench"))
        );
    }
    let _ = std::fs::remove_file(file);
}

/// Returns the time of a limiter for a call, the minimum of several rounds.
fn microseconds(limiter: &dyn RateLimiter) -> f64 {
    let call = LimitedCall::new(Method::Get, "/cloud/v2/users/{user_id}");
    let mut reported = RateLimit::default();
    reported.limit = Some(100_000_000);
    reported.window = Some(Duration::from_secs(60));
    reported.reset = Some(Duration::from_secs(60));
    let rounds = (0..400_u64).map(|round| {
        let count = 50;
        let started = Instant::now();
        for number in 0..count {
            let turn = limiter.acquire(&call).expect("a turn");
            assert_eq!(turn.wait(), None);
            reported.remaining = Some(99_000_000 - round * count - number);
            limiter
                .record(&call.with_token(turn.token()), &reported)
                .expect("recorded");
        }
        started.elapsed().as_secs_f64() * 1e6 / count as f64
    });
    rounds.fold(f64::MAX, f64::min)
}

/// Lets processes make calls for some windows. Returns the accepted and rejected requests, and the calls of each process.
fn run(limiter: &str) -> (usize, usize, Vec<u64>) {
    let service = Service::start();
    let (mut served, mut rejected) = (0, 0);
    let role = [service.url.as_str(), limiter];
    let counts = call_processes::run("", &role, PROCESSES, || {
        (served, rejected) = service.whole_windows();
    });
    (served, rejected, counts)
}

fn make_calls(url: &str, limiter: &str) {
    let builder = Client::builder("key")
        .base_url(url)
        .retry(RetryPolicy::none())
        .wait_on_rate_limit(true);
    let builder = match limiter {
        "none" => builder,
        url if url.contains("://") => {
            let limiter = RedisLimiter::open(url)
                .expect("a server")
                .timeout(Duration::from_secs(5));
            builder.rate_limiter(limiter.prefix(format!("bench-{}", url.len())))
        }
        path => builder.rate_limiter(FileLimiter::open(path).expect("a file")),
    };
    let client = builder.build().expect("a client");
    println!("served {}", call_processes::make_calls(&client));
}

/// A service that accepts a limited number of requests in each window, which are aligned with its clock.
struct Service {
    url: String,
    start: Instant,
    windows: Arc<Mutex<HashMap<u128, usize>>>,
}

impl Service {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let windows = Arc::new(Mutex::new(HashMap::new()));
        let (shared, start) = (Arc::clone(&windows), Instant::now());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let windows = Arc::clone(&shared);
                std::thread::spawn(move || serve(stream, start, &windows));
            }
        });
        Self {
            url,
            start,
            windows,
        }
    }

    /// Returns the numbers of accepted and rejected requests in the next windows.
    fn whole_windows(&self) -> (usize, usize) {
        let first = number(self.start.elapsed()) + 1;
        let last = first + u128::from(WINDOWS);
        while number(self.start.elapsed()) < last {
            std::thread::sleep(Duration::from_millis(1));
        }
        let windows = self.windows.lock().expect("windows");
        let count = (first..last).map(|number| windows.get(&number).copied().unwrap_or_default());
        let limit = usize::try_from(LIMIT).expect("a small limit");
        count.fold((0, 0), |(served, rejected), count| {
            (
                served + count.min(limit),
                rejected + count.saturating_sub(limit),
            )
        })
    }
}

fn number(time: Duration) -> u128 {
    time.as_nanos() / WINDOW.as_nanos()
}

fn serve(mut stream: TcpStream, start: Instant, windows: &Mutex<HashMap<u128, usize>>) {
    let _ = stream.set_nodelay(true);
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut line = String::new();
    loop {
        line.clear();
        match reader.read_line(&mut line) {
            Ok(0) | Err(_) => return,
            Ok(read) if read > 2 => continue,
            Ok(_) => {}
        }
        let now = start.elapsed();
        let left = {
            let mut windows = windows.lock().expect("windows");
            let count = windows.entry(number(now)).or_insert(0);
            *count += 1;
            LIMIT.checked_sub(*count as u64)
        };
        let status = if left.is_some() { 200 } else { 429 };
        let reset = WINDOW.as_secs_f64() - now.as_secs_f64() % WINDOW.as_secs_f64();
        let response = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nx-ratelimit-limit: {LIMIT};w=60\r\n\
             x-ratelimit-remaining: {}\r\nx-ratelimit-reset: {reset}\r\n\r\n{BODY}",
            BODY.len(),
            left.unwrap_or_default(),
        );
        if stream.write_all(response.as_bytes()).is_err() {
            return;
        }
    }
}
