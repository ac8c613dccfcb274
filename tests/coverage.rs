//! What the crate claims to cover is in the official list of operations, with the scopes that it names.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failed test is a panic, and the number is for people"
)]

#[path = "support/endpoints.rs"]
mod endpoints;

use std::path::Path;

/// The rows of the official list that the crate claims: group, method, path, id, stability, auth, scopes, limits.
const CLAIMED: &str = include_str!("data/operations.csv");
/// The operations of the official document that take a key or a token.
const ALL: usize = 264;

fn rows(text: &str) -> Vec<(String, String, &str)> {
    text.lines()
        .skip(1)
        .map(|row| {
            let mut fields = row.split(',');
            (
                fields.nth(1).unwrap().to_owned(),
                fields.next().unwrap().to_owned(),
                row,
            )
        })
        .collect()
}

#[test]
fn every_constant_is_an_official_operation_and_every_claimed_row_has_its_constant() {
    let mut claimed: Vec<_> = rows(CLAIMED)
        .into_iter()
        .map(|(method, path, _)| (method, path))
        .collect();
    claimed.sort();
    assert_eq!(endpoints::endpoints(), claimed);
    println!("covered {} of {ALL}", claimed.len());
}

#[test]
fn the_copy_is_that_of_the_official_list() {
    let official = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/openapi/operations.csv");
    let Ok(official) = std::fs::read_to_string(official) else {
        println!("the official list is not here: the copy is not compared with it");
        return;
    };
    assert_eq!(official.lines().count() - 1, ALL);
    for (_, _, row) in rows(CLAIMED) {
        assert!(official.lines().any(|line| line == row), "{row}");
    }
}

#[test]
fn the_scopes_in_the_source_are_the_official_ones() {
    let source = [
        "resource/user.rs",
        "resource/group.rs",
        "resource/asset.rs",
        "resource/creator.rs",
        "operation/mod.rs",
    ]
    .map(|file| {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file))
            .unwrap()
    })
    .concat();
    for (_, path, row) in rows(CLAIMED) {
        let constants: Vec<&str> = source
            .split("Endpoint::")
            .filter(|text| text.contains(&format!("\"{path}\"")))
            .collect();
        assert!(!constants.is_empty());
        for scope in row.split(',').nth(6).unwrap().split_whitespace() {
            let names_it = |text: &&str| {
                text.split(';')
                    .next()
                    .unwrap()
                    .contains(&format!("\"{scope}\""))
            };
            assert!(constants.iter().any(names_it), "{path} lacks {scope}");
        }
    }
}
