//! Exports: each entry once, whatever happens in between.

use std::cell::RefCell;
use std::io::Write;
use std::time::{Duration, Instant};

use super::{ENTRIES, ENTRY, inventory, keys, requests};
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::EntryFilter;
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use rblx_open_cloud::transfer::ExportCheckpoint;
use serde_json::{Value, json};

#[test]
fn lines_in_the_order_of_the_list_with_one_request_each() {
    let sandbox = Sandbox::start().unwrap();
    let store = inventory(&sandbox);
    let mut file = Vec::new();
    let mut reported = Vec::new();
    let export = store.export(&mut file).threads(8).unlimited();
    let exported = export.on_progress(|progress| reported.push(progress)).run();
    let exported = exported.unwrap();
    assert_eq!((exported.entries, exported.vanished), (302, 0));
    assert!(exported.failed.is_empty());
    assert_eq!(keys(&file), sandbox.data_store(13_058, "Inventory").keys());
    assert_eq!(requests(&sandbox, "GET", "/entries/"), 302);
    assert_eq!(requests(&sandbox, "GET", "/entries"), 302 + 2);
    assert_eq!(reported.len(), 302);
    assert_eq!(reported[301].bytes, exported.bytes);
    let text = String::from_utf8(file).unwrap();
    let line = text
        .lines()
        .find(|line| line.contains("player_5\""))
        .unwrap();
    let revision = &line[line.find(",\"revision\":\"").unwrap()..];
    assert_eq!(
        line.strip_suffix(revision).unwrap(),
        r#"{"key":"player_5","scope":"global","value":{"coins":50,"items":["sword"]},"users":[5],"attributes":{"level":5}"#
    );
}

#[test]
fn a_filter_and_scopes() {
    let sandbox = Sandbox::start().unwrap();
    let count = |store: rblx_open_cloud::resource::DataStore, filter: EntryFilter| {
        let mut file = Vec::new();
        let export = store.export(&mut file).matching(filter.show_deleted(true));
        assert_eq!(
            export.unlimited().run().unwrap().entries as usize,
            keys(&file).len()
        );
        let scopes: Vec<Value> = serde_json::Deserializer::from_slice(&file)
            .into_iter::<Value>()
            .map(|line| line.unwrap()["scope"].clone())
            .collect();
        let pets = scopes.iter().filter(|scope| *scope == "pets").count();
        (scopes.len(), pets)
    };
    let all = EntryFilter::all;
    assert!(sandbox.data_store(13_058, "Inventory").remove("player_29"));
    assert_eq!(
        count(inventory(&sandbox), all().prefix("player_29")),
        (10, 0)
    );
    assert_eq!(count(inventory(&sandbox).scope("pets"), all()), (1, 1));
    assert_eq!(count(inventory(&sandbox).all_scopes(), all()), (302, 1));
    assert_eq!(count(inventory(&sandbox).scope("none"), all()), (0, 0));
}

/// A writer that fails after a number of bytes, like a full disk.
struct Full<'f> {
    file: &'f RefCell<Vec<u8>>,
    left: usize,
}

