//! Long-running operations: uploads, updates, thumbnails.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::schedule::Schedule;
use super::store::Store;

/// Changes the store when an operation is done, and returns the response of the operation.
pub(crate) type Effect = Box<dyn FnOnce(&mut Store) -> Value + Send>;

pub(crate) enum Outcome {
    Pending(Effect),
    Done(Value),
    Failed { code: String, message: String },
}

#[derive(Debug)]
struct Operation {
    schedule: Schedule,
    is_done: bool,
    outcome: Outcome,
}

#[derive(Debug, Default)]
pub(crate) struct Operations(BTreeMap<String, Operation>);

impl Operations {
    /// Starts an operation with this path, and returns it as it is then.
    pub(crate) fn start(
        &mut self,
        path: &str,
        schedule: Schedule,
        outcome: Outcome,
        store: &mut Store,
    ) -> Value {
        let mut operation = Operation {
            schedule,
            is_done: false,
            outcome,
        };
        if schedule.polls == Some(0) {
            operation.finish(store);
        }
        let started = operation.to_json(path);
        self.0.insert(path.to_owned(), operation);
        started
    }

    /// Counts a poll, and returns the operation; `None` if there is no operation with this path.
    pub(crate) fn poll(&mut self, path: &str, store: &mut Store) -> Option<Value> {
        let operation = self.0.get_mut(path)?;
        match &mut operation.schedule.polls {
            Some(0) => operation.finish(store),
            Some(polls) => *polls -= 1,
            None => {}
        }
        Some(operation.to_json(path))
    }

    /// Finishes the operations that are due, the earliest first.
    pub(crate) fn finish_due(&mut self, now: OffsetDateTime, store: &mut Store) {
        let mut due: Vec<_> = self.0.values_mut().filter(|one| one.is_due(now)).collect();
        due.sort_by_key(|operation| operation.schedule.due);
        for operation in due {
            operation.finish(store);
        }
    }
}

impl Operation {
    fn is_due(&self, now: OffsetDateTime) -> bool {
        !self.is_done && self.schedule.due.is_some_and(|due| due <= now)
    }

    fn finish(&mut self, store: &mut Store) {
        self.is_done = true;
        let outcome = std::mem::replace(&mut self.outcome, Outcome::Done(Value::Null));
        self.outcome = match outcome {
            Outcome::Pending(effect) => Outcome::Done(effect(store)),
            finished => finished,
        };
    }

    fn to_json(&self, path: &str) -> Value {
        match &self.outcome {
            Outcome::Done(response) if self.is_done => {
                json!({ "path": path, "done": true, "response": response })
            }
            Outcome::Failed { code, message } if self.is_done => {
                let error = json!({ "code": number_or_text(code), "message": message });
                json!({ "path": path, "done": true, "error": error })
            }
            _ => json!({ "path": path, "done": false }),
        }
    }
}

/// Returns a code in digits as a number, and any other as text.
fn number_or_text(code: &str) -> Value {
    code.parse::<i64>()
        .map_or_else(|_| json!(code), |number| json!(number))
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pending(_) => "Pending",
            Self::Done(_) => "Done",
            Self::Failed { .. } => "Failed",
        })
    }
}
