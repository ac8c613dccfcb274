//! The ledger: its service, its robustness, and uploads whose outcome is unknown.

use std::fs::{File, FileTimes, OpenOptions};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use rblx_open_cloud::models::{AssetType, ModerationState};
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use rblx_open_cloud::sync::{Ledger, LedgerState, SyncError, SyncOutcome, SyncedFile};
use rblx_open_cloud::{Client, ErrorKind, ModeratedName};

use crate::folder::{Folder, PNG, kinds, run};
use crate::support::{MockServer, ok};

fn words(results: &crate::folder::Results) -> Vec<String> {
    kinds(results).into_iter().map(|(_, word)| word).collect()
}

/// The error of a run that cannot even start.
fn rejection(folder: &Folder, client: &Client) -> String {
    let mut all = folder.all(client);
    let error = all.next().unwrap().unwrap_err();
    assert!(all.next().is_none());
    assert_eq!(error.path, folder.ledger());
    assert_eq!(error.error.kind(), ErrorKind::InvalidInput);
    error.to_string()
}

#[test]
fn files_that_are_not_ledgers_are_not_changed() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png"]);
    let head = format!("{{\"assetLedger\":2,\"service\":\"{}\"}}\n", sandbox.url());
    for (text, why) in [
        ("[package]\nname = \"x\"\n", "line 1"),
        ("precious text without a line break", "line 1"),
        ("{\"assetLedger\":3}\n", "a newer version"),
        (&format!("{head}<<<<<<< HEAD\n{{}}\n"), "line 2"),
        (&format!("{head}<<<<<<< HEAD"), "line 2"),
    ] {
        std::fs::write(folder.ledger(), text).unwrap();
        let error = rejection(&folder, &sandbox.client());
        assert!(error.contains(why), "{error}");
        assert_eq!(folder.text(), text, "nothing was changed");
    }
    assert_eq!(sandbox.requests().len(), 0);
}

#[test]
fn two_runs_do_not_share_a_ledger() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png"]);
    let mut one = folder.all(&sandbox.client());
    one.next().unwrap().unwrap();
    let error = rejection(&folder, &sandbox.client());
    assert!(
        error.ends_with("in use by another run; wait until it ends"),
        "{error}"
    );
    assert!(one.next().is_none());
    assert_eq!(words(&run(folder.all(&sandbox.client()))), ["unchanged"]);
}

#[test]
fn a_ledger_is_a_regular_file_of_a_sane_size() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png"]);
    let all = |ledger: &Path| {
        let all = sandbox.client().user(156).upload_all(folder.files());
        let error = all.ledger(ledger).map(Result::unwrap_err).next().unwrap();
        assert_eq!(error.error.kind(), ErrorKind::InvalidInput);
        error.to_string()
    };
    assert!(all(&folder.0).contains("cannot be opened: it is a directory"));
    let missing = all(&folder.0.join("none/assets.ledger"));
    assert!(
        missing.contains("assets.ledger cannot be created: there is no folder"),
        "{missing}"
    );
    assert_eq!(missing.matches("assets.ledger").count(), 1, "{missing}");
    let large = folder.0.join("large.ledger");
    File::create(&large).unwrap().set_len(1 << 40).unwrap();
    assert!(all(&large).contains("it is not a ledger"));
    if cfg!(unix) {
        let pipe = folder.0.join("pipe.ledger");
        let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        for path in [pipe.as_path(), Path::new("/dev/zero")] {
            let started = Instant::now();
            assert!(all(path).contains("it is a pipe or a device"));
            assert!(Ledger::read(path).is_err());
            assert!(started.elapsed().as_secs() < 10);
        }
    }
    assert_eq!(sandbox.requests().len(), 0);
}

