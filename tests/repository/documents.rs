//! Commands and paths in the documents.

use std::path::{Path, PathBuf};

const MANIFEST: &str = include_str!("../../Cargo.toml");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The README and every document and example under `docs/`, with their texts.
fn documents() -> Vec<(String, String)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            match entry.path() {
                path if path.is_dir() => collect(&path, found),
                path => found.push(path),
            }
        }
    }
    let mut found = vec![root().join("README.md")];
    collect(&root().join("docs"), &mut found);
    let text = |path: &PathBuf| std::fs::read_to_string(path).unwrap();
    found
        .iter()
        .map(|path| (path.display().to_string(), text(path)))
        .collect()
}

/// The features that an example requires, without those that are on by default.
fn required_features(example: &str) -> Vec<&'static str> {
    let (_, rest) = MANIFEST
        .split_once(&format!("[[example]]\nname = \"{example}\"\n"))
        .unwrap_or_else(|| panic!("no example is named {example}"));
    let (_, list) = rest.split_once("required-features = [").unwrap();
    let (list, _) = list.split_once(']').unwrap();
    let names = list.split('"').skip(1).step_by(2);
    names.filter(|name| *name != "upload").collect()
}

#[test]
fn commands_turn_on_the_features_of_the_example() {
    let mut count = 0;
    for (name, text) in documents() {
        for part in text.split("cargo run ").skip(1) {
            let command = part.split(['`', '\n', '"']).next().unwrap();
            let Some((options, rest)) = command.split_once("--example ") else {
                continue;
            };
            let example = rest.split_whitespace().next().unwrap();
            let features: Vec<_> = options.split([' ', ',']).collect();
            for feature in required_features(example) {
                assert!(features.contains(&feature), "{name}: cargo run {command}");
            }
            count += 1;
        }
    }
    assert!(count > 10, "{count} commands were found");
}

#[test]
fn every_test_that_is_named_exists() {
    let mut count = 0;
    for (name, text) in documents() {
        for part in text.split("`tests/").skip(1) {
            let path = part.split('`').next().unwrap();
            // A pattern, or a package of its own, which is not published.
            let package = path.split('/').next().unwrap();
            if path.contains('*') || ["properties", "redis", "tls"].contains(&package) {
                continue;
            }
            let exists = root().join("tests").join(path).exists();
            assert!(exists, "{name}: tests/{path}");
            count += 1;
        }
    }
    assert!(count > 20, "{count} paths were found");
}
