//! Many uploads: nothing twice, nothing lost, whatever happens in between.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rblx_open_cloud::models::AssetType;
use rblx_open_cloud::sandbox::{Fault, Sandbox};
use rblx_open_cloud::sync::{SyncError, SyncOutcome, SyncedFile, UploadAll, files_in};
use rblx_open_cloud::{Client, ErrorKind};

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("rblx-open-cloud-sync-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn with(files: &[&str]) -> Self {
        let folder = Self::new();
        for name in files {
            folder.write(name, name);
        }
        folder
    }

    /// A file of the format that its extension says, with this text in it.
    fn write(&self, name: &str, text: &str) -> PathBuf {
        let start: &[u8] = match name.rsplit_once('.').unwrap().1 {
            "png" => b"\x89PNG\r\n\x1a\n",
            "ogg" => b"OggS",
            "rbxm" => b"<roblox!\x89\xff\r\n\x1a\n",
            _ => b"",
        };
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, [start, text.as_bytes()].concat()).unwrap();
        path
    }

    fn ledger(&self) -> PathBuf {
        self.0.join("assets.ledger")
    }

    fn files(&self) -> Vec<PathBuf> {
        files_in(&self.0).unwrap()
    }

    fn all(&self, client: &Client) -> UploadAll {
        client
            .user(156)
            .upload_all(self.files())
            .ledger(self.ledger())
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.ledger()).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

type Results = BTreeMap<String, Result<SyncedFile, SyncError>>;

fn run(all: UploadAll) -> Results {
    let mut results = Results::new();
    for result in all {
        let path = match &result {
            Ok(file) => &file.path,
            Err(error) => &error.path,
        };
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(
            results.insert(name, result).is_none(),
            "one result for each file"
        );
    }
    results
}

fn kinds(results: &Results) -> Vec<(&str, String)> {
    let word = |result: &Result<SyncedFile, SyncError>| match result {
        Ok(file) => match &file.outcome {
            SyncOutcome::Uploaded(_) => "uploaded".to_owned(),
            SyncOutcome::Unchanged(_) => "unchanged".to_owned(),
            SyncOutcome::Planned { name } => format!("planned as {name}"),
            SyncOutcome::SameAs(_) => "the same as another".to_owned(),
            other => format!("{other:?}"),
        },
        Err(error) => format!("{:?}", error.error.kind()),
    };
    results
        .iter()
        .map(|(name, result)| (name.as_str(), word(result)))
        .collect()
}

#[test]
fn a_mixed_folder_synced_twice_sends_only_what_is_missing() {
    let sandbox = Sandbox::start().unwrap();
    let client = sandbox.client();
    let folder = Folder::with(&[
        "a.png",
        "sub/b.rbxm",
        "c moderated-name.png",
        "d.ogg",
        ".hidden.png",
        "notes.txt",
    ]);
    folder.write("same.png", "a.png");
    std::fs::write(folder.0.join("broken.png"), "no picture").unwrap();
    let first = run(folder.all(&client));
    let done = || "uploaded".to_owned();
    let mut expected = vec![
        ("a.png", done()),
        ("b.rbxm", done()),
        ("broken.png", "InvalidAsset".to_owned()),
        ("c moderated-name.png", "ModeratedText".to_owned()),
        ("d.ogg", done()),
        ("same.png", "unchanged".to_owned()),
    ];
    let mut told = kinds(&first);
    // Which of two files of one content is first is chance.
    if told[0].1 == "unchanged" {
        (told[0].1, told[5].1) = (told[5].1.clone(), told[0].1.clone());
    }
    assert_eq!(told, expected);
    assert_eq!(sandbox.uploads().len(), 3);
    let id = |results: &Results, name: &str| results[name].as_ref().unwrap().asset_id().unwrap();
    assert_eq!(id(&first, "a.png"), id(&first, "same.png"));
    assert_eq!(
        client.asset(id(&first, "b.rbxm")).get().unwrap().asset_type,
        Some(AssetType::Model)
    );

    // Again: what is done stays done, what was refused is tried again, what changed is sent.
    sandbox.clear_requests();
    folder.write("sub/b.rbxm", "changed");
    folder.write("c moderated-name.png", "still moderated");
    let second = run(folder.all(&client));
    for (name, word) in &mut expected {
        if ["a.png", "d.ogg", "same.png"].contains(name) {
            "unchanged".clone_into(word);
        }
    }
    assert_eq!(kinds(&second), expected);
    assert_eq!(sandbox.uploads().len(), 1);
    assert_eq!(id(&first, "d.ogg"), id(&second, "d.ogg"));
    assert_ne!(id(&first, "b.rbxm"), id(&second, "b.rbxm"));

    // The same content of another kind, or for another owner, is something else.
    let decals = folder
        .all(&client)
        .each(|path, upload| match path.extension() {
            Some(extension) if extension == "png" => upload.decal(),
            _ => upload,
        });
    let decals = run(decals);
    let sent = kinds(&decals)
        .into_iter()
        .filter(|(_, word)| word == "uploaded");
    assert_eq!(sent.count(), 1, "of the two of one content");
    let group = client
        .group(7)
        .upload_all([folder.0.join("d.ogg")])
        .ledger(folder.ledger());
    assert_eq!(kinds(&run(group)), [("d.ogg", done())]);
}

