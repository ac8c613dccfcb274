//! What the crate claims to cover is in the official list of operations, with the scopes that it names; and
//! `docs/coverage.md` says the same to people.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::endpoints::{self, Constant};

/// The operations of the official document that take a key or a token: group, method, path, id, stability,
/// credentials, scopes, limits.
const OFFICIAL: &str = include_str!("../data/operations.csv");
const PAGE: &str = "docs/coverage.md";
const SCOPES: &str = "docs/guide/scopes.md";

struct Row {
    fields: Vec<&'static str>,
}

impl Row {
    fn all() -> Vec<Self> {
        OFFICIAL
            .lines()
            .skip(1)
            .map(|line| Self {
                fields: line.split(',').collect(),
            })
            .collect()
    }

    fn call(&self) -> (&str, &str) {
        (self.fields.get(1).unwrap(), self.fields.get(2).unwrap())
    }

    fn field(&self, index: usize) -> &'static str {
        self.fields.get(index).unwrap()
    }
}

/// The methods of the crate for each official call.
fn covered(constants: &[Constant]) -> BTreeMap<(&str, &str), Vec<&str>> {
    let mut covered: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for constant in constants {
        let methods = covered
            .entry((constant.method.as_str(), constant.path.as_str()))
            .or_default();
        methods.extend(constant.used_by.iter().map(String::as_str));
    }
    covered
}

#[test]
fn every_constant_is_an_official_operation_and_is_used() {
    let constants = endpoints::constants();
    let rows = Row::all();
    let covered = covered(&constants);
    for (call, methods) in &covered {
        assert!(rows.iter().any(|row| row.call() == *call), "{call:?}");
        assert!(!methods.is_empty(), "no method uses {call:?}");
    }
    assert_eq!(covered.len(), constants.len(), "one constant for each call");
    println!("covered {} of {}", covered.len(), rows.len());
}

#[test]
fn the_copy_is_that_of_the_official_list() {
    let official = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/openapi/operations.csv");
    let Ok(official) = std::fs::read_to_string(official) else {
        println!("the official list is not here: the copy is not compared with it");
        return;
    };
    assert_eq!(official, OFFICIAL);
}

#[test]
fn the_scopes_in_the_source_are_the_official_ones() {
    let constants = endpoints::constants();
    for row in Row::all() {
        let call = row.call();
        let is_it = |constant: &&Constant| (&*constant.method, &*constant.path) == call;
        let Some(constant) = constants.iter().find(is_it) else {
            continue;
        };
        let mut official: Vec<_> = row.field(6).split_whitespace().collect();
        official.sort_unstable();
        let mut named: Vec<_> = constant.scopes.iter().map(String::as_str).collect();
        named.sort_unstable();
        assert_eq!(named, official, "{call:?}");
    }
}

/// With `UPDATE_COVERAGE=1` the pages are written anew.
#[test]
fn the_pages_for_people_say_what_the_source_says() {
    for (name, page) in [(PAGE, page()), (SCOPES, scopes())] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        if std::env::var_os("UPDATE_COVERAGE").is_some() {
            std::fs::write(&path, page).unwrap();
            continue;
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written.replace("\r\n", "\n") == page,
            "{name} is out of date: UPDATE_COVERAGE=1 cargo test --test repository coverage"
        );
    }
}

#[test]
fn the_numbers_told_elsewhere_are_those_of_the_source() {
    let constants = endpoints::constants();
    let said = format!(
        "{} of the {} operations",
        covered(&constants).len(),
        Row::all().len()
    );
    for name in ["README.md", "docs/changelog.md"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        assert!(
            std::fs::read_to_string(path).unwrap().contains(&said),
            "{name}: {said}"
        );
    }
}

/// Which scopes each method needs.
fn scopes() -> String {
    let mut methods: BTreeMap<String, (Vec<String>, bool)> = BTreeMap::new();
    for constant in endpoints::constants() {
        for method in constant.used_by {
            let (scopes, for_more) = methods.entry(method).or_default();
            scopes.extend(constant.scopes.iter().cloned());
            *for_more |= constant.for_more;
        }
    }
    let mut page = String::from(
        "# Scopes\n\n\
         What an API key must be allowed, or a token must have been granted, for each method. Made by `tests/repository/coverage.rs` from the \
         constants that the methods use.\n\n\
         | method | scopes |\n| --- | --- |\n",
    );
    for (method, (mut scopes, for_more)) in methods {
        scopes.sort();
        scopes.dedup();
        let scopes: Vec<_> = scopes.iter().map(|scope| format!("`{scope}`")).collect();
        let scopes = match (scopes.join(", "), for_more) {
            (scopes, _) if scopes.is_empty() => "none".to_owned(),
            (scopes, true) => format!("none; for some fields {scopes}"),
            (scopes, false) => scopes,
        };
        let _ = writeln!(page, "| `{method}` | {scopes} |");
    }
    page.push_str(
        "\n`upload` and `upload_all` need those of `upload_asset`, and for audio `asset:read`; `download` needs those of `location`.\n",
    );
    page
}

fn page() -> String {
    let constants = endpoints::constants();
    let covered = covered(&constants);
    let rows = Row::all();
    let mut page = format!(
        "# Coverage\n\n\
         {} of the {} operations of the official document (state of 2026-08-22) that take an API key or an OAuth2 token have a \
         method. The others can be called with `Client::request`. Made by `tests/repository/coverage.rs` from the source and the \
         official list.\n",
        covered.len(),
        rows.len()
    );
    let mut group = "";
    for row in &rows {
        if row.field(0) != group {
            group = row.field(0);
            let _ = write!(
                page,
                "\n## {group}\n\n| operation | stability | method |\n| --- | --- | --- |\n"
            );
        }
        let (method, path) = row.call();
        let methods = match covered.get(&(method, path)) {
            Some(methods) => methods
                .iter()
                .map(|method| format!("`{method}`"))
                .collect::<Vec<_>>()
                .join(", "),
            None => "not yet".to_owned(),
        };
        let stability = match row.field(4) {
            "" => "–".to_owned(),
            stability => stability.to_lowercase(),
        };
        let _ = writeln!(page, "| `{method} {path}` | {stability} | {methods} |");
    }
    page
}
