//! The operations of the official document, and the changes in a later state of it.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    reason = "support of tests: a failure is a panic"
)]

/// The operations of the official document of 2026-08-22 that take a key or a token.
pub const OFFICIAL: &str = include_str!("../data/operations.csv");
/// Operations that a later state of the document added, changed or no longer has, with that state.
const LATER: &str = include_str!("../data/operations-later.csv");
/// When that state was read.
pub const LATER_DATE: &str = "autumn 2026";

/// The change of an operation in a later state of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Same,
    Changed,
    Gone,
    New,
}

/// An operation: group, method, path, id, stability, credentials, scopes, limit of a key, limit of a token.
#[derive(Debug, Clone)]
pub struct Row {
    fields: Vec<&'static str>,
    pub state: State,
}

impl Row {
    pub fn call(&self) -> (&'static str, &'static str) {
        (self.field(1), self.field(2))
    }

    pub fn field(&self, index: usize) -> &'static str {
        self.fields.get(index).unwrap()
    }

    /// Whether it counts among the operations of the official document.
    pub fn is_official(&self) -> bool {
        self.state != State::New
    }
}

/// Returns all operations: those of the official document in its order, with stability and limits of the later state, then
/// those that are new in it.
pub fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = OFFICIAL.lines().skip(1).map(parse).collect();
    for later in LATER.lines().skip(1) {
        let mut later = parse(later);
        later.state = match later.fields.pop().unwrap() {
            "changed" => State::Changed,
            "gone" => State::Gone,
            "new" => State::New,
            other => panic!("{other:?} is not a state"),
        };
        let known = rows.iter_mut().find(|row| row.call() == later.call());
        if let Some(known) = known {
            assert_ne!(later.state, State::New, "{:?} is not new", later.call());
            *known = later;
        } else {
            assert_eq!(later.state, State::New, "{:?}", later.call());
            rows.push(later);
        }
    }
    rows
}

fn parse(line: &'static str) -> Row {
    Row {
        fields: line.split(',').collect(),
        state: State::Same,
    }
}