#[test]
fn a_run_that_is_killed_in_the_middle_doubles_nothing() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["1.png", "2.png", "3.png", "4.png"]);
    sandbox.polls_until_done(6);
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "upload_all::the_run_that_is_killed",
            "--ignored",
            "--nocapture",
        ])
        .env("SYNC_FOLDER", &folder.0)
        .env("SYNC_URL", sandbox.url())
        .env("SYNC_KEY", sandbox.api_key())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    // The second upload is being asked for: it stands in the ledger, and nobody knows its end.
    let begun = Instant::now();
    let polled = || {
        let requests = sandbox.requests();
        let mut polled: Vec<_> = requests
            .iter()
            .filter(|request| request.path().contains("operations/"))
            .map(|request| request.path().to_owned())
            .collect();
        polled.dedup();
        polled.len()
    };
    while polled() < 2 {
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "the child does nothing"
        );
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(sandbox.uploads().len(), 2);
    // Killed while it wrote, too.
    let mut text = folder.text();
    text.push_str("{\"sha256\":\"torn");
    std::fs::write(folder.ledger(), text).unwrap();

    let results = run(folder.all(&sandbox.client()));
    let words: Vec<_> = kinds(&results).into_iter().map(|(_, word)| word).collect();
    assert_eq!(words, ["unchanged", "uploaded", "uploaded", "uploaded"]);
    assert_eq!(sandbox.uploads().len(), 4, "each was sent once");
    assert!(!folder.text().contains("torn"));
    assert!(
        folder
            .text()
            .lines()
            .all(|line| line.starts_with('{') && line.ends_with('}'))
    );

    let again = run(folder.all(&sandbox.client()));
    assert!(kinds(&again).iter().all(|(_, word)| word == "unchanged"));
}

/// Not a test: what the one above starts as a process of its own.
#[test]
#[ignore = "is started by another test"]
fn the_run_that_is_killed() {
    let variable = |name: &str| std::env::var(name).unwrap();
    let pause = Duration::from_millis(20);
    let client = Client::builder(variable("SYNC_KEY"))
        .base_url(variable("SYNC_URL"))
        .poll_interval(pause, pause)
        .build()
        .unwrap();
    let folder = PathBuf::from(variable("SYNC_FOLDER"));
    let all = client.user(156).upload_all(files_in(&folder).unwrap());
    all.ledger(folder.join("assets.ledger"))
        .threads(1)
        .for_each(drop);
}

#[test]
fn an_upload_that_failed_after_it_was_begun_is_sent_anew() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png"]);
    sandbox.fail_next_operation("INTERNAL", "Something broke.");
    let first = run(folder.all(&sandbox.client()));
    assert_eq!(kinds(&first), [("a.png", "OperationFailed".to_owned())]);
    assert!(folder.text().contains("\"operation\":\"operations/"));
    let second = run(folder.all(&sandbox.client()));
    assert_eq!(kinds(&second), [("a.png", "uploaded".to_owned())]);
    assert_eq!(sandbox.uploads().len(), 2);
}