#[test]
#[cfg(feature = "rustls")]
fn ids_of_one_service_do_not_pass_for_those_of_another() {
    let folder = Folder::with(&["a.png"]);
    let one = Sandbox::start_with_key(0, "the-same-key").unwrap();
    assert_eq!(words(&run(folder.all(&one.client()))), ["uploaded"]);
    assert_eq!(Ledger::read(folder.ledger()).unwrap().service(), one.url());
    let before = folder.text();

    // Another port, the live service, and another sandbox on the same port with the same key.
    let other = Sandbox::start().unwrap();
    assert!(rejection(&folder, &other.client()).contains(&other.url()));
    let live = Client::new("api-key").unwrap();
    assert!(rejection(&folder, &live).contains("https://apis.roblox.com"));
    let port = one.url().rsplit_once(':').unwrap().1.parse().unwrap();
    drop(one);
    let again = Sandbox::start_with_key(port, "the-same-key").unwrap();
    assert!(rejection(&folder, &again.client()).contains("another run of the sandbox"));
    let by_hand = || {
        Client::builder("the-same-key")
            .base_url(again.url())
            .build()
            .unwrap()
    };
    assert!(rejection(&folder, &by_hand()).contains("another run of the sandbox"));
    for client in [&other.client(), &live, &again.client()] {
        let error = folder
            .all(client)
            .dry_run(true)
            .next()
            .unwrap()
            .unwrap_err();
        assert_eq!(error.error.kind(), ErrorKind::InvalidInput, "{error}");
    }
    assert_eq!(again.uploads().len() + other.uploads().len(), 0);
    assert_eq!(folder.text(), before);

    // A client made by hand writes the same ledger as the sandbox's own.
    std::fs::remove_file(folder.ledger()).unwrap();
    assert_eq!(words(&run(folder.all(&by_hand()))), ["uploaded"]);
    assert_eq!(words(&run(folder.all(&again.client()))), ["unchanged"]);
    assert_eq!(words(&run(folder.all(&by_hand()))), ["unchanged"]);
    drop(again);
    let last = Sandbox::start_with_key(port, "the-same-key").unwrap();
    assert!(rejection(&folder, &last.client()).contains("another run of the sandbox"));
}

#[test]
#[cfg(feature = "rustls")]
fn a_ledger_of_the_first_version_needs_a_line_that_names_its_service() {
    let folder = Folder::with(&["a.png"]);
    let key = "\"creator\":\"users/156\",\"type\":\"Image\"";
    let hash = "8c9b7b7f0d0d0c4ac0f8f7a2b1e3a5b87ef7f3b2f5f3f1b6f1ef9d4e4f7d5a11";
    let old = format!("{{\"assetLedger\":1}}\n{{\"sha256\":\"{hash}\",{key},\"asset\":\"5\"}}\n");
    std::fs::write(folder.ledger(), &old).unwrap();
    let client = Client::new("api-key").unwrap();
    let error = rejection(&folder, &client);
    let line = error.split_once("at the top: ").unwrap().1.trim();
    assert_eq!(folder.text(), old);
    assert!(
        Ledger::read(folder.ledger())
            .unwrap_err()
            .to_string()
            .contains(line)
    );
    // At the top, in place of the first line, or at the end.
    let entries = old.split_once('\n').unwrap().1;
    for text in [
        format!("{line}\n{old}"),
        format!("{line}\n{entries}"),
        format!("{old}{line}"),
    ] {
        std::fs::write(folder.ledger(), text).unwrap();
        let ledger = Ledger::read(folder.ledger()).unwrap();
        assert_eq!(ledger.service(), "https://apis.roblox.com");
        assert_eq!(ledger.entries()[0].asset_id(), Some(5.into()));
    }
}

#[test]
fn a_whole_last_line_counts_without_its_line_break() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png"]);
    run(folder.all(&sandbox.client()));
    let text = folder.text();
    std::fs::write(folder.ledger(), text.trim_end()).unwrap();
    folder.write("b.png", "b");
    assert_eq!(
        words(&run(folder.all(&sandbox.client()))),
        ["unchanged", "uploaded"]
    );
    assert!(folder.text().starts_with(&text), "{}", folder.text());
    assert_eq!(Ledger::read(folder.ledger()).unwrap().entries().len(), 2);
    assert_eq!(sandbox.uploads().len(), 2);
}

#[test]
fn a_ledger_that_is_replaced_or_changed_during_a_run_stops_it() {
    type Change = fn(&Path);
    let replace: Change = |ledger| {
        let other = ledger.with_extension("other");
        std::fs::copy(ledger, &other).unwrap();
        std::fs::rename(other, ledger).unwrap();
    };
    let delete: Change = |ledger| std::fs::remove_file(ledger).unwrap();
    let append: Change = |ledger| {
        let mut file = OpenOptions::new().append(true).open(ledger).unwrap();
        std::io::Write::write_all(&mut file, b"\n").unwrap();
    };
    for (change, word) in [
        (replace, "replaced"),
        (delete, "deleted"),
        (append, "changed by something else"),
    ] {
        if cfg!(windows) {
            // The open file cannot be changed there.
            continue;
        }
        let sandbox = Sandbox::start().unwrap();
        let folder = Folder::with(&["a.png", "b.png"]);
        let ledger = folder.ledger();
        let all = folder.all(&sandbox.client()).threads(1);
        let results = run(all.on_progress(move |path, sent, _| {
            if sent == 0 && path.ends_with("a.png") {
                change(&ledger);
            }
        }));
        let error = results["a.png"].as_ref().unwrap_err().to_string();
        assert!(error.contains(word), "{error}");
        assert!(error.contains("the file was uploaded as asset"), "{error}");
        assert_eq!(sandbox.uploads().len(), 1, "no further file was sent");
        let last = results["b.png"].as_ref().unwrap_err().to_string();
        assert!(last.contains("was not sent"), "{last}");
    }
}

