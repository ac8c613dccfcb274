//! Uploads the new and changed files of a folder, and prints the asset id of each file.
//!
//! `cargo run -q --features sandbox,sync --example sync_assets -- user:156 assets --offline`

mod support;

use std::io::{stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use rblx_open_cloud::NameOutcome;
use rblx_open_cloud::models::{GroupId, ModerationState, UserId};
use rblx_open_cloud::sync::{FolderScan, SkipReason, SyncOutcome, SyncedFile, UploadAll, scan};
use support::bars::Bars;
use support::{Arguments, Failure, Outcome, Service, finish, note, parse, unknown};

const USAGE: &str = "\
usage: sync_assets user:ID|group:ID FOLDER [OPTION]...

Uploads the pictures, sounds, models and videos in a folder and its subfolders that
were not uploaded before. A ledger records the uploads.

  --ledger FILE      the ledger; without it FOLDER/assets.ledger, and a temporary
                     one with --offline
  --decals FOLDER    pictures below this folder become decals instead of images
  --threads NUMBER   the number of files that are sent at once; 4 without it
  --resend-unclear   send files again that an earlier run sent with an unknown
                     outcome
  --dry-run          only print what would be done
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
    resend_unclear: bool,
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
            "--resend-unclear" => options.resend_unclear = true,
            "--dry-run" => options.dry_run = true,
            "--offline" => options.offline = true,
            _ if option.starts_with('-') => return unknown(option),
            _ => words.push(argument),
        }
    }
    let [owner, folder] = words.as_slice() else {
        return Err(Failure::Usage("which owner, and which folder?".to_owned()));
    };
    let ledger = LedgerPath::choose(&options, Path::new(folder));
    let found = scan(folder)?;
    report_skipped(&found, &ledger.path);
    let service = Service::choose(options.offline)?;
    let all = upload_all(&service, owner, found.files)?;
    sync(all, &ledger.path, options)
}

/// The location of the ledger.
struct LedgerPath {
    path: PathBuf,
    is_temporary: bool,
}

impl LedgerPath {
    /// With the built-in sandbox the ledger is a temporary file, since the assets are gone when this program ends.
    fn choose(options: &Options, folder: &Path) -> Self {
        let temporary = format!("sync-assets-{}.ledger", std::process::id());
        let path = match &options.ledger {
            Some(path) => path.clone(),
            None if options.offline => std::env::temp_dir().join(temporary),
            None => folder.join("assets.ledger"),
        };
        Self {
            path,
            is_temporary: options.offline && options.ledger.is_none(),
        }
    }
}

impl Drop for LedgerPath {
    fn drop(&mut self) {
        if self.is_temporary {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Reports the files that are skipped, except hidden ones and ledgers.
fn report_skipped(found: &FolderScan, ledger: &Path) {
    for skipped in &found.skipped {
        let path = &skipped.path;
        let is_ledger = path == ledger || path.extension().is_some_and(|end| end == "ledger");
        if skipped.reason != SkipReason::Hidden && !is_ledger {
            note(&format!("{}: skipped, {}", path.display(), skipped.reason));
        }
    }
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

fn sync(all: UploadAll, ledger: &Path, options: Options) -> Outcome {
    let bars = Arc::new(Bars::new(stdout(), stderr()));
    let drawn = Arc::clone(&bars);
    let mut all = all
        .ledger(ledger)
        .dry_run(options.dry_run)
        .resend_unclear(options.resend_unclear)
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
                let result = file
                    .asset_id()
                    .map(|id| format!("{id}\t{}", file.path.display()));
                bars.done(&file.path, &description(&file), &result.unwrap_or_default())?;
            }
            Err(error) if error.path == ledger => return Err(Failure::Other(error.to_string())),
            Err(error) => {
                failed = failed.saturating_add(1);
                bars.done(&error.path, &error.to_string(), "")?;
            }
        }
    }
    match failed {
        0 => Ok(()),
        1 => Err(Failure::Other("one file was not uploaded".to_owned())),
        count => Err(Failure::Other(format!("{count} files were not uploaded"))),
    }
}

fn description(file: &SyncedFile) -> String {
    let path = file.path.display();
    let what = match &file.outcome {
        SyncOutcome::Uploaded(uploaded) => {
            let name = match uploaded.name {
                NameOutcome::AsAsked => String::new(),
                _ => format!(", named {:?}", uploaded.display_name),
            };
            format!("uploaded as {}{name}", uploaded.asset_id)
        }
        SyncOutcome::Unchanged(id) | SyncOutcome::Rejected(id) => format!("unchanged, {id}"),
        SyncOutcome::Planned { name } => format!("would be uploaded as {name:?}"),
        SyncOutcome::SameAs(other) => format!("the same as {}", other.display()),
        other => format!("{other:?}"),
    };
    match &file.moderation_state {
        None | Some(ModerationState::Approved) => format!("{path}: {what}"),
        Some(state) => format!("{path}: {what}, moderation: {state}"),
    }
}