#[test]
fn a_dry_run_tells_what_would_be_done_and_does_nothing() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png", "b.png", "d.ogg"]);
    let client = sandbox.client();
    run(client
        .user(156)
        .upload_all([folder.0.join("b.png")])
        .ledger(folder.ledger()));
    folder.write("e.png", "a.png");
    std::fs::write(folder.0.join("f.png"), "no picture").unwrap();
    sandbox.clear_requests();
    let before = folder.text();
    let planned = run(folder.all(&client).dry_run(true).threads(1));
    assert_eq!(
        kinds(&planned),
        [
            ("a.png", "planned as a".to_owned()),
            ("b.png", "unchanged".to_owned()),
            ("d.ogg", "planned as d".to_owned()),
            ("e.png", "the same as another".to_owned()),
            ("f.png", "InvalidAsset".to_owned()),
        ]
    );
    assert_eq!(sandbox.requests().len(), 0);
    assert_eq!(folder.text(), before);
    let fresh = folder.0.join("other.ledger");
    run(client
        .user(156)
        .upload_all(folder.files())
        .ledger(&fresh)
        .dry_run(true));
    assert!(!fresh.exists());
}

#[test]
fn a_moderated_account_or_a_refused_key_stops_everything() {
    for (fault, kind) in [
        (
            Fault::status(403, "PERMISSION_DENIED", "User is moderated"),
            ErrorKind::PermissionDenied,
        ),
        (
            Fault::status(401, "UNAUTHENTICATED", "Invalid API Key"),
            ErrorKind::InvalidKey,
        ),
    ] {
        let sandbox = Sandbox::start().unwrap();
        let folder = Folder::with(&["a.png", "b.png", "c.png"]);
        sandbox.fail_next(fault);
        let results = run(folder.all(&sandbox.client()).threads(1));
        assert_eq!(
            sandbox.requests().len(),
            1,
            "the others were not even tried"
        );
        assert!(
            results
                .values()
                .all(|result| result.as_ref().unwrap_err().error.kind() == kind)
        );
        let last = results["c.png"].as_ref().unwrap_err().to_string();
        assert!(
            last.contains("c.png: ") && last.contains("was not sent, since the batch was stopped"),
            "{last}"
        );
    }
    // Another refusal is that of one file.
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png", "b.png"]);
    sandbox.fail_next(Fault::status(403, "PERMISSION_DENIED", "No right"));
    let results = run(folder.all(&sandbox.client()).threads(1));
    assert_eq!(kinds(&results)[1].1, "uploaded");
}

#[test]
fn the_quota_of_audio_is_looked_at_first() {
    let sandbox = Sandbox::start().unwrap();
    let names: Vec<String> = (10..22).map(|number| format!("{number}.ogg")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let folder = Folder::with(&names);
    folder.write("a.png", "a");
    let results = run(folder.all(&sandbox.client()));
    let refused: Vec<_> = results
        .values()
        .filter_map(|result| result.as_ref().err())
        .collect();
    assert_eq!(refused.len(), 2, "the sandbox has ten a month");
    assert_eq!(refused[0].error.kind(), ErrorKind::RateLimited);
    assert!(
        refused[0].to_string().contains("0 of 10 are used"),
        "{}",
        refused[0]
    );
    assert_eq!(sandbox.uploads().len(), 11);
    let asked = sandbox
        .requests()
        .iter()
        .filter(|request| request.path().ends_with("/asset-quotas"))
        .count();
    assert_eq!(asked, 1);
    // A quota that cannot be told stops nothing.
    let folder = Folder::with(&["x.ogg"]);
    sandbox.fail_next(Fault::status(403, "PERMISSION_DENIED", "No"));
    assert_eq!(kinds(&run(folder.all(&sandbox.client())))[0].1, "uploaded");
}

#[test]
fn a_refusal_for_now_is_waited_for() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png"]);
    // More often than a single call would try.
    sandbox.fail_next_times(Fault::rate_limited(0), 10);
    assert_eq!(kinds(&run(folder.all(&sandbox.client())))[0].1, "uploaded");
    assert_eq!(sandbox.uploads().len(), 1);
}

