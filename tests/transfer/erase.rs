//! Erasure: all of one player, nothing of another.

use super::{ENTRY, inventory, requests};
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use serde_json::json;

#[test]
fn a_dry_run_deletes_nothing() {
    let sandbox = Sandbox::start().unwrap();
    let mut found = Vec::new();
    let erase = inventory(&sandbox)
        .all_scopes()
        .erase("player_1")
        .dry_run(true);
    let erase = erase.on_entry(|key| found.push(key.clone())).unlimited();
    let erased = erase.run().unwrap();
    assert_eq!((erased.found, erased.deleted), (2, 0));
    let scopes: Vec<_> = found
        .iter()
        .map(|key| key.scope.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(scopes, ["global", "pets"]);
    assert_eq!(requests(&sandbox, "DELETE", ""), 0);
    assert_eq!(sandbox.data_store(13_058, "Inventory").len(), 302);
}

#[test]
fn other_players_whose_ids_begin_alike_are_left_alone() {
    let sandbox = Sandbox::start().unwrap();
    let data = sandbox.data_store(13_058, "Inventory");
    for key in ["player_15/pets", "player_15_old", "player_15x"] {
        data.insert(key, json!(1));
    }
    let erased = inventory(&sandbox)
        .erase("player_15")
        .unlimited()
        .run()
        .unwrap();
    assert_eq!((erased.found, erased.deleted), (4, 4));
    assert_eq!(requests(&sandbox, "DELETE", "/entries/player_15"), 4);
    let left = data.keys();
    assert_eq!(
        left.iter()
            .filter(|key| key.starts_with("player_15"))
            .count(),
        10
    );
    // In the one scope the service filters: a list of one page.
    assert_eq!(requests(&sandbox, "GET", "/entries"), 1);
    let erased = inventory(&sandbox)
        .erase("player_2")
        .unlimited()
        .run()
        .unwrap();
    assert_eq!(erased.deleted, 1);
    // A text that does not end with a digit selects all that begin with it.
    let erased = inventory(&sandbox)
        .erase("clan/")
        .unlimited()
        .run()
        .unwrap();
    assert_eq!(erased.deleted, 1);
    assert_eq!(data.get("clan/7"), None);
}

#[test]
fn faults_and_entries_that_are_gone_already() {
    let sandbox = Sandbox::start().unwrap();
    let data = sandbox.data_store(13_058, "Inventory");
    sandbox.fail_on(&format!("DELETE {ENTRY}"), Fault::lost_answer());
    let erased = inventory(&sandbox)
        .erase("player_7")
        .unlimited()
        .run()
        .unwrap();
    assert_eq!((erased.deleted, erased.vanished), (1, 0), "gone is done");
    let erase = inventory(&sandbox).erase("player_8").unlimited();
    let erased = erase
        .on_entry(|key| assert!(data.remove(key.id.as_str())))
        .run()
        .unwrap();
    assert_eq!((erased.found, erased.deleted, erased.vanished), (1, 0, 1));
    sandbox.fail_on(
        &format!("DELETE {ENTRY}"),
        Fault::status(403, "PERMISSION_DENIED", "No."),
    );
    let error = inventory(&sandbox)
        .erase("player_9")
        .unlimited()
        .run()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    assert!(error.path().unwrap().ends_with("/player_9"));
    let before = sandbox.requests().len();
    let error = inventory(&sandbox).erase("").run().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(sandbox.requests().len(), before);
}
