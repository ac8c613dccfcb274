//! The endpoint constants of the crate, read from its source.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "support of tests: a failure is a panic"
)]

use std::path::{Path, PathBuf};

/// The scopes that a call requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeRule {
    All,
    Any,
    /// They only add to the response.
    Optional,
}

/// One constant.
#[derive(Debug, Clone)]
pub struct Constant {
    /// The file that defines it.
    pub file: PathBuf,
    pub name: String,
    /// Its name in a list of endpoints.
    pub listed: String,
    /// Other files can name it.
    pub is_shared: bool,
    pub method: String,
    pub path: String,
    pub scopes: Vec<String>,
    pub scope_rule: ScopeRule,
    /// The page sizes that the service accepts: only the maximum if it accepts all below; empty if it decides the size.
    pub page_sizes: Vec<u32>,
}

/// Returns all of them, file by file.
pub fn constants() -> Vec<Constant> {
    let found: Vec<Constant> = files()
        .iter()
        .flat_map(|(file, text)| [read(file, text), read_item_calls(file, text)].concat())
        .collect();
    assert!(!found.is_empty());
    found
}

/// Returns method and documented path of every constant, sorted.
pub fn endpoints() -> Vec<(String, String)> {
    let mut found: Vec<_> = constants()
        .into_iter()
        .map(|constant| (constant.method, constant.path))
        .collect();
    found.sort();
    found
}

/// Returns the source files that define endpoints and the methods that call them, with their text.
pub fn files() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for folder in ["resource", "operation"] {
        collect(&source(folder), &mut files);
    }
    files
}

/// Returns the path of a file or folder of the source.
pub fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name)
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, files);
        } else {
            let text = std::fs::read_to_string(&path).unwrap();
            files.push((path, text.replace("\r\n", "\n")));
        }
    }
}

fn read(file: &Path, text: &str) -> Vec<Constant> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("const ") {
        let (before, rest) = text.split_at(at + "const ".len());
        let Some((name, rest)) = rest.split_once(": Endpoint =") else {
            continue;
        };
        // The constant of another type before it.
        if name.contains(char::is_whitespace) {
            continue;
        }
        let (value, _) = rest.split_once(";\n").unwrap();
        let (_, value) = value.split_once("Endpoint::").unwrap();
        let (method, value) = value.split_once('(').unwrap();
        let line = before.lines().last().unwrap();
        let scope_rule = match value {
            value if value.contains(".any_scope(") => ScopeRule::Any,
            value if value.contains(".optional_scopes()") => ScopeRule::Optional,
            _ => ScopeRule::All,
        };
        found.push(Constant {
            file: file.to_owned(),
            name: name.to_owned(),
            listed: format!("&{name}"),
            is_shared: line.starts_with("pub"),
            method: method.to_uppercase(),
            path: quoted(value).into_iter().next().unwrap(),
            scopes: list(value, "scopes(&[")
                .or(list(value, "any_scope(&["))
                .map(quoted)
                .unwrap_or_default(),
            scope_rule,
            page_sizes: page_sizes(value),
        });
    }
    found
}

/// The endpoints that the macro `item_calls!` defines: one for each of its fields, and for each static that calls it.
fn read_item_calls(file: &Path, text: &str) -> Vec<Constant> {
    let mut found = Vec::new();
    let Some((endpoint, rest)) = text.split_once("macro_rules! item_calls {") else {
        return found;
    };
    let (_, endpoint) = endpoint.split_once("concat!(").unwrap();
    let base = quoted(endpoint).swap_remove(0);
    let (body, calls) = rest.split_once("\n}\n").unwrap();
    for call in calls.split("static ").skip(1) {
        let (call, _) = call.split_once(");").unwrap();
        let (kind, call) = call.split_once(": ItemCalls =").unwrap();
        let [item, scope, _] = quoted(call).try_into().unwrap();
        for (at, _) in body.match_indices(": endpoint!(") {
            let (before, value) = body.split_at(at);
            let field = before.split_whitespace().last().unwrap();
            let (method, value) = value[": endpoint!(".len()..].split_once(',').unwrap();
            let path = quoted(value).swap_remove(0);
            found.push(Constant {
                file: file.to_owned(),
                name: format!("self.calls.{field}"),
                listed: format!("&{kind}.all()"),
                is_shared: true,
                method: method.trim().to_uppercase(),
                path: format!("{base}{item}{path}"),
                scopes: vec![scope.clone()],
                scope_rule: ScopeRule::All,
                page_sizes: Vec::new(),
            });
        }
    }
    assert_eq!(
        found.len(),
        24,
        "three kinds of items with eight calls each"
    );
    found
}

fn page_sizes(value: &str) -> Vec<u32> {
    let number = |text: &str| text.trim().replace('_', "").parse().unwrap();
    if let Some(sizes) = list(value, "PageStyle::Sizes(&[") {
        return sizes.split(',').map(number).collect();
    }
    if value.contains("PageStyle::Token(") {
        return Vec::new();
    }
    let Some((_, rest)) = value.split_once(".paginated(") else {
        return Vec::new();
    };
    let (arguments, _) = rest.split_once(')').unwrap();
    let (_, maximum) = arguments
        .trim_end_matches([',', '\n', ' '])
        .rsplit_once(',')
        .unwrap();
    vec![number(maximum)]
}

/// The text between `start` and the next bracket.
fn list<'a>(value: &'a str, start: &str) -> Option<&'a str> {
    let (_, rest) = value.split_once(start)?;
    Some(rest.split_once(']')?.0)
}

fn quoted(text: &str) -> Vec<String> {
    text.split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Whether an encoded path is one of the documented template's.
pub fn is_of(path: &str, template: &str) -> bool {
    let (path, template): (Vec<&str>, Vec<&str>) =
        (path.split('/').collect(), template.split('/').collect());
    path.len() == template.len()
        && path
            .iter()
            .zip(&template)
            .all(|(part, pattern)| match pattern.split_once('{') {
                Some((before, rest)) => {
                    let after = rest.split_once('}').unwrap().1;
                    part.len() > before.len() + after.len()
                        && part.starts_with(before)
                        && part.ends_with(after)
                }
                None => part == pattern,
            })
}
