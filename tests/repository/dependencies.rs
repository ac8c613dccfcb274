//! The tree of dependencies stays small, and free of runtimes.

use std::collections::BTreeSet;
use std::process::Command;

/// Name and version of everything that a user of the crate builds, the crate included.
fn tree(arguments: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}",
        ])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| {
            line.split_whitespace()
                .take(2)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

#[test]
fn there_is_no_runtime_and_no_second_client_or_tls() {
    for arguments in [&[][..], &["--all-features"]] {
        for package in tree(arguments) {
            let name = package.split(' ').next().unwrap();
            let banned = [
                "tokio",
                "async-std",
                "smol",
                "futures",
                "hyper",
                "reqwest",
                "openssl",
                "openssl-sys",
                "native-tls",
            ];
            assert!(!banned.contains(&name), "{package} came in");
        }
    }
}

#[test]
fn the_tree_is_small() {
    for (arguments, most) in [
        (&[][..], 62),
        (&["--no-default-features", "--features", "rustls,gzip"], 46),
        (&["--no-default-features"], 30),
        // Signing in needs nothing beyond TLS.
        (&["--features", "oauth2"], 62),
        (&["--no-default-features", "--features", "oauth2"], 35),
        // Most of these crates are Unicode tables for parsing URLs.
        (&["--features", "redis"], 96),
        (&["--no-default-features", "--features", "webhooks"], 31),
        // Sealed boxes need crates for a curve, a cipher and a hash.
        (&["--features", "secrets"], 80),
        (&["--no-default-features", "--features", "secrets"], 53),
    ] {
        let count = tree(arguments).len();
        println!("{arguments:?}: {count} crates");
        assert!(count <= most, "{arguments:?}: {count} crates");
    }
}

/// As `docs/dependencies.md` says: on one target, with the versions of `Cargo.lock`, the crate included.
fn count(arguments: &[&str]) -> usize {
    tree(&[&["--target", "x86_64-unknown-linux-gnu"], arguments].concat()).len()
}

fn document(name: &str) -> String {
    std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The first number behind a text in a document.
fn number(name: &str, before: &str) -> usize {
    let text = document(name);
    let Some((_, rest)) = text.split_once(before) else {
        panic!("{name} does not say {before:?}");
    };
    let digits = rest.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let end = digits.find(|letter: char| !letter.is_ascii_digit());
    digits[..end.unwrap_or(digits.len())].parse().unwrap()
}

#[test]
fn every_document_has_the_actual_number_of_crates() {
    let guide = "src/docs/build-scripts.md";
    // With other versions, as in a test of the newest ones, there may be more or fewer.
    let text = document(guide);
    let ureq = text.split_once("1.95.0, ureq ").unwrap().1;
    let ureq = ureq.split_once(';').unwrap().0;
    if !document("Cargo.lock").contains(&format!("name = \"ureq\"\nversion = \"{ureq}\"")) {
        return;
    }
    let default = count(&[]);
    let none = count(&["--no-default-features"]);
    let only = |features| count(&["--no-default-features", "--features", features]);
    let more = |features| count(&["--features", features]) - default;
    let gzip = default - only("rustls,upload");
    let upload = default - only("rustls,gzip");
    let (readme, dependencies, benchmarks) =
        ("README.md", "docs/dependencies.md", "docs/benchmarks.md");
    let places = [
        (readme, "| crates (packages), default features |", default),
        (readme, "| `rustls` | yes |", only("rustls") - none),
        (readme, "| `gzip` | yes |", gzip),
        (readme, "| `upload` | yes |", upload),
        (readme, "| `sync` | no |", more("sync")),
        (readme, "none with `rustls`, else", only("oauth2") - none),
        (
            readme,
            "| seals secrets for the secrets store |",
            more("secrets"),
        ),
        (readme, "| `webhooks` | no |", more("webhooks")),
        (
            readme,
            "| `platform-verifier` | no |",
            more("platform-verifier"),
        ),
        (readme, "| `redis` | no |", more("redis")),
        (
            readme,
            "except `platform-verifier` and `redis`",
            more("full"),
        ),
        (readme, "for tests in any language |", more("sandbox")),
        (readme, "with `gzip`, else", only("sandbox") - none),
        (guide, "| `rustls`, `gzip`, `upload` (default) |", default),
        (guide, "| `rustls`, `upload` |", only("rustls,upload")),
        (guide, "| `rustls`, `gzip` |", only("rustls,gzip")),
        (guide, "| `rustls` |", only("rustls")),
        (guide, "| none (loopback only) |", none),
        (guide, "(0.13 MB in the size profile) and", upload),
        (dependencies, "including this crate:", default),
        (dependencies, "with default features,", none),
        (dependencies, "without any,", count(&["--features", "full"])),
        (
            benchmarks,
            "| crates | stripped | size profile |\n| --- | --- | --- | --- |\n| this crate |",
            default,
        ),
        (benchmarks, "Without `upload`", only("rustls,gzip")),
        (benchmarks, "crates, without any feature", none),
        (benchmarks, "Of the crates, `upload` has", upload),
    ];
    let wrong: Vec<String> = places
        .into_iter()
        .filter(|(name, before, count)| number(name, before) != *count)
        .map(|(name, before, count)| format!("{name}: {before} {count}"))
        .collect();
    assert!(wrong.is_empty(), "these are the numbers: {wrong:#?}");
}