/// Asserts the text for an upload of an earlier run with an unknown outcome: what to look for, and what to do then.
fn assert_says_what_to_do(result: &Result<SyncedFile, SyncError>, what: &str) {
    let error = &result.as_ref().unwrap_err().error;
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert!(error.outcome_unknown(), "{error}");
    let text = error.to_string();
    for words in [
        what,
        "an earlier run sent this file",
        "Look for it among your creations (https://create.roblox.com/dashboard/creations)",
        "`UploadAll::resend_unclear(true)`",
        "last line of the ledger",
    ] {
        assert!(text.contains(words), "{words:?} is missing: {text}");
    }
    for words in ["Check the id", "check before", "returned 404"] {
        assert!(!text.contains(words), "{words:?}: {text}");
    }
}

#[test]
fn files_with_the_content_of_an_unclear_upload_share_its_error() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let folder = Folder::new();
    let files: Vec<_> = (0..5)
        .map(|number| folder.write(&format!("{number}.png"), "the same"))
        .collect();
    // Without a ledger, and with one.
    for (ledger, threads) in [
        (None, 1),
        (None, 4),
        (Some(folder.ledger()), 1),
        (Some(folder.0.join("other")), 4),
    ] {
        sandbox.clear_requests();
        sandbox.fail_next(Fault::lost_answer());
        let all = client.user(156).upload_all(&files).threads(threads);
        let all = match ledger {
            Some(ledger) => all.ledger(ledger),
            None => all,
        };
        assert_eq!(words(&run(all)), ["unclear"; 5]);
        assert_eq!(sandbox.uploads().len(), 1, "no twin was sent");
    }
    // The next run knows, sends nothing, and says so, also in a dry run.
    sandbox.clear_requests();
    for dry in [false, true] {
        let results = run(folder.all(&client).dry_run(dry));
        assert_eq!(words(&results), ["unclear"; 5]);
        assert_says_what_to_do(&results["0.png"], "ended before there was a response");
    }
    assert_eq!(sandbox.requests().len(), 0);
    assert_eq!(
        Ledger::read(folder.ledger()).unwrap().entries()[0].state,
        LedgerState::Sent
    );
    let again = run(folder.all(&client).resend_unclear(true).threads(1));
    assert_eq!(
        words(&again),
        [
            "uploaded",
            "unchanged",
            "unchanged",
            "unchanged",
            "unchanged"
        ]
    );
    assert_eq!(words(&run(folder.all(&client))), ["unchanged"; 5]);
}

#[test]
fn an_asset_that_was_found_by_hand_is_reported_to_the_ledger() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png"]);
    sandbox.fail_next(Fault::lost_answer());
    run(folder.all(&sandbox.client()));
    let text = folder
        .text()
        .replace("\"sent\":true", "\"asset\":\"120000000001\"");
    std::fs::write(folder.ledger(), text).unwrap();
    let results = run(folder.all(&sandbox.client()));
    assert_eq!(
        results["a.png"].as_ref().unwrap().asset_id(),
        Some(120_000_000_001.into())
    );
}

#[test]
fn a_certain_rejection_leaves_nothing_unclear() {
    for fault in [
        Fault::status(400, "INVALID_ARGUMENT", "InvalidImage"),
        Fault::status(403, "PERMISSION_DENIED", "No right"),
        Fault::status(401, "UNAUTHENTICATED", "Invalid API Key"),
        Fault::rate_limited(100_000),
    ] {
        let sandbox = Sandbox::start().unwrap();
        let folder = Folder::with(&["a.png"]);
        sandbox.fail_next(fault);
        assert!(run(folder.all(&sandbox.client()))["a.png"].is_err());
        // A client that has not heard of the window.
        let client = sandbox.client_builder().build().unwrap();
        assert_eq!(words(&run(folder.all(&client))), ["uploaded"]);
    }
}

