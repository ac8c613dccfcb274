//! Ids and enums: exact, and open for what comes tomorrow.

use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::{
    AssetType, InventoryAssetType, InventoryItemState, ModerationState, UserId,
};
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
fn what_is_unknown_keeps_its_text() {
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