#[test]
fn a_ledger_is_never_mistaken_nor_shared() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png"]);
    let refused = |text: &str, why: &str| {
        std::fs::write(folder.ledger(), text).unwrap();
        let mut all = folder.all(&sandbox.client());
        let error = all.next().unwrap().unwrap_err();
        assert!(all.next().is_none());
        assert_eq!(error.path, folder.ledger());
        assert_eq!(error.error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains(why), "{error}");
        assert_eq!(folder.text(), text, "nothing was changed");
    };
    let head = "{\"assetLedger\":1}\n";
    refused("[package]\nname = \"x\"\n", "line 1");
    refused("precious text without a line break", "line 1");
    refused("{\"assetLedger\":2}\n", "a version of later days");
    refused(&format!("{head}<<<<<<< HEAD\n{{}}\n"), "line 2");
    assert_eq!(sandbox.requests().len(), 0);

    std::fs::write(folder.ledger(), head).unwrap();
    let mut one = folder.all(&sandbox.client());
    one.next().unwrap().unwrap();
    let error = folder.all(&sandbox.client()).next().unwrap().unwrap_err();
    assert!(
        error.to_string().contains("in use by another run"),
        "{error}"
    );
    assert!(one.next().is_none());
    assert_eq!(kinds(&run(folder.all(&sandbox.client())))[0].1, "unchanged");

    let directory = sandbox
        .client()
        .user(156)
        .upload_all(folder.files())
        .ledger(&folder.0);
    assert!(
        directory
            .map(Result::unwrap_err)
            .next()
            .unwrap()
            .to_string()
            .contains("cannot be opened")
    );
}

#[test]
fn ending_early_begins_nothing_more_and_loses_nothing() {
    let sandbox = Sandbox::start().unwrap();
    let names: Vec<String> = (10..60).map(|number| format!("{number}.png")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let folder = Folder::with(&names);
    let mut all = folder.all(&sandbox.client()).threads(2);
    all.next().unwrap().unwrap();
    drop(all);
    let sent = sandbox.uploads().len();
    assert!(sent < 50, "{sent}");
    let lines = folder
        .text()
        .lines()
        .filter(|line| line.contains("\"asset\":"))
        .count();
    assert_eq!(lines, sent, "what was sent is known");
    assert_eq!(run(folder.all(&sandbox.client())).len(), 50);
    assert_eq!(sandbox.uploads().len(), 50);
}

#[test]
fn a_panic_in_a_closure_is_the_callers() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png", "b.png"]);
    let all = folder
        .all(&sandbox.client())
        .threads(1)
        .each(|path, upload| {
            assert!(!path.ends_with("a.png"), "no a");
            upload
        });
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| all.count()));
    assert!(result.is_err());
}

#[test]
fn progress_is_told_by_file_and_a_changed_file_is_not_noted() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png"]);
    let path = folder.0.join("a.png");
    let seen: &'static Mutex<Vec<(PathBuf, u64, u64)>> = Box::leak(Box::default());
    let all = folder
        .all(&sandbox.client())
        .on_progress(move |path: &Path, sent, total| {
            seen.lock().unwrap().push((path.to_owned(), sent, total));
            if sent == total {
                std::fs::write(path, b"\x89PNG\r\n\x1a\nother").unwrap();
            }
        });
    let error = run(all).remove("a.png").unwrap().unwrap_err();
    assert!(
        error
            .to_string()
            .contains("changed while it was uploaded as asset"),
        "{error}"
    );
    assert_eq!(seen.lock().unwrap().last(), Some(&(path, 13, 13)));
    assert_eq!(kinds(&run(folder.all(&sandbox.client())))[0].1, "uploaded");
}

#[test]
fn without_a_ledger_everything_is_sent_and_errors_name_their_file() {
    let sandbox = Sandbox::start().unwrap();
    let folder = Folder::with(&["a.png"]);
    let paths = [folder.0.join("a.png"), folder.0.join("missing.png")];
    let client = sandbox.client();
    for _ in 0..2 {
        let results = run(client.user(156).upload_all(&paths));
        assert_eq!(kinds(&results)[0].1, "uploaded");
        assert_eq!(kinds(&results)[1].1, "InvalidInput");
    }
    assert_eq!(sandbox.uploads().len(), 2);
    let collected: rblx_open_cloud::Result<Vec<_>> = client
        .user(156)
        .upload_all([folder.0.join("none.png")])
        .map(|file| file.map_err(Into::into))
        .collect();
    assert!(collected.unwrap_err().to_string().contains("none.png"));
    assert_eq!(
        client.user(156).upload_all(Vec::<PathBuf>::new()).count(),
        0
    );
}
