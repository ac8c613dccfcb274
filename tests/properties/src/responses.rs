//! Whatever a server sends and whatever a user passes: a value or an error, never a panic, never too much memory.

use std::sync::{Arc, Mutex};

use crate::support::{self, MockServer, ok};
use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use rblx_open_cloud::models::{
    Asset, AssetType, GroupMembership, InventoryAssetType, InventoryFilter, InventoryItem, User,
};
use rblx_open_cloud::{Client, ErrorKind, PageToken};
use serde_json::{Map, Value, json};

/// A peer whose response is set for each case, and its client.
struct Changing {
    response: Arc<Mutex<Vec<u8>>>,
    peer: MockServer,
    client: Client,
}

impl Changing {
    fn new() -> Self {
        let response = Arc::new(Mutex::new(Vec::new()));
        let said = Arc::clone(&response);
        let peer = MockServer::new(move |_, _| said.lock().unwrap().clone());
        let client = peer.builder().max_response_size(10_000).build().unwrap();
        Self {
            response,
            peer,
            client,
        }
    }

    fn says(&self, bytes: Vec<u8>) {
        *self.response.lock().unwrap() = bytes;
    }
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Any JSON, not too deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            hash_map("[a-zA-Z]{1,12}", inner, 0..6).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// Names that error bodies and responses use, with any values.
fn known_names() -> impl Strategy<Value = Value> {
    let names = "(errors|error|message|code|details|traceId|extensions|errorCode|errorMessage|title|done|response|path|operationId|inventoryItems|groupMemberships|nextPageToken|assetDetails|id|name|displayName|createTime)";
    hash_map(names, any_json(), 0..8).prop_map(|map| map.into_iter().collect())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_response_is_a_value_or_an_error(
        status in 100_u16..1000,
        headers in vec(("[a-zA-Z-]{1,20}", "[ -~]{0,40}"), 0..5),
        special in prop_oneof![Just(""), Just("retry-after"), Just("x-ratelimit-reset"), Just("x-ratelimit-limit"), Just("location"), Just("content-type")],
        value in "[ -~]{0,30}",
        body in prop_oneof![
            vec(any::<u8>(), 0..2000),
            any_json().prop_map(|json| json.to_string().into_bytes()),
            known_names().prop_map(|json| json.to_string().into_bytes()),
        ],
    ) {
        let changing = Changing::new();
        let mut bytes = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            // A length or an encoding of another would end in another case.
            if !name.to_lowercase().starts_with("content-") && !name.to_lowercase().starts_with("transfer-") {
                bytes += &format!("{name}: {value}\r\n");
            }
        }
        if !special.is_empty() {
            bytes += &format!("{special}: {value}\r\n");
        }
        changing.says([bytes.as_bytes(), b"\r\n", &body].concat());
        if let Err(error) = changing.client.user(1).get() {
            prop_assert!(error.to_string().len() < 20_000);
            let debug = format!("{error:?}");
            prop_assert!(debug.len() < 100_000);
        }
        let _ = changing.client.user(1).list_inventory(InventoryFilter::all()).limit(3).collect::<Vec<_>>();
        let _ = changing.client.user(1).list_groups().limit(3).collect::<Vec<_>>();
        let _ = changing.client.operation::<Asset>("operations/1").poll();
    }

    #[test]
    fn any_bytes_at_all_are_a_value_or_an_error(bytes in vec(any::<u8>(), 0..300)) {
        let changing = Changing::new();
        changing.says([b"HTTP/1.1 200 OK\r\nconnection: close\r\n".to_vec(), bytes].concat());
        let _ = changing.client.user(1).get();
    }

    #[test]
    fn any_error_body_of_known_names_is_understood(body in known_names(), status in 400_u16..600) {
        let changing = Changing::new();
        changing.says(support::json(status, body.to_string()));
        let error = changing.client.user(1).get().unwrap_err();
        prop_assert_eq!(error.status(), Some(status));
        prop_assert!(!error.message().is_empty());
    }

