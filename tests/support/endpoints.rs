//! The endpoint constants of the crate, read from its source: what the crate claims to cover.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    reason = "support of tests: a failure is a panic"
)]

use std::path::Path;

/// Method and documented path of every constant, sorted.
pub fn endpoints() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    collect(&src.join("resource"), &mut found);
    read(&src.join("operation/mod.rs"), &mut found);
    found.sort();
    assert!(!found.is_empty());
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            collect(&entry.path(), found);
        } else {
            read(&entry.path(), found);
        }
    }
}

fn read(file: &Path, found: &mut Vec<(String, String)>) {
    let text = std::fs::read_to_string(file).unwrap();
    for constant in text.split("Endpoint::").skip(1) {
        let (method, rest) = constant.split_once('(').unwrap_or_default();
        let Some((_, path)) = rest
            .split_once('"')
            .filter(|(before, _)| before.trim().is_empty())
        else {
            continue;
        };
        let path = path.split_once('"').unwrap().0;
        found.push((method.to_uppercase(), path.to_owned()));
    }
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
