//! Reports the lines of a script's log, each once.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::task_path;
use crate::error::Result;
use crate::http::HttpClient;
use crate::models::LuauLogLine;
use crate::paging::Items;

/// Called with each line of the log.
pub(super) type OnLog = Box<dyn FnMut(&LuauLogLine) + Send>;

/// Minimum time between two lists of the log of a running script.
const MIN_LIST_INTERVAL: Duration = Duration::from_secs(2);
/// Maximum time of one list.
const MAX_LIST_TIME: Duration = Duration::from_secs(30);
/// Number of last lines that an error shows.
const MAX_TAIL_LINES: usize = 50;

/// The part of a log that was reported.
///
/// The service discards the oldest lines of a long log, and the last page of a list has no token to continue from. So the
/// lines are counted, and the last one that was reported is looked for where the count no longer fits.
#[derive(Default)]
pub(super) struct LogFollower {
    on_log: Option<OnLog>,
    reported: usize,
    last_listed: Option<Instant>,
    tail: VecDeque<LuauLogLine>,
}

impl LogFollower {
    pub(super) fn new(on_log: Option<OnLog>) -> Self {
        Self {
            on_log,
            ..Self::default()
        }
    }

    pub(super) fn set(&mut self, on_log: OnLog) {
        self.on_log = Some(on_log);
    }

    /// Whether a callback is set.
    pub(super) fn is_followed(&self) -> bool {
        self.on_log.is_some()
    }

    /// Returns the last lines.
    pub(super) fn tail(&self) -> impl Iterator<Item = &LuauLogLine> {
        self.tail.iter()
    }

    /// Reports new lines while the script runs. Ignores errors, since there will be another list.
    pub(super) fn follow(&mut self, http: &HttpClient, path: &str, time: Option<Duration>) {
        if self.is_followed() && self.is_due(Instant::now()) {
            let _ = self.list(http, path, time);
        }
    }

    fn is_due(&self, now: Instant) -> bool {
        self.last_listed
            .is_none_or(|last| now.saturating_duration_since(last) >= MIN_LIST_INTERVAL)
    }

    /// Reports all lines that were not reported yet.
    pub(super) fn list(
        &mut self,
        http: &HttpClient,
        path: &str,
        time: Option<Duration>,
    ) -> Result<()> {
        self.last_listed = Some(Instant::now());
        let time = time.unwrap_or(MAX_LIST_TIME).min(MAX_LIST_TIME);
        let request = task_path::logs(&task_path::LIST_LOGS, path)?.time_budget(time);
        let mut lines = Vec::new();
        for line in Items::<LuauLogLine>::new(http.clone(), Ok(request)) {
            match line {
                Ok(line) => lines.push(line),
                // A line that cannot be decoded is skipped.
                Err(error) if error.is_item() => {}
                Err(error) => return Err(error),
            }
        }
        self.report(lines);
        Ok(())
    }

    fn report(&mut self, lines: Vec<LuauLogLine>) {
        let total = lines.len();
        let first = self.first_new(&lines);
        for line in lines.into_iter().skip(first) {
            if let Some(report) = &mut self.on_log {
                report(&line);
            }
            if self.tail.len() == MAX_TAIL_LINES {
                self.tail.pop_front();
            }
            self.tail.push_back(line);
        }
        // A listing that lags behind changes nothing.
        if first < total {
            self.reported = total;
        }
    }

    /// Returns the position of the first line that was not reported.
    fn first_new(&self, lines: &[LuauLogLine]) -> usize {
        if self.tail.is_empty() {
            return 0;
        }
        let ends_here = |end: usize| {
            let known = self.tail.iter().rev();
            let here = lines.get(..end).unwrap_or_default().iter().rev();
            known.zip(here).all(|(known, here)| known == here)
        };
        if self.reported <= lines.len() && ends_here(self.reported) {
            return self.reported;
        }
        // Lines were discarded: the last occurrence of what was reported last, with what came before it.
        let known = (1..=lines.len()).rev().find(|end| ends_here(*end));
        let lags_behind = lines.last().is_none_or(|line| self.tail.contains(line));
        known.unwrap_or(if lags_behind { lines.len() } else { 0 })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex, PoisonError};

    use super::*;

    fn lines(texts: &str) -> Vec<LuauLogLine> {
        let texts = texts.split_whitespace();
        let read = |text: &str| serde_json::from_value(text.into()).ok();
        texts.filter_map(read).collect()
    }

    /// Returns the lines that are reported after these lists.
    fn reported(listings: &[&str]) -> String {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let lock = |seen: &Mutex<Vec<String>>| {
            seen.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .join(" ")
        };
        let mut follower = LogFollower::new(Some(Box::new(move |line: &LuauLogLine| {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            log.push(line.to_string());
        })));
        for listing in listings {
            follower.report(lines(listing));
        }
        lock(&seen)
    }

    #[test]
    fn each_line_is_reported_once() {
        for (listings, expected) in [
            (&["", "a", "a b", "a b c"][..], "a b c"),
            (&["a b c", "a b c"], "a b c"),
            // Equal lines are separate lines.
            (&["a a", "a a a"], "a a a"),
            // The oldest are discarded while new ones come.
            (&["a b c d", "c d e f"], "a b c d e f"),
            (&["a b c d", "d e"], "a b c d e"),
            (&["a b a b", "a b a b c"], "a b a b c"),
            (&["a b", "x y z"], "a b x y z"),
            // By chance the line at the last position is the same again.
            (&["a x x", "x y x z"], "a x x y x z"),
            // A listing that lags behind.
            (&["a b c", "a b", "a b c d"], "a b c d"),
        ] {
            assert_eq!(reported(listings), expected, "{listings:?}");
        }
    }

    #[test]
    fn a_running_script_is_listed_every_two_seconds_at_most() {
        let mut follower = LogFollower::default();
        let now = Instant::now();
        assert!(follower.is_due(now));
        follower.last_listed = Some(now);
        assert!(!follower.is_due(now + Duration::from_millis(1999)));
        assert!(follower.is_due(now + Duration::from_secs(2)));
    }
}