    #[test]
    fn page_tokens_and_paths_arrive_as_they_were_given(token in any::<String>().prop_filter("empty means the start", |token| !token.is_empty()), id in any::<String>()) {
        let changing = Changing::new();
        changing.says(ok("{}"));
        let list = changing.client.user(1).list_groups().starting_at(PageToken::from(token.as_str()));
        prop_assert_eq!(list.count(), 0);
        let request = changing.peer.requests().remove(0);
        prop_assert_eq!(request.query("pageToken"), Some(token));
        // A path may end in a query, such as `?scope=TEST`.
        let id = id.replace(['/', '?'], "_");
        if !id.is_empty() {
            changing.client.operation::<Asset>(format!("operations/{id}")).poll().unwrap();
            let target = changing.peer.requests().remove(1).target;
            let sent = target.strip_prefix("/assets/v1/operations/").unwrap();
            prop_assert_eq!(percent_encoding::percent_decode_str(sent).decode_utf8().unwrap(), id);
            prop_assert!(!sent.contains(['/', '?', '#']) && !sent.chars().all(|c| c == '.'));
        }
    }

    #[test]
    fn asset_types_of_a_filter_are_names_or_rejected(name in any::<String>()) {
        let changing = Changing::new();
        changing.says(ok("{}"));
        let filter = InventoryFilter::by_type().asset_types([InventoryAssetType::from(name.as_str())]);
        match changing.client.user(1).list_inventory(filter).next() {
            None => {
                let sent = changing.peer.requests().remove(0).query("filter").unwrap();
                prop_assert_eq!(sent, format!("inventoryItemAssetTypes={name}"));
                prop_assert!(!name.contains([';', ',', '=']));
            }
            Some(result) => prop_assert_eq!(result.unwrap_err().kind(), ErrorKind::InvalidInput),
        }
    }

    #[test]
    fn models_decode_from_any_subset_that_keeps_what_is_required(kept in vec(any::<bool>(), 40), nulls in vec(any::<bool>(), 40), name in "[A-Z_]{1,20}") {
        let subset = |whole: Value, required: &[&str]| -> Value {
            let fields: Map<String, Value> = whole.as_object().unwrap().iter().enumerate()
                .filter(|(index, (field, _))| kept[*index] || required.contains(&field.as_str()))
                .map(|(index, (field, value))| {
                    let is_null = nulls[index] && !required.contains(&field.as_str());
                    (field.clone(), if is_null { Value::Null } else { value.clone() })
                })
                .collect();
            Value::Object(fields)
        };
        let user = json!({"path": "users/1", "createTime": "2006-03-08T14:01:02Z", "id": "1", "name": "n", "displayName": "d",
            "about": "a", "locale": "l", "premium": true, "idVerified": true,
            "socialNetworkProfiles": subset(json!({"facebook": "f", "twitter": "t", "visibility": name}), &[])});
        serde_json::from_value::<User>(subset(user, &["id", "name", "displayName", "createTime"])).unwrap();

        let membership = json!({"path": "groups/7/memberships/1", "user": "users/1", "role": "groups/7/roles/9",
            "roles": ["groups/7/roles/9"], "createTime": "2006-03-08T14:01:02Z", "updateTime": "2006-03-08T14:01:02Z"});
        serde_json::from_value::<GroupMembership>(subset(membership, &["user", "role"])).unwrap();

        let collectible = subset(json!({"itemId": "i", "instanceId": "c", "instanceState": name, "serialNumber": 5}), &[]);
        let details = json!({"assetId": "5", "inventoryItemAssetType": name, "instanceId": "6", "collectibleDetails": collectible});
        let item = json!({"path": "p", "addTime": "2006-03-08T14:01:02Z", "assetDetails": subset(details, &["assetId"])});
        let item: InventoryItem = serde_json::from_value(subset(item, &["assetDetails"])).unwrap();
        prop_assert!(matches!(item, InventoryItem::Asset(_)));

        let asset = json!({"assetId": "5", "path": "assets/5", "revisionId": "1", "revisionCreateTime": "2006-03-08T14:01:02Z",
            "displayName": "n", "description": "d", "assetType": name, "creationContext": subset(json!({"creator": {"userId": "1"}}), &[]),
            "moderationResult": subset(json!({"moderationState": name}), &[]), "state": name, "icon": "assets/1",
            "previews": [{"asset": "assets/2", "altText": null}]});
        let asset: Asset = serde_json::from_value(subset(asset, &["assetId"])).unwrap();
        if let Some(kind) = asset.asset_type {
            prop_assert_eq!(kind.to_string(), AssetType::from(name.as_str()).to_string());
        }
    }
}
