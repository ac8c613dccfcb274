//! The order of methods in the documentation: rustdoc lists those of child modules first, in the order of `mod` lines,
//! then those of the file itself.

use std::collections::BTreeMap;
use std::path::Path;

use crate::endpoints;

/// The public methods of each type, in the order of the documentation.
fn methods() -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    read(&endpoints::source("lib.rs"), &mut found);
    found
}

fn read(file: &Path, found: &mut BTreeMap<String, Vec<String>>) {
    let text = std::fs::read_to_string(file).unwrap();
    let folder = file.parent().unwrap();
    for line in text.lines() {
        let name = line
            .strip_suffix(';')
            .and_then(|line| line.split_once("mod "))
            .filter(|(before, _)| before.is_empty() || before.starts_with("pub"));
        if let Some((_, name)) = name {
            let leaf = folder.join(format!("{name}.rs"));
            let child = if leaf.exists() {
                leaf
            } else {
                folder.join(name).join("mod.rs")
            };
            read(&child, found);
        }
    }
    let mut of = None;
    for line in text.lines() {
        if let Some(block) = line.strip_prefix("impl ") {
            let is_word = |letter: &char| letter.is_alphanumeric() || *letter == '_';
            of = Some(block.chars().take_while(is_word).collect::<String>());
        }
        let method = line
            .strip_prefix("    pub fn ")
            .and_then(|rest| rest.split(['(', '<']).next());
        if let (Some(of), Some(method)) = (&of, method) {
            let methods = found.entry(of.clone()).or_default();
            methods.push(method.to_owned());
        }
    }
}

#[test]
fn a_client_begins_with_its_constructors_and_handles() {
    let methods = methods();
    let first = ["from_env", "new", "builder", "user", "group", "asset"];
    assert!(
        methods["Client"].starts_with(&first.map(str::to_owned)),
        "{:?}",
        methods["Client"]
    );
}

#[test]
fn a_handle_begins_with_its_id_and_its_resource() {
    let mut handles = 0;
    for (of, methods) in methods() {
        let place = |name: &str| methods.iter().position(|method| method == name);
        if let (Some(id), Some(get)) = (place("id"), place("get")) {
            let between = &methods[id + 1..get];
            let are_of_the_handle = between
                .iter()
                .all(|name| name.ends_with("uri") || name.ends_with("id"));
            assert!(id == 0 && are_of_the_handle, "{of}: {methods:?}");
            handles += 1;
        }
    }
    assert!(handles >= 4, "{handles}");
}
