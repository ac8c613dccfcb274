//! The sandbox as a program, for tests in any language: prints its URL and its API key, then serves until it is
//! stopped.

use std::ffi::OsString;
use std::io::{self, Write as _, copy, sink, stderr, stdin, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Duration;

use rblx_open_cloud::sandbox::{Sandbox, SandboxBuilder};

const USAGE: &str = "\
A small Roblox Open Cloud on 127.0.0.1, for tests without
an API key.

usage: open-cloud-sandbox [OPTION]...

  --port N               listen on this port (default: a
                         free one)
  --key TEXT             accept this API key (default: a
                         random one)
  --seed FILE            change the initial resources by
                         this JSON merge patch of a state
                         (GET /sandbox/state); may be
                         repeated
  --enforce-rate-limits  reject requests beyond the
                         documented limits
  --clock-speed X        seconds of its clock per real
                         second; 0 stops the clock
  --latency MS           delay every response by this time
  --bandwidth BYTES      bytes per second in each direction
                         of a connection
  --record DIR           forward requests to --upstream with
                         the caller's key, and store
                         requests and responses in DIR,
                         without secrets
  --upstream URL         where requests are forwarded, such
                         as https://apis.roblox.com
  --replay DIR           respond from a recording
  --no-control           disable the control interface and
                         the page under /sandbox/
  --until-eof            serve until stdin ends, instead of
                         until ctrl-c
  --version, --help

The first two lines of its output are
`url http://127.0.0.1:PORT` and `key TEXT`. Clients in any
language can use them: the URL in place of
https://apis.roblox.com, the key as x-api-key. The page is
at the URL, under /sandbox/.";

/// The reason why the program ends early.
enum Failure {
    /// The arguments are wrong.
    Usage(String),
    Other(String),
    /// Nobody reads the output.
    ClosedPipe,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<rblx_open_cloud::Error> for Failure {
    fn from(error: rblx_open_cloud::Error) -> Self {
        Self::Other(error.to_string())
    }
}

fn main() -> ExitCode {
    let (code, text) = match run() {
        Ok(()) | Err(Failure::ClosedPipe) => return ExitCode::SUCCESS,
        Err(Failure::Usage(text)) => (2, format!("{text}\nTry --help.")),
        Err(Failure::Other(text)) => (1, text),
    };
    // Standard error may be closed.
    let _ = writeln!(stderr(), "open-cloud-sandbox: {text}");
    ExitCode::from(code)
}

#[derive(Default)]
struct Arguments {
    port: u16,
    key: Option<String>,
    seeds: Vec<PathBuf>,
    enforce_rate_limits: bool,
    clock_speed: Option<f64>,
    latency: u64,
    bandwidth: Option<u64>,
    record: Option<PathBuf>,
    upstream: Option<String>,
    replay: Option<PathBuf>,
    without_control: bool,
    until_eof: bool,
}

fn run() -> Result<(), Failure> {
    let Some(arguments) = parse(std::env::args_os().skip(1))? else {
        return Ok(());
    };
    let sandbox = builder(&arguments)?.start()?;
    sandbox.latency(Duration::from_millis(arguments.latency));
    sandbox.bandwidth(arguments.bandwidth);

    let (url, key) = (sandbox.url(), sandbox.api_key());
    let mut out = stdout();
    writeln!(out, "url {url}\nkey {key}")?;
    // The caller waits for these lines, and a pipe would buffer them.
    out.flush()?;
    if arguments.until_eof {
        copy(&mut stdin().lock(), &mut sink())?;
        return Ok(());
    }
    if !arguments.without_control {
        writeln!(
            stderr(),
            "{url}/sandbox/ shows requests and resources; ctrl-c ends it"
        )?;
    }
    loop {
        std::thread::park();
    }
}

fn builder(arguments: &Arguments) -> Result<SandboxBuilder, Failure> {
    let mut builder = Sandbox::builder()
        .port(arguments.port)
        .control_api(!arguments.without_control)
        .enforce_rate_limits(arguments.enforce_rate_limits);
    if let Some(key) = &arguments.key {
        builder = builder.api_key(key);
    }
    if let Some(speed) = arguments.clock_speed {
        builder = builder.clock_speed(speed);
    }
    for file in &arguments.seeds {
        let name = file.display();
        let text = std::fs::read(file).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Failure::Other(format!("{name}: there is no such file")),
            _ => Failure::Other(format!("{name}: {error}")),
        })?;
        let seed = serde_json::from_slice(&text)
            .map_err(|error| Failure::Other(format!("{name} is not JSON: {error}")))?;
        builder = builder.seed(seed);
    }
    match (&arguments.record, &arguments.upstream, &arguments.replay) {
        (None, None, None) => Ok(builder),
        (Some(folder), Some(upstream), None) => Ok(builder.record(folder, upstream)),
        (None, None, Some(folder)) => Ok(builder.replay(folder)),
        _ => Err(Failure::Usage(
            "--record needs --upstream, and --replay cannot be combined with them".to_owned(),
        )),
    }
}

