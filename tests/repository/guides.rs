//! The guides. `src/docs/` holds what is compiled, run and rendered; `docs/guide/` the same pages for readers of the
//! repository, without the lines that only the tests need. `UPDATE_GUIDES=1` writes the latter.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const LINKS: &str = "src/docs/links.md";
const SOURCE: &str = "https://docs.rs/crate/rblx-open-cloud/latest/source";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages, by name.
fn pages() -> BTreeMap<String, String> {
    let files = std::fs::read_dir(root().join("src/docs"))
        .unwrap()
        .flatten();
    let pages: BTreeMap<_, _> = files
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .filter(|path| !path.ends_with("links.md"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    assert!(pages.len() > 10, "{} pages were found", pages.len());
    pages
}

/// The page for readers: hidden lines and the settings of doc tests are left out.
fn readable(name: &str, page: &str) -> String {
    let mut lines = vec![format!(
        "<!-- Generated from src/docs/{name}.md: edit that file. -->"
    )];
    let mut in_rust = false;
    for line in page.lines() {
        // In a list the snippet is indented.
        let (margin, fence) = line.split_at(line.len() - line.trim_start().len());
        if fence.starts_with("```rust") {
            in_rust = true;
            lines.push(format!("{margin}```rust"));
            continue;
        }
        if fence.starts_with("```") {
            while in_rust && lines.last().is_some_and(String::is_empty) {
                lines.pop();
            }
            in_rust = false;
        }
        if in_rust {
            let follows_nothing = lines
                .last()
                .is_some_and(|last| last.is_empty() || last.trim_start() == "```rust");
            // As rustdoc does it: also within a block.
            let is_hidden = fence == "#" || fence.starts_with("# ");
            if is_hidden || line.is_empty() && follows_nothing {
                continue;
            }
        }
        // Two of them are an escaped one.
        lines.push(match fence.strip_prefix("##") {
            Some(rest) if in_rust => format!("{margin}#{rest}"),
            _ => line.to_owned(),
        });
    }
    assert!(!in_rust, "{name}: a snippet has no end");
    lines.join("\n") + "\n"
}

/// The links of a page that are defined at its end: label and target.
fn definitions(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.lines()
        .filter_map(|line| line.strip_prefix('[')?.split_once("]: "))
}

/// Returns the target of a link in the rendered pages.
fn rendered(target: &str) -> String {
    if let Some(path) = target.strip_prefix("../") {
        return format!("{SOURCE}/docs/{path}");
    }
    let (file, fragment) = target
        .split_once('#')
        .map_or((target, ""), |(file, fragment)| (file, fragment));
    let module = file.strip_suffix(".md").unwrap().replace('-', "_");
    let fragment = if fragment.is_empty() {
        String::new()
    } else {
        format!("#{fragment}")
    };
    format!("crate::docs::{module}{fragment}")
}

/// The fragments that the headings of a page can be linked by.
fn fragments(page: &str) -> BTreeSet<String> {
    let mut in_code = false;
    let headings = page.lines().filter_map(|line| {
        in_code ^= line.starts_with("```");
        (!in_code)
            .then(|| {
                line.strip_prefix('#')
                    .map(|rest| rest.trim_start_matches('#').trim())
            })
            .flatten()
    });
    let fragment = |heading: &str| {
        let kept = heading
            .chars()
            .filter(|char| char.is_alphanumeric() || matches!(char, ' ' | '-' | '_'));
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    };
    headings.map(fragment).collect()
}

fn check(path: PathBuf, expected: &str, stale: &mut Vec<String>) {
    if std::fs::read_to_string(&path).is_ok_and(|text| text == expected) {
        return;
    }
    if std::env::var_os("UPDATE_GUIDES").is_some() {
        std::fs::write(&path, expected).unwrap();
    } else {
        stale.push(path.display().to_string());
    }
}

#[test]
fn pages_for_readers_are_the_rendered_ones_without_hidden_lines() {
    let pages = pages();
    let mut stale = Vec::new();
    let mut links = BTreeMap::new();
    for (name, page) in &pages {
        check(
            root().join(format!("docs/guide/{name}.md")),
            &readable(name, page),
            &mut stale,
        );
        for (label, target) in definitions(page).filter(|(_, target)| !target.starts_with("http")) {
            links.insert(label, rendered(target));
        }
    }
    let links: String = links
        .iter()
        .map(|(label, target)| format!("[{label}]: {target}\n"))
        .collect::<Vec<_>>()
        .concat();
    check(root().join(LINKS), &links, &mut stale);
    assert!(
        stale.is_empty(),
        "run UPDATE_GUIDES=1 cargo test -F full,sandbox --test repository guides: {stale:#?}"
    );

    let kept = std::fs::read_dir(root().join("docs/guide"))
        .unwrap()
        .flatten();
    for file in kept {
        let name = file.file_name().into_string().unwrap();
        assert!(
            pages.contains_key(name.trim_end_matches(".md")),
            "docs/guide/{name} has no source"
        );
    }
}

#[test]
fn every_page_is_rendered_and_listed() {
    let module = std::fs::read_to_string(root().join("src/docs/mod.rs")).unwrap();
    for name in pages().keys() {
        let ident = name.replace('-', "_");
        assert!(
            module.contains(&format!("{ident} \"{name}.md\"")),
            "{name} is not rendered"
        );
        assert!(
            module.contains(&format!("({ident})")) || module.contains(&format!("[{ident}]")),
            "{name} is not in the table of contents"
        );
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    let pages = pages();
    let mut count = 0;
    for (name, page) in &pages {
        assert!(
            !page.contains(".md)"),
            "{name}: define links to pages at the end"
        );
        for (label, target) in definitions(page).filter(|(_, target)| !target.starts_with("http")) {
            assert!(
                page.contains(&format!("][{label}]")) || page.contains(&format!("[{label}]")),
                "{name}: {label} is not used"
            );
            if target.starts_with("../") {
                assert!(
                    root().join("docs/guide").join(target).exists(),
                    "{name}: {target}"
                );
                continue;
            }
            let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
            let other = pages
                .get(file.trim_end_matches(".md"))
                .unwrap_or_else(|| panic!("{name}: {target}"));
            assert!(
                fragment.is_empty() || fragments(other).contains(fragment),
                "{name}: {target}"
            );
            count += 1;
        }
    }
    assert!(count > 3, "{count} links were found");
}

/// Users of `cargo add` do not have the examples.
#[test]
fn pages_that_name_an_example_link_the_unpacked_package() {
    let pages = pages();
    let mut count = 0;
    for (name, page) in &pages {
        let names_one = page.contains("--example ") || page.contains("xample `");
        if names_one && name != "quick-start" {
            assert!(
                page.contains("[unpacked package][examples]"),
                "{name} names an example: say that it is in the [unpacked package][examples]"
            );
            count += 1;
        }
    }
    assert!(count > 8, "{count} pages name examples");
    let version = env!("CARGO_PKG_VERSION");
    let start = &pages["quick-start"];
    assert!(start.contains(&format!("crates/rblx-open-cloud/{version}/download")));
    assert_eq!(
        start.matches("rblx-open-cloud-").count(),
        start.matches(&format!("rblx-open-cloud-{version}")).count()
    );
}

#[test]
fn hidden_lines_are_left_out() {
    let page = "# Title\n\n```rust,no_run\n# use a::B;\n\nlet x = 1;\nif x > 0 {\n    # assert!(x < 2);\n    x;\n}\n\n\
                # Ok(())\n```\n\n```console\n# kept\n```\n\n1. List\n\n   ```rust\n   # use a::B;\n   y();\n   ```\n";
    let expected = "# Title\n\n```rust\nlet x = 1;\nif x > 0 {\n    x;\n}\n```\n\n```console\n# kept\n```\n\n\
                    1. List\n\n   ```rust\n   y();\n   ```\n";
    assert_eq!(readable("x", page).split_once('\n').unwrap().1, expected);
}

#[test]
fn every_kind_of_error_is_explained() {
    let kinds = std::fs::read_to_string(root().join("src/error/kind.rs")).unwrap();
    let variants = kinds
        .split("pub enum ErrorKind {")
        .nth(1)
        .unwrap()
        .split("\n}")
        .next()
        .unwrap();
    let variants = variants
        .lines()
        .map(str::trim)
        .filter(|line| line.ends_with(',') && !line.starts_with("//"));
    let pages = pages();
    let explained = [&pages["errors"], &pages["authentication"]];
    for variant in variants.map(|line| line.trim_end_matches(',')) {
        let name = format!("`{variant}`");
        assert!(explained.iter().any(|page| page.contains(&name)), "{name}");
    }
}

/// Calls in the right-hand column of the tables for people who come from elsewhere.
#[test]
fn migration_tables_name_existing_methods() {
    fn source(folder: &Path, all: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            match entry.path() {
                path if path.is_dir() => source(&path, all),
                path if path.extension().is_some_and(|end| end == "rs") => {
                    all.push_str(&std::fs::read_to_string(path).unwrap());
                }
                _ => {}
            }
        }
    }
    let mut all = String::new();
    source(&root().join("src"), &mut all);
    let mut count = 0;
    for (name, page) in pages().iter().filter(|(name, _)| name.starts_with("from-")) {
        let mut in_code = false;
        for (number, line) in page.lines().enumerate() {
            in_code ^= line.starts_with("```");
            let Some(row) = line.strip_prefix("| ").filter(|_| !in_code) else {
                continue;
            };
            let ours = row.trim_end_matches('|').rsplit(" | ").next().unwrap();
            for code in ours
                .split('`')
                .skip(1)
                .step_by(2)
                .filter(|code| !code.starts_with("cargo "))
            {
                for call in code
                    .split('(')
                    .filter(|call| !call.is_empty())
                    .rev()
                    .skip(1)
                {
                    let called = call
                        .rsplit(|char: char| !char.is_alphanumeric() && char != '_')
                        .next()
                        .unwrap();
                    let begins = |char: char| char.is_lowercase();
                    if !called.starts_with(begins)
                        || matches!(
                            called,
                            "from"
                                | "from_secs"
                                | "next"
                                | "transpose"
                                | "map"
                                | "collect"
                                | "parse"
                        )
                    {
                        continue;
                    }
                    let exists = all.contains(&format!("fn {called}("))
                        || all.contains(&format!("fn {called}<"))
                        || all.contains(&format!("{called} = "))
                        || all.contains(&format!("pub fn {called}:"));
                    assert!(exists, "{name}:{}: there is no `{called}`", number + 1);
                    count += 1;
                }
            }
        }
        let broken = page.contains("|\n\n|");
        assert!(!broken, "{name}: a table is broken by an empty line");
    }
    assert!(count > 80, "{count} calls were found");
}