#[test]
fn a_name_that_is_rejected_twice_leaves_nothing_unclear() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png"]);
    // The first name is rejected while the file is processed, the other one when it is sent.
    sandbox.fail_next_operation("INVALID_ARGUMENT", "AssetName is moderated.");
    let other = ModeratedName::retry_as("also a moderated-name");
    let all = folder.all(&sandbox.client());
    let results = run(all.each(move |_, upload| upload.on_moderated_name(other.clone())));
    let error = &results["a.png"].as_ref().unwrap_err().error;
    assert_eq!(error.kind(), ErrorKind::ModeratedText, "{error}");
    assert_eq!(words(&run(folder.all(&sandbox.client()))), ["uploaded"]);
}

#[test]
fn a_change_that_keeps_length_and_time_is_noticed() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png"]);
    let path = folder.0.join("a.png");
    let original = std::fs::read(&path).unwrap();
    let changed = [PNG, b"A.PNG"].concat();
    let (place, content) = (path.clone(), changed.clone());
    let all = folder
        .all(&sandbox.client())
        .on_progress(move |_, sent, _| {
            if sent == 0 {
                let modified = std::fs::metadata(&place).unwrap().modified().unwrap();
                std::fs::write(&place, &content).unwrap();
                let file = OpenOptions::new().write(true).open(&place).unwrap();
                file.set_times(FileTimes::new().set_modified(modified))
                    .unwrap();
            }
        });
    let error = run(all)["a.png"].as_ref().unwrap_err().to_string();
    assert!(
        error.contains("changed while it was uploaded as asset"),
        "{error}"
    );
    assert_eq!(sandbox.uploads()[0].content(), changed);
    assert!(folder.text().contains("\"void\""), "{}", folder.text());
    assert!(Ledger::read(folder.ledger()).unwrap().entries().is_empty());

    // The old content comes back: it was never uploaded, and no operation belongs to it.
    std::fs::write(&path, &original).unwrap();
    let results = run(folder.all(&sandbox.client()));
    assert_eq!(words(&results), ["uploaded"]);
    assert_eq!(sandbox.uploads()[1].content(), original);
    assert_eq!(words(&run(folder.all(&sandbox.client()))), ["unchanged"]);
}

#[test]
fn an_operation_that_the_service_forgot_is_unclear() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png"]);
    sandbox.polls_until_done(u32::MAX);
    let wait = std::time::Duration::from_millis(5);
    let all = || {
        folder
            .all(&sandbox.client())
            .each(move |_, upload| upload.wait_for(wait))
    };
    assert!(run(all())["a.png"].is_err());
    let text = folder.text();
    let operation = text
        .split("operations/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    std::fs::write(folder.ledger(), text.replace(operation, "0b0b0b0b")).unwrap();
    let results = run(all());
    assert_eq!(words(&results), ["unclear"]);
    assert_says_what_to_do(&results["a.png"], "no longer knows");
    assert_eq!(sandbox.uploads().len(), 1, "it was not sent again");
    sandbox.polls_until_done(0);
    assert_eq!(words(&run(all().resend_unclear(true))), ["uploaded"]);
}

#[test]
fn a_failed_operation_does_not_hide_the_upload_of_another_branch() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png"]);
    sandbox.fail_next_operation("INTERNAL", "Something broke.");
    assert!(run(folder.all(&sandbox.client()))["a.png"].is_err());
    // Another branch sent the file as well, and ended before there was a response.
    let mut merged = String::new();
    for line in folder.text().lines() {
        let copies = match line {
            line if line.contains("\"void\"") => 0,
            line if line.contains("\"sent\"") => 2,
            _ => 1,
        };
        merged.push_str(&format!("{line}\n").repeat(copies));
    }
    std::fs::write(folder.ledger(), merged).unwrap();
    for _ in 0..2 {
        let results = run(folder.all(&sandbox.client()));
        assert_eq!(words(&results), ["unclear"]);
        assert_says_what_to_do(&results["a.png"], "ended before there was a response");
    }
    assert_eq!(sandbox.uploads().len(), 1, "it was not sent again");
    let again = run(folder.all(&sandbox.client()).resend_unclear(true));
    assert_eq!(words(&again), ["uploaded"]);
}

