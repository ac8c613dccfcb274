//! Ends a run at each of its steps, as a power failure would, and continues it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed test is a panic"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use super::{SyncError, SyncedFile, UploadAll, files_in};
use crate::Client;
use crate::sandbox::Sandbox;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Two files of one content, one that is rejected when it is sent, and one more.
const FILES: [(&str, &[u8]); 4] = [
    ("a.png", b"one"),
    ("b moderated-name.png", b"two"),
    ("c.png", b"one"),
    ("d.png", b"three"),
];

struct Folder(PathBuf);

impl Folder {
    fn new(step: usize) -> Self {
        let name = format!("rblx-open-cloud-steps-{}-{step}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        for (name, content) in FILES {
            std::fs::write(path.join(name), [PNG, content].concat()).unwrap();
        }
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn all(client: &Client, folder: &Path) -> UploadAll {
    let files = files_in(folder).unwrap();
    let ledger = folder.join("assets.ledger");
    client.user(156).upload_all(files).ledger(ledger).threads(1)
}

/// Runs in a process that ends at this step, if the run has that many.
fn run_until(step: usize, sandbox: &Sandbox, folder: &Folder) -> ExitStatus {
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "sync::tests::the_run_that_ends",
            "--ignored",
            "--nocapture",
        ])
        .env("SYNC_END_AT_STEP", step.to_string())
        .env("SYNC_FOLDER", &folder.0)
        .env("SYNC_URL", sandbox.url())
        .env("SYNC_KEY", sandbox.api_key())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap()
}

/// Not a test: the run that the one below starts as a process of its own.
#[test]
#[ignore = "is started by another test"]
fn the_run_that_ends() {
    let variable = |name: &str| std::env::var(name).unwrap();
    let millisecond = Duration::from_millis(1);
    let client = Client::builder(variable("SYNC_KEY"))
        .base_url(variable("SYNC_URL"))
        .poll_interval(millisecond, millisecond)
        .build()
        .unwrap();
    all(&client, Path::new(&variable("SYNC_FOLDER"))).for_each(drop);
}

/// How often each content arrived.
fn arrivals(sandbox: &Sandbox) -> BTreeMap<Vec<u8>, usize> {
    let mut arrivals = BTreeMap::new();
    for upload in sandbox.uploads() {
        let content = upload.content().strip_prefix(PNG).unwrap().to_vec();
        *arrivals.entry(content).or_default() += 1;
    }
    arrivals
}

type Results = BTreeMap<String, Result<SyncedFile, SyncError>>;

fn results(all: UploadAll) -> Results {
    all.map(|result| {
        let path = match &result {
            Ok(file) => &file.path,
            Err(error) => &error.path,
        };
        (
            path.file_name().unwrap().to_string_lossy().into_owned(),
            result,
        )
    })
    .collect()
}

#[test]
fn a_run_that_ends_at_any_step_duplicates_and_loses_nothing() {
    let mut unclear = 0;
    for step in 1.. {
        let sandbox = Sandbox::start().unwrap();
        let folder = Folder::new(step);
        let is_whole = run_until(step, &sandbox, &folder).success();
        let results = results(all(&sandbox.client(), &folder.0));
        let arrivals = arrivals(&sandbox);
        for (name, content) in FILES {
            let arrived = arrivals.get(content).copied().unwrap_or_default();
            match results.get(name).unwrap() {
                Ok(_) => assert_eq!(arrived, 1, "{step} {name}"),
                Err(SyncError { error, .. }) if error.outcome_unknown() => {
                    assert!(arrived <= 1, "{step} {name}: reported, and sent again");
                    unclear += 1;
                }
                Err(error) => assert_eq!((name, arrived), (FILES[1].0, 0), "{step} {error}"),
            }
        }
        // Files with an unknown outcome are sent again only by request.
        let again = self::results(all(&sandbox.client(), &folder.0).resend_unclear(true));
        for (name, result) in again {
            assert_eq!(result.is_ok(), name != FILES[1].0, "{step} {name}");
        }
        if is_whole {
            assert!(step > 20, "{step} steps are too few");
            break;
        }
    }
    assert!(unclear > 0, "some steps leave a file unclear");
}