/// Parses the arguments. Prints a text that was requested instead, and returns `None`.
fn parse(mut given: impl Iterator<Item = OsString>) -> Result<Option<Arguments>, Failure> {
    let mut arguments = Arguments::default();
    while let Some(argument) = given.next() {
        let (name, mut inline) = split(&argument);
        let mut value = || {
            let value = inline.take().or_else(|| given.next());
            value.ok_or_else(|| Failure::Usage(format!("{name} needs a value")))
        };
        match name.as_str() {
            "--port" => arguments.port = number(&name, &text(&name, value()?)?)?,
            "--key" => arguments.key = Some(text(&name, value()?)?),
            "--seed" => arguments.seeds.push(value()?.into()),
            "--enforce-rate-limits" => arguments.enforce_rate_limits = true,
            "--clock-speed" => {
                arguments.clock_speed = Some(number(&name, &text(&name, value()?)?)?);
            }
            "--latency" => arguments.latency = number(&name, &text(&name, value()?)?)?,
            "--bandwidth" => arguments.bandwidth = Some(number(&name, &text(&name, value()?)?)?),
            "--record" => arguments.record = Some(value()?.into()),
            "--upstream" => arguments.upstream = Some(text(&name, value()?)?),
            "--replay" => arguments.replay = Some(value()?.into()),
            "--no-control" => arguments.without_control = true,
            "--until-eof" => arguments.until_eof = true,
            "--help" | "-h" => return print(USAGE),
            "--version" => return print(concat!("open-cloud-sandbox ", env!("CARGO_PKG_VERSION"))),
            _ => return Err(Failure::Usage(format!("unknown option {name}"))),
        }
        if inline.is_some() {
            return Err(Failure::Usage(format!("{name} takes no value")));
        }
    }
    Ok(Some(arguments))
}

/// Splits `--name=value`, which is the same as `--name value`.
fn split(argument: &OsString) -> (String, Option<OsString>) {
    match argument.to_str().and_then(|text| text.split_once('=')) {
        Some((name, value)) if name.starts_with("--") => (name.to_owned(), Some(value.into())),
        _ => (argument.to_string_lossy().into_owned(), None),
    }
}

fn text(name: &str, value: OsString) -> Result<String, Failure> {
    let text = value.into_string();
    text.map_err(|_| Failure::Usage(format!("{name} needs Unicode text")))
}

fn number<T: FromStr>(name: &str, value: &str) -> Result<T, Failure> {
    let number = value.parse();
    number.map_err(|_| Failure::Usage(format!("{name} needs a number, not `{value}`")))
}

fn print(text: &str) -> Result<Option<Arguments>, Failure> {
    writeln!(stdout(), "{text}")?;
    Ok(None)
}
