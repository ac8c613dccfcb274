//! Processes that make calls, for tests and benchmarks of shared rate limits.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    missing_docs,
    unreachable_pub,
    reason = "support of tests: each test file uses a part, and a failure is a panic"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rblx_open_cloud::{Client, ErrorKind};

const ROLE: &str = "TEST_LIMITS";

/// Returns the role of this process, if it is a child of a test.
pub fn role() -> Option<Vec<String>> {
    let role = std::env::var(ROLE).ok()?;
    Some(role.split('|').map(str::to_owned).collect())
}

/// Runs a test or a benchmark again, in a process with a role.
pub fn child(test: &str, role: &[&str]) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(ROLE, role.join("|"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// In a child: waits for the start, and makes calls until the end of the input. Returns the number of successful calls.
pub fn make_calls(client: &Client) -> u64 {
    let stop = client.clone();
    println!("ready");
    std::io::stdin().read_exact(&mut [0]).unwrap();
    std::thread::spawn(move || {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        stop.shutdown();
    });
    let mut served = 0;
    loop {
        match client.user(1).get() {
            Ok(_) => served += 1,
            Err(error) if error.kind() == ErrorKind::Shutdown => return served,
            Err(error) => assert_eq!(error.kind(), ErrorKind::RateLimited, "{error}"),
        }
    }
}

/// Waits for a line that begins with `start`, and returns the rest of it.
pub fn wait_for(output: &mut BufReader<ChildStdout>, start: &str) -> String {
    let mut line = String::new();
    while !line.starts_with(start) {
        line.clear();
        assert!(output.read_line(&mut line).unwrap() > 0, "the child ended");
    }
    line[start.len()..].trim().to_owned()
}

/// Lets a child start its calls.
pub fn start(child: &mut Child) {
    child.stdin.as_mut().unwrap().write_all(b"!").unwrap();
}

/// Lets 32 children share a limit until this many calls were served, and checks that none starves. A call that a slow machine
/// delays into the next window may be rejected; of 256 calls that share nothing, a hundred are.
pub fn assert_limit_is_shared(
    test: &str,
    role: &[&str],
    calls: usize,
    served: impl Fn() -> usize,
    rejected: impl Fn() -> usize,
) {
    let mut rejections = 0;
    let counts = run(test, role, 32, || {
        let started = Instant::now();
        while served() < calls {
            let is_late = started.elapsed() > Duration::from_secs(30);
            assert!(!is_late, "{} of {calls} calls were served", served());
            std::thread::sleep(Duration::from_millis(1));
        }
        rejections = rejected();
    });
    assert!(rejections * 16 <= calls, "{rejections} of {calls}");
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
}

/// Lets children make calls while `meanwhile` runs. Returns the number of successful calls of each, which it prints as
/// `served 7`.
pub fn run(test: &str, role: &[&str], processes: usize, meanwhile: impl FnOnce()) -> Vec<u64> {
    let mut children: Vec<_> = (0..processes).map(|_| child(test, role)).collect();
    let mut outputs: Vec<_> = children
        .iter_mut()
        .map(|child| BufReader::new(child.stdout.take().unwrap()))
        .collect();
    for output in &mut outputs {
        wait_for(output, "ready");
    }
    children.iter_mut().for_each(start);
    meanwhile();
    for child in &mut children {
        drop(child.stdin.take());
    }
    let counts = outputs.iter_mut().map(|output| wait_for(output, "served "));
    let counts: Vec<u64> = counts
        .map(|line| line.split(' ').next().unwrap().parse().unwrap())
        .collect();
    for child in &mut children {
        assert!(child.wait().unwrap().success());
    }
    counts
}