impl Write for Full<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        let count = bytes.len().min(self.left);
        self.left -= count;
        self.file.borrow_mut().extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_export_cut_at_any_place_and_resumed_has_each_entry_once() {
    let sandbox = Sandbox::start().unwrap();
    let letters = sandbox.data_store(13_058, "Long");
    // Three pages, so that there are two checkpoints.
    for number in 0..520 {
        letters.insert(&format!("{number:03}"), json!(number));
    }
    let store = sandbox.client().universe(13_058).data_store("Long");
    let mut whole = Vec::new();
    store
        .export(&mut whole)
        .threads(8)
        .unlimited()
        .run()
        .unwrap();
    let length = whole.len();
    assert_eq!(keys(&whole).len(), 520);
    for cut in (0..length).step_by(length / 24).chain([length - 1]) {
        let (file, saved) = (RefCell::default(), RefCell::new(None));
        let full = Full {
            file: &file,
            left: cut,
        };
        let keep = |checkpoint: ExportCheckpoint| {
            *saved.borrow_mut() = Some(checkpoint.to_string());
            Ok(())
        };
        let export = store.export(full).threads(4).unlimited();
        let error = export.on_checkpoint(keep).run().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
        assert!(error.to_string().contains("cannot be written"), "{error}");

        let mut file = file.into_inner();
        assert_eq!(file.len(), cut);
        let saved = saved.into_inner();
        let checkpoint: Option<ExportCheckpoint> = saved.map(|text| text.parse().unwrap());
        file.truncate(checkpoint.as_ref().map_or(0, |it| it.bytes as usize));
        assert_eq!(checkpoint.is_some(), cut > length * 256 / 520);
        let mut rest = Vec::new();
        let export = store.export(&mut rest).unlimited();
        let export = match checkpoint {
            Some(checkpoint) => export.resume(checkpoint),
            None => export,
        };
        let exported = export.run().unwrap();
        file.extend_from_slice(&rest);
        assert!(file == whole, "cut at {cut}");
        assert_eq!(exported.bytes, length as u64);
    }
}

#[test]
fn a_file_is_cut_at_the_checkpoint() {
    let sandbox = Sandbox::start().unwrap();
    let store = inventory(&sandbox);
    let path = std::env::temp_dir().join(format!("rblx-export-{}", std::process::id()));
    let mut saved = None;
    let file = std::fs::File::create(&path).unwrap();
    let export = store.export(file).unlimited();
    let keep = |checkpoint| {
        saved = Some(checkpoint);
        Ok(())
    };
    export.on_checkpoint(keep).run().unwrap();
    let whole = std::fs::read(&path).unwrap();
    let checkpoint = saved.unwrap();
    std::fs::write(&path, [&whole[..], b"{\"half a li"].concat()).unwrap();
    let file = checkpoint.open(&path).unwrap();
    let resumed = store.export(file).unlimited().resume(checkpoint.clone());
    assert_eq!(resumed.run().unwrap().entries, 302 - 256);
    assert!(std::fs::read(&path).unwrap() == whole);

    std::fs::write(&path, b"short").unwrap();
    let error = checkpoint.open(&path).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(std::fs::read(&path).unwrap(), b"short", "left alone");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(
        checkpoint.open(&path).unwrap_err().kind(),
        ErrorKind::InvalidInput
    );

    // Nothing is sent for a checkpoint of another list.
    let before = sandbox.requests().len();
    for export in [
        inventory(&sandbox).scope("pets").export(Vec::new()),
        inventory(&sandbox)
            .export(Vec::new())
            .matching(EntryFilter::all().prefix("p")),
        sandbox
            .client()
            .universe(13_059)
            .data_store("Inventory")
            .export(Vec::new()),
    ] {
        let error = export.resume(checkpoint.clone()).run().unwrap_err();
        assert!(error.to_string().contains("another export"), "{error}");
    }
    assert_eq!(sandbox.requests().len(), before);
    assert!("{}".parse::<ExportCheckpoint>().is_err());
}

#[test]
fn an_error_of_the_checkpoint_ends_the_export() {
    let sandbox = Sandbox::start().unwrap();
    let export = inventory(&sandbox).export(std::io::sink()).unlimited();
    let keep = |_| Err(std::io::ErrorKind::PermissionDenied.into());
    let error = export.on_checkpoint(keep).run().unwrap_err();
    assert!(error.to_string().contains("checkpoint"), "{error}");
    assert!(requests(&sandbox, "GET", "/entries/") < 302);
}

