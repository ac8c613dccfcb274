//! Snippets of guides and documentation, as readers see them: without the lines that only the tests need.

use std::path::{Path, PathBuf};

/// Guides and source files.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.path() {
            path if path.is_dir() => files(&path, found),
            path if path
                .extension()
                .is_some_and(|end| end == "rs" || end == "md") =>
            {
                found.push(path);
            }
            _ => {}
        }
    }
}

/// The snippets of Rust in a file, with the number of the first line of each.
fn snippets(text: &str, is_source: bool) -> Vec<(usize, Vec<&str>)> {
    let mut all = Vec::new();
    let mut open: Option<(bool, usize, Vec<&str>)> = None;
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim_start();
        let line = match line.strip_prefix("///").or(line.strip_prefix("//!")) {
            Some(comment) if is_source => comment.trim_start(),
            _ if is_source => continue,
            _ => line,
        };
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(_), Some(_)) => {
                let (is_rust, start, lines) = open.take().unwrap();
                all.extend(is_rust.then_some((start, lines)));
            }
            (Some(kind), None) => {
                // Without a language it is Rust in documentation, and each guide names the language.
                let is_rust = kind.starts_with("rust")
                    || is_source && (kind.is_empty() || kind.starts_with("no_run"));
                open = Some((is_rust, number, Vec::new()));
            }
            (None, Some((_, _, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a snippet has no end");
    all
}

fn hidden<'a>(line: &&'a str) -> Option<&'a str> {
    line.strip_prefix("# ")
        .or_else(|| (*line == "#").then_some(""))
}

/// The names that a `use` brings in.
fn imported(line: &str) -> Vec<&str> {
    let Some(paths) = line
        .trim()
        .strip_prefix("use ")
        .and_then(|rest| rest.strip_suffix(';'))
    else {
        return Vec::new();
    };
    let ends = paths.split([',', '{', '}']);
    let last = |path: &'_ str| path.trim().rsplit([':', ' ']).next().unwrap().to_owned();
    ends.filter(|path| !path.trim().is_empty() && !path.ends_with("::"))
        .map(|path| {
            let name = last(path);
            let start = path.rfind(name.as_str()).unwrap();
            &path[start..start + name.len()]
        })
        .collect()
}

/// Whether code uses a name by itself, and not at the end of a path.
fn uses(code: &str, name: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        !before.is_some_and(|letter| is_part(letter) || matches!(letter, ':' | '.'))
            && !after.is_some_and(is_part)
    })
}

/// Code without comments and the contents of texts.
fn bare(line: &str) -> String {
    let mut bare = String::new();
    for (part, number) in line.split('"').zip(0..) {
        if number % 2 == 0 {
            bare.push_str(part);
        }
        bare.push(' ');
    }
    let code = bare.split("//").next().unwrap_or_default();
    code.to_owned()
}

/// Returns the names that are missing if only the visible lines of a snippet are pasted into a program.
fn missing<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let visible = lines.iter().filter(|line| hidden(line).is_none());
    let code: String = visible
        .filter(|line| !line.starts_with("use "))
        .map(|line| bare(line) + "\n")
        .collect();
    let names = lines.iter().filter_map(hidden).flat_map(imported);
    names.filter(|name| uses(&code, name)).collect()
}

#[test]
fn snippets_import_in_visible_lines_what_they_use() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![root.join("README.md")];
    files(&root.join("src"), &mut found);
    let (mut count, mut faults) = (0, Vec::new());
    for path in found {
        let text = std::fs::read_to_string(&path).unwrap();
        let is_source = path.extension().is_some_and(|end| end == "rs");
        for (line, lines) in snippets(&text, is_source) {
            count += 1;
            let path = path.strip_prefix(root).unwrap().display();
            let fault = |name: &str| format!("{path}:{line}: the `use` of {name} is hidden");
            faults.extend(missing(&lines).into_iter().map(fault));
        }
    }
    assert!(count > 500, "{count} snippets were found");
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_hidden_import_is_found() {
    let snippet = [
        "# use a::{Result, b::{Seen, Unseen}, c};",
        "use a::Visible;",
        "# Unseen::new();",
        "// Result",
        "let text = \"Result\";",
        "let kind = other::c::Result;",
        "Visible::of(Seen)",
    ];
    assert_eq!(missing(&snippet), ["Seen"]);
}
