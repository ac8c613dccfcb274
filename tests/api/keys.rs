//! The permissions of a key, and messages about the missing ones.

use crate::endpoints;
use crate::support::{self, KEY, MockServer};
use rblx_open_cloud::models::{KeyInfo, KeyProblem, KeyTarget, RequiredScopes, Scope, UserId};
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{AccessToken, Client, ErrorKind, Method};
use serde_json::json;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

/// The response in the documentation of the service.
fn documented() -> serde_json::Value {
    json!({
        "name": "test key",
        "authorizedUserId": 234,
        "scopes": [
            {
                "name": "universe-datastores.objects",
                "operations": ["create"],
                "universeDatastores": [{"universeId": "123", "datastoreName": "playerData"}]
            },
            {"name": "asset", "operations": ["write"], "groupIds": ["*"], "userIds": ["*"]}
        ],
        "enabled": true,
        "expired": false,
        "expirationTimeUtc": "2126-01-01T12:00:00.000Z"
    })
}

fn key(scopes: &serde_json::Value) -> KeyInfo {
    serde_json::from_value(json!({"enabled": true, "expired": false, "scopes": scopes})).unwrap()
}

fn messages(key: &KeyInfo, needs: impl IntoIterator<Item = RequiredScopes>) -> Vec<String> {
    key.problems(needs)
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn the_request_has_the_key_in_its_body_alone() {
    let peer = MockServer::replying([support::ok(documented().to_string())]);
    let info = peer.client().key_info().unwrap();
    assert_eq!(info.authorized_user_id, Some(UserId::from(234)));
    let request = peer.requests().remove(0);
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", "/api-keys/v1/introspect")
    );
    assert_eq!(request.body, format!(r#"{{"apiKey":"{KEY}"}}"#).as_bytes());
    assert_eq!(request.header("content-type"), Some("application/json"));
    let others = request
        .headers
        .iter()
        .filter(|(_, value)| value.contains(KEY));
    assert_eq!(others.count(), 0);
    assert_eq!(request.header("x-api-key"), None);

    let response = format!(r#"{{"code": "UNAUTHENTICATED", "message": "what is {KEY}"}}"#);
    let peer = MockServer::replying([support::json(401, response)]);
    let error = peer.client().key_info().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidKey);
    assert!(!format!("{error} {error:?} {:?}", error.body()).contains(KEY));

    let token = Client::builder(AccessToken::from("t"))
        .base_url(&peer.url)
        .build()
        .unwrap();
    assert_eq!(
        token.key_info().unwrap_err().kind(),
        ErrorKind::InvalidInput
    );
}

#[test]
fn the_sandbox_describes_its_key() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let needs: Vec<RequiredScopes> = endpoints::constants()
        .iter()
        .flat_map(|constant| {
            constant
                .scopes
                .iter()
                .map(|scope| Scope::from(scope.as_str()).for_user(156))
        })
        .collect();
    assert_eq!(client.key_info().unwrap().problems(&needs), []);
    sandbox.set_key_info(json!({"enabled": false, "scopes": []}));
    assert_eq!(
        client.key_info().unwrap().problems(&needs).len(),
        needs.len() + 1
    );
    let stranger = Client::builder("stranger")
        .base_url(sandbox.url())
        .build()
        .unwrap();
    assert_eq!(
        stranger.key_info().unwrap_err().kind(),
        ErrorKind::InvalidKey
    );
}

#[test]
fn every_call_knows_its_scopes() {
    for constant in endpoints::constants() {
        let method = match constant.method.as_str() {
            "GET" => Method::Get,
            "POST" => Method::Post,
            "PATCH" => Method::Patch,
            "PUT" => Method::Put,
            _ => Method::Delete,
        };
        let need = RequiredScopes::of_call(method, &constant.path).unwrap();
        let scopes: Vec<&str> = need.scopes().iter().map(Scope::as_str).collect();
        if !scopes.is_empty() {
            assert_eq!(scopes, constant.scopes, "{}", constant.path);
        }
        assert!(
            need.scopes()
                .iter()
                .all(|scope| !matches!(scope, Scope::Unknown(_)))
        );
    }
    assert!(
        RequiredScopes::of_call(Method::Get, "/cloud/v2/users/{user_id}")
            .unwrap()
            .scopes()
            .is_empty()
    );
    assert!(RequiredScopes::of_call(Method::Get, "/cloud/v2/users/156").is_err());
    let info = key(&json!([{"name": "asset", "operations": ["read"]}]));
    let upload = RequiredScopes::of_call(Method::Post, "/assets/v1/assets")
        .unwrap()
        .for_group(7);
    assert_eq!(upload.to_string(), "asset:read and asset:write for group 7");
    let problems = info.problems([upload]);
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0]
            .to_string()
            .starts_with("the key lacks asset:write for group 7; add")
    );
}

