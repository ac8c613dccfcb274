//! Uploads what is new or changed in a folder, and prints the id of every file's asset.
//!
//! `cargo run -q -F sandbox,sync --example sync_assets -- user:156 assets --offline`

mod support;

use std::io::{Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use rblx_open_cloud::NameOutcome;
use rblx_open_cloud::models::{GroupId, UserId};
use rblx_open_cloud::sync::{SyncOutcome, SyncedFile, UploadAll, files_in};
use support::bars::Bars;
use support::{Arguments, Failure, Outcome, Service, finish, parse, unknown};

const USAGE: &str = "\
usage: sync_assets user:ID|group:ID FOLDER [OPTION]...

Uploads the pictures, sounds, models and videos in a folder, and in those below it,
that were not uploaded before: what was is kept in a ledger.

  --ledger FILE      the ledger; FOLDER/assets.ledger without it
  --decals FOLDER    pictures below this folder become decals instead of images
  --threads NUMBER   how many go at once; 4 without it
  --dry-run          only tell what would be done
  --offline          upload to the built-in sandbox; no key is needed
  --help             print this

A line for each file goes to stdout: the id, a tab, the path. Everything else goes
to stderr. The status is 1 if a file could not be uploaded.
Without --offline the API key is read from ROBLOX_API_KEY.";

fn main() -> ExitCode {
    finish(USAGE, run())
}

#[derive(Default)]
struct Options {
    ledger: Option<PathBuf>,
    decals: Option<PathBuf>,
    threads: Option<usize>,
    dry_run: bool,
    offline: bool,
}

fn run() -> Outcome {
    let mut arguments = Arguments::from_env();
    let mut options = Options::default();
    let mut words = Vec::new();
    while let Some(argument) = arguments.next()? {
        let option = argument.as_str();
        match option {
            "--ledger" => options.ledger = Some(arguments.value(option)?.into()),
            "--decals" => options.decals = Some(arguments.value(option)?.into()),
            "--threads" => options.threads = Some(arguments.parsed(option)?),
            "--dry-run" => options.dry_run = true,
            "--offline" => options.offline = true,
            _ if option.starts_with('-') => return unknown(option),
            _ => words.push(argument),
        }
    }
    let [owner, folder] = words.as_slice() else {
        return Err(Failure::Usage("for whom, and which folder?".to_owned()));
    };
    let files = files_in(folder)?;
    let service = Service::choose(options.offline)?;
    let all = upload_all(&service, owner, files)?;
    sync(all, Path::new(folder), options)
}

fn upload_all(service: &Service, owner: &str, files: Vec<PathBuf>) -> Outcome<UploadAll> {
    match owner.split_once(':') {
        Some(("user", id)) => {
            let id: UserId = parse("user:ID", id)?;
            Ok(service.client.user(id).upload_all(files))
        }
        Some(("group", id)) => {
            let id: GroupId = parse("group:ID", id)?;
            Ok(service.client.group(id).upload_all(files))
        }
        _ => Err(Failure::Usage(format!(
            "{owner:?} is neither user:ID nor group:ID"
        ))),
    }
}

fn sync(all: UploadAll, folder: &Path, options: Options) -> Outcome {
    let ledger = options
        .ledger
        .unwrap_or_else(|| folder.join("assets.ledger"));
    let bars = Arc::new(Bars::new(stderr()));
    let drawn = Arc::clone(&bars);
    let mut all = all
        .ledger(ledger)
        .dry_run(options.dry_run)
        .on_progress(move |path, sent, total| drawn.show(path, sent, total));
    if let Some(threads) = options.threads {
        all = all.threads(threads);
    }
    if let Some(decals) = options.decals {
        all = all.each(move |path, upload| {
            if path.starts_with(&decals) {
                upload.decal()
            } else {
                upload
            }
        });
    }
    let mut failed = 0_usize;
    for file in all {
        match file {
            Ok(file) => {
                bars.done(&file.path, &told(&file));
                if let Some(id) = file.asset_id() {
                    writeln!(stdout(), "{id}\t{}", file.path.display())?;
                }
            }
            Err(error) => {
                failed = failed.saturating_add(1);
                bars.done(&error.path, &error.to_string());
            }
        }
    }
    match failed {
        0 => Ok(()),
        1 => Err(Failure::Other("one file was not uploaded".to_owned())),
        count => Err(Failure::Other(format!("{count} files were not uploaded"))),
    }
}

fn told(file: &SyncedFile) -> String {
    let path = file.path.display();
    match &file.outcome {
        SyncOutcome::Uploaded(uploaded) => {
            let name = match uploaded.name {
                NameOutcome::AsAsked => String::new(),
                _ => format!(", named {:?}", uploaded.display_name),
            };
            format!("{path}: uploaded as {}{name}", uploaded.asset_id)
        }
        SyncOutcome::Unchanged(id) => format!("{path}: unchanged, {id}"),
        SyncOutcome::Planned { name } => format!("{path}: would be uploaded as {name:?}"),
        SyncOutcome::SameAs(other) => format!("{path}: the same as {}", other.display()),
        other => format!("{path}: {other:?}"),
    }
}
