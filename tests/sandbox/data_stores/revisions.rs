//! Revisions: by id, by time, as a list.

use super::{DAY, INVENTORY, entry, ids, ok, start};
use rblx_open_cloud::sandbox::Sandbox;
use serde_json::json;
use time::format_description::well_known::Rfc3339;

fn write(sandbox: &Sandbox, value: u64) -> String {
    let store = sandbox.data_store(13_058, "Inventory");
    store.insert("k", json!(value));
    let time = sandbox.now().format(&Rfc3339).unwrap();
    sandbox.advance(DAY);
    time
}

#[test]
fn by_id_and_by_time() {
    let (sandbox, mut raw) = start();
    let times: Vec<String> = (1..=3).map(|value| write(&sandbox, value)).collect();
    let revisions = ids(&mut raw, &entry("k:listRevisions?maxPageSize=2"));
    assert_eq!(revisions.len(), 3);
    for (id, value) in revisions.iter().zip([3, 2, 1]) {
        assert_eq!(ok(&raw.get(&entry(id)))["value"], value, "the newest first");
    }
    for (time, value) in times.iter().zip(1..) {
        let found = ok(&raw.get(&entry(&format!("k@latest:{time}"))));
        assert_eq!(found["value"], value);
    }
    assert_eq!(ok(&raw.get(&entry("k@latest")))["value"], 3);
    for wrong in [
        "x",
        "latest:soon",
        "latest:1969-01-01T00:00:00Z",
        "latest:2999-01-01T00:00:00Z",
    ] {
        assert_eq!(
            raw.get(&entry(&format!("k@{wrong}"))).status,
            400,
            "{wrong}"
        );
    }
    let unknown = "08D9E6A3F2188CFF.0000000001.08D9E6A3F2188CFF.01";
    assert_eq!(raw.get(&entry(&format!("k@{unknown}"))).status, 404);
}

#[test]
fn lists_between_two_times() {
    let (sandbox, mut raw) = start();
    let times: Vec<String> = (1..=4).map(|value| write(&sandbox, value)).collect();
    let mut count = |filter: String| {
        let filter = filter.replace(' ', "%20").replace('&', "%26");
        let list = entry(&format!("k:listRevisions?filter={filter}"));
        ids(&mut raw, &list).len()
    };
    let (from, to) = (&times[1], &times[2]);
    assert_eq!(count(format!("revision_create_time >= {from}")), 2);
    assert_eq!(count(format!("revision_create_time <= {to}")), 3);
    let both = format!("revision_create_time >= {from} && revision_create_time <= {to}");
    assert_eq!(count(both), 1);
    assert_eq!(raw.get(&entry("k:listRevisions?filter=time")).status, 400);
    assert_eq!(raw.get(&entry("nobody:listRevisions")).status, 404);
}

#[test]
fn an_item_names_its_revision_and_holds_no_value() {
    let (_sandbox, mut raw) = start();
    let scoped = format!("{INVENTORY}/scopes/pets/entries/player_1:listRevisions");
    let list = ok(&raw.get(&scoped));
    let item = &list["dataStoreEntries"][0];
    let id = format!("player_1@{}", item["revisionId"].as_str().unwrap());
    assert_eq!(item["id"], id.as_str());
    let path = format!("universes/13058/data-stores/Inventory/scopes/pets/entries/{id}");
    assert_eq!(item["path"], path.as_str());
    assert!(item["value"].is_null() && item["users"].is_null());
    let mut fields: Vec<&String> = item.as_object().unwrap().keys().collect();
    fields.sort();
    assert_eq!(
        fields,
        [
            "createTime",
            "etag",
            "id",
            "path",
            "revisionCreateTime",
            "revisionId",
            "state"
        ]
    );
    // With an `@` in the key, and after a deletion.
    let target = entry("mail%40home");
    assert_eq!(ok(&raw.bare("DELETE", &target)), json!({}));
    let list = ok(&raw.get(&entry("mail%40home:listRevisions")));
    let states = list["dataStoreEntries"].as_array().unwrap();
    let states: Vec<_> = states.iter().map(|item| &item["state"]).collect();
    assert_eq!(states, ["DELETED", "ACTIVE"]);
}

#[test]
fn replaced_revisions_are_kept_for_thirty_days() {
    let (sandbox, mut raw) = start();
    for value in 1..=3 {
        write(&sandbox, value);
    }
    let list = entry("k:listRevisions");
    sandbox.advance(DAY * 27);
    assert_eq!(ids(&mut raw, &list).len(), 3);
    sandbox.advance(DAY);
    assert_eq!(ids(&mut raw, &list).len(), 2);
    sandbox.advance(DAY * 100);
    assert_eq!(ids(&mut raw, &list).len(), 1, "the newest stays");
    write(&sandbox, 4);
    assert_eq!(ok(&raw.get(&entry("k")))["value"], 4);
}
