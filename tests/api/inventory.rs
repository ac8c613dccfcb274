//! Inventories, and the exact text of each filter.

use crate::support::{MockServer, ok};
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{
    AssetId, InventoryAssetType as Type, InventoryFilter, InventoryItem, InventoryItemState,
};
use serde_json::json;

fn sent(filter: impl Into<InventoryFilter>) -> Option<String> {
    let peer = MockServer::replying([ok("{}")]);
    assert_eq!(peer.client().user(156).list_inventory(filter).count(), 0);
    let request = peer.requests().remove(0);
    assert_eq!(request.path(), "/cloud/v2/users/156/inventory-items");
    request.query("filter")
}

#[test]
fn filters_by_type() {
    let by_type = InventoryFilter::by_type;
    assert_eq!(sent(InventoryFilter::all()), None);
    assert_eq!(sent(by_type()), None, "nothing chosen means everything");
    for (filter, text) in [
        (by_type().badges(), "badges=true"),
        (by_type().game_passes(), "gamePasses=true"),
        (by_type().private_servers(), "privateServers=true"),
        (by_type().all_assets(), "inventoryItemAssetTypes=*"),
        (
            by_type().only_collectibles(),
            "onlyCollectibles=true;inventoryItemAssetTypes=*",
        ),
        (
            by_type().only_collectibles().badges(),
            "onlyCollectibles=true;inventoryItemAssetTypes=*;badges=true",
        ),
        (
            by_type().asset_types([Type::Hat, Type::ClassicPants]),
            "inventoryItemAssetTypes=HAT,CLASSIC_PANTS",
        ),
        (
            by_type().asset_types([Type::Hat]).asset_types([Type::Face]),
            "inventoryItemAssetTypes=HAT,FACE",
        ),
        (
            by_type().asset_types([Type::Hat]).all_assets(),
            "inventoryItemAssetTypes=*",
        ),
        (
            by_type().asset_types([Type::from("NEW_KIND_2")]),
            "inventoryItemAssetTypes=NEW_KIND_2",
        ),
        (
            by_type()
                .asset_types([Type::Hat, Type::DynamicHead])
                .only_collectibles()
                .badges()
                .game_passes()
                .private_servers(),
            "onlyCollectibles=true;inventoryItemAssetTypes=HAT,DYNAMIC_HEAD;badges=true;gamePasses=true;privateServers=true",
        ),
    ] {
        assert_eq!(sent(filter).as_deref(), Some(text));
    }
}

#[test]
fn filters_by_id() {
    let by_id = InventoryFilter::by_id;
    for (filter, text) in [
        (by_id().assets([1_028_595]), "assetIds=1028595"),
        (
            by_id().assets([1, 2]).assets(vec![AssetId::from(3)]),
            "assetIds=1,2,3",
        ),
        (by_id().badges([4, 5]), "badgeIds=4,5"),
        (
            by_id().private_servers([u64::MAX]),
            "privateServerIds=18446744073709551615",
        ),
        (
            by_id()
                .private_servers([4])
                .game_passes([3])
                .badges([2])
                .assets([&AssetId::from(1)]),
            "assetIds=1;badgeIds=2;gamePassIds=3;privateServerIds=4",
        ),
    ] {
        assert_eq!(sent(filter).as_deref(), Some(text));
    }
}

#[test]
fn a_filter_that_would_mean_something_else_is_rejected_before_anything_is_sent() {
    let none: [u64; 0] = [];
    for (filter, hint) in [
        (
            InventoryFilter::from(InventoryFilter::by_id()),
            "InventoryFilter::all()",
        ),
        (
            InventoryFilter::by_id().assets(none).into(),
            "InventoryFilter::all()",
        ),
        (
            InventoryFilter::by_type().asset_types([]).badges().into(),
            "asset types",
        ),
        (
            InventoryFilter::by_type()
                .asset_types([Type::from("HAT;badges=true")])
                .into(),
            "HAT;badges=true",
        ),
        (
            InventoryFilter::by_type()
                .asset_types([Type::from("")])
                .into(),
            "\"\"",
        ),
    ] {
        let peer = MockServer::replying([ok("{}")]);
        let mut items = peer.client().user(156).list_inventory(filter);
        let error = items.next().unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.message().contains(hint), "{error}");
        assert!(items.next().is_none());
        assert_eq!(peer.requests().len(), 0);
    }
}

