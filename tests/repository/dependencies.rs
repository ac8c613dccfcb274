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
        // With TLS all that signing in needs is there already.
        (&["--features", "oauth2"], 62),
        (&["--no-default-features", "--features", "oauth2"], 35),
        // URLs are parsed with the tables of Unicode, which are most of it.
        (&["--features", "redis"], 96),
        (&["--no-default-features", "--features", "webhooks"], 31),
        // Sealed boxes bring curve, cipher and hash of their own.
        (&["--features", "secrets"], 80),
        (&["--no-default-features", "--features", "secrets"], 53),
    ] {
        let count = tree(arguments).len();
        println!("{arguments:?}: {count} crates");
        assert!(count <= most, "{arguments:?}: {count} crates");
    }
}
