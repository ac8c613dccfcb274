//! The endpoints of the crate are in the official list of operations with its scopes, and `docs/coverage.md` is up to date.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use rblx_open_cloud::{ScopeRule as PublicRule, Stability};

use crate::endpoints::{self, ScopeRule};
use crate::methods;
use crate::official::{LATER_DATE, OFFICIAL, Row, State, rows};

const PAGE: &str = "docs/coverage.md";
const SCOPES: &str = "src/docs/scopes.md";

#[test]
fn every_constant_is_an_official_operation_and_is_used() {
    let constants = endpoints::constants();
    let rows = rows();
    let covered = methods::users();
    for ((method, path), methods) in &covered {
        assert!(
            rows.iter().any(|row| row.call() == (method, path)),
            "{method} {path}"
        );
        assert!(!methods.is_empty(), "no method uses {method} {path}");
    }
    assert_eq!(covered.len(), constants.len(), "one constant for each call");
    println!("covered {}", covered_of(&rows));
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
    for row in rows() {
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

/// With `UPDATE_COVERAGE=1` the pages are rewritten.
#[test]
fn the_pages_for_people_say_what_the_source_says() {
    for (name, page) in [(PAGE, page()), (SCOPES, scopes())] {
        if name == SCOPES && !cfg!(feature = "full") {
            continue; // the operations of some families are not compiled
        }
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
    let rows = rows();
    let (covered, all) = count(&rows, Row::is_official);
    let said = format!("{covered} of the {all} operations");
    for name in ["README.md", "docs/changelog.md"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        assert!(
            std::fs::read_to_string(path).unwrap().contains(&said),
            "{name}: {said}"
        );
    }
}

/// Returns the page of the scopes that each method needs.
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
    page.push_str(&operations());
    page.push_str("\n[examples]: quick-start.md#the-examples\n");
    page
}

/// Returns the scopes that each operation needs, from `Client::endpoints`.
fn operations() -> String {
    let mut page = String::from(
        "\n## By operation\n\n\
         The same, and the documented limits, from `Client::endpoints`: a program can read there what its key must be \
         allowed to do. From the [unpacked package][examples], `cargo run -F sandbox --example doctor -- --calls` prints which of them a key can call. Limits are those of \
         all keys of an owner together; `–` is not documented.\n\n\
         | operation | scopes | stability | limit |\n| --- | --- | --- | --- |\n",
    );
    let mut endpoints = compiled();
    endpoints.sort_by_key(|endpoint| (endpoint.path, endpoint.to_string()));
    for endpoint in endpoints {
        let names: Vec<_> = endpoint
            .scopes
            .iter()
            .map(|scope| format!("`{}`", scope.as_str()))
            .collect();
        let scopes = match endpoint.scope_rule {
            _ if names.is_empty() => "none".to_owned(),
            PublicRule::Any => names.join(" or "),
            PublicRule::Optional => format!("none; for some fields {}", names.join(", ")),
            _ => names.join(", "),
        };
        let stability = endpoint.stability.map_or("–", Stability::as_str);
        let limit = endpoint
            .limit
            .map_or("–".to_owned(), |limit| limit.to_string());
        let _ = writeln!(page, "| `{endpoint}` | {scopes} | {stability} | {limit} |");
    }
    page
}

/// Returns the number of rows that have a method, and the number of all rows.
fn count(rows: &[Row], is_counted: impl Fn(&Row) -> bool) -> (usize, usize) {
    let covered = methods::users();
    let of = |row: &Row| {
        let (method, path) = row.call();
        covered.contains_key(&(method.to_owned(), path.to_owned()))
    };
    let counted = || rows.iter().filter(|row| is_counted(row));
    (counted().filter(|row| of(row)).count(), counted().count())
}

/// Such as `157 of 264, and 0 of 5 that are newer`.
fn covered_of(rows: &[Row]) -> String {
    let (covered, all) = count(rows, Row::is_official);
    let (new_covered, new) = count(rows, |row| !row.is_official());
    format!("{covered} of {all}, and {new_covered} of {new} that are newer")
}

/// Returns the level at which the sandbox supports each operation, by method and template, from the route table.
fn sandbox_routes() -> BTreeMap<(String, String), &'static str> {
    let path = endpoints::source("sandbox/routes.rs");
    let text = std::fs::read_to_string(path).unwrap();
    let mut found = BTreeMap::new();
    let mut word = "full";
    for line in text.lines() {
        if line.contains("_ROUTES: &[Route]") || line.contains("ROUTES: &[Route]") {
            word = if line.contains("SMALL_ROUTES") {
                "small"
            } else {
                "full"
            };
        }
        let Some((call, _)) = line.trim().split_once("\" => ") else {
            continue;
        };
        let (method, template) = call.split_once(" \"").unwrap();
        found.insert((method.to_owned(), template.to_owned()), word);
    }
    assert!(found.len() > 100, "the scan finds the routes");
    found
}

const HEAD: &str = "\
`Client::request` calls what has no method. `Client::endpoints` returns the operations of this page that have one, as data. \
`tests/repository/coverage.rs` writes this page from the source, the route table of the sandbox and the official list.

* **Sandbox**: `full` keeps state, so that programs can be tested against it; `small` stores and returns a few objects; `none` \
returns 404.
* **Document**: `gone` means that the official document of DATE no longer has the operation. No announcement was found, and the \
service may still carry it out; do not build anything new on it. `new` means that only that document has it, `changed` that its \
stability or limits differ, and are those of the newer one.
";

fn page() -> String {
    let covered = methods::users();
    let sandbox = sandbox_routes();
    let rows = rows();
    let (with_method, official) = count(&rows, Row::is_official);
    let (new_with_method, new) = count(&rows, |row| !row.is_official());
    let gone = rows.iter().filter(|row| row.state == State::Gone).count();
    let mut page = format!(
        "# Coverage\n\n\
         **{with_method} of {official}, and {new_with_method} of {new}.** {with_method} of the {official} operations that the official document \
         (of 2026-08-22) opens to API keys or OAuth2 tokens have a method; {gone} of the {official} are gone from the document of {LATER_DATE}. That document has \
         {new} new operations, counted apart, of which {new_with_method} have a method. {}",
        HEAD.replace("DATE", LATER_DATE)
    );
    let mut group = "";
    for row in &rows {
        if row.field(0) != group {
            group = row.field(0);
            let _ = write!(
                page,
                "\n## {group}\n\n| operation | stability | method | sandbox | document |\n| --- | --- | --- | --- | --- |\n"
            );
        }
        let (method, path) = row.call();
        let key = (method.to_owned(), path.to_owned());
        let methods = match covered.get(&key) {
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
        let played = sandbox.get(&key).unwrap_or(&"none");
        let state = match row.state {
            State::Same => String::new(),
            State::Changed => format!("changed in {LATER_DATE}"),
            State::Gone => format!("gone from the document of {LATER_DATE}"),
            State::New => format!("new in {LATER_DATE}"),
        };
        let line = format!("| `{method} {path}` | {stability} | {methods} | {played} | {state}");
        let _ = writeln!(page, "{} |", line.trim_end());
    }
    page
}

/// `Client::endpoints` returns the endpoints of the lists.
#[test]
fn endpoints_are_those_of_the_list() {
    let rows = rows();
    let endpoints = compiled();
    for endpoint in &endpoints {
        let row = rows
            .iter()
            .find(|row| row.call() == (endpoint.method.as_str(), endpoint.path));
        let row = row.unwrap_or_else(|| panic!("{endpoint}"));
        let (method, path) = row.call();
        assert_eq!(endpoint.to_string(), format!("{method} {path}"));
        let stability = endpoint.stability.map(|stability| stability.to_string());
        assert_eq!(
            stability.unwrap_or_default(),
            row.field(4).to_lowercase(),
            "{endpoint}"
        );
        for (limit, written) in [
            (endpoint.limit, row.field(7)),
            (endpoint.token_limit, row.field(8)),
        ] {
            let limit = limit.map(|limit| limit.to_string().replace(" per ", "/").to_uppercase());
            assert_eq!(limit.unwrap_or_default(), written, "{endpoint}");
        }
        assert_eq!(
            endpoint.accepts_tokens,
            row.field(5).contains("oauth2"),
            "{endpoint}"
        );
        assert!(endpoint.path.starts_with(endpoint.group()), "{endpoint}");
    }
    let calls: BTreeSet<String> = endpoints.iter().map(ToString::to_string).collect();
    assert_eq!(calls.len(), endpoints.len(), "each once");
    let in_source = endpoints::endpoints().into_iter();
    let in_source: BTreeSet<String> = in_source
        .map(|(method, path)| format!("{method} {path}"))
        .collect();
    let missing: Vec<_> = in_source.difference(&calls).collect();
    assert!(
        missing.is_empty() || !cfg!(feature = "full"),
        "not in Client::endpoints: {missing:?}"
    );
}

/// Returns the endpoints of the compiled crate.
fn compiled() -> Vec<rblx_open_cloud::EndpointInfo> {
    // Loopback, since a build without TLS takes nothing else.
    let builder = rblx_open_cloud::Client::builder("key").base_url("http://127.0.0.1:1");
    builder.build().unwrap().endpoints().collect()
}
