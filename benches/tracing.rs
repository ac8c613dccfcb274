//! Feeds the events of a client to `tracing`: one event for each, with fields to search for. In this package, so that the
//! crate needs no `tracing` for its examples.
//!
//! `cargo run -q -p benches --example tracing -- http://127.0.0.1:4306 KEY`

#![allow(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "an example prints"
)]

use rblx_open_cloud::{Client, ClientEvent};
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, debug, info, span, trace, warn};

/// Turns an event of the client into one of `tracing`.
fn record(event: &ClientEvent<'_>) {
    match event {
        ClientEvent::Attempt {
            method,
            endpoint,
            path,
            attempt,
            ..
        } => {
            trace!(%method, endpoint, path, attempt, "request");
        }
        ClientEvent::Response {
            method,
            endpoint,
            path,
            attempt,
            status,
            bytes,
            elapsed,
            ..
        } => {
            debug!(%method, endpoint, path, attempt, status, bytes, ?elapsed, "response");
        }
        ClientEvent::Retry {
            method,
            endpoint,
            path,
            attempt,
            kind,
            status,
            delay,
            ..
        } => {
            warn!(%method, endpoint, path, attempt, %kind, status, ?delay, "retry");
        }
        ClientEvent::RateLimitWait {
            method,
            endpoint,
            path,
            delay,
            ..
        } => {
            info!(%method, endpoint, path, ?delay, "waits for the rate limit");
        }
        ClientEvent::LimiterFallback {
            endpoint, reason, ..
        } => {
            warn!(endpoint, reason, "continues without the rate limiter");
        }
        other => info!("{other}"),
    }
}

/// A subscriber that prints; programs have one of `tracing-subscriber`.
struct Printer;

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        use std::fmt::Write as _;
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Subscriber for Printer {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        eprintln!("{}", line.0);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(key)) = (arguments.next(), arguments.next()) else {
        return Err("usage: tracing URL KEY".into());
    };
    tracing::subscriber::set_global_default(Printer)?;
    let client = Client::builder(key)
        .base_url(url)
        .on_event(record)
        .build()?;
    println!("{}", client.user(156).get()?.name);
    Ok(())
}
