//! Doc comments of methods: the footer with the requirements of a call, and rules for the prose.
//!
//! With `UPDATE_COVERAGE=1` the footers are rewritten.

use std::collections::BTreeMap;

use crate::endpoints::{Constant, ScopeRule};
use crate::methods::{self, Method};
use crate::official::{LATER_DATE, Row, State, rows};

/// The beginning of the errors of a list.
const LIST_ERRORS: [&str; 2] = [
    "Each item may be an error: one about a single item ([`Error::is_item`](crate::Error::is_item)) costs that item, any",
    "other ends the list.",
];
/// The errors of a method without specific errors.
const ERRORS: [&str; 1] =
    ["The errors that every request can end with; see [`ErrorKind`](crate::ErrorKind)."];

/// The page of the official reference about each call, and the call that supersedes it: method, path, page, call.
const REFERENCES: &str = include_str!("../data/references.csv");

/// Compares the pages with the official document, where it is at hand.
#[test]
fn references_are_those_of_the_official_document() {
    const PAGES: &str = "https://create.roblox.com/docs/cloud/reference/features/";
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/openapi/openapi.json");
    let Ok(document) = std::fs::read_to_string(path) else {
        println!("the official document is not here: the references are not compared with it");
        return;
    };
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    for line in REFERENCES.lines().skip(1) {
        let [method, path, page, successor] = line.splitn(4, ',').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        if !rows()
            .iter()
            .any(|row| row.call() == (method, path) && row.is_official())
        {
            continue; // of a later state
        }
        let operation = &document["paths"][path][method.to_lowercase()];
        let url = operation["externalDocs"]["url"].as_str();
        assert_eq!(url, Some(format!("{PAGES}{page}").as_str()), "{line}");
        let alternative = &operation["x-roblox-recommended-alternatives"][0];
        if let Some(method) = alternative["httpMethod"].as_str() {
            assert!(successor.starts_with(&format!("{method} /")), "{line}");
        }
    }
}

#[test]
fn each_method_says_what_its_call_needs() {
    let is_update = std::env::var_os("UPDATE_COVERAGE").is_some();
    let mut files: BTreeMap<_, Vec<Method>> = BTreeMap::new();
    for method in methods::methods() {
        files.entry(method.file.clone()).or_default().push(method);
    }
    let mut stale = Vec::new();
    for (file, methods) in files {
        let text = std::fs::read_to_string(&file)
            .unwrap()
            .replace("\r\n", "\n");
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        // From the end, so that the numbers of the lines above stay true.
        for method in methods
            .iter()
            .rev()
            .filter(|method| !method.constants.is_empty())
        {
            let line = &lines[method.line];
            let indent = line[..line.len() - line.trim_start().len()].to_owned();
            let doc: Vec<&str> = lines[method.doc.clone()]
                .iter()
                .map(|line| line.trim_start().trim_start_matches("///"))
                .map(|line| line.strip_prefix(' ').unwrap_or(line))
                .collect();
            let wanted = with_footer(&doc, method);
            if wanted == doc {
                continue;
            }
            stale.push(method.names.join(", "));
            let wanted = wanted
                .iter()
                .map(|line| format!("{indent}/// {line}").trim_end().to_owned());
            lines.splice(method.doc.clone(), wanted.collect::<Vec<_>>());
        }
        let new = lines.join("\n") + "\n";
        if is_update && new != text {
            std::fs::write(&file, new).unwrap();
        }
    }
    assert!(
        is_update || stale.is_empty(),
        "UPDATE_COVERAGE=1 cargo test -F full,sandbox --test repository footers: {stale:#?}"
    );
}

