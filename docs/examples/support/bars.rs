//! Progress of many files at once: a bar for each that is being sent, below the lines of those that are done.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::progress::{bars, size};

const WIDTH: u64 = 16;
/// The part of a file name that is shown, in characters.
const NAME_LENGTH: usize = 30;
/// More bars than this are counted, not drawn: all of them have to fit on the screen.
const MAX_BARS: usize = 8;
/// A line that is longer than the screen is wide is cut, not wrapped: the next drawing counts lines.
const NO_WRAP: &str = "\x1b[?7l";
const WRAP: &str = "\x1b[?7h";

/// Draws where the output can be redrawn; elsewhere it writes only the lines of what is done.
pub(crate) struct Bars<O, E> {
    state: Mutex<State<O, E>>,
}

struct State<O, E> {
    /// For results.
    out: O,
    /// For everything else, bars among it.
    error: E,
    can_redraw: bool,
    in_progress: BTreeMap<PathBuf, (u64, u64)>,
    /// The number of lines with bars above the cursor.
    drawn: usize,
}

impl<O: Write, E: Write + IsTerminal> Bars<O, E> {
    pub(crate) fn new(out: O, error: E) -> Self {
        let state = State {
            can_redraw: error.is_terminal(),
            out,
            error,
            in_progress: BTreeMap::new(),
            drawn: 0,
        };
        Self {
            state: Mutex::new(state),
        }
    }
}

impl<O: Write, E: Write> Bars<O, E> {
    /// Shows how much of a file was sent; called from several threads.
    pub(crate) fn show(&self, path: &Path, sent: u64, total: u64) {
        let mut state = self.lock();
        state.in_progress.insert(path.to_owned(), (sent, total));
        // The upload continues even if the output is closed.
        let _ = state.redraw("", "");
    }

    /// Replaces the bar of a file by a line for people and, if it has one, by its result.
    pub(crate) fn done(&self, path: &Path, line: &str, result: &str) -> io::Result<()> {
        let mut state = self.lock();
        state.in_progress.remove(path);
        state.redraw(line, result)
    }

    /// Writes a line for people, above the bars.
    pub(crate) fn note(&self, line: &str) {
        let _ = self.lock().redraw(line, "");
    }

    fn lock(&self) -> MutexGuard<'_, State<O, E>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<O: Write, E: Write> State<O, E> {
    fn redraw(&mut self, line: &str, result: &str) -> io::Result<()> {
        let mut above = String::new();
        if self.drawn > 0 {
            // Up to the first bar, and clear everything from there.
            let _ = write!(above, "\x1b[{}A\x1b[J", self.drawn);
        }
        for part in line.lines() {
            let _ = writeln!(above, "{part}");
        }
        let below = self.bars();
        // Both may be the same screen: the result belongs between what is above and the bars.
        let _ = self.error.write_all(above.as_bytes());
        let _ = self.error.flush();
        let written = if result.is_empty() {
            Ok(())
        } else {
            writeln!(self.out, "{result}").and_then(|()| self.out.flush())
        };
        let _ = self.error.write_all(below.as_bytes());
        let _ = self.error.flush();
        written
    }

    fn bars(&mut self) -> String {
        self.drawn = 0;
        if !self.can_redraw || self.in_progress.is_empty() {
            return String::new();
        }
        let mut text = String::from(NO_WRAP);
        for (path, (sent, total)) in self.in_progress.iter().take(MAX_BARS) {
            let filled = sent
                .saturating_mul(WIDTH)
                .checked_div(*total)
                .unwrap_or(WIDTH);
            let (bar, left) = (bars(filled, "█"), bars(WIDTH.saturating_sub(filled), "░"));
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = shortened(&name);
            let _ = writeln!(text, "  {bar}{left} {:>9} {name}", size(*total));
        }
        self.drawn = self.in_progress.len().min(MAX_BARS);
        let more = self.in_progress.len().saturating_sub(MAX_BARS);
        if more > 0 {
            let _ = writeln!(text, "  and {more} more");
            self.drawn = self.drawn.saturating_add(1);
        }
        text.push_str(WRAP);
        text
    }
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= NAME_LENGTH {
        return name.to_owned();
    }
    let start: String = name.chars().take(NAME_LENGTH - 1).collect();
    format!("{start}…")
}
