//! Responses that differ from the official document in ways that the service is known for: fields that are null or absent, values
//! that are new, numbers that are texts. All of these responses must be decodable, except for those in `REJECTED`.
//!
//! `data/responses.json` holds a response of each operation, and the places to change; `.ci/responses` makes it from the official
//! document. `rows.rs` says which method reads it: one line for each operation.

mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use rblx_open_cloud::{Client, Error, Items, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::endpoints;
use crate::support::{MockServer, json};

const RESPONSES: &str = include_str!("../../data/responses.json");

/// A method that reads a response, and the operation that it calls.
type Row = (&'static str, Box<dyn Fn(&Client) -> Result<()>>);

/// The response of an operation, and the JSON pointers of the places to change in it.
#[derive(Deserialize)]
struct Response {
    status: u16,
    body: Value,
    /// Fields that may be absent or null.
    #[serde(default)]
    optional: Vec<String>,
    /// Fields that may be null.
    #[serde(default)]
    nullable: Vec<String>,
    /// Values of a closed set.
    #[serde(default)]
    enums: Vec<String>,
    #[serde(default)]
    numbers: Vec<String>,
}

impl Response {
    /// Yields the body with each change, and what was changed.
    fn variants(&self) -> Vec<(String, Value)> {
        let mut variants = vec![("as documented".to_owned(), self.body.clone())];
        let mut add = |what: &str, pointer: &str, change: &dyn Fn(&mut Value)| {
            let mut body = self.body.clone();
            change(body.pointer_mut(pointer).unwrap());
            variants.push((format!("{pointer} {what}"), body));
        };
        for pointer in self.optional.iter().chain(&self.nullable) {
            add("null", pointer, &|value| *value = Value::Null);
        }
        for pointer in &self.enums {
            add("new", pointer, &|value| {
                *value = match value {
                    Value::Number(_) => json!(99),
                    _ => json!("SOMETHING_NEW"),
                }
            });
        }
        for pointer in &self.numbers {
            add("text", pointer, &|value| *value = value.to_string().into());
        }
        for pointer in &self.optional {
            variants.push((format!("{pointer} absent"), without(&self.body, pointer)));
        }
        variants
    }

    /// Yields the body with every optional field null at once, and absent at once.
    fn bare(&self) -> Vec<(String, Value)> {
        let top = self
            .optional
            .iter()
            .filter(|one| one.matches('/').count() == 1);
        let mut absent = self.body.clone();
        let mut null = self.body.clone();
        for pointer in top {
            absent = without(&absent, pointer);
            *null.pointer_mut(pointer).unwrap() = Value::Null;
        }
        vec![
            ("all absent".to_owned(), absent),
            ("all null".to_owned(), null),
        ]
    }
}

fn without(body: &Value, pointer: &str) -> Value {
    let mut body = body.clone();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let field = field.replace("~1", "/").replace("~0", "~");
    body.pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .remove(&field);
    body
}

fn responses() -> BTreeMap<String, Response> {
    serde_json::from_str(RESPONSES).unwrap()
}

/// Fetches the first item of a list.
fn one<T: DeserializeOwned>(items: Items<T>) -> Result<Option<T>> {
    items.limit(1).next().transpose()
}

/// A client, and the response of its server to one operation; the others have the documented responses.
struct Service {
    client: Client,
    url: String,
    current: Arc<Mutex<(String, u16, String)>>,
}

impl Service {
    fn new() -> Self {
        let current = Arc::new(Mutex::new((String::new(), 200, String::new())));
        let shared = Arc::clone(&current);
        let responses = responses();
        let server = MockServer::new(move |_, request| {
            let (call, status, body) = shared.lock().unwrap().clone();
            let is_it = |call: &str| {
                let (method, template) = call.split_once(' ').unwrap();
                request.method == method && endpoints::is_of(request.path(), template)
            };
            if is_it(&call) {
                return json(status, body);
            }
            match responses.iter().find(|(call, _)| is_it(call)) {
                Some((_, other)) => json(other.status, other.body.to_string()),
                None => json(200, "{}"),
            }
        });
        let (client, url) = (server.client(), server.url);
        Self {
            client,
            url,
            current,
        }
    }

    fn read(&self, row: &Row, status: u16, body: &Value) -> Result<()> {
        let body = body
            .to_string()
            .replace("https://content.example", &self.url);
        *self.current.lock().unwrap() = (row.0.to_owned(), status, body);
        (row.1)(&self.client)
    }
}

/// Responses that are errors: a part of the call, the end of the changed place, and the reason. In a list, only the item is an
/// error ([`Error::is_item`]), and the others are still read.
const REJECTED: &[(&str, &[&str], &str)] = &[
    (
        "",
        &[
            "/0/id",
            "/0/user",
            "/0/groupForumCategoryId",
            "/0/groupForumPostId",
            "/assetDetails/assetId",
            "/badgeDetails/badgeId",
            "/gamePassDetails/gamePassId",
            "/privateServerDetails/privateServerId",
            "/0/universeId",
            "/groups/0/groupId",
            "/errors/0/assetId",
            "/data/0/name",
            "/0/revisionId",
            "/version",
            "/0/path",
        ],
        "without its id an item of a list says nothing",
    ),
    (
        "/assets/v1/assets/{assetId}/versions",
        &["/path"],
        "the path holds the number of the version",
    ),
    (
        "luau-execution-session",
        &["/path"],
        "the path is what a task or an input is named by",
    ),
    (
        "",
        &["/response", "/response/imageUri", "/response/assetId"],
        "an operation that is done without a result has failed",
    ),
    ("", &["/value"], "the value is what the call reads or sets"),
    (
        "POST /cloud/v2/universes/{universe_id}/memory-store/queues/{queue_id}/items",
        &["/data absent"],
        "the value is what the call sets",
    ),
    (
        "GET /cloud/v2/universes/{universe_id}/memory-store/queues/{queue_id}/items:read",
        &["/readId"],
        "without it the items cannot be discarded",
    ),
    (
        "GET /legacy-followings/v1/users/{userId}/universes/{universeId}/status",
        &["/CanFollow", "/IsFollowing"],
        "the call requests this field",
    ),
    (
        "GET /legacy-groups/v1/groups/{groupId}/audit-log",
        &["/actionType", "/created"],
        "an event has a kind and a time",
    ),
    (
        "POST /toolbox-service/v1/saves:bulkDelete",
        &["/deletedCount"],
        "the call returns this number",
    ),
    (
        "POST /place-version-history-api/v1/{placeId}/version/{version}/notes",
        &["/placeVersion"],
        "the call returns this version",
    ),
    (
        "GET /server-management/v1/universes/{universeId}/places/{placeId}/versions/{versionNumber}/game-servers",
        &["/gameServers"],
        "the page says that the service could not read the servers",
    ),
    (
        "POST /server-management/v1/universes/{universeId}/restarts",
        &["/id"],
        "the restart is followed by its id",
    ),
    (
        "POST /cloud/v2/universes/{universe_id}/luau-execution-session-task-binary-inputs",
        &["/uploadUri"],
        "the content is sent to this URL",
    ),
    (
        "POST /legacy-badges/v1/universes/{universeId}/badges",
        &["/id"],
        "the id is what creating a badge is about",
    ),
    (
        "POST /legacy-publish/v1/badges/{badgeId}/icon",
        &["/targetId"],
        "the call returns this id",
    ),
    (
        "GET /cloud/v2/universes/{universeId}/secrets/public-key",
        &["/secret", "/key_id"],
        "a secret is sealed with both",
    ),
    (
        "POST /virtual-events/v3/universes/{universeId}/game-events",
        &["/id"],
        "the id is what creating an event is about",
    ),
    (
        "GET /legacy-develop/v1/universes/{universeId}/teamcreate",
        &["/isEnabled"],
        "the call requests this field",
    ),
    (
        "/creator-configs-public-api/v1/configs/",
        &["/draftHash", "/configVersion"],
        "the call returns this; the next change names it",
    ),
    (
        "/creator-configs-public-api/v1/experimentation/",
        &["/operation", "/experiment", "/experiment/id"],
        "an operation or an experiment is what the call is about",
    ),
    (
        "POST /legacy-game-internationalization/v1/game-thumbnails/games/{gameId}/language-codes/{languageCode}/image",
        &["/mediaAssetId"],
        "the call returns this id",
    ),
    (
        "/legacy-localization-tables/v1/localization-table/tables/{tableId}/entry-count",
        &["/entryCount"],
        "the call returns this number",
    ),
    (
        "/instances/{instance_id}:listChildren",
        &["/done"],
        "the operation is polled, and its path is that of an operation whose result is an asset",
    ),
    (
        "",
        &["all absent", "all null"],
        "a response must contain something that the request does not contain",
    ),
];

/// Finds the entry for a change: its number in the list, and that of the place.
fn rejection(call: &str, change: &str) -> Option<(usize, usize)> {
    let place = change.trim_end_matches(" null").trim_end_matches(" absent");
    REJECTED
        .iter()
        .enumerate()
        .find_map(|(index, (known, ends, _))| {
            let is_it = |end: &str| change.ends_with(end) || place.ends_with(end);
            let end = ends.iter().position(|end| is_it(end))?;
            call.contains(known).then_some((index, end))
        })
}

#[test]
fn no_response_is_undecodable() {
    let responses = responses();
    let service = Service::new();
    let (mut failed, mut used, mut count) = (Vec::new(), BTreeSet::new(), 0);
    for row in rows::rows() {
        let Some(known) = responses.get(row.0) else {
            panic!("{}: the official document has no such response", row.0);
        };
        for (change, body) in known.variants().into_iter().chain(known.bare()) {
            count += 1;
            match (
                service.read(&row, known.status, &body),
                rejection(row.0, &change),
            ) {
                (Ok(()), _) => {}
                (Err(_), Some(entry)) => {
                    used.insert(entry);
                }
                (Err(error), None) => failed.push(format!("{}: {change}: {}", row.0, line(&error))),
            }
        }
    }
    println!("{count} responses");
    assert!(
        failed.is_empty(),
        "{} undecodable: {failed:#?}",
        failed.len()
    );
    let mut unused = Vec::new();
    for (index, (call, ends, _)) in REJECTED.iter().enumerate() {
        let ends = ends.iter().enumerate();
        let ends = ends.filter(|(end, _)| !used.contains(&(index, *end)));
        unused.extend(ends.map(|(_, end)| format!("{call} {end}")));
    }
    let is_whole = cfg!(feature = "full");
    assert!(
        !is_whole || unused.is_empty(),
        "no longer rejected: {unused:#?}"
    );
}

fn line(error: &Error) -> String {
    format!("{:?} {error}", error.kind()).replace('\n', " ")
}

#[test]
fn every_response_has_a_row() {
    let responses = responses();
    let rows: Vec<_> = rows::rows().into_iter().map(|(call, _)| call).collect();
    let unique: BTreeSet<_> = rows.iter().collect();
    assert_eq!(unique.len(), rows.len(), "a row stands twice");
    let covered = endpoints::endpoints().into_iter();
    let covered = covered.map(|(method, path)| format!("{method} {path}"));
    let missing: Vec<_> = covered
        .filter(|call| responses.contains_key(call) && !rows.contains(&call.as_str()))
        .collect();
    assert!(
        missing.is_empty() || !cfg!(feature = "full"),
        "add a line in tests/api/decoding/rows.rs for {missing:#?}"
    );
}
