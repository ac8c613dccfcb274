//! Lists of entries: pages, filters, scopes, thousands of entries.

use super::{INVENTORY, all, ids, ok, start};
use rblx_open_cloud::sandbox::Fault;
use std::time::{Duration, Instant};

const PAGES: (&str, &str, &str) = ("dataStoreEntries", "nextPageToken", "pageToken");

#[test]
fn each_entry_once_in_pages() {
    let (_sandbox, mut raw) = start();
    let list = format!("{INVENTORY}/entries?maxPageSize=256");
    let pages = all(&mut raw, &list, PAGES);
    let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
    assert_eq!(sizes, [256, 46]);
    let mut found = ids(&mut raw, &format!("{INVENTORY}/entries?filter="));
    assert_eq!(found.len(), 302);
    found.dedup();
    assert_eq!(found.len(), 302);
    let first = &pages[0][0];
    assert_eq!(first.as_object().unwrap().len(), 2, "path and id only");
    assert_eq!(first["id"], "clan/7");
    let path = "universes/13058/data-stores/Inventory/entries/clan/7";
    assert_eq!(first["path"], path);
    // A larger page becomes the largest one; without a size it has ten.
    let list = format!("{INVENTORY}/entries?maxPageSize=1000");
    assert_eq!(all(&mut raw, &list, PAGES)[0].len(), 256);
    let page = ok(&raw.get(&format!("{INVENTORY}/entries")));
    assert_eq!(page["dataStoreEntries"].as_array().unwrap().len(), 10);
}

#[test]
fn filters() {
    let (_sandbox, mut raw) = start();
    let mut count = |path: &str, filter: &str| {
        let filter = filter.replace('"', "%22").replace(' ', "%20");
        let list = format!("{INVENTORY}/{path}?maxPageSize=100&filter={filter}");
        ids(&mut raw, &list).len()
    };
    assert_eq!(count("entries", "id.startsWith(\"player_29\")"), 11);
    assert_eq!(count("entries", "id.startsWith('mail@')"), 1);
    assert_eq!(count("entries", "id.startsWith(\"x\")"), 0);
    assert_eq!(count("scopes/pets/entries", ""), 1);
    assert_eq!(count("scopes/none/entries", ""), 0);
    assert_eq!(count("scopes/-/entries", "id.startsWith(\"pets/pl\")"), 1);
    assert_eq!(count("scopes/-/entries", "id.startsWith(\"p\")"), 1);
    assert_eq!(count("scopes/-/entries", "id.startsWith(\"glob\")"), 302);
    for wrong in ["id%20==%20%22a%22", "key.startsWith(%22a%22)"] {
        let reply = raw.get(&format!("{INVENTORY}/entries?filter={wrong}"));
        assert_eq!(reply.status, 400);
    }
}

#[test]
fn all_scopes_at_once() {
    let (_sandbox, mut raw) = start();
    let list = format!("{INVENTORY}/scopes/-/entries?maxPageSize=100");
    let pages = all(&mut raw, &list, PAGES);
    assert_eq!(pages.iter().map(Vec::len).sum::<usize>(), 303);
    let pet = pages.last().unwrap().last().unwrap();
    assert_eq!(pet["id"], "pets/player_1");
    let path = "universes/13058/data-stores/Inventory/scopes/pets/entries/player_1";
    assert_eq!(pet["path"], path);
    assert_eq!(pages[0][0]["id"], "global/clan/7");
}

#[test]
fn pages_stay_where_they_are_when_entries_come_and_go() {
    let (sandbox, mut raw) = start();
    let store = sandbox.data_store(13_058, "Letters");
    "bcdefgh"
        .chars()
        .for_each(|key| store.insert(&key.to_string(), serde_json::json!(1)));
    let list = "/cloud/v2/universes/13058/data-stores/Letters/entries?maxPageSize=3";
    let page = ok(&raw.get(list));
    let token = page["nextPageToken"].as_str().unwrap().to_owned();
    assert!(store.remove("b") && store.remove("d"));
    store.insert("a", serde_json::json!(1));
    let rest = ok(&raw.get(&format!("{list}&pageToken={token}")));
    let rest = rest["dataStoreEntries"].as_array().unwrap();
    let rest: Vec<_> = rest.iter().map(|item| &item["id"]).collect();
    assert_eq!(rest, ["e", "f", "g"]);
    // A token belongs to its list.
    let other = list.replace("maxPageSize=3", "maxPageSize=4");
    let reply = raw.get(&format!("{other}&pageToken={token}"));
    assert_eq!(reply.status, 400);
}

#[test]
fn empty_pages_with_a_token() {
    let (sandbox, mut raw) = start();
    let list = format!("{INVENTORY}/entries?maxPageSize=200");
    sandbox.fail_next(Fault::empty_page());
    let pages = all(&mut raw, &list, PAGES);
    assert_eq!(
        pages.iter().map(Vec::len).collect::<Vec<_>>(),
        [0, 200, 102]
    );
    // There are more deleted entries in a row than a page examines.
    let store = sandbox.data_store(13_058, "Gone");
    for number in 0..600 {
        store.insert(&format!("{number:03}"), serde_json::json!(1));
        store.remove(&format!("{number:03}"));
    }
    store.insert("last", serde_json::json!(1));
    let list = "/cloud/v2/universes/13058/data-stores/Gone/entries";
    let pages = all(&mut raw, list, PAGES);
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn a_page_does_not_go_through_the_pages_before_it() {
    let (sandbox, mut raw) = start();
    let store = sandbox.data_store(13_058, "Many");
    for number in 0..20_000 {
        store.insert(&format!("{number:05}"), serde_json::json!(number));
    }
    let list = "/cloud/v2/universes/13058/data-stores/Many/entries?maxPageSize=256";
    let started = Instant::now();
    assert_eq!(ids(&mut raw, list).len(), 20_000);
    // A page that went through all the pages before it would take a hundred times as long.
    assert!(started.elapsed() < Duration::from_secs(60));
}
