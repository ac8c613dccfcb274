//! Lists the keys of a data store with several processes, one for each prefix, which share one count of rate limits.
//!
//! `cargo run -q --features sandbox --example shards -- --offline`
//! `cargo run -q --features sandbox,redis --example shards -- --offline --limits redis://127.0.0.1:6379/`

mod support;

use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode};

use rblx_open_cloud::models::{EntryFilter, UniverseId};
use rblx_open_cloud::rate_limit::FileLimiter;
use rblx_open_cloud::sandbox::Sandbox;
use rblx_open_cloud::{ClientBuilder, ClientEvent};
use support::{Arguments, Failure, Outcome, finish, note, unknown};

const USAGE: &str = "\
usage: shards UNIVERSE-ID STORE [OPTION]...
       shards --offline [OPTION]...

Starts a process for each prefix. Each prints the keys that begin with it, one per line.

  --prefixes LIST     the prefixes, separated by commas (default: a,b,c,d)
  --limits FILE|URL   where the processes share their count of rate limits: a file, or a
                      server such as redis://127.0.0.1:6379/ (with the feature `redis`);
                      default: a temporary file
  --owner NAME        the owner of the keys, such as users/156: keys of one owner share a limit
  --shard PREFIX      run only the process of this prefix
  --from TOKEN        where to continue, as printed by a shard that failed
  --page NUMBER       keys in a page (default: as many as the service allows)
  --offline           list the built-in sandbox; no key is needed
  --help              print this

Without --offline the API key is read from ROBLOX_API_KEY.
exit status: 0 done, 1 a shard failed, 2 wrong arguments";

fn main() -> ExitCode {
    finish(USAGE, run())
}

struct Options {
    universe: UniverseId,
    store: String,
    prefixes: Vec<String>,
    limits: Option<String>,
    owner: String,
    shard: Option<String>,
    from: Option<String>,
    page: Option<u32>,
    offline: bool,
}

impl Options {
    fn parse() -> Outcome<Self> {
        let mut arguments = Arguments::from_env();
        let mut options = Self {
            universe: UniverseId::from(13_058),
            store: "Players".to_owned(),
            prefixes: ["a", "b", "c", "d"].map(str::to_owned).to_vec(),
            limits: None,
            owner: "default".to_owned(),
            shard: None,
            from: None,
            page: None,
            offline: false,
        };
        let mut words = Vec::new();
        while let Some(argument) = arguments.next()? {
            let option = argument.as_str();
            match option {
                "--prefixes" => options.prefixes = arguments.list(option)?,
                "--limits" => options.limits = Some(arguments.value(option)?),
                "--owner" => options.owner = arguments.value(option)?,
                "--shard" => options.shard = Some(arguments.value(option)?),
                "--from" => options.from = Some(arguments.value(option)?),
                "--page" => options.page = Some(arguments.parsed(option)?),
                "--offline" => options.offline = true,
                _ if option.starts_with('-') => return unknown(option),
                _ => words.push(argument),
            }
        }
        match words.as_slice() {
            [universe, store] => {
                options.universe = support::parse("UNIVERSE-ID", universe)?;
                options.store.clone_from(store);
            }
            [] if options.offline => {}
            _ => {
                return Err(Failure::Usage(
                    "which universe, and which store?".to_owned(),
                ));
            }
        }
        Ok(options)
    }
}

fn run() -> Outcome {
    let options = Options::parse()?;
    match &options.shard {
        Some(prefix) => list(&options, prefix),
        None => start(&options),
    }
}

/// Lists the keys of one prefix. Everything it needs is in its arguments, so any queue of jobs can start it anywhere.
fn list(options: &Options, prefix: &str) -> Outcome {
    let client = share_limits(ClientBuilder::from_env()?.wait_on_rate_limit(true), options)?
        .on_event(|event| {
            if let ClientEvent::LimiterFallback { .. } = event {
                note(&event.to_string());
            }
        })
        .build()?;
    let store = client
        .universe(options.universe)
        .data_store(options.store.as_str());
    let mut keys = store.list_entries(EntryFilter::all().prefix(prefix));
    if let Some(size) = options.page {
        keys = keys.page_size(size);
    }
    if let Some(token) = &options.from {
        keys = keys.starting_at(token.as_str());
    }
    while let Some(key) = keys.next() {
        match key {
            Ok(key) => writeln!(stdout(), "{}", key.id)?,
            Err(error) => {
                let token = keys.resume_token();
                let place =
                    token.map_or_else(String::new, |token| format!(" --from {}", token.as_str()));
                return Err(Failure::Other(format!(
                    "{error}; continue with --shard {prefix}{place}"
                )));
            }
        }
    }
    Ok(())
}

/// Gives the client the limiter that all processes share.
fn share_limits(builder: ClientBuilder, options: &Options) -> Outcome<ClientBuilder> {
    let limits = options.limits.as_deref().unwrap_or_default();
    if !limits.contains("://") {
        return Ok(builder.rate_limiter(FileLimiter::open(limits)?));
    }
    #[cfg(feature = "redis")]
    {
        use rblx_open_cloud::rate_limit::RedisLimiter;
        Ok(builder.rate_limiter(RedisLimiter::open(limits)?.prefix(options.owner.as_str())))
    }
    #[cfg(not(feature = "redis"))]
    Err(Failure::Usage(
        "a URL needs the feature `redis`: cargo run -F sandbox,redis …".to_owned(),
    ))
}

/// Starts a process for each prefix, and waits for all of them.
fn start(options: &Options) -> Outcome {
    let sandbox = if options.offline {
        Some(filled_sandbox(options)?)
    } else {
        None
    };
    let temporary = TemporaryFile::new();
    let limits = options
        .limits
        .clone()
        .unwrap_or_else(|| temporary.0.display().to_string());
    let mut children = Vec::new();
    for prefix in &options.prefixes {
        let mut shard = Command::new(std::env::current_exe()?);
        shard.args([
            &options.universe.to_string(),
            &options.store,
            "--shard",
            prefix,
        ]);
        shard.args(["--limits", &limits, "--owner", &options.owner]);
        if let Some(size) = options.page {
            shard.args(["--page", &size.to_string()]);
        }
        if let Some(sandbox) = &sandbox {
            shard
                .env("ROBLOX_API_KEY", sandbox.api_key())
                .env("ROBLOX_OPEN_CLOUD_URL", sandbox.url());
        }
        children.push((prefix, shard.spawn()?));
    }
    // All are waited for, also after one that failed.
    let failed: Vec<&str> = children.into_iter().filter_map(failure).collect();
    match failed.as_slice() {
        [] => Ok(()),
        failed => Err(Failure::Other(format!(
            "these shards failed: {}",
            failed.join(", ")
        ))),
    }
}

fn failure((prefix, mut child): (&String, Child)) -> Option<&str> {
    let succeeded = child.wait().is_ok_and(|status| status.success());
    (!succeeded).then_some(prefix.as_str())
}

/// A sandbox with 25 keys for each prefix.
fn filled_sandbox(options: &Options) -> Outcome<Sandbox> {
    support::demonstration();
    let sandbox = Sandbox::start()?;
    let store = sandbox.data_store(options.universe, &options.store);
    for prefix in &options.prefixes {
        for number in 0..25 {
            store.insert(
                &format!("{prefix}{number:02}"),
                serde_json::json!({ "level": number }),
            );
        }
    }
    Ok(sandbox)
}

/// A file that is removed when the program ends.
struct TemporaryFile(PathBuf);

impl TemporaryFile {
    fn new() -> Self {
        let name = format!("shards-{}.limits", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
