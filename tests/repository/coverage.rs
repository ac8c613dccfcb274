//! What the crate claims to cover is in the official list of operations, with the scopes that it names; and
//! `docs/coverage.md` says the same to people.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::endpoints::{self, ScopeRule};
use crate::methods;

/// The operations of the official document that take a key or a token: group, method, path, id, stability,
/// credentials, scopes, limits.
const OFFICIAL: &str = include_str!("../data/operations.csv");
const PAGE: &str = "docs/coverage.md";
const SCOPES: &str = "src/docs/scopes.md";

/// A line of the official list.
pub(crate) struct Row {
    fields: Vec<&'static str>,
}

impl Row {
    pub(crate) fn all() -> Vec<Self> {
        OFFICIAL
            .lines()
            .skip(1)
            .map(|line| Self {
                fields: line.split(',').collect(),
            })
            .collect()
    }

    pub(crate) fn call(&self) -> (&str, &str) {
        (self.fields.get(1).unwrap(), self.fields.get(2).unwrap())
    }

    pub(crate) fn field(&self, index: usize) -> &'static str {
        self.fields.get(index).unwrap()
    }
}

#[test]
fn every_constant_is_an_official_operation_and_is_used() {
    let constants = endpoints::constants();
    let rows = Row::all();
    let covered = methods::users();
    for ((method, path), methods) in &covered {
        assert!(
            rows.iter().any(|row| row.call() == (method, path)),
            "{method} {path}"
        );
        assert!(!methods.is_empty(), "no method uses {method} {path}");
    }
    assert_eq!(covered.len(), constants.len(), "one constant for each call");
    println!("covered {} of {}", covered.len(), rows.len());
}

#[test]
fn every_constant_is_in_a_list() {
    let files = endpoints::files();
    for constant in endpoints::constants() {
        let (_, text) = files
            .iter()
            .find(|(file, _)| *file == constant.file)
            .unwrap();
        let lists: Vec<&str> = text
            .split("ENDPOINTS:")
            .skip(1)
            .map(|list| list.split_once(';').unwrap().0)
            .collect();
        let name = &constant.listed;
        let is_in = lists
            .iter()
            .flat_map(|list| list.split([',', '[', ']', '\n', ' ']))
            .any(|word| word == name);
        assert!(is_in, "{name} is not in ENDPOINTS of {:?}", constant.file);
    }
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
        let is_it = |constant: &&endpoints::Constant| (&*constant.method, &*constant.path) == call;
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
            "{name} is out of date: UPDATE_COVERAGE=1 cargo test -F full,sandbox --test repository coverage"
        );
    }
}

#[test]
fn the_numbers_reported_elsewhere_are_those_of_the_source() {
    let said = format!(
        "{} of the {} operations",
        methods::users().len(),
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
    // Those of several calls are joined; of calls with one name, the one for the kind of item is used.
    let mut methods: BTreeMap<String, BTreeMap<_, BTreeSet<String>>> = BTreeMap::new();
    let users = methods::users();
    for constant in endpoints::constants() {
        let names = constant.scopes.iter().map(|scope| format!("`{scope}`"));
        let scopes: BTreeSet<String> = match constant.scope_rule {
            ScopeRule::All => names.collect(),
            ScopeRule::Any => BTreeSet::from([names.collect::<Vec<_>>().join(" or ")]),
            ScopeRule::Optional => {
                let mut names: Vec<_> = names.collect();
                names.sort();
                BTreeSet::from([format!("none; for some fields {}", names.join(", "))])
            }
        };
        for method in &users[&(constant.method.clone(), constant.path.clone())] {
            methods
                .entry(method.clone())
                .or_default()
                .entry((constant.file.clone(), constant.name.clone()))
                .or_default()
                .extend(scopes.clone());
        }
    }
    let mut page = String::from(
        "# Scopes\n\n\
         The permissions that an API key or an OAuth2 token needs for each method. `tests/repository/coverage.rs` writes this page from the \
         constants that the methods use.\n\n\
         | method | scopes |\n| --- | --- |\n",
    );
    for (method, calls) in methods {
        let is_alternative = |name: &str| name.starts_with("self.calls.");
        let of_calls = calls.into_iter().map(|((_, name), scopes)| match scopes {
            scopes if is_alternative(&name) => {
                let scopes: Vec<_> = scopes.into_iter().collect();
                BTreeSet::from([scopes.join(" or ")])
            }
            scopes => scopes,
        });
        let scopes: BTreeSet<String> = of_calls.flatten().collect();
        let scopes = if scopes.is_empty() {
            "none".to_owned()
        } else {
            scopes.into_iter().collect::<Vec<_>>().join(", ")
        };
        let _ = writeln!(page, "| `{method}` | {scopes} |");
    }
    page.push_str(
        "\n`upload` and `upload_all` need the scopes of `upload_asset`, and for audio also `asset:read`.\n",
    );
    page
}

fn page() -> String {
    let covered = methods::users();
    let rows = Row::all();
    let mut page = format!(
        "# Coverage\n\n\
         {} of the {} operations that the official document (of 2026-08-22) opens to API keys or OAuth2 tokens have a method. \
         `Client::request` calls the others. `tests/repository/coverage.rs` writes this page from the source and the official list.\n",
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
        let methods = match covered.get(&(method.to_owned(), path.to_owned())) {
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
