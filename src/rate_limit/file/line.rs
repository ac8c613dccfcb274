//! The lines of the file: of fixed width, so that each is written in place, and readable for people.

use std::fmt::Write as _;

use crate::endpoint::Method;
use crate::rate_limit::window::{MAX_COUNT, Phase, Window};

/// The width of a line in bytes, with its line break.
pub(super) const WIDTH: usize = 320;
/// The width of the name of a limit.
const NAME_WIDTH: usize = 142;
/// The beginning of the file.
const MAGIC: &str = "rblx-open-cloud rate limits 1";
const MAX_NUMBER: u64 = 999_999_999_999;

/// Returns the first line, which names the format of the file.
pub(super) fn head() -> String {
    let text = format!(
        "{MAGIC}. Shared by the processes that have it open; times are Unix seconds. It can be deleted when no process has it open."
    );
    format!("{text:<width$}\n", width = WIDTH - 1)
}

/// The kind of a file, by its first bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It is empty, or has a part of the first line.
    Empty,
    Limits,
    Foreign,
}

pub(super) fn kind(bytes: &[u8]) -> Kind {
    let start = bytes.get(..WIDTH).unwrap_or(bytes);
    let magic = MAGIC.as_bytes();
    if start.starts_with(magic) && start.len() == WIDTH {
        Kind::Limits
    } else if magic.starts_with(start.get(..magic.len()).unwrap_or(start))
        || start.iter().all(|byte| *byte == 0)
    {
        Kind::Empty
    } else {
        Kind::Foreign
    }
}

/// Returns the name of a limit in a line: printable characters. If characters had to be replaced, a hash makes it
/// unique.
pub(super) fn name(method: Method, endpoint: &str) -> String {
    let full = format!("{method} {endpoint}");
    if full.len() <= NAME_WIDTH
        && full
            .bytes()
            .all(|byte| byte.is_ascii_graphic() || byte == b' ')
        && !full.ends_with(' ')
    {
        return full;
    }
    let plain = full
        .chars()
        .map(|char| if char.is_ascii_graphic() { char } else { '?' });
    let mut text: String = plain.take(NAME_WIDTH - 9).collect();
    let _ = write!(text, "~{:08x}", checksum(full.as_bytes()));
    text
}

/// FNV-1a, to detect a line that was only partly written.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash: u32, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

/// Writes a line into `text`.
pub(super) fn write(text: &mut String, name: &str, window: &Window) {
    text.clear();
    let phase = match window.phase {
        Phase::Closed => "closed",
        Phase::Probing => "probing",
        Phase::Guessed => "guessed",
        Phase::Open => "open",
        Phase::Silent => "silent",
    };
    let count = |number: u64| number.min(MAX_COUNT);
    let number = |number: u64| number.min(MAX_NUMBER);
    let _ = write!(
        text,
        "{phase:<7} until {:010}.{:06} left {:09} of {:09} next {:010}.{:06} every {:04}.{:06} s window {:012} turns {:012} {:012} {:012} {name:<NAME_WIDTH$} ",
        window.end / 1_000_000,
        window.end % 1_000_000,
        count(window.left),
        count(window.limit),
        window.slot / 1_000_000,
        window.slot % 1_000_000,
        window.length / 1_000_000,
        window.length % 1_000_000,
        number(window.number),
        number(window.first),
        number(window.due),
        number(window.next),
    );
    let hash = checksum(text.as_bytes());
    let _ = writeln!(text, "{hash:08x}");
}

/// Reads a line: the name of the limit and its state. Returns `None` if the line is invalid.
pub(super) fn read(bytes: &[u8]) -> Option<(&str, Window)> {
    let text = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
    let (content, hash) = text.split_at_checked(text.len().checked_sub(8)?)?;
    if u32::from_str_radix(hash, 16).ok()? != checksum(content.as_bytes()) {
        return None;
    }
    let (fields, name) = content.split_at_checked(content.len().checked_sub(NAME_WIDTH + 1)?)?;
    let mut words = fields.split_ascii_whitespace();
    let phase = match words.next()? {
        "closed" => Phase::Closed,
        "probing" => Phase::Probing,
        "guessed" => Phase::Guessed,
        "open" => Phase::Open,
        "silent" => Phase::Silent,
        _ => return None,
    };
    // Skips the words between the numbers.
    let mut number = || {
        let word = words.find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
        let (whole, rest) = word.split_once('.').unwrap_or((word, ""));
        let whole: u64 = whole.parse().ok()?;
        if rest.is_empty() {
            return Some(whole);
        }
        whole
            .checked_mul(1_000_000)?
            .checked_add(rest.parse().ok()?)
    };
    let mut numbers = [0; 9];
    for field in &mut numbers {
        *field = number()?;
    }
    let [end, left, limit, slot, length, number, first, due, next] = numbers;
    let window = Window {
        phase,
        end,
        left,
        limit,
        length,
        slot,
        number,
        first,
        due,
        next,
    };
    let is_valid = window.first <= window.due && window.due <= window.next;
    is_valid.then(|| (name.trim_ascii(), window))
}

