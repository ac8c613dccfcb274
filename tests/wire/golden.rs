//! The fields of models that have another form on the wire. `tests/api/read_back.rs` checks every model.
//!
//! `data/golden/*.json` is made from the `example` values of the official Open Cloud document (Roblox/creator-docs,
//! CC-BY 4.0).

use rblx_open_cloud::models::{
    Asset, Creator, Group, GroupJoinRequest, GroupMembership, GroupRole, InventoryAssetType,
    InventoryItem, User,
};
use serde_json::{Value, from_value, json, to_value};

/// The examples of a model.
fn examples(model: &str) -> Value {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/golden");
    let text = std::fs::read_to_string(folder.join(format!("{model}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn golden(model: &str) -> Value {
    examples(model)[0].clone()
}

#[test]
fn a_user_goes_out_as_it_came() {
    let wire = golden("User");
    let user: User = from_value(wire.clone()).unwrap();
    assert_eq!(
        (user.id.get(), user.name.as_str(), user.premium),
        (123_456, "exampleUser", Some(true))
    );
    assert_eq!(
        to_value(&user).unwrap(),
        wire,
        "the model dropped or changed a field"
    );
}

#[test]
fn a_membership() {
    let membership: GroupMembership = from_value(golden("GroupMembership")).unwrap();
    assert_eq!(
        (
            membership.group_id.get(),
            membership.user_id.get(),
            membership.role_id.get()
        ),
        (123, 21_557, 99_513_316)
    );
    assert_eq!(membership.role_ids, [membership.role_id]);
    assert!(membership.create_time.is_some() && membership.update_time.is_some());
}

#[test]
fn a_role_goes_out_as_it_came() {
    let wire = golden("GroupRole");
    let role: GroupRole = from_value(wire.clone()).unwrap();
    assert_eq!(
        (
            role.id.get(),
            role.rank,
            role.permissions.as_ref().unwrap().ban_members
        ),
        (200, Some(1), Some(true))
    );
    assert_eq!(
        to_value(&role).unwrap(),
        wire,
        "the model dropped or changed a field"
    );
}

#[test]
fn a_group_and_a_join_request() {
    let group: Group = from_value(golden("Group")).unwrap();
    assert_eq!(
        (group.id.get(), group.owner_id, group.member_count),
        (7, Some(21_557.into()), Some(10_196_297))
    );
    assert_eq!(
        (group.public_entry_allowed, group.locked, group.verified),
        (Some(true), Some(true), Some(true))
    );
    let wish: GroupJoinRequest = from_value(golden("GroupJoinRequest")).unwrap();
    assert!(wish.user_id.get() == 156 && wish.create_time.is_some());
}

#[test]
fn an_item_of_each_kind() {
    let items: Vec<InventoryItem> = from_value(examples("InventoryItem")).unwrap();
    let flat: Vec<Value> = items.iter().map(|item| to_value(item).unwrap()).collect();
    let time = "2023-07-05T12:34:56Z";
    assert_eq!(
        flat,
        [
            json!({"kind": "asset", "assetId": "12928981934", "assetType": "INVENTORY_ITEM_ASSET_TYPE_UNSPECIFIED",
            "instanceId": "173413781720", "addTime": time, "collectible": {"itemId": "521cca19-75bb-4e05-a0af-633b1532c24d",
            "instanceId": "a8a27d38-ee51-4cf4-8b0a-485d0dfd8607",
            "state": "COLLECTIBLE_ITEM_INSTANCE_STATE_UNSPECIFIED", "serialNumber": 160}}),
            json!({"kind": "badge", "badgeId": "119925991", "addTime": time}),
            json!({"kind": "gamePass", "gamePassId": "83167572", "addTime": time}),
            json!({"kind": "privateServer", "privateServerId": "175156", "addTime": time}),
        ]
    );
    let InventoryItem::Asset(asset) = &items[0] else {
        unreachable!("it is an asset")
    };
    assert_eq!(asset.asset_type, InventoryAssetType::Unspecified);
}

#[test]
fn an_asset_with_numbers_and_with_texts() {
    for (id, user) in [
        (json!(2_205_400_862_u64), json!(1)),
        (json!("2205400862"), json!("1")),
    ] {
        let asset: Asset = from_value(json!({"assetType": "Model", "assetId": id, "path": "assets/2205400862",
            "creationContext": {"creator": {"userId": user}}, "description": "d", "displayName": "n", "revisionId": "1",
            "revisionCreateTime": "2023-03-02T22:27:04.062164400Z", "moderationResult": {"moderationState": "Approved"},
            "icon": "assets/5", "previews": [{"asset": "assets/123", "altText": "preview 1"}], "state": "Active",
            "socialLink": {"title": "t", "uri": "https://example.com"}}))
        .unwrap();
        assert_eq!(
            (asset.asset_id.get(), asset.creator),
            (2_205_400_862, Some(Creator::User(1.into())))
        );
        assert_eq!(
            (asset.icon.as_deref(), asset.previews[0].alt_text.as_deref()),
            (Some("assets/5"), Some("preview 1"))
        );
    }
}

#[test]
fn an_asset_with_every_field_goes_out_flat() {
    let asset: Asset = from_value(json!({"path": "assets/2205400862", "assetId": "2205400862", "assetType": "ASSET_TYPE_MODEL",
        "displayName": "n", "description": "d", "revisionId": "1", "revisionCreateTime": "2023-03-02T22:27:04.062164400Z",
        "creationContext": {"creator": {"groupId": "7"}, "assetPrivacy": "restricted", "expectedPrice": 0},
        "moderationResult": {"moderationState": "MODERATION_STATE_APPROVED"}, "state": "STATE_ACTIVE", "icon": "assets/5",
        "previews": [{"asset": "assets/123", "altText": "preview 1"}, {"asset": "assets/124"}],
        "youtubeSocialLink": {"title": "t", "uri": "https://youtube.com/x"},
        "devForumSocialLink": {"uri": "https://devforum.roblox.com/t/1"},
        "tryAssetSocialLink": {"uri": "95206881"}}))
    .unwrap();
    assert_eq!(
        to_value(&asset).unwrap(),
        json!({"assetId": "2205400862", "assetType": "Model", "displayName": "n", "description": "d",
            "creator": {"groupId": "7"}, "privacy": "restricted", "revisionId": "1",
            "revisionCreateTime": "2023-03-02T22:27:04.0621644Z", "moderationState": "Approved", "state": "Active",
            "icon": "assets/5", "previews": [{"asset": "assets/123", "altText": "preview 1"},
                {"asset": "assets/124"}],
            "socialLinks": {"youtube": {"title": "t", "uri": "https://youtube.com/x"},
                "devForum": {"uri": "https://devforum.roblox.com/t/1"}}, "tryPlace": "95206881"})
    );
}
