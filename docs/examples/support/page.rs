//! A page of text, up to 80 columns wide, with bold headings where a terminal can show them.

use std::io::{self, IsTerminal, Write, stdout};

use super::screen::{self, columns};

const MARGIN: &str = "  ";

/// The first line, with a rule below it.
pub(crate) fn title(left: &str, right: &str) -> io::Result<()> {
    let space = columns()
        .saturating_sub(MARGIN.len() + left.len() + right.len())
        .max(1);
    writeln!(
        stdout(),
        "\n{MARGIN}{}{:space$}{right}\n{MARGIN}{}",
        bold(left),
        "",
        "═".repeat(columns().saturating_sub(MARGIN.len()))
    )
}

/// A heading, with the call that the lines below come from.
pub(crate) fn section(heading: &str, call: &str) -> io::Result<()> {
    let gap = if call.is_empty() { "" } else { " " };
    let used = MARGIN.len() + heading.len() + gap.len() + call.len() + 1;
    if used + 2 > columns() {
        // The call does not fit next to the heading.
        section(heading, "")?;
        say(call)?;
        return say("");
    }
    let rule = "─".repeat(columns().saturating_sub(used).max(2));
    writeln!(stdout(), "\n{MARGIN}{} {rule}{gap}{call}\n", bold(heading))
}

/// A line of text, wrapped if it does not fit.
pub(crate) fn say(text: &str) -> io::Result<()> {
    let wrapped = screen::wrapped(text, columns().saturating_sub(MARGIN.len()));
    for line in wrapped.lines().chain(wrapped.is_empty().then_some("")) {
        writeln!(stdout(), "{}", format!("{MARGIN}{line}").trim_end())?;
    }
    Ok(())
}

/// A row of a table; what does not fit a terminal is cut.
pub(crate) fn row(text: &str) -> io::Result<()> {
    let text = screen::cut(text, MARGIN.len());
    writeln!(stdout(), "{}", format!("{MARGIN}{text}").trim_end())
}

/// The heads of a table.
pub(crate) fn heads(text: &str) -> io::Result<()> {
    let text = screen::cut(text, MARGIN.len());
    writeln!(stdout(), "{MARGIN}{}", bold(text.trim_end()))
}

/// A named text, wrapped if it does not fit.
pub(crate) fn field(name: &str, text: &str) -> io::Result<()> {
    const NAME: usize = 16;
    let mut line = format!("{name:<NAME$}");
    for word in text.split_whitespace() {
        let is_first = line.chars().count() <= NAME;
        if !is_first && MARGIN.len() + line.chars().count() + word.chars().count() >= columns() {
            say(line.trim_end())?;
            line = " ".repeat(NAME);
        }
        line.push_str(word);
        line.push(' ');
    }
    say(line.trim_end())
}

/// Bold on a terminal; elsewhere as it is.
pub(crate) fn bold(text: &str) -> String {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    // Old Windows consoles print the escapes themselves.
    let can_show = cfg!(not(windows)) || is_set("WT_SESSION");
    if can_show && !is_dumb && !is_set("NO_COLOR") && stdout().is_terminal() {
        format!("\x1b[1m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}