#[test]
fn entries_that_vanish_are_counted() {
    let sandbox = Sandbox::start().unwrap();
    let store = sandbox.data_store(13_058, "Inventory");
    let mut gone = 0;
    let mut file = Vec::new();
    let export = inventory(&sandbox).export(&mut file).threads(1).unlimited();
    let exported = export.on_progress(|progress| {
        // Far enough behind what is being read.
        if progress.entries == 20 {
            for key in store.keys().iter().skip(100).take(10) {
                gone += u64::from(store.remove(key));
            }
        }
    });
    let exported = exported.run().unwrap();
    assert_eq!(gone, 10);
    assert_eq!((exported.entries, exported.vanished), (292, 10));
    assert_eq!(keys(&file).len(), 292);
}

#[test]
fn faults_are_repeated_or_end_it() {
    let sandbox = Sandbox::start().unwrap();
    let target = format!("GET {ENTRY}");
    sandbox.fail_on_times(&target, Fault::unavailable(), 2);
    sandbox.fail_on(&target, Fault::rate_limited(0));
    sandbox.fail_on(&target, Fault::cut_body());
    sandbox.fail_on(&target, Fault::truncated_json());
    sandbox.fail_on(&format!("GET {ENTRIES}"), Fault::lost_answer());
    sandbox.fail_on(&format!("GET {ENTRIES}"), Fault::empty_page());
    let mut file = Vec::new();
    let exported = inventory(&sandbox)
        .export(&mut file)
        .unlimited()
        .run()
        .unwrap();
    assert_eq!((exported.entries, keys(&file).len()), (302, 302));

    sandbox.fail_on(&target, Fault::status(403, "PERMISSION_DENIED", "No."));
    let error = inventory(&sandbox)
        .export(&mut file)
        .unlimited()
        .run()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    assert!(error.path().unwrap().contains("/entries/"), "{error}");
    let missing = sandbox.client().universe(13_058).data_store("None");
    let error = missing.export(&mut file).run().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[test]
fn the_rate_is_on_unless_it_is_taken_off() {
    let sandbox = Sandbox::start().unwrap();
    let pets = inventory(&sandbox).scope("pets");
    let start = Instant::now();
    pets.export(Vec::new()).threads(32).run().unwrap();
    // A list and an entry at 300 a minute.
    assert!(start.elapsed() >= Duration::from_millis(200));
    let players = EntryFilter::all().prefix("player_29");
    let export = inventory(&sandbox).export(Vec::new()).matching(players);
    let start = Instant::now();
    export.rate_per_minute(3000).threads(32).run().unwrap();
    assert!(start.elapsed() >= Duration::from_millis(11 * 20));
}

#[test]
fn a_shutdown_ends_it_at_once() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    sandbox.fail_on(&format!("GET {ENTRY}"), Fault::never_respond());
    let store = client.universe(13_058).data_store("Inventory");
    std::thread::scope(|scope| {
        let export = scope.spawn(|| store.export(std::io::sink()).rate_per_minute(60).run());
        std::thread::sleep(Duration::from_millis(20));
        let start = Instant::now();
        client.shutdown();
        let error = export.join().unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Shutdown);
        assert!(start.elapsed() < Duration::from_secs(10));
    });
}

#[test]
fn an_error_cuts_what_is_still_being_read() {
    let sandbox = Sandbox::start().unwrap();
    // The first of all entries.
    let first = "/cloud/v2/universes/13058/data-stores/Inventory/entries/clan%2F7";
    sandbox.fail_on(first, Fault::status(403, "PERMISSION_DENIED", "No."));
    sandbox.fail_on_times(&format!("GET {ENTRY}"), Fault::never_respond(), 300);
    let start = Instant::now();
    let export = inventory(&sandbox).export(std::io::sink()).unlimited();
    assert!(export.threads(4).run().is_err());
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_panic_of_a_callback_reaches_the_caller() {
    let sandbox = Sandbox::start().unwrap();
    let store = inventory(&sandbox);
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let export = store.export(std::io::sink()).unlimited();
        export.on_progress(|_| panic!("of the caller")).run()
    }));
    assert!(caught.is_err());
}
