//! Code that the benchmarks share: the server in another process, and their duration.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::expect_used,
    clippy::result_large_err,
    missing_docs,
    reason = "support of benchmarks: each uses a part, and a failure is a panic"
)]

pub mod by_hand;
pub mod server;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use criterion::Criterion;
use rblx_open_cloud::Client;
use serde::de::DeserializeOwned;

/// The argument that makes the server of a benchmark.
const SERVE: &str = "serve-pages";

/// Runs the benchmarks: some seconds, or as long as criterion likes it with `BENCH_LONG` in the environment.
pub fn run(benchmarks: impl FnOnce(&mut Criterion)) {
    if std::env::args().nth(1).as_deref() == Some(SERVE) {
        server::run().expect("a server");
        return;
    }
    let criterion = match std::env::var_os("BENCH_LONG") {
        Some(_) => Criterion::default(),
        None => Criterion::default()
            .sample_size(10)
            .warm_up_time(Duration::from_millis(200))
            .measurement_time(Duration::from_millis(800)),
    };
    let mut criterion = criterion.configure_from_args();
    benchmarks(&mut criterion);
    criterion.final_summary();
}

/// Reads a response with a known length as `read_json` of ureq does. The benchmarks do not use ureq's feature `json`, since it
/// would be switched on for the crate as well.
pub fn read_json<T: DeserializeOwned>(body: &mut ureq::Body) -> Result<T, ureq::Error> {
    let bytes = body.read_to_vec()?;
    serde_json::from_slice(&bytes).map_err(|error| ureq::Error::Io(error.into()))
}

/// The static server, in a separate process so that its work is not measured.
pub struct Server {
    process: Child,
    pub url: String,
}

impl Server {
    pub fn start() -> Self {
        let program = std::env::current_exe().expect("the path of the benchmark");
        let mut process = Command::new(program)
            .arg(SERVE)
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let output = process.stdout.take().expect("a pipe");
        let mut url = String::new();
        BufReader::new(output)
            .read_line(&mut url)
            .expect("the URL of the server");
        url.truncate(url.trim_end().len());
        Self { process, url }
    }

    pub fn client(&self) -> Client {
        Client::builder("key")
            .base_url(&self.url)
            .build()
            .expect("a client")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
