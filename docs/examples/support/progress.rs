//! A progress bar for terminals, and for pipes, where written text cannot be replaced.

use std::io::{IsTerminal, Write};

const WIDTH: u64 = 32;

/// Draws how far an upload is: `let mut bar = Progress::new(stderr())`, then `bar.show(sent, total)`.
pub(crate) struct Progress<W: Write> {
    out: W,
    can_redraw: bool,
    /// The part of the bar that is on the line; `None` if no line is started.
    drawn: Option<u64>,
}

impl<W: Write + IsTerminal> Progress<W> {
    pub(crate) fn new(out: W) -> Self {
        Self {
            can_redraw: out.is_terminal(),
            out,
            drawn: None,
        }
    }

    pub(crate) fn show(&mut self, sent: u64, total: u64) {
        let part = |whole: u64| {
            sent.saturating_mul(whole)
                .checked_div(total)
                .unwrap_or(whole)
        };
        let (filled, percent) = (part(WIDTH), part(100));
        let drawn = self.drawn.unwrap_or_default();
        self.drawn = Some(drawn.max(filled));
        let line = if self.can_redraw {
            let (bar, left) = (bars(filled, "█"), bars(WIDTH.saturating_sub(filled), "░"));
            format!("\r  {bar}{left} {percent:>3} % of {}  ", size(total))
        } else {
            let begin = if drawn == 0 && filled > 0 { "  " } else { "" };
            let end = if sent == total {
                format!(" 100 % of {}", size(total))
            } else {
                String::new()
            };
            format!("{begin}{}{end}", bars(filled.saturating_sub(drawn), "█"))
        };
        // The upload continues even if the output is closed.
        let _ = self.out.write_all(line.as_bytes());
        if sent == total {
            self.end_line();
        }
        let _ = self.out.flush();
    }
}

impl<W: Write> Progress<W> {
    fn end_line(&mut self) {
        if self.drawn.take().is_some() {
            let _ = self.out.write_all(b"\n");
        }
    }
}

/// Starts a new line for the error of an upload that failed half-way.
impl<W: Write> Drop for Progress<W> {
    fn drop(&mut self) {
        self.end_line();
    }
}

pub(crate) fn bars(count: u64, bar: &str) -> String {
    bar.repeat(usize::try_from(count).unwrap_or_default())
}

/// A number of bytes, for people.
pub(crate) fn size(bytes: u64) -> String {
    let tenths = |unit: u64| bytes.saturating_mul(10) / unit;
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => format!("{}.{} MiB", tenths(1_048_576) / 10, tenths(1_048_576) % 10),
    }
}
