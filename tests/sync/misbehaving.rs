//! Thousands of files against a peer that misbehaves in every way at once: what arrives is counted, and no file is lost or
//! doubled over three runs with one ledger.

use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use rblx_open_cloud::sync::{SyncError, SyncOutcome, SyncedFile};
use rblx_open_cloud::{Client, ErrorKind, RetryPolicy};

use crate::folder::{Folder, Results, run};
use crate::support::{KEY, json, ok, with_headers};

const THREADS: usize = 8;
/// The number of uploads after which the peer rejects everything for a while.
const WINDOW_SIZE: usize = 100;
const CLOSED: Duration = Duration::from_millis(50);
/// Content after the number of a file.
const PADDING: usize = 3000;

/// The reaction of the peer to a file that it has not seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Habit {
    Take,
    /// It takes the file after a while.
    TakeSlowly,
    /// It takes the file, and the response is lost.
    TakeInSilence,
    /// It resets the connection in the middle of the file.
    Reset,
    /// It rejects the file before it has read it, and closes.
    RejectEarly,
    /// It responds with a page of a gateway, although it took the file.
    TakeBehindGateway,
    /// Processing fails.
    FailLater,
    /// It rejects the file as broken.
    Reject,
}

impl Habit {
    fn for_number(number: usize) -> Self {
        match number % 100 {
            5 => Self::TakeSlowly,
            13 | 57 => Self::Reset,
            21 => Self::TakeInSilence,
            34 => Self::TakeBehindGateway,
            55 => Self::RejectEarly,
            70 => Self::FailLater,
            89 => Self::Reject,
            _ => Self::Take,
        }
    }

    /// Whether nobody but the peer knows what became of the file.
    fn is_unclear(self) -> bool {
        matches!(
            self,
            Self::TakeInSilence | Self::Reset | Self::TakeBehindGateway
        )
    }

    /// Whether the file is certainly no asset.
    fn is_certain(self) -> bool {
        matches!(self, Self::RejectEarly | Self::FailLater | Self::Reject)
    }
}

#[derive(Default)]
struct Counts {
    /// How often a file was sent, without the rejections for now.
    sent: HashMap<usize, usize>,
    /// How often a file became an asset.
    taken: HashMap<usize, usize>,
    rejected_for_now: usize,
    bytes: usize,
    closed_until: Option<Instant>,
    in_window: usize,
    windows: usize,
}

#[derive(Clone, Default)]
struct Peer(Arc<Mutex<Counts>>);

