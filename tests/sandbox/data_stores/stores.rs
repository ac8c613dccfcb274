//! The data stores themselves: lists, deletion, snapshots.

use super::{DAY, INVENTORY, OLDER, STORES, all, entry, error, ok, start};
use serde_json::json;

#[test]
fn lists_by_prefix() {
    let (sandbox, mut raw) = start();
    for number in 0..12 {
        let store = sandbox.data_store(13_058, &format!("Store {number:02}"));
        store.insert("k", json!(1));
    }
    let pages = ("dataStores", "nextPageToken", "pageToken");
    let list = all(&mut raw, STORES, pages);
    assert_eq!(list.iter().map(Vec::len).collect::<Vec<_>>(), [10, 3]);
    assert_eq!(list[0][0]["id"], "Inventory");
    assert_eq!(list[0][0]["path"], "universes/13058/data-stores/Inventory");
    assert_eq!(list[0][0]["state"], "ACTIVE");
    let filtered = format!("{STORES}?filter=id.startsWith(%22Store%201%22)");
    assert_eq!(all(&mut raw, &filtered, pages)[0].len(), 2);
    let other = "/cloud/v2/universes/13059/data-stores";
    assert_eq!(ok(&raw.get(other))["dataStores"], json!([]));
}

#[test]
fn a_deleted_store_comes_back_until_thirty_days_are_over() {
    let (sandbox, mut raw) = start();
    let deleted = ok(&raw.bare("DELETE", INVENTORY));
    assert_eq!(deleted["state"], "DELETED");
    let expires = deleted["expireTime"].clone();
    sandbox.advance(DAY);
    assert_eq!(ok(&raw.bare("DELETE", INVENTORY))["expireTime"], expires);
    let target = entry("player_5");
    let code = (400, "FAILED_PRECONDITION".to_owned());
    assert_eq!(error(&raw.get(&target)), code);
    assert_eq!(error(&raw.json("PATCH", &target, r#"{"value":1}"#)), code);
    assert_eq!(error(&raw.get(&format!("{INVENTORY}/entries"))), code);
    assert_eq!(ok(&raw.get(STORES))["dataStores"], json!([]));
    assert_eq!(
        ok(&raw.get(&format!("{OLDER}?limit=10")))["datastores"],
        json!([])
    );
    let shown = ok(&raw.get(&format!("{STORES}?showDeleted=true")));
    assert_eq!(shown["dataStores"][0]["state"], "DELETED");

    // Without a body, as some clients send it.
    let back = ok(&raw.bare("POST", &format!("{INVENTORY}:undelete")));
    assert_eq!(
        (&back["state"], &back["expireTime"]),
        (&json!("ACTIVE"), &json!(null))
    );
    assert_eq!(ok(&raw.get(&target))["value"]["coins"], 50);

    ok(&raw.json("DELETE", INVENTORY, "{}"));
    sandbox.advance(DAY * 30);
    assert_eq!(
        raw.bare("POST", &format!("{INVENTORY}:undelete")).status,
        404
    );
    assert_eq!(raw.get(&target).status, 404);
    let target = format!("{target}?allowMissing=true");
    ok(&raw.json("PATCH", &target, r#"{"value":1}"#));
    assert_eq!(
        sandbox.data_store(13_058, "Inventory").len(),
        1,
        "a new one"
    );
    assert_eq!(raw.bare("DELETE", &format!("{STORES}/None")).status, 404);
}

#[test]
fn one_snapshot_a_day() {
    let (sandbox, mut raw) = start();
    let target = format!("{STORES}:snapshot");
    let first = ok(&raw.json("POST", &target, "{}"));
    assert_eq!(first["newSnapshotTaken"], true);
    let second = ok(&raw.bare("POST", &target));
    assert_eq!(second["newSnapshotTaken"], false);
    assert_eq!(second["latestSnapshotTime"], first["latestSnapshotTime"]);
    sandbox.advance(DAY);
    let third = ok(&raw.json("POST", &target, "{}"));
    assert_eq!(third["newSnapshotTaken"], true);
    assert_ne!(third["latestSnapshotTime"], first["latestSnapshotTime"]);
}
