//! Runs Luau tests in a place, and exits with their result.
//!
//! `cargo run -q -F sandbox --example luau_tests -- 13058 90 tests.luau --place game.rbxl --junit tests.xml --offline`

mod support;

use std::fs;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rblx_open_cloud::models::{LuauResult, LuauScript, PlaceId, UniverseId};
use rblx_open_cloud::resource::Place;
use rblx_open_cloud::sandbox::{Sandbox, SandboxScript};
use rblx_open_cloud::{AssetFile, Error, ErrorKind};
use serde_json::json;
use support::report::{self, Test};
use support::{
    Arguments, Failure, Outcome, Service, finish, note, parse, print, status, unknown, why,
};

const USAGE: &str = "\
usage: luau_tests UNIVERSE-ID PLACE-ID SCRIPT [OPTION]...

SCRIPT is a Luau file that runs the tests and returns true or false, or a list of
{ name = \"…\", ok = true, message = \"…\", seconds = 0.1 }.

  --place FILE           publish this rbxl or rbxlx file first, and test that version
  --save                 only save that version, so that players do not get it
  --version NUMBER       test this version of the place instead of the newest
  --timeout SECONDS      the time limit of the script, 300 at most
  --wait SECONDS         the maximum wait in all (default: 600)
  --junit FILE           also write the results as JUnit XML
  --allow-none           an empty list of tests is a success
  --offline              a demonstration of the output with the built-in sandbox, which runs no script: the results
                         are made up; no key is needed
  --help                 print this

The results go to stdout (TAP), the script's log and everything else to stderr, as it comes.
Without --offline the API key is read from ROBLOX_API_KEY.

exit status: 0 all tests passed, 1 a test or the script failed, or no test ran,
2 wrong arguments, 3 the place is open, or runs ten scripts already, 4 the key is rejected, 5 the file is rejected,
6 the service is unavailable or busy: try again later, 7 the script did not end in time, 8 anything else";

const DEFAULT_WAIT: u64 = 600;

const NOT_RUN: &str = "offline: the script is not run; these results are a demonstration";

fn main() -> ExitCode {
    finish(USAGE, run())
}

#[derive(Default)]
struct Options {
    place: Option<String>,
    save: bool,
    version: Option<u64>,
    timeout: Option<u64>,
    wait: Option<u64>,
    junit: Option<String>,
    allow_none: bool,
    offline: bool,
}

fn run() -> Outcome {
    let mut arguments = Arguments::from_env();
    let mut options = Options::default();
    let mut words = Vec::new();
    while let Some(argument) = arguments.next()? {
        let option = argument.as_str();
        match option {
            "--place" => options.place = Some(arguments.value(option)?),
            "--save" => options.save = true,
            "--version" => options.version = Some(arguments.parsed(option)?),
            "--timeout" => options.timeout = Some(arguments.parsed(option)?),
            "--wait" => options.wait = Some(arguments.parsed(option)?),
            "--junit" => options.junit = Some(arguments.value(option)?),
            "--allow-none" => options.allow_none = true,
            "--offline" => options.offline = true,
            _ if option.starts_with('-') => return unknown(option),
            _ => words.push(argument),
        }
    }
    let (universe, place, script) = match words.as_slice() {
        [universe, place, script] => (
            parse::<UniverseId>("UNIVERSE-ID", universe)?,
            parse::<PlaceId>("PLACE-ID", place)?,
            script,
        ),
        [_, _, _, fourth, ..] => return unknown(fourth),
        _ => return usage("which universe, which place, and which script?"),
    };
    if options.place.is_none() && options.save {
        return usage("--save is for --place");
    }
    if options.place.is_some() && options.version.is_some() {
        return usage("which version: that of --place, or that of --version?");
    }
    // What is wrong with the script must not come up after publishing.
    fs::read(script).map_err(|error| {
        Failure::Status(5, format!("{script} cannot be opened: {}", why(&error)))
    })?;
    if options.offline {
        note(NOT_RUN);
    }
    let service = Service::choose(options.offline)?;
    if let Some(sandbox) = service.sandbox() {
        play(sandbox);
    }
    let place = service.client.universe(universe).place(place);
    let log = Arc::new(Mutex::new(Vec::new()));
    if options.offline {
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        log.push(NOT_RUN.to_owned());
    }
    let tests = match test(&place, script, &options, &log) {
        Ok(result) => report::tests(&result).map_err(failure)?,
        Err(error) if error.kind() == ErrorKind::OperationFailed => vec![broken(script, &error)],
        Err(error) => return Err(failure(error)),
    };
    print(&report::tap(&tests))?;
    if options.offline {
        print(&format!("# {NOT_RUN}\n"))?;
    }
    if let Some(path) = &options.junit {
        let log = log.lock().unwrap_or_else(PoisonError::into_inner);
        fs::write(path, report::junit(script, &tests, &log))?;
    }
    let failed = tests.iter().filter(|test| !test.ok).count();
    if failed > 0 {
        let text = format!("{failed} of {} tests failed", tests.len());
        return Err(Failure::Status(1, text));
    }
    // A suite that finds none of its tests would always pass.
    if tests.is_empty() && !options.allow_none {
        let text = "the script returned no tests; with --allow-none that is a success";
        return Err(Failure::Status(1, text.to_owned()));
    }
    Ok(())
}

/// Publishes the place, if there is a file, and runs the script in that version.
fn test(
    place: &Place,
    script: &str,
    options: &Options,
    log: &Arc<Mutex<Vec<String>>>,
) -> Result<LuauResult, Error> {
    let published = match &options.place {
        Some(path) if options.save => Some(place.save(AssetFile::open(path)?)?),
        Some(path) => Some(place.publish(AssetFile::open(path)?)?),
        None => None,
    };
    let mut script = LuauScript::file(script);
    if let Some(version) = published.or(options.version) {
        note(&format!("testing version {version}"));
        script = script.version(version);
    }
    if let Some(seconds) = options.timeout {
        script = script.timeout(Duration::from_secs(seconds));
    }
    let log = Arc::clone(log);
    let mut task = place.run(script).start()?.on_log(move |line| {
        note(&line.message);
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        log.push(line.message.clone());
    });
    // It identifies the script if this program is stopped while it waits.
    note(&format!("task {}", task.path()));
    let result = task.wait(Duration::from_secs(options.wait.unwrap_or(DEFAULT_WAIT)))?;
    if !result.is_log_complete {
        note("the rest of the log cannot be listed");
    }
    Ok(result)
}

/// A script that ended with an error is a failed test.
fn broken(script: &str, error: &Error) -> Test {
    Test {
        name: script.to_owned(),
        ok: false,
        message: Some(error.message().to_owned()),
        seconds: None,
    }
}

/// The sandbox does not run Luau: it returns the results of tests that pass, unless the text of the script says otherwise.
fn play(sandbox: &Sandbox) {
    let test = |name: &str, ok: bool| json!({ "name": name, "ok": ok, "seconds": 0.25 });
    let logs = |script: SandboxScript| script.log("loading 3 suites").log("running");
    let passed = [test("coins are added", true), test("doors open", true)];
    sandbox.script_result("", logs(SandboxScript::returns([json!(passed)])));
    let message = "expected 3, got 2";
    let failed =
        json!({ "name": "doors <open>", "ok": false, "seconds": 0.25, "message": message });
    let failed = [test("coins are added", true), failed];
    sandbox.script_result("failing", logs(SandboxScript::returns([json!(failed)])));
    let none: [serde_json::Value; 0] = [];
    sandbox.script_result("return {}", logs(SandboxScript::returns([json!(none)])));
    let raised = SandboxScript::fails("tests:3: attempt to index nil with 'Coins'");
    sandbox.script_result("error(", logs(raised));
}

fn failure(error: Error) -> Failure {
    let others = [
        (ErrorKind::Conflict, 3),
        (ErrorKind::InvalidAsset, 5),
        (ErrorKind::InvalidInput, 5),
        (ErrorKind::StillRunning, 7),
    ];
    match status(error, &others) {
        Failure::Other(text) => Failure::Status(8, text),
        failure => failure,
    }
}

fn usage<T>(text: &str) -> Outcome<T> {
    Err(Failure::Usage(text.to_owned()))
}