/// Returns a doc comment with errors and footer.
fn with_footer(doc: &[&str], method: &Method) -> Vec<String> {
    let end = doc
        .iter()
        .position(|line| line.starts_with("[Reference]("))
        .unwrap_or(doc.len());
    let mut wanted: Vec<String> = doc[..end].iter().map(|line| (*line).to_owned()).collect();
    let mut add = |paragraph: Vec<String>| {
        while wanted.last().is_some_and(String::is_empty) {
            wanted.pop();
        }
        if !wanted.is_empty() {
            wanted.push(String::new());
        }
        wanted.extend(paragraph);
    };
    if !doc.contains(&"# Errors") && !method.is_row {
        let errors: &[&str] = if is_list(method) {
            &LIST_ERRORS
        } else {
            &ERRORS
        };
        let lines = ["# Errors"].iter().chain(errors);
        add(lines.map(|line| (*line).to_owned()).collect());
    }
    add(footer(method));
    wanted
}

fn is_list(method: &Method) -> bool {
    method.returns.starts_with("Items<")
}

/// Returns the links to the reference in one line, and the facts in another; repeated if further calls have other facts.
fn footer(method: &Method) -> Vec<String> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for constant in &method.constants {
        let facts = facts(constant, is_list(method));
        let (page, _) = reference(constant);
        match groups.iter_mut().find(|(known, _)| *known == facts) {
            Some((_, pages)) => pages.push(page),
            None => groups.push((facts, vec![page])),
        }
    }
    let mut lines = Vec::new();
    let mut before = "[Reference](";
    for (facts, pages) in groups {
        let mut line = String::new();
        for page in pages {
            line.push_str(before);
            line.push_str(&page);
            line.push(')');
            before = ", [also](";
        }
        lines.push(format!("{line} ·"));
        lines.push(format!("{facts}\\"));
        before = "[Also](";
    }
    let last = lines.pop().unwrap();
    lines.push(last.trim_end_matches('\\').to_owned());
    lines
}

/// Scopes, limits, page size, stability.
fn facts(constant: &Constant, is_list: bool) -> String {
    let row = row(constant);
    let mut facts = vec![scopes(constant)];
    if !row.field(5).contains("oauth2") {
        facts.push("API key only".to_owned());
    }
    facts.extend(limit(row.field(7), row.field(8)));
    if is_list {
        facts.push(page_size(&constant.page_sizes));
    }
    match row.field(4) {
        "" if constant.path.starts_with("/legacy-") => facts.push("legacy".to_owned()),
        "" => {}
        stability => facts.push(stability.to_lowercase()),
    }
    if row.state == State::Gone {
        facts.push(format!("no longer in the official document ({LATER_DATE})"));
    }
    if let (_, Some(newer)) = reference(constant) {
        facts.push(format!("superseded by `{newer}`"));
    }
    facts.join(" · ")
}

fn row(constant: &Constant) -> Row {
    let mut rows = rows().into_iter();
    rows.find(|row| row.call() == (&*constant.method, &*constant.path))
        .unwrap_or_else(|| panic!("{} is not an official operation", constant.path))
}

fn scopes(constant: &Constant) -> String {
    let names: Vec<_> = constant
        .scopes
        .iter()
        .map(|scope| format!("`{scope}`"))
        .collect();
    let (one, joined) = match constant.scope_rule {
        _ if names.is_empty() => return "no scope".to_owned(),
        ScopeRule::All => ("scope", names.join(", ")),
        ScopeRule::Any => ("scope", names.join(" or ")),
        ScopeRule::Optional => ("optional scope", names.join(", ")),
    };
    let s = if names.len() > 1 && constant.scope_rule != ScopeRule::Any {
        "s"
    } else {
        ""
    };
    format!("{one}{s} {joined}")
}

fn limit(key: &str, oauth: &str) -> Option<String> {
    let (count, unit) = key.split_once('/')?;
    let in_words = |count: &str, unit: &str| {
        let unit = unit.to_lowercase();
        format!("{} requests per {unit}", with_commas(count))
    };
    let with_key = in_words(count, unit);
    let Some((oauth_count, oauth_unit)) = oauth.split_once('/').filter(|_| oauth != key) else {
        return Some(with_key);
    };
    let with_token = in_words(oauth_count, oauth_unit);
    let with_token = if unit == oauth_unit {
        with_token.split(' ').next().unwrap()
    } else {
        &with_token
    };
    Some(format!(
        "{with_key} with an API key, {with_token} with OAuth2"
    ))
}

