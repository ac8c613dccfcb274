//! Imports: what is written, and where they stop.

use std::fmt::Write as _;
use std::io::Read;
use std::time::{Duration, Instant};

use super::{ENTRIES, ENTRY, inventory, requests};
use rblx_open_cloud::ErrorKind;
use rblx_open_cloud::models::RevisionFilter;
use rblx_open_cloud::resource::DataStore;
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use serde_json::json;

fn store(sandbox: &Sandbox) -> DataStore {
    sandbox.client().universe(13_058).data_store("To")
}

fn lines(count: usize) -> String {
    (1..=count).fold(String::new(), |mut lines, number| {
        let _ = writeln!(lines, r#"{{"key":"k{number:03}","value":{number}}}"#);
        lines
    })
}

#[test]
fn existing_entries_are_left_alone_unless_they_are_overwritten() {
    let sandbox = Sandbox::start().unwrap();
    let text = "{\"key\":\"player_5\",\"value\":1}\n\n{\"key\":\"new\",\"value\":2,\"users\":[7]}";
    let imported = inventory(&sandbox).import(text.as_bytes()).if_absent();
    let imported = imported.unlimited().run().unwrap();
    assert_eq!(
        (imported.written, imported.existing, imported.lines),
        (1, 1, 3)
    );
    let data = sandbox.data_store(13_058, "Inventory");
    assert_eq!(data.get("player_5").unwrap()["coins"], 50);
    assert_eq!(requests(&sandbox, "POST", "/entries"), 2);
    assert_eq!(sandbox.requests().len(), 2, "one request for each");

    let imported = inventory(&sandbox).import(text.as_bytes()).overwrite();
    assert_eq!(imported.unlimited().run().unwrap().written, 2);
    assert_eq!(data.get("player_5"), Some(json!(1)));
    assert!(data.users("player_5").is_empty(), "the line has none");
    assert_eq!(requests(&sandbox, "PATCH", "/entries/"), 2);
}

#[test]
fn it_stops_at_the_first_write_with_an_unknown_outcome() {
    let sandbox = Sandbox::start().unwrap();
    let text = lines(60);
    let fault = || sandbox.fail_on(&format!("POST {ENTRIES}"), Fault::lost_answer());
    let mut done = 0;
    let import = store(&sandbox)
        .import(text.as_bytes())
        .threads(1)
        .unlimited();
    let import = import.on_progress(|progress| {
        done = progress.lines;
        if progress.lines == 10 {
            fault();
        }
    });
    let error = import.run().unwrap_err();
    assert!(error.outcome_unknown(), "{error}");
    let line = done + 1;
    let named = format!("line {line} (\"k{line:03}\")");
    assert!(error.to_string().contains(&named), "{error}");
    assert!(
        error
            .to_string()
            .contains(&format!("up to line {done} are done"))
    );
    let written = sandbox.data_store(13_058, "To").len();
    assert!(written < 20, "{written}");
    // One request for each line: nothing was sent twice.
    assert_eq!(requests(&sandbox, "POST", "/entries"), written);

    // From there on it finds what was written, and writes the rest.
    let import = store(&sandbox).import(text.as_bytes()).resume(done);
    let imported = import.unlimited().run().unwrap();
    assert_eq!(imported.lines, 60);
    assert_eq!(imported.written + imported.existing + done, 60);
    assert!(imported.existing >= 1, "the one with the unknown outcome");
    let data = sandbox.data_store(13_058, "To");
    assert_eq!(data.len(), 60);
    assert!(data.keys().iter().all(|key| data.revision_count(key) == 1));
}

#[test]
fn an_invalid_line_is_reported_once() {
    let sandbox = Sandbox::start().unwrap();
    let error = |text: &str| {
        let import = store(&sandbox).import(text.as_bytes()).unlimited();
        import.run().unwrap_err().to_string()
    };
    assert_eq!(
        error("{nothing}"),
        "invalid input: line 1: the line is not an entry (key must be a string at column 2); no line was written"
    );
    let text = format!("{}nonsense", lines(3));
    assert_eq!(
        error(&text),
        "invalid input: line 4: the line is not an entry (expected ident at column 2); all lines up to line 3 are done"
    );
}

#[test]
fn an_aborted_write_is_not_an_existing_entry() {
    let sandbox = Sandbox::start().unwrap();
    let aborted = Fault::status(409, "ABORTED", "Other requests were faster.");
    sandbox.fail_on(&format!("POST {ENTRIES}"), aborted);
    let text = lines(3);
    let import = store(&sandbox).import(text.as_bytes()).unlimited();
    let error = import.threads(1).run().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
    assert!(error.to_string().contains("line 1 "), "{error}");
    let import = store(&sandbox).import(text.as_bytes()).unlimited();
    assert_eq!(import.run().unwrap().lines, 3);
    assert_eq!(sandbox.data_store(13_058, "To").len(), 3);
}

#[test]
fn several_unknown_outcomes_are_all_named() {
    let sandbox = Sandbox::start().unwrap();
    let target = format!("POST {ENTRIES}");
    sandbox.fail_on_times(&target, Fault::lost_answer(), 40);
    let text = lines(40);
    let import = store(&sandbox).import(text.as_bytes()).threads(3);
    let error = import.unlimited().run().unwrap_err().to_string();
    assert!(error.contains("line 1 "), "{error}");
    // The number of threads that had started is random: the error names each request that was sent.
    let also = error.split_once("unknown also for: ");
    let also = also.map_or(0, |(_, rest)| {
        rest.split(')').next().unwrap().split(", ").count()
    });
    assert_eq!(requests(&sandbox, "POST", "/entries"), 1 + also, "{error}");
    assert!(also < 3, "no further write was started: {error}");
}

#[test]
fn an_overwrite_is_sent_again_because_it_is_idempotent() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fail_on(&format!("PATCH {ENTRY}"), Fault::lost_answer());
    sandbox.fail_on(&format!("PATCH {ENTRY}"), Fault::unavailable());
    let text = lines(5);
    let import = store(&sandbox).import(text.as_bytes()).overwrite();
    assert_eq!(import.unlimited().run().unwrap().written, 5);
    assert_eq!(requests(&sandbox, "PATCH", "/entries/"), 7);
}

