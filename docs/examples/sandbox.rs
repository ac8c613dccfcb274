//! Runs a sandbox for programs in any language: prints its URL and its key, then serves until it is stopped.
//!
//! `cargo run -F sandbox --example sandbox -- --port 4306 --key test`

mod support;

use std::io::{Write, copy, sink, stdin, stdout};
use std::process::ExitCode;

use rblx_open_cloud::sandbox::Sandbox;
use support::{Arguments, Outcome, finish, note, unknown};

const USAGE: &str = "\
usage: sandbox [OPTION]...

  --port N       listen on this port of 127.0.0.1; without it on a free one
  --key TEXT     use this text as the API key; without it a random one
  --until-eof    serve until stdin ends, instead of until ctrl-c
  --help         print this";

fn main() -> ExitCode {
    finish(USAGE, run())
}

fn run() -> Outcome {
    let mut arguments = Arguments::from_env();
    let (mut port, mut key, mut until_eof) = (0, None, false);
    while let Some(argument) = arguments.next()? {
        match argument.as_str() {
            "--port" => port = arguments.parsed("--port")?,
            "--key" => key = Some(arguments.value("--key")?),
            "--until-eof" => until_eof = true,
            other => return unknown(other),
        }
    }
    let sandbox = match key {
        Some(key) => Sandbox::start_with_key(port, &key)?,
        None => Sandbox::start_on(port)?,
    };

    let (url, key) = (sandbox.url(), sandbox.api_key());
    let mut out = stdout();
    writeln!(out, "url {url}\nkey {key}")?;
    // The parent process waits for the two lines, and a pipe would buffer them.
    out.flush()?;
    note(&format!(
        "try: curl -H 'x-api-key: {key}' {url}/cloud/v2/users/156"
    ));

    if until_eof {
        copy(&mut stdin().lock(), &mut sink())?;
        return Ok(());
    }
    note("ctrl-c ends it");
    loop {
        std::thread::park();
    }
}
