//! A data store as JSON lines: into a file that can be continued after an interruption, or to the standard output.
//!
//! `cargo run -F sandbox --example export_data_store -- Inventory --offline --all-scopes --unlimited`

mod support;

use std::error::Error as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use rblx_open_cloud::models::{EntryFilter, UniverseId};
use rblx_open_cloud::resource::DataStore;
use rblx_open_cloud::transfer::{Export, ExportCheckpoint, ExportProgress, Exported};
use rblx_open_cloud::{ClientBuilder, ClientEvent, Error, ErrorKind};
use support::progress::size;
use support::{Arguments, Failure, Outcome, Service, finish, note, unknown};

const USAGE: &str = "\
usage: export_data_store NAME [OPTION]...

  --universe ID     the universe (default with --offline: that of the sandbox)
  --scope NAME      this scope, instead of global
  --all-scopes      all scopes
  --prefix TEXT     only keys that begin with this
  --out FILE        write to this file (default: the standard output)
  --overwrite       replace FILE if it exists
  --threads N       number of concurrent reads (default: 4)
  --rate N          maximum number of requests per minute (default: 300)
  --unlimited       send the next request as soon as a response has arrived
  --offline         use the built-in sandbox; no key is needed
  --help            print this

Until the export is complete, FILE.partial holds the lines and FILE.checkpoint the position. The same command
continues there. The status is 0 if everything was exported, 3 if keys could not be read, 2 for wrong
arguments, and 1 for any other error.

Without --offline the API key is read from ROBLOX_API_KEY.";

/// The universe of the sandbox that has a data store.
const SANDBOX_UNIVERSE: u64 = 13_058;
/// Some entries are missing.
const INCOMPLETE: u8 = 3;

fn main() -> ExitCode {
    finish(USAGE, run())
}

#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "options of a command line")]
struct Options {
    name: Option<String>,
    universe: Option<UniverseId>,
    scope: Option<String>,
    all_scopes: bool,
    prefix: Option<String>,
    out: Option<PathBuf>,
    overwrite: bool,
    threads: Option<usize>,
    rate: Option<u32>,
    unlimited: bool,
    offline: bool,
}

fn run() -> Outcome {
    let options = read(&mut Arguments::from_env())?;
    let Some(name) = &options.name else {
        let text = "which data store? NAME is missing";
        return Err(Failure::Usage(text.to_owned()));
    };
    let universe = match (options.universe, options.offline) {
        (Some(universe), _) => universe,
        (None, true) => SANDBOX_UNIVERSE.into(),
        (None, false) => return Err(Failure::Usage("`--universe` is missing".to_owned())),
    };
    let service = Service::choose_with(options.offline, report_waits)?;
    let store = service.client.universe(universe).data_store(name);
    let store = match &options.scope {
        _ if options.all_scopes => store.all_scopes(),
        Some(scope) => store.scope(scope),
        None => store,
    };
    let exported = if let Some(path) = &options.out {
        into_file(&store, path, &options)?
    } else {
        let export = settings(store.export(BufWriter::new(stdout())), &options);
        export.run().map_err(closed_pipe)?
    };
    note(&format!(
        "{} entries, {}, {} vanished meanwhile",
        exported.entries,
        size(exported.bytes),
        exported.vanished
    ));
    if exported.failed.is_empty() {
        return Ok(());
    }
    for error in &exported.failed {
        note(&format!("missing: {error}"));
    }
    let text = format!("{} keys could not be read", exported.failed.len());
    Err(Failure::Status(INCOMPLETE, text))
}

/// Reports waits for the rate limit of the service.
fn report_waits(builder: ClientBuilder) -> ClientBuilder {
    let waiting_until = Mutex::new(None);
    builder.on_event(move |event| {
        let delay = match event {
            ClientEvent::RateLimitWait { delay, .. }
            | ClientEvent::Retry {
                kind: ErrorKind::RateLimited,
                delay,
                ..
            } => *delay,
            _ => return,
        };
        // All threads wait for the same limit, so it is reported once.
        let (now, mut waiting_until) = (
            Instant::now(),
            waiting_until.lock().unwrap_or_else(PoisonError::into_inner),
        );
        if waiting_until.is_none_or(|until| until <= now) {
            *waiting_until = now.checked_add(delay);
            let seconds = delay.as_secs_f64().ceil();
            note(&format!("waiting {seconds} s for the rate limit"));
        }
    })
}