#[test]
fn invalid_lines() {
    let sandbox = Sandbox::start().unwrap();
    let half = format!("{}{{\"key\":\"half", lines(3));
    let error = store(&sandbox).import(half.as_bytes()).run().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(error.to_string().contains("line 4: "), "{error}");
    assert_eq!(sandbox.data_store(13_058, "To").len(), 3, "those before it");
    let long = "k".repeat(51);
    for line in [
        "[]".to_owned(),
        r#"{"key":"a"}"#.to_owned(),
        r#"{"value":1}"#.to_owned(),
        format!(r#"{{"key":"{long}","value":1}}"#),
        r#"{"key":"a","value":1,"users":["x"]}"#.to_owned(),
        r#"{"key":"a","value":1,"scope":"other"}"#.to_owned(),
    ] {
        let before = sandbox.requests().len();
        let store = store(&sandbox).scope("mine");
        let error = store.import(line.as_bytes()).run().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{line}: {error}");
        assert!(error.to_string().contains("line 1"), "{line}: {error}");
        assert_eq!(sandbox.requests().len(), before, "{line}");
    }
    let error = store(&sandbox).import(&b"{}"[..]).resume(5).run();
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidInput);
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::InvalidData.into())
        }
    }
    let error = store(&sandbox).import(Broken).run().unwrap_err();
    assert!(error.to_string().contains("cannot be read"), "{error}");
}

#[test]
fn an_endless_line_does_not_fill_the_memory() {
    let sandbox = Sandbox::start().unwrap();
    let endless = std::io::repeat(b' ');
    let error = store(&sandbox).import(endless).run().unwrap_err();
    assert!(error.to_string().contains("bytes"), "{error}");
}

#[test]
fn lines_with_one_key_keep_their_order() {
    let sandbox = Sandbox::start().unwrap();
    let text = (0..60).fold(String::new(), |mut text, number| {
        let key = number % 3;
        let _ = writeln!(text, r#"{{"key":"k{key}","value":{number}}}"#);
        text
    });
    let import = store(&sandbox)
        .import(text.as_bytes())
        .overwrite()
        .threads(8);
    let imported = import.unlimited().run().unwrap();
    assert_eq!(imported.written, 60);
    let data = sandbox.data_store(13_058, "To");
    assert_eq!(data.len(), 3);
    for key in 0..3 {
        let entry = store(&sandbox).entry(format!("k{key}"));
        let revisions = entry.list_revisions(RevisionFilter::all());
        let mut values: Vec<u64> = revisions
            .map(|revision| entry.get_at(revision.unwrap().revision_id).unwrap().value)
            .collect();
        // The newest revision comes first.
        values.reverse();
        assert_eq!(
            values,
            (0..20).map(|turn| turn * 3 + key).collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_key_with_and_without_its_scope_is_one_key() {
    let sandbox = Sandbox::start().unwrap();
    for (scope, store) in [
        ("global", store(&sandbox)),
        ("mine", store(&sandbox).scope("mine")),
    ] {
        let text = (0..40).fold(String::new(), |mut text, number| {
            let named = format!(r#","scope":"{scope}""#);
            let named = if number % 2 == 0 { &named } else { "" };
            let _ = writeln!(text, r#"{{"key":"k"{named},"value":{number}}}"#);
            text
        });
        let import = store.import(text.as_bytes()).overwrite().threads(8);
        assert_eq!(import.unlimited().run().unwrap().written, 40);
        let entry = store.entry("k");
        let revisions = entry.list_revisions(RevisionFilter::all());
        let values: Vec<u64> = revisions
            .map(|revision| entry.get_at(revision.unwrap().revision_id).unwrap().value)
            .collect();
        // The newest revision comes first.
        assert_eq!(values, (0..40).rev().collect::<Vec<_>>(), "{scope}");
    }
}

#[test]
fn after_a_failure_nothing_waits_for_its_turn() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fail_on(&format!("POST {ENTRIES}"), Fault::lost_answer());
    let start = Instant::now();
    let text = lines(20);
    let import = store(&sandbox).import(text.as_bytes()).threads(3);
    let error = import.rate_per_minute(1).run().unwrap_err();
    assert!(error.to_string().contains("line 1 "), "{error}");
    assert!(
        start.elapsed() < Duration::from_secs(50),
        "a turn is a minute"
    );
    assert_eq!(requests(&sandbox, "POST", "/entries"), 1);
}

#[test]
fn rate_and_shutdown() {
    let sandbox = Sandbox::start().unwrap();
    let text = lines(3);
    let start = Instant::now();
    store(&sandbox).import(text.as_bytes()).run().unwrap();
    assert!(
        start.elapsed() >= Duration::from_millis(400),
        "300 a minute"
    );
    let client = sandbox.client();
    let store = client.universe(13_058).data_store("To");
    std::thread::scope(|scope| {
        let import = scope.spawn(|| {
            let import = store.import(text.as_bytes()).overwrite();
            import.rate_per_minute(1).run()
        });
        std::thread::sleep(Duration::from_millis(20));
        client.shutdown();
        let error = import.join().unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Shutdown);
    });
}