impl Peer {
    fn start() -> (Self, String) {
        let peer = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let serving = peer.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let peer = serving.clone();
                thread::spawn(move || peer.serve(stream));
            }
        });
        (peer, url)
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap()
    }

    /// Serves one connection: polls, or one upload.
    fn serve(&self, mut stream: TcpStream) {
        stream.set_nodelay(true).unwrap();
        let mut pending = Vec::new();
        loop {
            let Some(head) = read_until(&mut stream, &mut pending, b"\r\n\r\n") else {
                return;
            };
            let response = if head.starts_with("POST") {
                self.upload(&head, &mut stream, &mut pending)
            } else {
                pending.drain(..head.len());
                Some(self.poll(&head))
            };
            match response {
                Some(response) if stream.write_all(&response).is_ok() => {}
                _ => return,
            }
        }
    }

    fn upload(&self, head: &str, stream: &mut TcpStream, pending: &mut Vec<u8>) -> Option<Vec<u8>> {
        let length: usize = field(&head.to_lowercase(), "content-length: ")
            .parse()
            .unwrap();
        let start = read_until(stream, pending, b"displayName\":\"file-")?.len();
        while pending.len() < start + 5 {
            read_more(stream, pending)?;
        }
        let digits = String::from_utf8_lossy(&pending[start..start + 5]).into_owned();
        let number: usize = digits.parse().unwrap();
        if let Some(rejection) = self.reject_for_now() {
            read_rest(stream, pending, head.len() + length)?;
            return Some(rejection);
        }
        let is_first = {
            let mut counts = self.counts();
            let sent = counts.sent.entry(number).or_default();
            *sent += 1;
            *sent == 1
        };
        let habit = if is_first {
            Habit::for_number(number)
        } else {
            Habit::Take
        };
        match habit {
            // Closing with unread bytes resets the connection.
            Habit::Reset => return None,
            Habit::RejectEarly => {
                return Some(json(413, r#"{"message":"Too large."}"#)).filter(|response| {
                    let _ = stream.write_all(response);
                    false
                });
            }
            _ => {}
        }
        read_rest(stream, pending, head.len() + length)?;
        let mut counts = self.counts();
        counts.bytes += length;
        if !habit.is_certain() {
            *counts.taken.entry(number).or_default() += 1;
        }
        drop(counts);
        if habit == Habit::TakeSlowly {
            thread::sleep(Duration::from_millis(20));
        }
        match habit {
            Habit::TakeInSilence => None,
            Habit::TakeBehindGateway => Some(crate::support::response(502, "text/html", "<html>")),
            Habit::Reject => Some(json(
                400,
                r#"{"code":"INVALID_ARGUMENT","message":"InvalidImage"}"#,
            )),
            Habit::FailLater => Some(ok(format!(r#"{{"path":"operations/bad-{number}"}}"#))),
            _ => Some(ok(format!(
                r#"{{"path":"operations/{number}","done":false}}"#
            ))),
        }
    }

    /// Returns the rejection of an upload that exceeds this window, with an unhelpful hint.
    fn reject_for_now(&self) -> Option<Vec<u8>> {
        let mut counts = self.counts();
        let now = Instant::now();
        if counts.closed_until.is_none_or(|end| end <= now) {
            counts.in_window += 1;
            if counts.in_window < WINDOW_SIZE {
                return None;
            }
            counts.in_window = 0;
            counts.windows += 1;
            counts.closed_until = Some(now + CLOSED);
        }
        counts.rejected_for_now += 1;
        let hints = [
            "",
            "retry-after: 0\r\n",
            "retry-after: soon\r\n",
            "x-ratelimit-reset: 0, 0\r\n",
            "retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
        ];
        let hint = hints[counts.rejected_for_now % hints.len()];
        Some(with_headers(429, hint, "{}"))
    }

    /// Responds to a poll. Some polls fail with transient errors.
    fn poll(&self, head: &str) -> Vec<u8> {
        let path = head.split(' ').nth(1).unwrap();
        let operation = path.rsplit('/').next().unwrap();
        if operation.starts_with("bad-") {
            let error = r#""error":{"code":"INTERNAL","message":"The picture could not be read."}"#;
            return ok(format!(
                r#"{{"path":"operations/{operation}","done":true,{error}}}"#
            ));
        }
        let number: usize = operation.parse().unwrap();
        let mut counts = self.counts();
        let polls = counts.sent.entry(usize::MAX - number).or_default();
        *polls += 1;
        match (number % 17, *polls) {
            (3, 1) => json(503, "{}"),
            (4, 1) => with_headers(429, "retry-after: 0\r\n", "{}"),
            (5, 1) => ok(format!(r#"{{"path":"operations/{operation}"}}"#)),
            _ => ok(format!(
                r#"{{"path":"operations/{operation}","done":true,"response":{{"assetId":"{}","displayName":"x"}}}}"#,
                asset_of(number)
            )),
        }
    }
}

fn asset_of(number: usize) -> u64 {
    number as u64 + 1_000_000
}

/// Reads until these bytes are there, and returns the text up to their end; nothing is taken from `pending`.
fn read_until(stream: &mut TcpStream, pending: &mut Vec<u8>, end: &[u8]) -> Option<String> {
    loop {
        if let Some(at) = pending.windows(end.len()).position(|window| window == end) {
            let text = &pending[..at + end.len()];
            return Some(String::from_utf8_lossy(text).into_owned());
        }
        read_more(stream, pending)?;
    }
}

fn read_rest(stream: &mut TcpStream, pending: &mut Vec<u8>, length: usize) -> Option<()> {
    while pending.len() < length {
        read_more(stream, pending)?;
    }
    pending.drain(..length);
    Some(())
}

fn read_more(stream: &mut TcpStream, pending: &mut Vec<u8>) -> Option<()> {
    let mut buffer = [0; 1024];
    let read = stream.read(&mut buffer).ok().filter(|read| *read > 0)?;
    pending.extend(&buffer[..read]);
    Some(())
}

/// The digits after a label.
fn field<'a>(text: &'a str, label: &str) -> &'a str {
    let rest = text.rsplit(label).next().unwrap();
    let mut parts = rest.split(|letter: char| !letter.is_ascii_digit());
    parts.next().unwrap()
}

fn client(url: &str) -> Client {
    let policy = RetryPolicy::default()
        .initial_backoff(Duration::from_millis(1))
        .max_backoff(Duration::from_millis(30));
    let millisecond = Duration::from_millis(1);
    let builder = Client::builder(KEY).base_url(url).retry(policy);
    builder
        .poll_interval(millisecond, millisecond)
        .build()
        .unwrap()
}

/// The outcomes by the number of their file.
fn by_number(results: Results) -> BTreeMap<usize, Result<SyncedFile, SyncError>> {
    let number = |name: String| field(&name, "file-").parse().unwrap();
    results
        .into_iter()
        .map(|(name, result)| (number(name), result))
        .collect()
}

fn is_unclear(result: &Result<SyncedFile, SyncError>) -> bool {
    result
        .as_ref()
        .is_err_and(|error| error.error.outcome_unknown())
}

/// Uploads this many files in three runs.
fn upload_in_three_runs(count: usize) {
    let folder = Folder::new();
    for number in 0..count {
        let text = format!("{number:05}{}", "x".repeat(PADDING));
        folder.write(&format!("file-{number:05}.png"), &text);
    }
    let (peer, url) = Peer::start();
    let client = client(&url);
    let all = || folder.all(&client).threads(THREADS);

    let first = by_number(run(all()));
    assert_eq!(first.len(), count, "one result for each file");
    for (number, result) in &first {
        let habit = Habit::for_number(*number);
        match result {
            Ok(file) => {
                assert!(
                    !habit.is_unclear() && !habit.is_certain(),
                    "{number} {habit:?}"
                );
                assert_eq!(file.asset_id().unwrap().get(), asset_of(*number));
            }
            Err(error) => {
                assert_eq!(habit.is_unclear(), error.error.outcome_unknown(), "{error}");
                assert_eq!(
                    habit.is_certain(),
                    !error.error.outcome_unknown(),
                    "{error}"
                );
            }
        }
    }
    {
        let counts = peer.counts();
        let sent = |number: &usize| counts.sent[number];
        assert!(
            (0..count).all(|number| sent(&number) == 1),
            "each file was sent once"
        );
        assert!(
            counts.taken.values().all(|taken| *taken == 1),
            "no file is there twice"
        );
        let bodies = count
            - (0..count)
                .filter(|number| {
                    matches!(
                        Habit::for_number(*number),
                        Habit::Reset | Habit::RejectEarly
                    )
                })
                .count();
        let each = counts.bytes / bodies;
        assert!(
            (PADDING..PADDING + 1000).contains(&each),
            "{each} bytes for each file"
        );
        // All threads may run into the end of a window, and then one at a time tries whether it is over.
        let most = counts.windows * (THREADS + 8);
        assert!(
            counts.rejected_for_now > 0 && counts.rejected_for_now <= most,
            "{} rejections in {} windows",
            counts.rejected_for_now,
            counts.windows
        );
    }

    let second = by_number(run(all()));
    for (number, result) in &second {
        let habit = Habit::for_number(*number);
        assert_eq!(
            is_unclear(result),
            habit.is_unclear(),
            "{number} {habit:?}: {result:?}"
        );
        if let Err(error) = result {
            assert_eq!(error.error.kind(), ErrorKind::Conflict, "{error}");
        }
        let is_new = matches!(result, Ok(file) if matches!(file.outcome, SyncOutcome::Uploaded(_)));
        assert_eq!(is_new, habit.is_certain(), "{number} {habit:?}: {result:?}");
    }
    let taken = peer.counts().taken.clone();
    assert!(
        taken.values().all(|taken| *taken == 1),
        "none is there twice"
    );
    let resets = (0..count)
        .filter(|number| Habit::for_number(*number) == Habit::Reset)
        .count();
    assert_eq!(
        taken.len(),
        count - resets,
        "only those are missing that never arrived"
    );

    let third = by_number(run(all().resend_unclear(true)));
    assert!(
        third.values().all(Result::is_ok),
        "{:?}",
        third.values().find(|result| result.is_err())
    );
    let counts = peer.counts();
    assert!(
        (0..count).all(|number| counts.taken[&number]
            <= 1 + usize::from(Habit::for_number(number).is_unclear()))
    );
    assert_eq!(counts.taken.len(), count, "no file is lost");
}

#[test]
fn a_thousand_files_survive_a_peer_that_misbehaves() {
    upload_in_three_runs(1000);
}

/// By hand: `cargo test -F full,sandbox --test sync ten_thousand -- --ignored`.
#[test]
#[ignore = "takes a minute"]
fn ten_thousand_files_survive_a_peer_that_misbehaves() {
    // On Linux.
    let peak = || -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmHWM"));
        line.map_or(0, |line| {
            let digits = line.replace(|letter: char| !letter.is_ascii_digit(), "");
            digits.parse().unwrap()
        })
    };
    upload_in_three_runs(1000);
    let before = peak();
    upload_in_three_runs(10_000);
    // The test holds three outcomes of each file; the content of all files is 29 MiB.
    let growth = peak() - before;
    assert!(growth < 40 * 1024, "{growth} KiB more");
}
