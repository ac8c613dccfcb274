//! The width of the terminal, and texts that fit it.

use std::fs::File;
use std::io::{IsTerminal, stderr, stdout};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// The widest text that is easy to read.
const WIDEST: usize = 80;

/// The columns of the terminal, or of `COLUMNS`, which shells seldom export; `None` if the output goes elsewhere.
fn terminal() -> Option<usize> {
    static COLUMNS: OnceLock<Option<usize>> = OnceLock::new();
    *COLUMNS.get_or_init(|| {
        let set = std::env::var("COLUMNS").ok();
        let columns = set
            .and_then(|text| text.parse().ok())
            .or_else(stty_columns)?;
        Some(Ord::clamp(columns, 40, 400))
    })
}

/// The standard library does not know the width; `stty` does, where there is one.
fn stty_columns() -> Option<usize> {
    if !stdout().is_terminal() && !stderr().is_terminal() {
        return None;
    }
    let mut stty = Command::new("stty");
    stty.arg("size").stderr(Stdio::null());
    let output = stty.stdin(File::open("/dev/tty").ok()?).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let columns = text.split_whitespace().nth(1)?.parse().ok()?;
    (columns > 0).then_some(columns)
}

/// The columns of a page for people.
pub(crate) fn columns() -> usize {
    terminal().unwrap_or(WIDEST).min(WIDEST)
}

/// A text for people, such as the usage.
pub(crate) fn page(text: &str) -> String {
    wrapped(text, columns())
}

/// A line of data: wrapped on a terminal, whole for other programs.
pub(crate) fn line(text: &str) -> String {
    terminal().map_or_else(|| text.to_owned(), |columns| wrapped(text, columns))
}

/// A row of a table: cut on a terminal that is too narrow, whole for other programs.
pub(crate) fn cut(text: &str, margin: usize) -> String {
    let columns = terminal().map(|columns| columns.saturating_sub(margin));
    match columns {
        Some(columns) if text.chars().count() > columns => {
            let start: String = text.chars().take(columns.saturating_sub(1)).collect();
            format!("{}…", start.trim_end())
        }
        _ => text.to_owned(),
    }
}

/// Breaks lines between words. The rest goes below the last column, such as the description of an option.
pub(crate) fn wrapped(text: &str, columns: usize) -> String {
    if text.lines().all(|line| line.chars().count() <= columns) {
        return text.to_owned();
    }
    let text = &joined(text);
    let lines: Vec<String> = text
        .lines()
        .map(|line| wrapped_line(line, columns))
        .collect();
    lines.join("\n")
}

/// Joins the lines of a sentence, which would break anew between its old ends.
fn joined(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut before = "";
    for line in text.lines() {
        let indent = line.chars().take_while(|letter| *letter == ' ').count();
        let is_prose = indent == 0 && !before.starts_with(' ');
        let goes_on = (is_prose || indent > 8) && !before.is_empty() && !line.is_empty();
        match lines.last_mut() {
            Some(last) if goes_on && !before.ends_with('.') => {
                last.push(' ');
                last.push_str(line.trim_start());
            }
            _ => lines.push(line.to_owned()),
        }
        before = line;
    }
    lines.join("\n")
}

fn wrapped_line(line: &str, columns: usize) -> String {
    if line.chars().count() <= columns {
        return line.to_owned();
    }
    let column = last_column(line);
    let indent = " ".repeat(if column > columns / 2 { 4 } else { column });
    let (mut text, mut length) = (String::new(), 0_usize);
    for word in line.split_inclusive(' ') {
        let word_length = word.trim_end().chars().count();
        if length.saturating_add(word_length) > columns
            && !text.trim().is_empty()
            && word_length > 0
        {
            text.truncate(text.trim_end().len());
            text.push('\n');
            text.push_str(&indent);
            length = indent.len();
        }
        text.push_str(word);
        length = length.saturating_add(word.chars().count());
    }
    text
}

/// Returns the start of the text after the last gap of two spaces.
fn last_column(line: &str) -> usize {
    let after_gap = line
        .rfind("  ")
        .and_then(|gap| line.get(..gap.saturating_add(2)));
    after_gap.map_or(0, |start| start.chars().count())
}
