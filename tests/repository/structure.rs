//! Rules of the source that the compiler does not check.

use std::path::{Path, PathBuf};

/// Every source file, with its text without comments.
fn sources() -> Vec<(String, String)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            match entry.path() {
                path if path.is_dir() => collect(&path, found),
                path if path.extension().is_some_and(|end| end == "rs") => found.push(path),
                _ => {}
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &mut found);
    found.sort();
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    found
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            let name = path
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            (
                name,
                text.lines().filter(is_code).collect::<Vec<_>>().join("\n"),
            )
        })
        .collect()
}

fn files_with(word: &str) -> Vec<String> {
    sources()
        .into_iter()
        .filter(|(_, text)| text.contains(word))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn each_transport_package_is_named_in_one_place() {
    assert!(
        files_with("ureq::")
            .iter()
            .all(|name| name.starts_with("http/transport/"))
    );
    assert_eq!(files_with("multipart::client"), ["http/multipart.rs"]);
    assert_eq!(files_with("crypto_box::"), ["secret_box.rs"]);
    let encoding = files_with("percent_encoding::");
    let encoding: Vec<_> = encoding
        .iter()
        .filter(|name| !name.starts_with("sandbox/"))
        .collect();
    assert_eq!(encoding, ["http/percent_encode.rs"]);
}

#[test]
fn files_stay_small() {
    for (name, text) in sources() {
        // Without the tests at its end.
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let lines = code.lines().count();
        assert!(lines <= 350, "{name} has {lines} lines of code");
    }
}

#[test]
fn resources_know_nothing_of_http() {
    for (name, text) in sources()
        .into_iter()
        .filter(|(name, _)| name.starts_with("resource/"))
    {
        for word in ["https://apis", "format!(\"/", "status()", "header"] {
            assert!(!text.contains(word), "{name} names {word}");
        }
    }
}

/// Methods that make several calls, and so are longer than others.
const COMPOSED: [&str; 6] = [
    "drain",
    "increment_once",
    "publish_and_restart",
    "read",
    "set",
    "update",
];

#[test]
fn resource_methods_are_short() {
    for (name, text) in sources()
        .into_iter()
        .filter(|(name, _)| name.starts_with("resource/"))
    {
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let Some((indent, method)) = line.split_once("pub fn ") else {
                continue;
            };
            if method.ends_with(';') {
                continue; // an argument of a macro
            }
            let method = method.split(['(', '<']).next().unwrap();
            let end = format!("{indent}}}");
            let is_head_over = |line: &&str| !line.ends_with('{');
            if is_head_over(&line) && lines.by_ref().find(|line| !is_head_over(line)).is_none() {
                continue;
            }
            let length = lines.by_ref().take_while(|line| *line != end).count();
            assert!(
                length <= 8 || COMPOSED.contains(&method),
                "{method} in {name} has {length} lines; move logic to a model or a function"
            );
        }
    }
}
