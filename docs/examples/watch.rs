//! Shows what a client does: each event becomes a record of the `log` crate, whose logger is a few lines here.
//!
//! `cargo run -q --features sandbox --example watch`

mod support;

use std::io::{Write as _, stdout};
use std::process::ExitCode;

use log::{Level, LevelFilter, Log, Metadata, Record};
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use rblx_open_cloud::{ClientEvent, RetryPolicy};
use support::{Arguments, Outcome, finish, note, unknown};

const USAGE: &str = "\
usage: watch

Calls the built-in sandbox, which rejects the first request, and prints what the client
reports meanwhile. A program that has a logger needs only `record`.

  --help    print this";

fn main() -> ExitCode {
    finish(USAGE, run())
}

/// Turns an event into a record. Its level is the importance: a retry and a fallback are warnings.
fn record(event: &ClientEvent<'_>) {
    let level = match event {
        ClientEvent::Attempt { .. } => Level::Trace,
        ClientEvent::Retry { .. } | ClientEvent::LimiterFallback { .. } => Level::Warn,
        ClientEvent::RateLimitWait { .. } | ClientEvent::LimiterRestored { .. } => Level::Info,
        _ => Level::Debug,
    };
    log::log!(target: "roblox", level, "{event}");
}

/// Prints records to the standard error.
struct Printer;

impl Log for Printer {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // ureq logs as well, and at the level "trace" the bytes of each request.
        metadata.target() == "roblox"
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            note(&format!("{:<5} {}", record.level(), record.args()));
        }
    }

    fn flush(&self) {}
}

fn run() -> Outcome {
    if let Some(argument) = Arguments::from_env().next()? {
        return unknown(&argument);
    }
    if log::set_logger(&Printer).is_ok() {
        log::set_max_level(LevelFilter::Trace);
    }
    let sandbox = Sandbox::start()?;
    sandbox.fail_next(Fault::unavailable());
    let client = sandbox
        .client_builder()
        .retry(RetryPolicy::default())
        .on_event(record)
        .build()?;
    let user = client.user(156).get()?;
    writeln!(stdout(), "{}", user.name)?;
    Ok(())
}