#[cfg(test)]
#[allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a failed test is a panic"
)]
mod tests {
    use super::{Kind, Method, Phase, WIDTH, Window, head, kind, name, read, write};

    fn line(name: &str, window: &Window) -> String {
        let mut text = String::new();
        write(&mut text, name, window);
        text
    }

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let phases = [
            Phase::Closed,
            Phase::Probing,
            Phase::Guessed,
            Phase::Open,
            Phase::Silent,
        ];
        for (number, phase) in (1..).zip(phases) {
            let window = Window {
                phase,
                end: 1_764_072_000_123_456,
                left: 12,
                limit: 200,
                slot: 1_764_072_000_000_001,
                length: 60_000_001,
                number,
                first: 3,
                due: 4,
                next: 5,
            };
            let text = line("GET /cloud/v2/users/{user_id}", &window);
            assert_eq!(text.len(), WIDTH, "{text}");
            assert_eq!(
                read(text.as_bytes()),
                Some(("GET /cloud/v2/users/{user_id}", window))
            );
        }
        let text = line(
            "GET /a",
            &Window {
                end: 1_764_072_000_123_456,
                ..Window::default()
            },
        );
        assert!(
            text.starts_with("closed  until 1764072000.123456 left 000000000 of 000000000 next 0000000000.000000 every "),
            "{text}"
        );
    }

    #[test]
    fn a_line_that_was_only_partly_written_is_not_read() {
        let old = line(
            "GET /a",
            &Window {
                left: 199,
                ..Window::default()
            },
        );
        let new = line(
            "GET /a",
            &Window {
                left: 200,
                number: 7,
                ..Window::default()
            },
        );
        for cut in 1..WIDTH {
            let torn = format!("{}{}", &new[..cut], &old[cut..]);
            assert!(
                torn == new || torn == old || read(torn.as_bytes()).is_none(),
                "{torn}"
            );
            assert_eq!(read(&new.as_bytes()[..cut]), None);
        }
        let wrong = Window {
            first: 2,
            due: 1,
            ..Window::default()
        };
        assert_eq!(read(line("GET /a", &wrong).as_bytes()), None);
        assert_eq!(read(&[0; WIDTH]), None);
        assert_eq!(read(&[0xff; WIDTH]), None);
    }

    #[test]
    fn names_fit_and_differ() {
        let long = "x".repeat(1000);
        let names = [
            name(Method::Get, "/a"),
            name(Method::Post, "/a"),
            name(Method::Get, &long),
            name(Method::Get, &format!("{long}y")),
            name(Method::Get, "/\n"),
            name(Method::Get, "/\u{e9}"),
            name(Method::Get, "/ "),
            name(Method::Get, ""),
        ];
        for one in &names {
            let text = line(one, &Window::default());
            assert_eq!(
                (text.len(), text.matches('\n').count()),
                (WIDTH, 1),
                "{text:?}"
            );
            assert_eq!(
                read(text.as_bytes()).map(|(name, _)| name),
                Some(one.as_str())
            );
            assert_eq!(names.iter().filter(|other| *other == one).count(), 1);
        }
    }

    #[test]
    fn other_files_are_recognized() {
        assert_eq!(head().len(), WIDTH);
        assert_eq!(kind(head().as_bytes()), Kind::Limits);
        for empty in [&b""[..], b"rblx-op", &head().as_bytes()[..100], &[0; 400]] {
            assert_eq!(kind(empty), Kind::Empty);
        }
        for foreign in [&b"{}"[..], b"rblx-open-cloud ledger", &[0xff; 400], b"\n"] {
            assert_eq!(kind(foreign), Kind::Foreign);
        }
    }
}