/// `1000` as `1,000`.
fn with_commas(digits: &str) -> String {
    let (start, end) = digits.split_at(digits.len().saturating_sub(3));
    match start {
        "" => end.to_owned(),
        start => format!("{},{end}", with_commas(start)),
    }
}

fn page_size(sizes: &[u32]) -> String {
    let Some((last, others)) = sizes.split_last() else {
        return "the service decides the page size".to_owned();
    };
    if others.is_empty() {
        return format!("up to {last} items per page");
    }
    let others: Vec<_> = others.iter().map(u32::to_string).collect();
    format!("{} or {last} items per page", others.join(", "))
}

/// The page of the reference, and the call that supersedes this one.
fn reference(constant: &Constant) -> (String, Option<&'static str>) {
    let rows = REFERENCES
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<_>>());
    let mut rows = rows.filter(|row| (row[0], row[1]) == (&*constant.method, &*constant.path));
    let row = rows.next().unwrap();
    let page = format!(
        "https://create.roblox.com/docs/cloud/reference/features/{}",
        row[2]
    );
    (page, Some(row[3]).filter(|newer| !newer.is_empty()))
}

/// Returns the text of a doc comment without examples and footer.
fn prose(method: &Method) -> Vec<String> {
    let text = std::fs::read_to_string(&method.file).unwrap();
    let mut is_code = false;
    let mut found = Vec::new();
    for line in text.lines().take(method.doc.end).skip(method.doc.start) {
        let line = line.trim_start().trim_start_matches("///").trim_start();
        if line.starts_with("[Reference](") {
            break;
        }
        if line.starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            found.push(line.to_owned());
        }
    }
    found
}

#[test]
fn each_method_begins_with_a_verb() {
    for method in methods::methods().iter().filter(|method| !method.is_row) {
        let prose = prose(method);
        let first = prose.first().and_then(|line| line.split(' ').next());
        let first = first.unwrap_or_else(|| panic!("{:?} has no doc comment", method.names));
        let is_verb =
            first.starts_with(char::is_uppercase) && first.trim_end_matches(',').ends_with('s');
        assert!(is_verb, "{:?} begins with {first:?}", method.names);
    }
}

#[test]
fn lists_say_how_they_fail() {
    for method in methods::methods()
        .iter()
        .filter(|method| !method.constants.is_empty())
    {
        let prose = prose(method);
        let Some(at) = prose.iter().position(|line| line == "# Errors") else {
            continue;
        };
        // Where the file imports the error, the link needs no target.
        let target = "(crate::Error::is_item)";
        let errors = prose[at + 1..].join(" ").replace(target, "");
        if is_list(method) && !errors.starts_with("Those of [") {
            assert!(
                errors.starts_with(&LIST_ERRORS.join(" ").replace(target, "")),
                "{:?}: {errors}",
                method.names
            );
        }
        if method.returns.starts_with("Result<Vec<") {
            assert!(
                errors.contains("as a whole"),
                "{:?}: {errors}",
                method.names
            );
        }
    }
}

#[test]
fn only_footers_name_limits() {
    for method in methods::methods() {
        let prose = prose(&method).join(" ");
        for words in [" a minute", "per minute", "per second", "per page"] {
            assert!(
                !prose.contains(words),
                "{:?} says {words:?} by hand",
                method.names
            );
        }
    }
}

#[test]
fn limits_in_words() {
    assert_eq!(limit("", ""), None);
    assert_eq!(
        limit("100/MINUTE", "100/MINUTE").unwrap(),
        "100 requests per minute"
    );
    assert_eq!(limit("45/MINUTE", "").unwrap(), "45 requests per minute");
    assert_eq!(
        limit("1000/MINUTE", "10/MINUTE").unwrap(),
        "1,000 requests per minute with an API key, 10 with OAuth2"
    );
    assert_eq!(
        limit("1000000/MINUTE", "30/SECOND").unwrap(),
        "1,000,000 requests per minute with an API key, 30 requests per second with OAuth2"
    );
}
