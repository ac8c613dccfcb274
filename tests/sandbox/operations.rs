//! The operations that the sandbox knows, with their limits and scopes, are those of the official list.

use std::path::Path;

use crate::official;

const TABLE: &str = "src/endpoint/operations.txt";

/// Without these scopes some fields are left out of the response.
const OPTIONAL: [&str; 3] = [
    "GET /cloud/v2/users/{user_id}",
    "GET /cloud/v2/groups/{group_id}/roles",
    "GET /cloud/v2/groups/{group_id}/roles/{role_id}",
];

/// With `UPDATE_OPERATIONS=1` the table is written anew.
#[test]
fn the_table_is_the_official_list() {
    let rows = official::rows();
    let lines = rows.iter().map(|row| {
        let fields: Vec<&str> = (0..9).map(|index| row.field(index)).collect();
        let call = format!("{} {}", fields[1], fields[2]);
        let or_none = |limit: &str| if limit.is_empty() { "-" } else { limit }.to_owned();
        let (key_limit, token_limit) = (or_none(fields[7]), or_none(fields[8]));
        let access = access(&call, fields[5], fields[6]);
        let stability = or_none(fields[4]);
        let scopes = fields[6];
        let line = format!("{call} {stability} {key_limit} {token_limit} {access} {scopes}");
        line.trim_end().to_owned() + "\n"
    });
    let expected: String = lines.collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE);
    if std::env::var_os("UPDATE_OPERATIONS").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(
        written.replace("\r\n", "\n") == expected,
        "{TABLE} is out of date: UPDATE_OPERATIONS=1 cargo test --test sandbox operations"
    );
}

/// Which of the scopes an access token needs.
fn access(call: &str, credentials: &str, scopes: &str) -> &'static str {
    if !credentials.contains("oauth2") {
        "rejected"
    } else if scopes.is_empty() || OPTIONAL.contains(&call) {
        "optional"
    } else if call.contains("/subscriptions/{") {
        "any"
    } else {
        "all"
    }
}
