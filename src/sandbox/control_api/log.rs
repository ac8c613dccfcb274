//! The last requests and their responses.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde_json::{Value, json};

use crate::sandbox::clock::timestamp;
use crate::sandbox::mask;
use crate::sandbox::object::set_field;
use crate::sandbox::server::{Handler, Head, Reply, RequestBody};
use crate::sandbox::state::Shared;

/// Number of requests that are kept with the control API, which may run for days.
pub(crate) const MAX_REQUESTS: usize = 1000;
/// Number of bytes of a body that are kept.
const MAX_BODY_SIZE: usize = 4096;

#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    entries: VecDeque<(u64, Value)>,
    count: u64,
}

impl Log {
    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn clear(&self) {
        self.lock().entries.clear();
    }

    /// Lists the entries after the one with the number `after`.
    pub(super) fn list(&self, head: &Head) -> Value {
        let query = head.query();
        let after = query.iter().find(|(name, _)| name == "after");
        let after: u64 = after.and_then(|(_, after)| after.parse().ok()).unwrap_or(0);
        let log = self.lock();
        let entries = log.entries.iter().filter(|(number, _)| *number > after);
        let entries: Vec<&Value> = entries.map(|(_, entry)| entry).collect();
        json!({ "requests": entries, "last": log.count })
    }

    /// Lets the service handle a request, and records both.
    pub(super) fn record(
        &self,
        shared: &Shared,
        service: &dyn Handler,
        head: &Head,
        body: &mut dyn RequestBody,
    ) -> io::Result<Reply> {
        let (started, time) = (Instant::now(), timestamp(shared.state().now()));
        let mut body = Tee {
            body,
            kept: Vec::new(),
            size: 0,
        };
        let reply = service.handle(head, &mut body);
        let outcome = match &reply {
            Ok(reply) => json!({
                "status": reply.response().status,
                "headers": mask::headers(&reply.response().headers),
                "body": excerpt(&reply.response().body, reply.response().body.len() as u64),
                "size": reply.response().body.len(),
                "delivery": reply.delivery_text(),
            }),
            Err(error) => json!({ "error": error.to_string() }),
        };
        let entry = json!({
            "time": time,
            "milliseconds": started.elapsed().as_secs_f64() * 1000.0,
            "method": head.method,
            "target": mask::target(&head.target),
            "headers": mask::headers(&head.headers),
            "body": excerpt(&body.kept, body.size),
            "size": body.size,
            "response": outcome,
        });
        self.push(entry);
        reply
    }

    fn push(&self, mut entry: Value) {
        let mut log = self.lock();
        log.count += 1;
        let number = log.count;
        set_field(&mut entry, "number", number);
        if log.entries.len() >= MAX_REQUESTS {
            log.entries.pop_front();
        }
        log.entries.push_back((number, entry));
    }
}

/// Returns the start of a body of this size, or only the size if it is not text.
fn excerpt(body: &[u8], size: u64) -> Value {
    let start = body.get(..MAX_BODY_SIZE).unwrap_or(body);
    let is_cut = (start.len() as u64) < size;
    match std::str::from_utf8(start) {
        Ok(text) => json!(mask::text(text)),
        Err(error) if is_cut && error.error_len().is_none() => {
            let text = start.get(..error.valid_up_to()).unwrap_or_default();
            json!(mask::text(&String::from_utf8_lossy(text)))
        }
        Err(_) => json!(format!("{size} bytes that are not text")),
    }
}

/// Keeps the start of a body that is read.
struct Tee<'a> {
    body: &'a mut dyn RequestBody,
    kept: Vec<u8>,
    size: u64,
}

impl Read for Tee<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.body.read(out)?;
        self.size += count as u64;
        let room = MAX_BODY_SIZE.saturating_sub(self.kept.len());
        self.kept.extend(out.iter().take(count.min(room)));
        Ok(count)
    }
}

impl RequestBody for Tee<'_> {
    fn declared_length(&self) -> Option<u64> {
        self.body.declared_length()
    }
}