#[test]
fn a_slow_upload_is_not_sent_again_for_a_file_of_the_same_content() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::new();
    let files = ["a.png", "b.png"].map(|name| folder.write(name, "the same"));
    sandbox.polls_until_done(u32::MAX);
    let wait = std::time::Duration::from_millis(5);
    let all = sandbox.client().user(156).upload_all(files);
    let results = run(all.threads(1).each(move |_, upload| upload.wait_for(wait)));
    for result in results.values() {
        let error = &result.as_ref().unwrap_err().error;
        assert_eq!(error.kind(), ErrorKind::StillRunning);
        assert!(error.operation().is_some());
    }
    assert_eq!(sandbox.uploads().len(), 1);
}

/// A service whose moderation says this about each new asset, and that when it is looked up later.
fn moderating(first: &'static str, later: &'static str) -> MockServer {
    MockServer::new(move |_, request| {
        let asset = |state: &str| {
            format!(
                r#"{{"assetId":"77","displayName":"a","assetType":"Image","moderationResult":{{"moderationState":"{state}"}}}}"#
            )
        };
        if request.method == "POST" {
            ok(format!(
                r#"{{"path":"operations/1","done":true,"response":{}}}"#,
                asset(first)
            ))
        } else {
            ok(asset(later))
        }
    })
}

#[test]
fn a_rejected_asset_is_never_silently_unchanged() {
    for (first, later, word, lookups) in [
        ("Approved", "Rejected", "unchanged", 0),
        ("Rejected", "Rejected", "rejected", 0),
        ("MODERATION_STATE_REVIEWING", "Rejected", "rejected", 1),
        ("Reviewing", "Approved", "unchanged", 1),
        ("Reviewing", "Reviewing", "unchanged", 2),
    ] {
        let peer = moderating(first, later);
        let folder = Folder::with(&["a.png"]);
        let results = run(folder.all(&peer.client()));
        let file = results["a.png"].as_ref().unwrap();
        assert_eq!(file.moderation_state, Some(ModerationState::from(first)));
        assert!(matches!(&file.outcome, SyncOutcome::Uploaded(uploaded)
            if uploaded.moderation_state == file.moderation_state));
        // Twice: the state is kept, unless it may change.
        for _ in 0..2 {
            let results = run(folder.all(&peer.client()));
            assert_eq!(words(&results), [word], "{first} {later}");
            let file = results["a.png"].as_ref().unwrap();
            let expected = if lookups == 0 { first } else { later };
            assert_eq!(file.moderation_state, Some(ModerationState::from(expected)));
            assert_eq!(file.asset_id(), Some(77.into()));
        }
        let ledger = Ledger::read(folder.ledger()).unwrap();
        let expected = if lookups == 0 { first } else { later };
        assert!(
            matches!(&ledger.entries()[0].state, LedgerState::Done { moderation_state, .. }
            if *moderation_state == Some(ModerationState::from(expected)))
        );
        assert_eq!(peer.requests().len(), 1 + lookups, "{first} {later}");
    }
}

#[test]
fn a_ledger_is_read_without_a_client() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png", "b.ogg"]);
    run(folder.all(&sandbox.client()));
    let decal = folder
        .all(&sandbox.client())
        .each(|_, upload| upload.asset_type(AssetType::Decal));
    assert_eq!(words(&run(decal)), ["uploaded", "InvalidAsset"]);
    let before = folder.text();
    let ledger = Ledger::read(folder.ledger()).unwrap();
    assert_eq!(ledger.entries().len(), 3);
    let entry = ledger.find(folder.0.join("b.ogg")).unwrap().unwrap();
    assert_eq!(
        (
            entry.creator.as_str(),
            &entry.asset_type,
            entry.file.as_deref()
        ),
        (
            "users/156",
            &AssetType::Audio,
            Some(&*folder.0.join("b.ogg"))
        )
    );
    assert!(
        sandbox
            .client()
            .asset(entry.asset_id().unwrap())
            .get()
            .is_ok()
    );
    // The content counts, not the name.
    let copy = folder.write("renamed.png", "a.png");
    assert!(ledger.find(copy).unwrap().is_some());
    let other = folder.write("other.png", "other");
    assert_eq!(ledger.find(other).unwrap(), None);
    assert!(ledger.find(folder.0.join("none")).is_err());
    assert!(Ledger::read(folder.0.join("none")).is_err());
    std::fs::write(folder.ledger(), "").unwrap();
    assert!(Ledger::read(folder.ledger()).unwrap().entries().is_empty());
    std::fs::write(folder.ledger(), before).unwrap();
}
