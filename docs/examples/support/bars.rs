//! Progress of many files at once: a bar for each that is under way, below what is done.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::progress::{bars, size};

const WIDTH: u64 = 24;

/// Draws where the output can be redrawn; elsewhere only the lines of what is done are written.
pub(crate) struct Bars<W> {
    state: Mutex<State<W>>,
}

struct State<W> {
    out: W,
    can_redraw: bool,
    under_way: BTreeMap<PathBuf, (u64, u64)>,
    /// How many lines of bars stand below the cursor's place.
    drawn: usize,
}

impl<W: Write + IsTerminal> Bars<W> {
    pub(crate) fn new(out: W) -> Self {
        let state = State {
            can_redraw: out.is_terminal(),
            out,
            under_way: BTreeMap::new(),
            drawn: 0,
        };
        Self {
            state: Mutex::new(state),
        }
    }
}

impl<W: Write> Bars<W> {
    /// How far a file is; called from several threads.
    pub(crate) fn show(&self, path: &Path, sent: u64, total: u64) {
        let mut state = self.lock();
        state.under_way.insert(path.to_owned(), (sent, total));
        state.redraw("");
    }

    /// A file is done: its bar goes, and this line stays.
    pub(crate) fn done(&self, path: &Path, line: &str) {
        let mut state = self.lock();
        state.under_way.remove(path);
        state.redraw(&format!("{line}\n"));
    }

    fn lock(&self) -> MutexGuard<'_, State<W>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W: Write> State<W> {
    fn redraw(&mut self, line: &str) {
        let mut text = String::new();
        if self.can_redraw && self.drawn > 0 {
            // Up to the first bar, and all of them away.
            let _ = write!(text, "\x1b[{}A\x1b[J", self.drawn);
        }
        text.push_str(line);
        if self.can_redraw {
            for (path, (sent, total)) in &self.under_way {
                let filled = sent
                    .saturating_mul(WIDTH)
                    .checked_div(*total)
                    .unwrap_or(WIDTH);
                let (bar, left) = (bars(filled, "█"), bars(WIDTH.saturating_sub(filled), "░"));
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let _ = writeln!(text, "  {bar}{left} {} {name}", size(*total));
            }
            self.drawn = self.under_way.len();
        }
        // Uploads go on although nobody looks.
        let _ = self.out.write_all(text.as_bytes());
        let _ = self.out.flush();
    }
}
