//! Uploads the new and changed files of a folder, and prints the asset id of each file.
//!
//! `cargo run -q --features sandbox,sync --example sync_assets -- user:156 assets --offline`

mod support;

use std::io::{Stderr, Stdout, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rblx_open_cloud::models::{GroupId, UserId};
use rblx_open_cloud::sync::{FolderScan, SkipReason, UploadAll, scan};
use rblx_open_cloud::{Client, ErrorKind};
use support::bars::Bars;
use support::{Arguments, Failure, Outcome, Service, finish, note, parse, unknown};

const USAGE: &str = "\
usage: sync_assets user:ID|group:ID FOLDER [OPTION]...

Uploads the pictures, sounds, models and videos in a folder and its subfolders that
were not uploaded before. A ledger records the uploads.

  --ledger FILE      the ledger (default: FOLDER/assets.ledger, and a temporary
                     one with --offline)
  --decals FOLDER    pictures below this folder become decals instead of images
  --threads NUMBER   the number of files that are sent at once (default: 4)
  --resend-unclear   send files again that an earlier run sent with an unknown
                     outcome
  --dry-run          only print what would be done
  --verbose          print each request, retry and wait
  --offline          upload to the built-in sandbox; no key is needed
  --help             print this

A line for each file goes to stdout: the id, a tab, the path. Everything else goes
to stderr. The status is 1 if a file could not be uploaded. Ctrl-C completes the uploads
in progress and ends it with status 130; the same command continues. A second Ctrl-C
cuts them off, and it is unknown whether they arrived.
Without --offline the API key is read from ROBLOX_API_KEY.";

/// The status of a program that was ended by Ctrl-C.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    finish(USAGE, run())
}

#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is an argument")]
struct Options {
    ledger: Option<PathBuf>,
    decals: Option<PathBuf>,
    threads: Option<usize>,
    resend_unclear: bool,
    dry_run: bool,
    verbose: bool,
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
            "--verbose" => options.verbose = true,
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
    if found.files.is_empty() {
        note(&format!("no file in {folder} can be uploaded"));
    }
    let bars = Arc::new(Bars::new(stdout(), stderr()));
    let log = Arc::clone(&bars);
    let service = Service::choose_with(options.offline, |builder| {
        if options.verbose {
            builder.on_event(move |event| log.note(&event.to_string()))
        } else {
            builder
        }
    })?;
    let interrupted = end_on_ctrl_c(&service.client)?;
    let all = upload_all(&service, owner, found.files)?;
    sync(all, &bars, &interrupted, &ledger.path, options)
}

/// Counts Ctrl-C. The first one lets the uploads in progress end; the second cuts them off, and the ledger is still
/// written; the third ends the program.
fn end_on_ctrl_c(client: &Client) -> Outcome<Arc<AtomicUsize>> {
    let interrupted = Arc::new(AtomicUsize::new(0));
    let (count, client) = (Arc::clone(&interrupted), client.clone());
    let set = ctrlc::set_handler(move || match count.fetch_add(1, Ordering::Relaxed) {
        0 => note("completing the uploads in progress; Ctrl-C again cuts them off"),
        1 => client.shutdown(),
        _ => std::process::exit(INTERRUPTED.into()),
    });
    set.map_err(|error| Failure::Other(format!("Ctrl-C cannot be handled: {error}")))?;
    Ok(interrupted)
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

fn sync(
    all: UploadAll,
    bars: &Arc<Bars<Stdout, Stderr>>,
    interrupted: &Arc<AtomicUsize>,
    ledger: &Path,
    options: Options,
) -> Outcome {
    let (drawn, count) = (Arc::clone(bars), Arc::clone(interrupted));
    let mut all = all
        .ledger(ledger)
        .dry_run(options.dry_run)
        .resend_unclear(options.resend_unclear)
        .stop_when(move || count.load(Ordering::Relaxed) > 0)
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
    let (mut failed, mut not_sent, mut unclear) = (0_usize, 0_usize, 0_usize);
    for file in all {
        match file {
            Ok(file) => {
                let result = file
                    .asset_id()
                    .map(|id| format!("{id}\t{}", file.path.display()));
                bars.done(&file.path, &file.to_string(), &result.unwrap_or_default())?;
            }
            Err(error) if error.path == ledger => return Err(Failure::Other(error.to_string())),
            // One line for all files that were not started.
            Err(error)
                if error.error.kind() == ErrorKind::Shutdown && !error.error.outcome_unknown() =>
            {
                not_sent = not_sent.saturating_add(1);
            }
            Err(error) => {
                failed = failed.saturating_add(1);
                unclear = unclear.saturating_add(usize::from(error.error.outcome_unknown()));
                bars.done(&error.path, &error.to_string(), "")?;
            }
        }
    }
    let advice = unclear_files(unclear);
    if interrupted.load(Ordering::Relaxed) > 0 {
        let text = format!(
            "interrupted; {not_sent} files were not sent, run it again to continue{advice}"
        );
        return Err(Failure::Status(INTERRUPTED, text));
    }
    match failed {
        0 => Ok(()),
        1 => Err(Failure::Other(format!("one file was not uploaded{advice}"))),
        count => Err(Failure::Other(format!(
            "{count} files were not uploaded{advice}"
        ))),
    }
}

/// The advice about files that may have arrived.
fn unclear_files(count: usize) -> String {
    let files = match count {
        0 => return String::new(),
        1 => "one file is".to_owned(),
        _ => format!("{count} files are"),
    };
    format!(
        "; {files} unclear: look among your creations, and run it with --resend-unclear if they did not arrive"
    )
}
