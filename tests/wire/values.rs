//! Ids and enums: exact, and open for unknown values.

use crate::support::{MockServer, ok};
use rblx_open_cloud::models::{
    AssetQuotaFilter, AssetType, Group, GroupAuditLogEntry, GroupMembership, InventoryAssetType,
    InventoryFilter, InventoryItemState, ModerationState, StoreInstanceType, UserId,
};
use rblx_open_cloud::{ErrorKind, Method};
use serde_json::{from_str, from_value, json, to_value};

#[test]
fn ids_come_as_numbers_and_as_texts_and_stay_exact() {
    for id in [0, 1, 156, u64::from(u32::MAX), (1 << 53) + 1, u64::MAX] {
        assert_eq!(from_value::<UserId>(json!(id)).unwrap().get(), id);
        assert_eq!(
            from_value::<UserId>(json!(id.to_string())).unwrap().get(),
            id
        );
        assert_eq!(to_value(UserId::from(id)).unwrap(), json!(id.to_string()));
        assert_eq!(
            id.to_string().parse::<UserId>().unwrap().to_string(),
            id.to_string()
        );
    }
    for wrong in [
        "-1",
        "\"-1\"",
        "\"+1\"",
        "1.5",
        "\"1.5\"",
        "\"\"",
        "\" 1\"",
        "true",
        "null",
        "[]",
        "1e3",
        "\"a\"",
        "18446744073709551616",
        "\"18446744073709551616\"",
        "1e999",
    ] {
        assert!(from_str::<UserId>(wrong).is_err(), "{wrong}");
    }
    for wrong in ["", "-1", "+1", " 1", "a", "18446744073709551616"] {
        let error = wrong.parse::<UserId>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains("UserId"), "{error}");
    }
}

#[test]
fn ids_sort_hash_and_copy() {
    let mut ids = [UserId::from(3), UserId::from(1)];
    ids.sort();
    assert_eq!(
        ids.iter().map(|id| u64::from(*id)).collect::<Vec<_>>(),
        [1, 3]
    );
    assert!(std::collections::HashSet::from([ids[0]]).contains(&UserId::from(&ids[0])));
}

#[test]
fn all_fifty_two_kinds_have_the_page_numbers() {
    let names = include_str!("../data/inventory_asset_types.txt");
    let mut expected = 0;
    for line in names.lines() {
        let (code, name) = line.split_once(' ').unwrap();
        expected += 1;
        let kind = InventoryAssetType::from(name);
        assert!(!matches!(kind, InventoryAssetType::Unknown(_)), "{name}");
        assert_eq!(
            (kind.code().to_string().as_str(), kind.to_string().as_str()),
            (code, name)
        );
        assert_eq!(kind.code(), expected);
        assert_eq!(
            from_value::<InventoryAssetType>(to_value(&kind).unwrap()).unwrap(),
            kind
        );
    }
    assert_eq!(expected, 52);
    assert_eq!(
        InventoryAssetType::from("INVENTORY_ITEM_ASSET_TYPE_UNSPECIFIED").code(),
        0
    );
    assert_eq!(InventoryAssetType::from("HOLOGRAM").code(), 0);
}

#[test]
fn states_have_the_page_numbers() {
    for (name, code) in [
        ("COLLECTIBLE_ITEM_INSTANCE_STATE_UNSPECIFIED", 1),
        ("AVAILABLE", 2),
        ("HOLD", 3),
        ("LENT", 1),
    ] {
        let state = InventoryItemState::from(name);
        assert_eq!((state.code(), state.to_string().as_str()), (code, name));
    }
}

#[test]
fn unknown_values_keep_their_text() {
    for text in ["FRIENDS \"quoted\" ü", "", "hat", "Decal "] {
        let value: AssetType = from_value(json!(text)).unwrap();
        assert!(matches!(&value, AssetType::Unknown(unknown) if unknown.as_str() == text));
        assert_eq!(to_value(&value).unwrap(), json!(text));
        assert_eq!(text.parse::<AssetType>().unwrap(), value);
    }
}

#[test]
fn two_spellings_are_one_value() {
    for (one, other) in [
        ("Model", "ASSET_TYPE_MODEL"),
        ("Decal", "ASSET_TYPE_DECAL"),
        ("Audio", "ASSET_TYPE_AUDIO"),
    ] {
        assert_eq!(AssetType::from(one), AssetType::from(other));
        assert_eq!(AssetType::from(other).to_string(), one);
    }
    assert_eq!(
        ModerationState::from("MODERATION_STATE_REJECTED"),
        ModerationState::Rejected
    );
    assert_eq!(
        format!("{:>8}|", AssetType::Decal),
        "   Decal|",
        "tables align"
    );
}

