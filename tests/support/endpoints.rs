//! The endpoint constants of the crate, read from its source: what the crate claims to cover.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    reason = "support of tests: a failure is a panic"
)]

use std::path::Path;

/// One constant.
#[derive(Debug)]
pub struct Constant {
    name: String,
    pub method: String,
    pub path: String,
    pub scopes: Vec<String>,
    /// The scopes only add to what is answered.
    pub for_more: bool,
    /// The public methods that name it, such as `User::get`.
    pub used_by: Vec<String>,
}

/// All of them.
pub fn constants() -> Vec<Constant> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for folder in ["resource", "operation", "client"] {
        collect(&src.join(folder), &mut files);
    }
    let mut found: Vec<Constant> = Vec::new();
    for text in &files {
        let first = found.len();
        found.extend(read(text));
        // A constant is used in its own file, or, if it can be seen there, in others.
        for constant in found.iter_mut().skip(first) {
            let is_shared = text.contains(&format!("pub(super) const {}:", constant.name));
            for other in &files {
                if std::ptr::eq(other, text) || is_shared {
                    constant.used_by.extend(users(other, &constant.name));
                }
                // A method of another file may call what a macro calls here.
                for function in shared_functions(text, &constant.name) {
                    if !std::ptr::eq(other, text) {
                        constant.used_by.extend(callers(other, &function));
                    }
                }
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// Method and documented path of every constant, sorted.
pub fn endpoints() -> Vec<(String, String)> {
    let mut found: Vec<_> = constants()
        .into_iter()
        .map(|constant| (constant.method, constant.path))
        .collect();
    found.sort();
    found
}

fn collect(folder: &Path, files: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

fn read(text: &str) -> Vec<Constant> {
    let mut found = Vec::new();
    for constant in text.split("const ").skip(1) {
        let Some((name, rest)) = constant.split_once(": Endpoint =") else {
            continue;
        };
        let (value, _) = rest.split_once(';').unwrap();
        let (_, value) = value.split_once("Endpoint::").unwrap();
        let (method, value) = value.split_once('(').unwrap();
        let mut texts = value.split('"').skip(1).step_by(2);
        let path = texts.next().unwrap().to_owned();
        let scopes = value.split_once(".scopes(&[").map(|(_, rest)| {
            let (list, _) = rest.split_once(']').unwrap();
            list.split('"')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect()
        });
        found.push(Constant {
            name: name.to_owned(),
            method: method.to_uppercase(),
            path,
            scopes: scopes.unwrap_or_default(),
            for_more: value.contains(".for_more()"),
            used_by: Vec::new(),
        });
    }
    found
}

/// The public methods of a file that name a constant.
fn users(text: &str, constant: &str) -> Vec<String> {
    let named = format!("&{constant}");
    let (mut of, mut method, mut found) = (String::new(), String::new(), Vec::new());
    let word = |text: &str| -> String {
        text.chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect()
    };
    // The list of all constants of a file is no use of one.
    let text = match text.split_once("const ENDPOINTS") {
        Some((before, rest)) => format!("{before}{}", rest.split_once("];").unwrap().1),
        None => text.to_owned(),
    };
    for line in text.lines() {
        if let Some(rest) = line.trim_start().strip_prefix("impl") {
            let rest = rest.split_once("> ").map_or(rest, |(_, rest)| rest);
            of = word(rest.trim_start());
        }
        let line = line.trim_start();
        // What a macro calls has the name of the method that it gives.
        if let Some(rest) = line
            .strip_prefix("pub fn ")
            .or(line.strip_prefix("pub(super) fn "))
        {
            method = word(rest);
        }
        let is_named = line.match_indices(&named).any(|(at, _)| {
            line.get(at + named.len()..)
                .unwrap()
                .chars()
                .next()
                .is_none_or(|letter| !letter.is_alphanumeric() && letter != '_')
        });
        if !is_named {
            continue;
        }
        // Methods that a macro gives to several handles.
        let handles = match of.as_str() {
            "" => vec!["User", "Group"],
            // The table of the paths that can be polled.
            "Operation" | "Shape" => {
                "poll".clone_into(&mut method);
                vec!["Operation"]
            }
            of => vec![of],
        };
        for handle in handles {
            let name = format!("{handle}::{method}");
            if !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

/// The functions of a file that others can call and that name a constant.
fn shared_functions(text: &str, constant: &str) -> Vec<String> {
    let named = format!("&{constant})");
    text.split("\npub(super) fn ")
        .skip(1)
        .filter(|function| function.split("\n}").next().unwrap().contains(&named))
        .map(|function| function.split('(').next().unwrap().to_owned())
        .collect()
}

/// The public methods of a file that call a shared function.
fn callers(text: &str, function: &str) -> Vec<String> {
    let call = format!("{function}(&self.client");
    users(&text.replace(&call, "&CALLED "), "CALLED")
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