/// Maps the error of a closed output (`… | head -1`), which is not a failure.
fn closed_pipe(error: Error) -> Failure {
    let source = error.source().and_then(|source| source.downcast_ref());
    match source.map(io::Error::kind) {
        Some(io::ErrorKind::BrokenPipe) => Failure::ClosedPipe,
        _ => error.into(),
    }
}

fn settings<'a, W: Write>(export: Export<'a, W>, options: &Options) -> Export<'a, W> {
    let filter = EntryFilter::all().prefix(options.prefix.clone().unwrap_or_default());
    let export = export.matching(filter).on_progress(counter());
    let export = export.threads(options.threads.unwrap_or(4));
    match options.rate {
        _ if options.unlimited => export.unlimited(),
        Some(rate) => export.rate_per_minute(rate),
        None => export,
    }
}

/// Exports into a file. What an earlier run has written is kept.
fn into_file(store: &DataStore, path: &Path, options: &Options) -> Outcome<Exported> {
    if path.exists() && !options.overwrite {
        let text = format!("{} exists; --overwrite replaces it", path.display());
        return Err(Failure::Other(text));
    }
    let (partial, place) = (sibling(path, "partial"), sibling(path, "checkpoint"));
    let checkpoint = match fs::read_to_string(&place) {
        // An earlier run was complete, and ended before it removed the checkpoint.
        Ok(_) if !partial.exists() => None,
        Ok(text) => Some(text.parse::<ExportCheckpoint>()?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let file = match &checkpoint {
        Some(checkpoint) => checkpoint.open(&partial)?,
        None => File::create(&partial)?,
    };
    let export = settings(store.export(BufWriter::new(file)), options);
    let export = export.on_checkpoint(|checkpoint| keep(&place, &checkpoint));
    let exported = match checkpoint {
        Some(checkpoint) => {
            note(&format!("continues after {}", size(checkpoint.bytes)));
            export.resume(checkpoint).run()?
        }
        None => export.run()?,
    };
    fs::rename(&partial, path)?;
    // Without it, this file is complete.
    let _ = fs::remove_file(&place);
    Ok(exported)
}

/// Replaces the checkpoint as a whole, so that it is never incomplete.
fn keep(place: &Path, checkpoint: &ExportCheckpoint) -> io::Result<()> {
    let new = sibling(place, "new");
    fs::write(&new, checkpoint.to_string())?;
    fs::rename(&new, place)
}

fn sibling(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Shows the progress on a terminal. How many entries there are is not known before the end.
fn counter() -> impl FnMut(ExportProgress) {
    let mut line = CounterLine {
        is_terminal: stderr().is_terminal(),
        is_started: false,
    };
    move |progress| line.show(progress)
}

struct CounterLine {
    is_terminal: bool,
    is_started: bool,
}

impl CounterLine {
    fn show(&mut self, progress: ExportProgress) {
        // A screen need not be drawn for each entry.
        if !self.is_terminal || !progress.entries.is_multiple_of(10) {
            return;
        }
        self.is_started = true;
        let (entries, bytes) = (progress.entries, size(progress.bytes));
        let _ = write!(stderr(), "\r  {entries} entries, {bytes}  ");
        let _ = stderr().flush();
    }
}

/// Starts a new line for the output that follows.
impl Drop for CounterLine {
    fn drop(&mut self) {
        if self.is_started {
            let _ = writeln!(stderr());
        }
    }
}

fn read(arguments: &mut Arguments) -> Outcome<Options> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next()? {
        let option = argument.as_str();
        match option {
            "--universe" => options.universe = Some(arguments.parsed(option)?),
            "--scope" => options.scope = Some(arguments.value(option)?),
            "--all-scopes" => options.all_scopes = true,
            "--prefix" => options.prefix = Some(arguments.value(option)?),
            "--out" => options.out = Some(arguments.value(option)?.into()),
            "--overwrite" => options.overwrite = true,
            "--threads" => options.threads = Some(arguments.parsed(option)?),
            "--rate" => options.rate = Some(arguments.parsed(option)?),
            "--unlimited" => options.unlimited = true,
            "--offline" => options.offline = true,
            _ if option.starts_with("--") || options.name.is_some() => return unknown(option),
            _ => options.name = Some(argument),
        }
    }
    Ok(options)
}
