//! An export of a data store, compared with a hand-written loop with as many threads; and the memory of a large export.
//!
//! `cargo bench -p benches --bench export`
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark: a failure is a panic, and its output is the result"
)]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

use rblx_open_cloud::Client;
use rblx_open_cloud::sandbox::Sandbox;
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use ureq::Agent;

const THREADS: usize = 16;
const ROUNDS: usize = 5;
const LATENCY: Duration = Duration::from_millis(20);
const ENTRIES: usize = 5_000;
/// The sizes whose memory is compared.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const STORE: &str = "/cloud/v2/universes/13058/data-stores/Bench/entries";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let arguments: Vec<&str> = arguments.iter().skip(1).map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve", entries, latency] => serve(number(entries), number(latency) as u64),
        ["memory", url, key] => memory(url, key),
        _ => {
            throughput();
            for entries in SIZES {
                let server = Server::start(entries, Duration::ZERO);
                let output = itself(&["memory", &server.url, &server.key]).output();
                let output = output.expect("a process").stdout;
                print!("{}", String::from_utf8_lossy(&output));
            }
        }
    }
}

fn number(text: &str) -> usize {
    text.parse().expect("a number")
}

/// Compares the two in turn.
fn throughput() {
    let server = Server::start(ENTRIES, LATENCY);
    let client = server.client();
    let mut ratios: Vec<f64> = (0..ROUNDS)
        .map(|round| {
            let ours = || time(|| export(&client));
            let by_hand = || time(|| by_hand(&server));
            // Neither has the advantage of going first.
            let (ours, by_hand) = if round % 2 == 0 {
                (ours(), by_hand())
            } else {
                let by_hand = by_hand();
                (ours(), by_hand)
            };
            println!("round {round}: {ours:.2} s, by hand {by_hand:.2} s");
            by_hand / ours
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    println!(
        "{ENTRIES} entries, {THREADS} threads, {LATENCY:?}: throughput {:.3} of the loop by hand",
        ratios.get(ROUNDS / 2).copied().unwrap_or_default()
    );
}

fn time(run: impl FnOnce() -> usize) -> f64 {
    let start = Instant::now();
    assert_eq!(run(), ENTRIES, "all entries");
    start.elapsed().as_secs_f64()
}

fn export(client: &Client) -> usize {
    let store = client.universe(13_058).data_store("Bench");
    let export = store.export(std::io::sink()).threads(THREADS).unlimited();
    let exported = export.run().expect("an export");
    usize::try_from(exported.entries).expect("a small number")
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    data_store_entries: Vec<Key>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct Key {
    id: String,
}

#[derive(Deserialize, serde::Serialize)]
struct Entry {
    id: String,
    value: Box<RawValue>,
    users: Vec<String>,
    attributes: Box<RawValue>,
}

/// An export without an SDK: one thread lists keys, the others read entries and write lines as they arrive.
fn by_hand(server: &Server) -> usize {
    let config = Agent::config_builder().max_idle_connections_per_host(2 * THREADS);
    let agent = Agent::new_with_config(config.max_idle_connections(2 * THREADS).build());
    let get = |path: &str| {
        let request = agent.get(format!("{}{path}", server.url));
        let request = request.header("x-api-key", &server.key);
        let mut response = request.call().expect("a response");
        response.body_mut().read_to_vec().expect("a body")
    };
    let (sender, keys) = sync_channel::<String>(256);
    let (keys, out) = (Mutex::new(keys), Mutex::new((std::io::sink(), 0)));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let Ok(key) = keys.lock().expect("no panic").recv() else {
                        return;
                    };
                    let body = get(&format!("{STORE}/{key}"));
                    let entry: Entry = serde_json::from_slice(&body).expect("an entry");
                    let mut line = serde_json::to_vec(&entry).expect("a line");
                    line.push(b'\n');
                    let mut out = out.lock().expect("no panic");
                    out.0.write_all(&line).expect("nothing can fail");
                    out.1 += 1;
                }
            });
        }
        let mut token = String::new();
        loop {
            let body = get(&format!("{STORE}?maxPageSize=256&pageToken={token}"));
            let page: Page = serde_json::from_slice(&body).expect("a page");
            for key in page.data_store_entries {
                sender.send(key.id).expect("a thread");
            }
            token = page.next_page_token.unwrap_or_default();
            if token.is_empty() {
                break;
            }
        }
        drop(sender);
    });
    out.into_inner().expect("no panic").1
}

/// Exports everything, and prints the peak of this process.
fn memory(url: &str, key: &str) {
    let client = Client::builder(key).base_url(url).build();
    let entries = export(&client.expect("a client"));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!(
        "{entries} entries: peak {}",
        peak.unwrap_or("unknown").trim()
    );
}

/// Serves until the standard input ends.
fn serve(entries: usize, latency: u64) {
    let sandbox = Sandbox::start().expect("a sandbox");
    sandbox.latency(Duration::from_millis(latency));
    let store = sandbox.data_store(13_058, "Bench");
    for number in 0..entries {
        let value = json!({ "coins": number, "items": ["sword", "shield"], "level": number % 50 });
        store.insert_with(
            &format!("player_{number}"),
            value,
            [number as u64 + 1],
            json!({ "level": number % 50 }),
        );
    }
    println!("{} {}", sandbox.url(), sandbox.api_key());
    let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
}

/// A sandbox in another process, so that its work is not measured.
struct Server {
    process: Child,
    url: String,
    key: String,
}

impl Server {
    fn start(entries: usize, latency: Duration) -> Self {
        let (entries, latency) = (entries.to_string(), latency.as_millis().to_string());
        let mut server = itself(&["serve", &entries, &latency]);
        let server = server.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = server.spawn().expect("a process");
        let mut line = String::new();
        let output = process.stdout.take().expect("a pipe");
        let read = BufReader::new(output).read_line(&mut line);
        read.expect("the URL of the server");
        let (url, key) = line.trim().split_once(' ').expect("URL and key");
        Self {
            url: url.to_owned(),
            key: key.to_owned(),
            process,
        }
    }

    fn client(&self) -> Client {
        let client = Client::builder(&*self.key).base_url(&self.url).build();
        client.expect("a client")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn itself(arguments: &[&str]) -> Command {
    let program = std::env::current_exe().expect("the path of the benchmark");
    let mut command = Command::new(program);
    command.args(arguments);
    command
}
