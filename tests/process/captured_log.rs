//! Captures every log line of a process.

use std::sync::Mutex;

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Logger;

impl log::Log for Logger {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{} {}", record.target(), record.args());
        LINES.lock().unwrap().push(line);
    }

    fn flush(&self) {}
}

/// Everything that was logged.
pub(crate) struct CapturedLog {
    pub(crate) lines: String,
    /// The bytes that ureq logs in rows of 16, as text.
    pub(crate) rows: String,
    /// The same bytes as hexadecimal digits.
    hexadecimal: String,
}

impl CapturedLog {
    /// Captures every line from now on, at the most verbose level.
    pub(crate) fn start() {
        log::set_logger(&Logger).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    }

    pub(crate) fn stop() -> Self {
        log::set_max_level(log::LevelFilter::Off);
        let lines = LINES.lock().unwrap().clone();
        let rows = lines.iter();
        let rows = rows.filter_map(|line| line.strip_prefix("ureq_proto::util "));
        let log = Self {
            rows: rows
                .clone()
                .filter_map(|row| row.rsplit(' ').next())
                .collect(),
            hexadecimal: rows
                .filter_map(|row| row.rsplit_once("  "))
                .map(|(hexadecimal, _)| hexadecimal.replace([' ', '-'], ""))
                .collect(),
            lines: lines.join("\n"),
        };
        // Rows that cannot be read would hide everything.
        let version = hexadecimal("HTTP/1.1");
        assert!(log.rows.contains("HTTP/1.1") && log.hexadecimal.contains(&version));
        log
    }

    /// Whether a text is in a line, or in the rows.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.lines.contains(text)
            || self.rows.contains(text)
            || self.hexadecimal.contains(&hexadecimal(text))
    }
}

fn hexadecimal(text: &str) -> String {
    let bytes = text.bytes().map(|byte| format!("{byte:02x}"));
    bytes.collect::<Vec<_>>().concat()
}