#[test]
fn misspelled_values_are_rejected_with_a_suggestion() {
    for (text, meant) in [
        ("decal", "did you mean \"Decal\"?"),
        ("Modle", "did you mean \"Model\"?"),
        ("AUDIO", "did you mean \"Audio\"?"),
        (
            "Hat",
            "known values: Image, Decal, Audio, Model, Animation, Video, Mesh",
        ),
        ("", "known values: Image"),
    ] {
        let error = AssetType::parse_known(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        let shown = error.to_string();
        assert!(
            shown.contains(meant) && shown.contains(&format!("{text:?} is not a known AssetType")),
            "{shown}"
        );
        assert!(
            matches!(AssetType::from(text), AssetType::Unknown(_)),
            "`From` takes any text"
        );
    }
    assert_eq!(AssetType::parse_known("Decal").unwrap(), AssetType::Decal);
    assert_eq!(
        AssetType::parse_known("ASSET_TYPE_DECAL").unwrap(),
        AssetType::Decal
    );
    assert_eq!(
        InventoryAssetType::parse_known("HAT").unwrap(),
        InventoryAssetType::Hat
    );
    for (text, meant) in [
        ("hat", "HAT"),
        ("T-Shirt Accessory", "TSHIRT_ACCESSORY"),
        ("leftarm", "LEFT_ARM"),
    ] {
        let error = InventoryAssetType::parse_known(text).unwrap_err();
        assert!(
            error
                .to_string()
                .contains(&format!("did you mean {meant:?}?")),
            "{error}"
        );
    }
    assert!(
        StoreInstanceType::parse_known("mesh part")
            .unwrap_err()
            .to_string()
            .contains("MeshPart")
    );
}

/// A value that differs from a known one only in its case would find nothing, so the request is not sent.
#[test]
fn misspelled_types_are_rejected_before_anything_is_sent() {
    let peer = MockServer::replying([ok("{}")]);
    let user = peer.client().user(156);
    let hats = InventoryFilter::by_type().asset_types([InventoryAssetType::from("hat")]);
    let audio = AssetQuotaFilter::all().asset_type("audio".into());
    let errors = [
        (
            user.list_inventory(hats).next().unwrap().unwrap_err(),
            "HAT",
        ),
        (
            user.list_asset_quotas(audio).next().unwrap().unwrap_err(),
            "Audio",
        ),
    ];
    for (error, meant) in errors {
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::InvalidInput, 0)
        );
        assert!(
            error
                .to_string()
                .contains(&format!("did you mean {meant:?}?")),
            "{error}"
        );
    }
    assert!(peer.requests().is_empty());
    // A value that is really new is sent.
    let holograms = InventoryFilter::by_type().asset_types(["HOLOGRAM".into()]);
    assert!(user.list_inventory(holograms).next().is_none());
    assert_eq!(peer.requests().len(), 1);
}

#[test]
fn references_come_as_paths_ids_and_nothing() {
    let group = |owner: serde_json::Value| {
        from_value::<Group>(json!({"id": "7", "displayName": "Roblox", "owner": owner}))
    };
    for owner in [json!("users/156"), json!("156"), json!(156)] {
        assert_eq!(group(owner).unwrap().owner_id, Some(156.into()));
    }
    for nobody in [json!(null), json!("")] {
        assert_eq!(group(nobody).unwrap().owner_id, None);
    }
    for malformed in [
        json!("users/"),
        json!("groups/7"),
        json!("-1"),
        json!(1.5),
        json!(true),
    ] {
        assert!(group(malformed.clone()).is_err(), "{malformed}");
    }
}

#[test]
fn a_membership_without_role_has_the_first_of_its_roles() {
    let read = |role: serde_json::Value, roles: serde_json::Value| {
        from_value::<GroupMembership>(
            json!({"path": "groups/7/memberships/MTU2", "user": "users/156",
            "role": role, "roles": roles}),
        )
        .map(|member| {
            (
                member.group_id.get(),
                member.role_id.get(),
                member.role_ids.len(),
            )
        })
    };
    let roles = json!(["groups/7/roles/99", "groups/7/roles/9"]);
    assert_eq!(read(json!(null), roles.clone()).unwrap(), (7, 99, 2));
    assert_eq!(read(json!(""), roles.clone()).unwrap(), (7, 99, 2));
    assert_eq!(read(json!("groups/7/roles/9"), roles).unwrap(), (7, 9, 2));
    assert!(
        read(json!(null), json!([]))
            .unwrap_err()
            .to_string()
            .contains("role")
    );
}

#[test]
fn an_actor_without_an_id_is_none() {
    let entry: GroupAuditLogEntry = from_value(
        json!({"actor": {"user": {"userId": null}, "role": {"id": null}},
        "actionType": "JoinGroup", "created": "2023-07-05T12:34:56Z"}),
    )
    .unwrap();
    let actor = entry.actor.unwrap();
    assert_eq!((actor.user, actor.role), (None, None));
}

#[test]
fn a_list_is_not_an_object_unless_the_type_is_the_users_own() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Point {
        x: f64,
        y: f64,
    }
    let server = MockServer::replying([
        ok(r#"["/users/1","2020-01-01T00:00:00Z","1","n","d",null,null,null,null,null,null]"#),
        ok("[1.5,-2]"),
    ]);
    let client = server.client();
    let error = client.user(1).get().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(
        error.to_string().contains("invalid type: sequence"),
        "{error}"
    );
    let point: Point = client
        .request(Method::Get, "/cloud/v2/point")
        .send()
        .unwrap();
    assert_eq!(point, Point { x: 1.5, y: -2.0 });
}