#[test]
fn every_kind_of_item_is_distinguished() {
    let body = json!({"inventoryItems": [
        {"path": "users/1/inventory-items/a", "addTime": "2023-07-05T12:34:56Z", "assetDetails": {"assetId": "12928981934",
            "inventoryItemAssetType": "HAT", "instanceId": "173413781720", "collectibleDetails": {"itemId": "i",
            "instanceId": "c", "instanceState": "HOLD", "serialNumber": 160}}},
        {"assetDetails": {"assetId": 5, "inventoryItemAssetType": null, "instanceId": null, "collectibleDetails": null}},
        {"assetDetails": {"assetId": "6", "inventoryItemAssetType": "NEW_KIND", "collectibleDetails": {"serialNumber": "7"}}},
        {"badgeDetails": {"badgeId": "119925991"}, "addTime": null},
        {"gamePassDetails": {"gamePassId": "83167572"}},
        {"privateServerDetails": {"privateServerId": "175156"}},
        {"path": "users\\u002f1", "spaceshipDetails": {"spaceshipId": "1"}, "addTime": "2023-07-05T12:34:56Z"},
        {},
    ], "nextPageToken": null}).to_string().replace("\\\\u002f", "\\u002f");
    let peer = MockServer::replying([ok(body)]);
    let items: Vec<InventoryItem> = peer
        .client()
        .user(1)
        .list_inventory(InventoryFilter::all())
        .collect::<Result<_, _>>()
        .unwrap();
    let shapes: Vec<serde_json::Value> = items
        .iter()
        .map(|item| serde_json::to_value(item).unwrap())
        .collect();
    assert_eq!(
        shapes,
        [
            json!({"kind": "asset", "assetId": "12928981934", "assetType": "HAT", "instanceId": "173413781720",
            "collectible": {"itemId": "i", "instanceId": "c", "state": "HOLD", "serialNumber": 160},
            "addTime": "2023-07-05T12:34:56Z"}),
            json!({"kind": "asset", "assetId": "5", "assetType": "INVENTORY_ITEM_ASSET_TYPE_UNSPECIFIED"}),
            json!({"kind": "asset", "assetId": "6", "assetType": "NEW_KIND",
            "collectible": {"serialNumber": 7}}),
            json!({"kind": "badge", "badgeId": "119925991"}),
            json!({"kind": "gamePass", "gamePassId": "83167572"}),
            json!({"kind": "privateServer", "privateServerId": "175156"}),
            json!({"kind": "unknown", "json": {"path": "users/1", "spaceshipDetails": {"spaceshipId": "1"}},
            "addTime": "2023-07-05T12:34:56Z"}),
            json!({"kind": "unknown", "json": {}}),
        ]
    );
    assert!(
        items[0].add_time().is_some()
            && items[6].add_time().is_some()
            && items[4].add_time().is_none()
    );
    let InventoryItem::Asset(asset) = &items[0] else {
        unreachable!("it is an asset")
    };
    assert_eq!(
        asset.collectible.as_ref().unwrap().state,
        Some(InventoryItemState::Hold)
    );
}

#[test]
fn an_item_without_its_own_id_is_an_error_that_names_it() {
    for (details, id) in [
        ("assetDetails", "assetId"),
        ("badgeDetails", "badgeId"),
        ("gamePassDetails", "gamePassId"),
        ("privateServerDetails", "privateServerId"),
    ] {
        let peer = MockServer::replying([ok(
            json!({"inventoryItems": [{details: {"x": 1}}]}).to_string()
        )]);
        let error = peer
            .client()
            .user(1)
            .list_inventory(InventoryFilter::all())
            .next()
            .unwrap()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.message().contains(&format!("`{id}`")), "{error}");
    }
}
