//! Publishes a place file, restarts servers, and prints the version number.
//!
//! `cargo run -q -F sandbox --example publish -- 13058 90 game.rbxl --restart --offline`

mod support;

use std::io::{Write, stderr, stdout};
use std::process::ExitCode;
use std::time::Duration;

use rblx_open_cloud::models::{PlaceId, PlaceVersions, RestartPlan, RestartStatus, UniverseId};
use rblx_open_cloud::resource::{Restart, Universe};
use rblx_open_cloud::{AssetFile, Error, ErrorKind};
use support::progress::{Progress, size};
use support::{Arguments, Failure, Outcome, Service, finish, note, parse, status, unknown};

const USAGE: &str = "\
usage: publish UNIVERSE-ID PLACE-ID FILE [OPTION]...

FILE is an rbxl or rbxlx file.

  --save                 save it as a version without publishing it
  --restart              restart servers of older versions, and wait until they are closed
  --bleed-off MINUTES    keep these servers running without new players for 1 to 240 minutes
  --wait SECONDS         the maximum wait for the restart, after the bleed-off (default: 600)
  --offline              publish to the built-in sandbox (universe 13058, place 90); no key is needed
  --help                 print this

The version number goes to stdout, everything else to stderr.
Without --offline the API key is read from ROBLOX_API_KEY.

exit status: 0 done, 2 wrong arguments, 3 the place is open or in another universe, 4 the key is rejected,
5 the file is rejected, 6 the service is unavailable or busy: try again later, 7 published, but not restarted,
1 anything else";

const DEFAULT_WAIT: u64 = 600;

fn main() -> ExitCode {
    finish(USAGE, run())
}

#[derive(Default)]
struct Options {
    save: bool,
    restart: bool,
    bleed_off: Option<u32>,
    wait: Option<u64>,
    offline: bool,
}

fn run() -> Outcome {
    let mut arguments = Arguments::from_env();
    let mut options = Options::default();
    let mut words = Vec::new();
    while let Some(argument) = arguments.next()? {
        let option = argument.as_str();
        match option {
            "--save" => options.save = true,
            "--restart" => options.restart = true,
            "--bleed-off" => options.bleed_off = Some(arguments.parsed(option)?),
            "--wait" => options.wait = Some(arguments.parsed(option)?),
            "--offline" => options.offline = true,
            _ if option.starts_with('-') => return unknown(option),
            _ => words.push(argument),
        }
    }
    let (universe, place, path) = match words.as_slice() {
        [universe, place, path] => (
            parse::<UniverseId>("UNIVERSE-ID", universe)?,
            parse("PLACE-ID", place)?,
            path,
        ),
        [_, _, _, fourth, ..] => return unknown(fourth),
        _ => return usage("which universe, which place, and which file?"),
    };
    if options.save && options.restart {
        return usage("no server runs a version that is only saved: use --save or --restart");
    }
    if options.bleed_off.is_some() && !options.restart {
        return usage("--bleed-off is for --restart");
    }
    let file = AssetFile::open(path)?;
    let service = Service::choose(options.offline)?;
    publish(&service.client.universe(universe), place, file, &options)
}

fn publish(universe: &Universe, place: PlaceId, file: AssetFile, options: &Options) -> Outcome {
    note(&format!("{}, {}", file.name(), size(file.length())));
    let mut bar = Progress::new(stderr());
    let file = file.on_progress(move |sent, total| bar.show(sent, total));
    let handle = universe.place(place);
    let version = if options.save {
        handle.save(file)
    } else {
        handle.publish(file)
    };
    let version = version.map_err(failure)?;
    writeln!(stdout(), "{version}")?;
    if options.restart {
        restart(universe, place, options).map_err(|error| {
            let text = format!(
                "version {version} was published, but servers of older versions still run: {error}"
            );
            Failure::Status(7, text)
        })?;
    }
    Ok(())
}

/// Restarts the servers of older versions, and waits until they are closed.
fn restart(universe: &Universe, place: PlaceId, options: &Options) -> Result<(), Error> {
    let plan = RestartPlan::for_place(place, PlaceVersions::ExceptCurrent);
    let (plan, bleed_off) = match options.bleed_off {
        Some(minutes) => (plan.bleed_off(minutes), u64::from(minutes) * 60),
        None => (plan, 0),
    };
    let restart = universe.launch_restart(plan)?;
    announce(&restart);
    let limit = options
        .wait
        .unwrap_or(DEFAULT_WAIT)
        .saturating_add(bleed_off);
    let mut last = None;
    let mut restart = restart.on_progress(move |status| {
        let left = (status.remaining_instances(), status.remaining_players());
        if last.replace(left) != Some(left) {
            report(status);
        }
    });
    restart.wait(Duration::from_secs(limit))?;
    note("restarted");
    Ok(())
}

/// The id identifies the restart if this program is stopped while it waits.
fn announce(restart: &Restart) {
    let servers = restart.instances_impacted().unwrap_or_default();
    let players = restart.players_impacted().unwrap_or_default();
    note(&format!(
        "restart {}: {servers} servers with {players} players",
        restart.id()
    ));
}

fn report(status: &RestartStatus) {
    let (servers, players) = (status.remaining_instances(), status.remaining_players());
    note(&format!("{servers} servers with {players} players left"));
}

fn failure(error: Error) -> Failure {
    status(
        error,
        &[(ErrorKind::Conflict, 3), (ErrorKind::InvalidAsset, 5)],
    )
}

fn usage<T>(text: &str) -> Outcome<T> {
    Err(Failure::Usage(text.to_owned()))
}
