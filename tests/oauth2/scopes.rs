//! The sandbox requires the scopes of the official list.

const OFFICIAL: &str = include_str!("../data/operations.csv");
const TABLE: &str = include_str!("../../src/sandbox/oauth2/scopes.txt");

/// What these scopes add is left out of the response without them.
const OPTIONAL: [&str; 3] = [
    "GET /cloud/v2/users/{user_id}",
    "GET /cloud/v2/groups/{group_id}/roles",
    "GET /cloud/v2/groups/{group_id}/roles/{role_id}",
];

#[test]
fn the_table_of_the_sandbox_is_the_official_list() {
    let mut expected = Vec::new();
    for line in OFFICIAL.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let call = format!("{} {}", fields[1], fields[2]);
        let needs = match (fields[5].contains("oauth2"), fields[6]) {
            (false, _) => "-".to_owned(),
            (true, "") => continue,
            // One to read, one to write: either of them.
            (true, scopes) if call.contains("/subscriptions/{") => scopes.replace(' ', "|"),
            (true, scopes) => scopes.to_owned(),
        };
        if !OPTIONAL.contains(&call.as_str()) {
            expected.push(format!("{call} {needs}"));
        }
    }
    assert_eq!(TABLE.lines().collect::<Vec<_>>(), expected);
}
