//! The program `open-cloud-sandbox`, started as a test in another language starts it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

use rblx_open_cloud::{Client, ErrorKind};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_open-cloud-sandbox"));
    command.args(arguments).stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn output(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

/// Starts the program, and returns it with its URL and key.
fn start(arguments: &[&str]) -> (Child, String, String) {
    let mut child = program(arguments).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut value = |name: &str| {
        let line = lines.next().unwrap().unwrap();
        line.strip_prefix(name).unwrap().to_owned()
    };
    let (url, key) = (value("url "), value("key "));
    (child, url, key)
}

#[test]
fn it_serves_until_its_input_ends() {
    let seed = std::env::temp_dir().join(format!("sandbox-seed-{}.json", std::process::id()));
    fs::write(&seed, r#"{"users":{"5":{"name":"somebody"}}}"#).unwrap();
    let (mut child, url, key) = start(&[
        "--until-eof",
        "--key=my-key",
        "--seed",
        seed.to_str().unwrap(),
    ]);
    assert_eq!(key, "my-key");
    let client = Client::builder(key).base_url(&url).build().unwrap();
    assert_eq!(client.user(5).get().unwrap().name, "somebody");
    let other = Client::builder("another").base_url(&url).build().unwrap();
    assert_eq!(
        other.user(5).get().unwrap_err().kind(),
        ErrorKind::InvalidKey
    );
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    fs::remove_file(seed).unwrap();
}

#[test]
fn wrong_arguments_end_it_with_a_reason() {
    for (arguments, code, reason) in [
        (&["--prot", "1"][..], 2, "unknown option --prot"),
        (&["--port", "many"], 2, "--port needs a number, not `many`"),
        (&["--port"], 2, "--port needs a value"),
        (&["--port=many"], 2, "--port needs a number, not `many`"),
        (&["--until-eof=1"], 2, "--until-eof takes no value"),
        (&["--record", "x"], 2, "--record needs --upstream"),
        (
            &["--seed", "no such file"],
            1,
            "no such file: there is no such file",
        ),
        (
            &["--replay", "no such folder"],
            1,
            "no such folder cannot be read",
        ),
        (&["--clock-speed", "-1"], 1, "clock speed"),
        (
            &["--port", "65536"],
            2,
            "--port needs a number, not `65536`",
        ),
        (&["--key", "two words"], 1, "API key"),
    ] {
        let output = output(arguments);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
        assert!(text.contains(reason), "{arguments:?}: {text}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_port_in_use_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = output(&["--port", &port]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text.contains(&format!("cannot listen on port {port}")),
        "{text}"
    );
}

#[cfg(unix)]
#[test]
fn arguments_need_not_be_unicode() {
    use std::os::unix::ffi::OsStrExt as _;
    let malformed = std::ffi::OsStr::from_bytes(b"\xff");
    let output = program(&[]).arg(malformed).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    // A name of a file need not be text either.
    let output = program(&["--seed"]).arg(malformed).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn help_and_version_are_printed() {
    let help = String::from_utf8(output(&["--help"]).stdout).unwrap();
    let fits = help.lines().all(|line| line.len() <= 60);
    assert!(fits, "a narrow terminal wraps a line of: {help}");
    assert!(help.contains("--record DIR") && help.contains("/sandbox/"));
    let version = String::from_utf8(output(&["--version"]).stdout).unwrap();
    assert_eq!(
        version,
        concat!("open-cloud-sandbox ", env!("CARGO_PKG_VERSION"), "\n")
    );
}