#[test]
fn one_of_alternative_scopes_is_enough() {
    let task = "/cloud/v2/universes/{universe_id}/places/{place_id}/versions/{version_id}/luau-execution-sessions/{luau_execution_session_id}/tasks/{task_id}";
    let need = RequiredScopes::of_call(Method::Get, task).unwrap();
    let scope = "universe.place.luau-execution-session";
    assert_eq!(need.to_string(), format!("{scope}:read or {scope}:write"));
    let writer = key(&json!([{"name": scope, "operations": ["write"]}]));
    assert_eq!(writer.problems([&need]), []);
    let problems = key(&json!([])).problems([need]);
    assert_eq!(problems.len(), 1);
    let problem = problems[0].to_string();
    assert!(
        problem.starts_with(&format!("the key lacks {scope}:read; add")),
        "{problem}"
    );
}

#[test]
fn the_documented_response_is_parsed() {
    let info: KeyInfo = serde_json::from_value(documented()).unwrap();
    assert_eq!(info.name.as_deref(), Some("test key"));
    assert_eq!(info.authorized_user_id, Some(UserId::from(234)));
    assert_eq!(info.scopes[1].user_ids, Some(vec![KeyTarget::All]));
    assert_eq!(info.expiration_time.unwrap().year(), 2126);
    assert!(
        messages(
            &info,
            [
                Scope::AssetWrite.for_user(1),
                Scope::AssetWrite.for_group(2)
            ]
        )
        .is_empty()
    );
    let store = Scope::UniverseDatastoresObjectsCreate;
    assert!(info.allows(store.clone().for_data_store(123, "playerData")));
    assert!(!info.allows(store.clone().for_data_store(123, "other")));
    assert!(!info.allows(store.clone().for_data_store(124, "playerData")));
    assert!(info.allows(store));
    assert!(!info.allows(Scope::AssetRead));
}

#[test]
fn both_spellings_and_unusual_forms_are_accepted() {
    let info: KeyInfo = serde_json::from_value(json!({
        "authorizedUserId": "234",
        "expirationUtcTime": "2126-01-01T12:00:00Z",
        "scopes": [{"name": "asset:read", "operations": null, "userIds": [156, "2"], "new": 1}],
        "new": {}
    }))
    .unwrap();
    assert!(info.expiration_time.is_some());
    assert!(info.allows(Scope::AssetRead.for_user(156)));
    assert!(info.allows(Scope::AssetRead.for_user(2)));
    assert!(!info.allows(Scope::AssetRead.for_user(3)));
    assert!(info.problems([Scope::AssetRead]).is_empty());
    let nothing: KeyInfo =
        serde_json::from_value(json!({"scopes": null, "expirationTimeUtc": null})).unwrap();
    assert!(nothing.problems(Vec::<Scope>::new()).is_empty());
}

#[test]
fn messages_name_the_missing_scope_and_how_to_add_it() {
    let info = key(&json!([
        {"name": "asset", "operations": ["read"], "groupIds": ["7", "8"]},
        {"name": "group", "operations": ["read"]},
    ]));
    assert_eq!(
        messages(
            &info,
            [
                Scope::AssetWrite.for_user(156),
                Scope::AssetRead.for_user(156),
                Scope::AssetRead.for_group(7),
                Scope::GroupRead.for_group(9),
                Scope::from("new.thing:do").into(),
            ]
        ),
        [
            "the key lacks asset:write for user 156; add `asset` with `write` for user 156 to its access permissions on \
             the Creator Dashboard",
            "the key lacks asset:read for user 156; it has asset:read only for group 7, group 8: add user 156 to it on the \
             Creator Dashboard",
            "the key lacks new.thing:do; add `new.thing` with `do` to its access permissions on the Creator Dashboard",
        ]
    );
}

#[test]
fn the_state_of_the_key_is_reported_as_well() {
    let at = |left: Duration| {
        let end = (OffsetDateTime::now_utc() + left).format(&Rfc3339).unwrap();
        let info =
            json!({"enabled": true, "expired": false, "expirationTimeUtc": end, "scopes": []});
        let info: KeyInfo = serde_json::from_value(info).unwrap();
        info.problems(Vec::<Scope>::new())
    };
    let soon = at(Duration::days(2) + Duration::hours(1));
    assert!(
        soon[0]
            .to_string()
            .starts_with("the key expires in 2 days, on "),
        "{}",
        soon[0]
    );
    assert!(!soon[0].is_fatal());
    assert!(
        at(Duration::minutes(61))[0]
            .to_string()
            .starts_with("the key expires in 1 hour, on ")
    );
    assert!(at(Duration::days(30)).is_empty());
    let over = at(Duration::days(-3));
    assert!(over[0].to_string().starts_with("the key has expired on "));
    assert!(over[0].is_fatal());
    let off: KeyInfo =
        serde_json::from_value(json!({"enabled": false, "expired": true, "scopes": []})).unwrap();
    let problems = off.problems(Vec::<Scope>::new());
    assert_eq!(problems[0], KeyProblem::Disabled);
    assert!(
        problems[1]
            .to_string()
            .starts_with("the key has expired; give it")
    );
}
